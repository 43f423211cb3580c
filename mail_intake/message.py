"""A message as it came, turned into a frozen value; strange mail gives strange values, never an exception."""

import logging
import struct
from dataclasses import dataclass, field
from datetime import datetime

from mail_intake.charsets import decode
from mail_intake.compound import read_outlook
from mail_intake.contents import Contents, contents_of
from mail_intake.formats import OLE_SIGNATURE, TNEF
from mail_intake.headers import Headers, addresses, divide, message_ids, moment
from mail_intake.structure import take_apart
from mail_intake.unwrapping import Attachment, unwrap

LARGEST_MESSAGE = 60_000_000  # bytes; a larger one is kept whole, but only its headers are read
LOOKED_AT = 200_000
MAX_TEXT = 2_000_000  # characters of body worth reading

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Message:
    """One message: who, what about, when, its words, its files, and what was odd about it.

    Addresses are lower case, identifiers without angle brackets, `date` an aware moment or None. `html` is
    the body's HTML where it had any, `notes` the sentences an officer may want to see.
    """

    size: int
    headers: Headers = field(repr=False, default=Headers())
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""
    date: datetime | None = None
    text: str = field(default="", repr=False)
    html: str = field(default="", repr=False)
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()
    too_large: bool = False

    @property
    def files(self) -> tuple[Attachment, ...]:
        """The attachments without pictures and signatures that belong to the letter's own look."""
        return tuple(attachment for attachment in self.attachments if not attachment.inline)


def parse(raw: bytes) -> Message:
    """Read a message in Internet (.eml) or Outlook (.msg) form. Never raises, whatever it is given."""
    try:
        return _parsed(raw)
    except Exception:
        # The promise to take in every message outweighs knowing each way in which one can be broken
        log.exception("a message of %d bytes could not be taken apart", len(raw))
        text = decode(raw[:MAX_TEXT])[0]
        note = "the message could not be taken apart: only the original is complete"
        return Message(len(raw), text=text, notes=(note,))


def _parsed(raw: bytes) -> Message:
    notes: tuple[str, ...] = ()
    if len(raw) > LARGEST_MESSAGE:
        headers, body = divide(raw[:LOOKED_AT])
        note = f"{len(raw) // 1_000_000} MB: too large to be opened by itself, the original is kept"
        return _message(raw, headers, Contents(decode(bytes(body[:2000]))[0]), (note,), too_large=True)
    if raw.startswith(OLE_SIGNATURE):
        try:
            return _message(raw, *read_outlook(raw), notes)
        except (OSError, ValueError, struct.error, RuntimeError):
            notes = ("damaged Outlook message",)
    if raw.isspace() or not raw:
        notes = ("the message is empty",)
    part = take_apart(raw)
    return _message(raw, part.headers, contents_of(part), notes)


def _message(
    raw: bytes, headers: Headers, contents: Contents, notes: tuple[str, ...], too_large: bool = False
) -> Message:
    sender_name, sender = _first(headers, "from", "sender", "reply-to", "return-path")
    recipients = dict.fromkeys(a for _, a in addresses(headers, "to", "cc", "delivered-to", "x-original-to"))
    attachments = unwrap(contents.files)
    # Outlook may hide even the words of the letter in winmail.dat
    hidden = next((a.text for a in attachments if a.type == TNEF and a.text and "/" not in a.path), "")
    return Message(
        size=len(raw),
        headers=headers,
        message_id=next(iter(message_ids(headers, "message-id")), ""),
        in_reply_to=message_ids(headers, "in-reply-to"),
        references=message_ids(headers, "references"),
        sender=sender,
        sender_name=sender_name,
        reply_to=_first(headers, "reply-to")[1],
        recipients=tuple(recipients),
        subject=headers.get("subject"),
        date=moment(headers),
        text=(contents.text or hidden)[:MAX_TEXT],
        html=contents.html[:MAX_TEXT],
        attachments=attachments,
        notes=(*notes, *contents.notes, *_notes_on(attachments)),
        too_large=too_large,
    )


def _first(headers: Headers, *names: str) -> tuple[str, str]:
    for name in names:
        for found in addresses(headers, name):
            return found
    return "", ""


def _notes_on(attachments: tuple[Attachment, ...]) -> tuple[str, ...]:
    return tuple(f"{attachment.path}: {note}" for attachment in attachments for note in attachment.notes)
