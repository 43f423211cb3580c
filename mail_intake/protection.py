"""Messages whose content is locked: encrypted mail, secure-mail shells, files under a password."""

import io
import re
import struct
from collections.abc import Callable

import olefile

from mail_intake.formats import (
    DOCUMENTS,
    EXECUTABLE,
    LOCKED_OFFICE,
    OLD_EXCEL,
    OLD_SLIDES,
    OLD_WORD,
    OLE_SIGNATURE,
    PDF,
)
from mail_intake.message import Message
from mail_intake.shells import shells
from mail_intake.unwrapping import Attachment

MACROS = (b"vbaProject.bin", b"_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T")
WORD_IS_ENCRYPTED = 0x0100
FIRST_BYTES = 100_000
FILE_PASS, FIRST_RECORDS = 0x002F, 1000  # MS-XLS 2.4.117, among the first of the workbook
SLIDES_ARE_ENCRYPTED = struct.pack("<I", 0xF3D1C4DF)  # MS-PPT 2.3.2, headerToken
OFFICE_FILES = (b"PK\x03\x04", OLE_SIGNATURE)
ACTIVE_PDF = frozenset((b"/JavaScript", b"/Launch"))
# What Windows, a Mac or a program of Office runs or acts on when it is opened
RUNNABLE = re.compile(
    r"\.(?:exe|scr|com|bat|cmd|pif|cpl|dll|sys|msi|msp|mst|msix|msixbundle|appx|appxbundle|appinstaller|application"
    r"|js|jse|vb|vbs|vbe|ws|wsf|wsh|wsc|sct|hta|ps1|psm1|psd1|ps1xml|py|pyw|pyz|sh|command|reg|inf|msc|lnk|url|website"
    r"|scf|chm|hlp|jar|jnlp|iso|img|vhd|vhdx|dmg|pkg|one|onepkg|xll|iqy|slk|library-ms|search-ms|searchconnector-ms"
    r"|settingcontent-ms|diagcab|theme|themepack)$",
    re.I,
)
MACRO_FILES = re.compile(r"\.(?:doc|dot|xls|xlt|xla|ppt|pot|pps|ppa|sld)m$", re.I)


def protected(message: Message) -> tuple[str, ...]:
    """Why the message cannot be read without a key or password; nothing when it can."""
    found = tuple(dict.fromkeys(shells(message)))
    if found:
        return found
    locked = locked_files(message)
    if not locked:
        return ()
    readable = (a for a in message.files if a.type in DOCUMENTS and not is_locked(a) and "/" not in a.path)
    return () if any(readable) else tuple(f"{one.path} is protected by a password" for one in locked)


def locked_files(message: Message) -> list[Attachment]:
    """The files that ask for a password; not those inside of one that does, which it opens too."""
    locked = {attachment.path: attachment for attachment in message.files if is_locked(attachment)}
    return [attachment for path, attachment in locked.items() if path.rpartition("/")[0] not in locked]


def is_locked(attachment: Attachment) -> bool:
    """Whether a file asks for a password before it shows anything."""
    if attachment.locked or attachment.type == LOCKED_OFFICE:
        return True
    if attachment.type in OLD_LOCKS:
        return _is_locked_office(attachment.content, *OLD_LOCKS[attachment.type])
    encrypted = attachment.type == PDF and b"/Encrypt" in attachment.telling
    return encrypted and _asks_for_password(attachment.content)


def _word_is_encrypted(head: bytes) -> bool:
    """The flag fEncrypted of Word 97 to 2003 (MS-DOC 2.5.2)."""
    return bool(struct.unpack_from("<H", head, 10)[0] & WORD_IS_ENCRYPTED)


def _workbook_is_encrypted(head: bytes) -> bool:
    """A workbook is records of kind and length: one of the first says that those behind it are in cipher."""
    at = 0
    for _ in range(FIRST_RECORDS):
        kind, length = struct.unpack_from("<HH", head, at)
        if kind == FILE_PASS:
            return True
        at += 4 + length
    return False


def _slides_are_encrypted(head: bytes) -> bool:
    return head[12:16] == SLIDES_ARE_ENCRYPTED


OLD_LOCKS: dict[str, tuple[str, Callable[[bytes], bool]]] = {  # the stream that says so, and how
    OLD_WORD: ("WordDocument", _word_is_encrypted),
    OLD_EXCEL: ("Workbook", _workbook_is_encrypted),
    OLD_SLIDES: ("Current User", _slides_are_encrypted),
}


def _is_locked_office(content: bytes, stream: str, is_encrypted: Callable[[bytes], bool]) -> bool:
    """Whether an Office file of 1997 to 2003 says that it is in cipher; a damaged one does not."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            return is_encrypted(ole.openstream(stream).read(FIRST_BYTES))
    except (OSError, ValueError, struct.error, RuntimeError):
        return False


def _asks_for_password(content: bytes) -> bool:
    import pikepdf  # 7 MB, which hardly any mail is worth

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
    if has_macros(attachment.name, content):
        return "carries macros: read its text only"
    if attachment.type == PDF and not ACTIVE_PDF.isdisjoint(attachment.telling):
        return "runs something when it is opened: read its text only"
    return ""


def has_macros(name: str, content: bytes) -> bool:
    """Whether a file of Office says so, by its name or bytes."""
    in_it = content.startswith(OFFICE_FILES) and any(mark in content for mark in MACROS)
    return in_it or bool(MACRO_FILES.search(name))
