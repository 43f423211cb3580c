"""Secure-mail services and encryption: the letter itself waits elsewhere, or locked inside what came."""

import re
from collections.abc import Iterator

from mail_intake.automatic_words import QUOTED
from mail_intake.formats import DOCUMENTS
from mail_intake.message import Message
from mail_intake.signed import is_encrypted
from mail_intake.unwrapping import Attachment

RPMSG_SIGNATURE = b"\x76\xe8\x04\x60\xc4\x11\xe3\x86"
PGP_ARMOUR = re.compile(r"^-----BEGIN PGP MESSAGE-----", re.M)
PGP, SMIME_LOCKED = "the message is encrypted with PGP", "the message is encrypted with S/MIME"
SERVICES = (  # product, and what stands in its notifications: any one line, of that line everything
    (
        "Egress",
        (("switch.egress.com/",), ("reader.egress.com/",), ("access.egress.com/",), ("ws.egress.com/",)),
    ),
    (
        "Microsoft message encryption",
        (
            ("outlook.office365.com/encryption/",),
            ("outlook.office.com/encryption/",),
            ("protected-message",),
            ("purview message encryption",),
            ("office 365 message encryption",),
        ),
    ),
    (
        "Proofpoint encryption",
        (("proofpoint encrypt",), ("proofpoint secure",), ("/formpostdir/securereader",)),
    ),
    ("Mimecast secure messaging", (("mimecast", "secure messag"),)),
    ("Cisco registered envelope", (("registered envelope service",), ("res.cisco.com",))),
    ("Zix", (("zixcorp",), ("zixport",), ("zixmail.net",), ("zix secure message",))),
    ("Zivver", (("zivver.com/",), ("zivver.eu/",))),
    ("Barracuda encryption", (("encrypt.barracudanetworks.com",), ("barracuda message center",))),
    ("Trend Micro encryption", (("trend micro email encryption",), ("nhsmail encryption",))),
    (
        "Galaxkey",
        ((".galaxkey.com/",), ("galaxkey secure",), ("secured using galaxkey",), ("secured by galaxkey",)),
    ),
    ("Virtru", (("secure.virtru.com/",), ("virtru secure reader",))),
    ("Proton", (("mail.proton.me/eo/",), ("mail.protonmail.com/eo/",))),
    ("Tuta", (("mail.tutanota.com/mail",), ("app.tuta.com/mail",))),
    ("Gmail confidential mode", (("confidential-mail.google.com/msg",),)),
    ("Sophos", (("sophos secure message",), ("sophos spx",))),
    ("Echoworx", ((".echoworx.com/",),)),
    ("Objective Connect", (("objectiveconnect.",),)),
    ("Quatrix", ((".quatrix.it/",),)),
)
LOCKED = r"(?:secure|encrypted|protected|confidential) (?:e-?mail|message)"
SENT_SECURELY = re.compile(
    rf"(?:has sent you|you(?:'ve| have) (?:received|been sent|got)) an? (?:new )?{LOCKED}|"
    rf"you(?:'ve| have) (?:a new {LOCKED}|an? {LOCKED} (?:waiting|to (?:read|collect)))|"
    rf"has shared an? {LOCKED} with you|your {LOCKED} (?:is (?:attached|waiting|ready)|awaits)|"
    r"has sent you (?:an? )?(?:(?:secure|encrypted) (?:file|document|folder)s?\b|(?:file|document)s? securely)",
    re.I,
)
SHELL_FILES = re.compile(
    r"^(?:message(?:_v\d)?\.rpmsg|message_zdm\.html|securemessageatt\.html?|securedoc.*\.html?|.+\.switch|"
    r"encrypted[_ -](?:message|mail|email).*\.html?|zix.*\.html?|.+\.(?:pgp|gpg|gxk))$",
    re.I,
)
SECURE = ("secure", "encrypted", "protected", "confidential")  # one of which all those sentences have
PHRASES = frozenset(phrase for _, signs in SERVICES for together in signs for phrase in together)
MARKED_UP = "text/html"
OPENING = 1500  # characters
LONGEST_PAGE = 100_000  # bytes
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
    if len(message.text) < LONGEST_NOTICE and not _stands_by_itself(message):
        yield from _services(_notice(message).lower())


def _stands_by_itself(message: Message) -> bool:
    """What names a service below a letter with its papers, or in what a letter quotes, is no notice of that letter."""
    papers = any(
        file.type in DOCUMENTS and file.type != MARKED_UP and "/" not in file.path for file in message.files
    )
    quoted = QUOTED.search(message.text)
    answers = message.in_reply_to or message.subject.lower().startswith("re:")
    return papers or bool(answers and quoted and message.text[: quoted.start()].strip())


def _notice(message: Message) -> str:
    """The words of a message, and those of a page attached where they say that the letter is in it."""
    words = f"{message.text}\n{message.html}"
    if not _says_sent_securely(message.text):
        return words
    pages = (file.content[:LONGEST_PAGE] for file in message.files if file.type == MARKED_UP)
    return "\n".join([words, *(page.decode("latin-1") for page in pages)])


def _says_sent_securely(text: str) -> bool:
    opening = text[:OPENING].lower()
    return any(word in opening for word in SECURE) and bool(SENT_SECURELY.search(opening))


def _shell_file(attachment: Attachment) -> Iterator[str]:
    if is_encrypted(attachment.content):
        yield SMIME_LOCKED
    elif attachment.content.startswith(RPMSG_SIGNATURE) or SHELL_FILES.match(attachment.name):
        yield f"the letter itself is locked inside {attachment.name}"
    elif attachment.type == "application/pgp-encrypted":
        yield PGP


def _services(words: str) -> Iterator[str]:
    found = {phrase for phrase in PHRASES if phrase in words}
    named = [product for product, signs in SERVICES if found and any(map(found.issuperset, signs))]
    if not named and "https://" in words and _says_sent_securely(words):
        named = ["a secure mail service"]
    for product in named:
        yield f"the letter itself waits behind {product}"
