"""Attachments named safely and opened to a bounded depth: messages, Outlook files, winmail.dat, zip."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from mail_intake.compound import ONLY_A_LINK, read_outlook
from mail_intake.contents import Contents, File, contents_of
from mail_intake.formats import MESSAGE, OUTLOOK, TNEF, ZIP
from mail_intake.names import safe_name, told_apart
from mail_intake.packed import PACKED, asks_for_password
from mail_intake.structure import take_apart
from mail_intake.tnef import read_tnef

MAX_DEPTH = 8
MAX_ATTACHMENTS = 20_000
MAX_UNPACKED = 100_000_000  # bytes out of zip files, for one message
LARGEST_ATTACHMENT = 25_000_000  # bytes; a larger one is kept but not opened
MAX_RATIO = 100
RATIO_MATTERS_FROM = 1_000_000  # bytes
TELLING = re.compile(rb"/(?:Encrypt|JavaScript|Launch)")
ENCRYPTED_FLAG = 0x1
APPLE_DOUBLE = b"\0\5\x16\7"  # what a Mac adds beside each file it packs
LOCKED_NOTE = "protected by a password"
TOO_DEEP, TOO_LARGE = "nested too deeply to be opened", "too large to be opened"
DAMAGED_NOTE, SWOLLEN = "damaged: it could not be opened", "unpacks to more than is sensible: not opened"
TOO_MANY = f"one of more than {MAX_ATTACHMENTS:,} files, of which the rest is not listed: open the original"
PACKED_NOTE = (
    "packed as {}, which is not opened here: open it, and add what it holds or ask for it as Word or PDF"
)
UNOPENED = frozenset(
    {
        TOO_MANY,
        TOO_DEEP,
        TOO_LARGE,
        DAMAGED_NOTE,
        SWOLLEN,
        ONLY_A_LINK,
        *map(PACKED_NOTE.format, PACKED.values()),
    }
)
DAMAGED = (OSError, ValueError, struct.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError)


@dataclass(frozen=True)
class Attachment:
    """One file of a message, whole and under a safe name.

    `path` shows what it was inside of ("forms.zip/referral.docx"), `type` is told by its bytes, `inline` is
    true for pictures of the letter's own look and for signatures, `text` holds the words of an enclosed
    message, `notes` say what could not be opened.
    """

    name: str
    type: str
    content: bytes = field(repr=False)
    path: str
    inline: bool = False
    text: str = field(default="", repr=False)
    locked: bool = False
    notes: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)

    @property
    def too_large(self) -> bool:
        return self.size > LARGEST_ATTACHMENT

    @property
    def unopened(self) -> str:
        """Why nobody has looked at what is inside; nothing where somebody has, or there is no inside."""
        return next((note for note in self.notes if note in UNOPENED), "")

    @cached_property
    def telling(self) -> frozenset[bytes]:
        """The names in a PDF that say it is encrypted or runs something; a large one is searched but once."""
        return frozenset(TELLING.findall(self.content))


@dataclass
class _Shelf:
    attachments: list[Attachment] = field(default_factory=list)
    paths: dict[str, int] = field(default_factory=dict)
    unpacked: int = 0
    full: bool = False


def unwrap(files: tuple[File, ...]) -> tuple[Attachment, ...]:
    """Every file, each followed by what was inside it; where they are too many, the first says so."""
    shelf = _Shelf()
    for file in files:
        _shelve(file, "", MAX_DEPTH, shelf)
    if shelf.full:
        first = shelf.attachments[0]
        shelf.attachments[0] = replace(first, notes=(*first.notes, TOO_MANY))
    return tuple(shelf.attachments)


def _shelve(file: File, above: str, depth: int, shelf: _Shelf, locked: bool = False) -> None:
    if len(shelf.attachments) >= MAX_ATTACHMENTS:
        shelf.full = True
        return
    kind = MESSAGE if file.part else file.kind
    inside, notes = (Contents(), ()) if locked else _opened(file, kind, depth, shelf)
    name = _named(file, kind, len(shelf.attachments) + 1)
    path = told_apart(f"{above}{name}", shelf.paths)
    locked = locked or LOCKED_NOTE in notes
    notes = tuple(dict.fromkeys((*file.notes, *notes, *inside.notes)))
    shelf.attachments.append(
        Attachment(name, kind, file.content, path, file.aside, inside.text, locked, notes)
    )
    for inner in inside.files:
        _shelve(inner, f"{path}/", depth - 1, shelf, locked=LOCKED_NOTE in inner.notes)


def _named(file: File, kind: str, number: int) -> str:
    if file.name or not file.part:
        return safe_name(file.name, kind, number)
    subject = file.part.parts[0].headers.get("subject")
    return safe_name(f"{subject or 'message'}.eml".replace("/", "_").replace("\\", "_"), kind, number)


def _opened(file: File, kind: str, depth: int, shelf: _Shelf) -> tuple[Contents, tuple[str, ...]]:
    """What is inside a file that holds others, and why it could not be opened when it could not."""
    if file.inside:
        return file.inside, ()
    if kind.startswith("multipart/"):
        kind = MESSAGE
    if kind in PACKED:
        locked = asks_for_password(kind, file.content)
        return Contents(), (LOCKED_NOTE if locked else PACKED_NOTE.format(PACKED[kind]),)
    if kind not in (MESSAGE, OUTLOOK, TNEF, ZIP):
        return Contents(), ()
    if depth <= 0 or len(file.content) > LARGEST_ATTACHMENT:
        return Contents(), (TOO_DEEP if depth <= 0 else TOO_LARGE,)
    try:
        if kind == MESSAGE:
            part = file.part.parts[0] if file.part else take_apart(file.content)
            return contents_of(part), ()
        if kind == OUTLOOK:
            return read_outlook(file.content)[1], ()
        if kind == TNEF:
            return read_tnef(file.content), ()
        members = tuple(_members(file.content, shelf))
    except DAMAGED:
        return Contents(), (DAMAGED_NOTE,)
    every = bool(members) and all(LOCKED_NOTE in member.notes for member in members)
    return Contents(files=members), (LOCKED_NOTE,) if every else ()


def _members(content: bytes, shelf: _Shelf) -> Iterator[File]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist()[: MAX_ATTACHMENTS + 1]:
            if not entry.is_dir():
                member = _member(archive, entry, shelf)
                if not (entry.filename.startswith("__MACOSX/") and member.content.startswith(APPLE_DOUBLE)):
                    yield member


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, shelf: _Shelf) -> File:
    if entry.flag_bits & ENCRYPTED_FLAG:
        return File(entry.filename, b"", notes=(LOCKED_NOTE,))
    swollen = entry.file_size > max(RATIO_MATTERS_FROM, MAX_RATIO * entry.compress_size)
    if swollen or shelf.unpacked + entry.file_size > MAX_UNPACKED:
        return File(entry.filename, b"", notes=(SWOLLEN,))
    try:
        with archive.open(entry) as member:
            # The size in the directory is a claim: never read past what is still allowed
            content = member.read(MAX_UNPACKED - shelf.unpacked)
    except (*DAMAGED, zlib.error, lzma.LZMAError):
        return File(entry.filename, b"", notes=(DAMAGED_NOTE,))
    shelf.unpacked += len(content)
    return File(entry.filename, content)
