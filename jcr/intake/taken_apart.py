"""A message of the ledger taken apart again: what came, what was opened since, or the part it was cut down to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from jcr.intake.model import Message
from mail_intake.contents import File
from mail_intake.message import Message as Mail
from mail_intake.message import parse
from mail_intake.poller import DIED_OVER
from mail_intake.scanning import BARRED
from mail_intake.unwrapping import Attachment, unwrap

UNOPENED = (
    b"Content-Type: text/plain; charset=utf-8\r\n\r\nThis message stopped the program each time it was read, so it is "
    b"not opened here. Save the original and open it with your mail program.\r\n"
)
UNSAFE = (
    b"Content-Type: text/plain; charset=utf-8\r\n\r\nThe virus scanner found something in this message or would not "
    b"take it, so it is not opened here. The original is kept, and is not given out.\r\n"
)
BODY = "body.txt"  # what intake calls the words of a message


def mail_of(message: Message) -> Mail:
    """The message from the bytes that were kept, with the opened copies of its locked files.

    One over which workers died is not opened here either: words that say so stand in its place.
    """
    mail = parse(_unopened(message) or message.file.content)
    if message.part_of_id:
        mail = _cut_down(mail, message.part_files)
    copies = unwrap(tuple(File(one.name, one.file.content) for one in message.opened))
    return replace(mail, attachments=(*mail.attachments, *(_as_opened(one) for one in copies)))


def _unopened(message: Message) -> bytes:
    """What stands in the place of a message that must not be opened; nothing for any other."""
    if message.file.infected or any(why.startswith(BARRED) for why in message.because):
        return UNSAFE
    return UNOPENED if DIED_OVER in message.because else b""


def opened_path(name: str) -> str:
    """How an opened copy is told from what came with the message."""
    return f"opened/{name}"


def _as_opened(copy: Attachment) -> Attachment:
    return replace(copy, path=opened_path(copy.path))


def _cut_down(mail: Mail, files: Collection[str]) -> Mail:
    """The mail with these files and what is inside them, and no others: a part is about other people."""
    kept = tuple(one for one in mail.attachments if any(belongs(one.path, path) for path in files))
    has_words = BODY in files
    return replace(
        mail, attachments=kept, text=mail.text if has_words else "", html=mail.html if has_words else ""
    )


def belongs(path: str, file: str) -> bool:
    """Whether a path names this file or something inside it."""
    return path == file or path.startswith(f"{file}/")
