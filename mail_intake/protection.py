"""Messages whose content is locked: encrypted mail, secure-mail shells, files under a password."""

import io
import re
from collections.abc import Iterator

import pikepdf

from mail_intake.formats import DOCUMENTS, EXECUTABLE, LOCKED_OFFICE, OLE_SIGNATURE, PDF
from mail_intake.message import Message
from mail_intake.signed import is_encrypted
from mail_intake.structure import SMIME
from mail_intake.unwrapping import Attachment

RPMSG_SIGNATURE = b"\x76\xe8\x04\x60\xc4\x11\xe3\x86"
PGP_ARMOUR = re.compile(r"^-----BEGIN PGP MESSAGE-----", re.M)
SHELLS = (  # product, sign in the text or HTML of its notification
    (
        "Egress",
        re.compile(r"switch\.egress\.com|reader\.egress\.com|egress secure (?:e-?mail|workspace)", re.I),
    ),
    (
        "Microsoft message encryption",
        re.compile(r"outlook\.office365?\.com/Encryption/|protected-message", re.I),
    ),
    ("Proofpoint encryption", re.compile(r"proofpoint (?:encryption|encrypted|secure)", re.I)),
    (
        "Mimecast secure messaging",
        re.compile(r"mimecast.{0,40}secure messag|secure messag.{0,40}mimecast", re.I),
    ),
    ("Cisco registered envelope", re.compile(r"registered envelope service|res\.cisco\.com", re.I)),
    ("Zix", re.compile(r"zixcorp|zixport|zix secure message", re.I)),
)
SHELL_FILES = re.compile(
    r"^(?:message(?:_v\d)?\.rpmsg|message_zdm\.html|securemessageatt\.html?|securedoc.*\.html?|.+\.switch)$",
    re.I,
)
MACROS = (b"vbaProject.bin", b"_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T")
OFFICE_FILES = (b"PK\x03\x04", OLE_SIGNATURE)
ACTIVE_PDF = (b"/JavaScript", b"/Launch")
RUNNABLE = re.compile(
    r"\.(?:exe|scr|com|bat|cmd|js|jse|vbs|vbe|wsf|hta|lnk|ps1|jar|msi|iso|img|dll|pif)$", re.I
)


def protected(message: Message) -> tuple[str, ...]:
    """Why the message cannot be read without a key or password; nothing when it can."""
    shells = tuple(dict.fromkeys(_shells(message)))
    if shells:
        return shells
    locked = [attachment for attachment in message.files if is_locked(attachment)]
    readable = [a for a in message.files if a.type in DOCUMENTS and not is_locked(a) and "/" not in a.path]
    if locked and not readable:
        return tuple(f"{attachment.path} is protected by a password" for attachment in locked)
    return ()


def _shells(message: Message) -> Iterator[str]:
    if message.headers.typed("content-type").value == "multipart/encrypted":
        yield "the message is encrypted with PGP"
    for attachment in message.attachments:
        if "/" not in attachment.path:
            yield from _shell_file(attachment)
    if PGP_ARMOUR.search(message.text):
        yield "the message is encrypted with PGP"
    if len(message.text) < 6000:
        for product, sign in SHELLS:
            if sign.search(message.html) or sign.search(message.text):
                yield f"the letter itself waits behind {product}"


def _shell_file(attachment: Attachment) -> Iterator[str]:
    if attachment.type in SMIME and is_encrypted(attachment.content):
        yield "the message is encrypted with S/MIME"
    elif attachment.content.startswith(RPMSG_SIGNATURE) or SHELL_FILES.match(attachment.name):
        yield f"the letter itself is locked inside {attachment.name}"
    elif attachment.type == "application/pgp-encrypted":
        yield "the message is encrypted with PGP"


def is_locked(attachment: Attachment) -> bool:
    """Whether a file asks for a password before it shows anything."""
    if attachment.locked or attachment.type == LOCKED_OFFICE:
        return True
    return (
        attachment.type == PDF
        and b"/Encrypt" in attachment.content
        and _asks_for_password(attachment.content)
    )


def _asks_for_password(content: bytes) -> bool:
    try:
        # Many PDFs are encrypted only against printing, and open with the empty password
        pikepdf.open(io.BytesIO(content)).close()
    except pikepdf.PasswordError:
        return True
    except pikepdf.PdfError:
        return False
    return False


def dangers(attachments: tuple[Attachment, ...]) -> tuple[str, ...]:
    """Files that a person must not open: programs, and documents that run something."""
    return tuple(
        f"{attachment.path} {danger}" for attachment in attachments if (danger := _danger(attachment))
    )


def _danger(attachment: Attachment) -> str:
    content = attachment.content
    if attachment.type in (EXECUTABLE, "application/x-executable") or RUNNABLE.search(attachment.name):
        return "is a program: do not open it"
    if content.startswith(OFFICE_FILES) and any(mark in content for mark in MACROS):
        return "carries macros: read its text only"
    if attachment.type == PDF and any(mark in content for mark in ACTIVE_PDF):
        return "runs something when it is opened: read its text only"
    return ""
