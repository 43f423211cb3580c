"""Secure-mail services and encryption: the letter itself waits elsewhere, or locked inside what came."""

import re
from collections.abc import Iterator

from mail_intake.message import Message
from mail_intake.signed import is_encrypted
from mail_intake.structure import SMIME
from mail_intake.unwrapping import Attachment

RPMSG_SIGNATURE = b"\x76\xe8\x04\x60\xc4\x11\xe3\x86"
PGP_ARMOUR = re.compile(r"^-----BEGIN PGP MESSAGE-----", re.M)
PGP, SMIME_LOCKED = "the message is encrypted with PGP", "the message is encrypted with S/MIME"
SERVICES = (  # product, sign in the text or HTML of its notification
    (
        "Egress",
        r"(?:switch|reader|access)\.egress\.com/|egress secure (?:e-?mail|workspace).{0,80}(?:click|sign in)",
    ),
    (
        "Microsoft message encryption",
        r"outlook\.office(?:365)?\.com/encryption/|protected-message|purview message encryption|"
        r"office 365 message encryption",
    ),
    (
        "Proofpoint encryption",
        r"proofpoint (?:encryption|encrypted|secure)|securemail\.[\w.-]+/(?:formpostdir|s/)",
    ),
    (
        "Mimecast secure messaging",
        r"mimecast.{0,40}secure messag|secure messag.{0,40}mimecast|mimecast\.com/.{0,20}secure",
    ),
    ("Cisco registered envelope", r"registered envelope service|res\.cisco\.com"),
    ("Zix", r"zixcorp|zixport|zixmail\.net|zix secure message"),
    ("Zivver", r"(?:app\.)?zivver\.(?:com|eu)/"),
    ("Barracuda message center", r"encrypt\.barracudanetworks\.com|barracuda (?:message center|encryption)"),
    (
        "Trend Micro encryption",
        r"trend ?micro (?:email encryption|encrypted)|nhsmail encryption|encryption portal",
    ),
    ("Galaxkey", r"\.galaxkey\.com/|galaxkey secure"),
    ("Virtru", r"secure\.virtru\.com/|virtru secure reader"),
    (
        "Proton or Tuta",
        r"mail\.proton(?:mail)?\.(?:com|me)/eo/|(?:mail|app)\.(?:tutanota|tuta)\.com/(?:#mail/|mail/#)",
    ),
    ("Gmail confidential mode", r"confidential-mail\.google\.com/msg"),
    ("Sophos", r"sophos (?:secure message|spx)|spx[- ]encrypt"),
    ("Echoworx", r"\.echoworx\.com/|onewelcome encryption|encrypted message portal"),
)
SIGNS = tuple((product, re.compile(sign, re.I | re.S)) for product, sign in SERVICES)
SENT_SECURELY = re.compile(
    r"(?:has sent you|you(?:'ve| have) (?:received|been sent|got)) an? (?:new )?"
    r"(?:secure|encrypted|protected|confidential) (?:e-?mail|message)",
    re.I,
)
LINK = re.compile(r"https://", re.I)
SHELL_FILES = re.compile(
    r"^(?:message(?:_v\d)?\.rpmsg|message_zdm\.html|securemessageatt\.html?|securedoc.*\.html?|.+\.switch|"
    r"encrypted[_ -](?:message|mail|email).*\.html?|zix.*\.html?|.+\.(?:pgp|gpg))$",
    re.I,
)
LONGEST_NOTICE = 6000  # characters; a service's notice is short, a letter that speaks of one may be long


def shells(message: Message) -> Iterator[str]:
    """Why the letter itself cannot be read where it is; nothing when it can."""
    declared = message.headers.typed("content-type")
    if declared.value == "multipart/encrypted" or PGP_ARMOUR.search(message.text):
        yield PGP
    if declared["smime-type"].lower() in ("enveloped-data", "authenveloped-data"):
        yield SMIME_LOCKED
    for attachment in message.attachments:
        if "/" not in attachment.path:
            yield from _shell_file(attachment)
    if len(message.text) < LONGEST_NOTICE:
        yield from _services(message.text, message.html)


def _shell_file(attachment: Attachment) -> Iterator[str]:
    if attachment.type in SMIME and is_encrypted(attachment.content):
        yield SMIME_LOCKED
    elif attachment.content.startswith(RPMSG_SIGNATURE) or SHELL_FILES.match(attachment.name):
        yield f"the letter itself is locked inside {attachment.name}"
    elif attachment.type == "application/pgp-encrypted":
        yield PGP


def _services(text: str, html: str) -> Iterator[str]:
    named = [product for product, sign in SIGNS if sign.search(html) or sign.search(text)]
    if not named and SENT_SECURELY.search(text[:1500]) and LINK.search(html or text):
        named = ["a secure mail service"]
    for product in named:
        yield f"the letter itself waits behind {product}"
