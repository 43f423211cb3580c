"""What sort of mail a message is before anybody reads it: a person's letter, a machine's answer, a loop."""

import re
from dataclasses import dataclass
from typing import Literal

from mail_intake.automatic import BULK, is_answer, is_machine_made
from mail_intake.bounces import Bounce, is_delivery_report, read_bounce
from mail_intake.charsets import decode
from mail_intake.message import Message
from mail_intake.protection import protected

Sort = Literal["ordinary", "auto_reply", "bounce", "receipt", "calendar", "list", "loop", "encrypted"]

RECEIPTS = frozenset({"message/disposition-notification", "message/global-disposition-notification"})
READ_IN_WORDS = re.compile(
    r"\s*(?:your message[ \t]*\n\s*(?:to|subject)\s*:.{0,600}?was (?:read|deleted without being read) on\b|"
    r"return receipt\s+your document\s*:)",
    re.I | re.S,
)
READ_CLASSES = (".ipnrn", ".ipnnrn")  # Outlook's own names for one, in a .msg without any header
MEETING_CLASS = "ipm.schedule.meeting."
REPORTS = ("bounce", "receipt")
LIST_HEADERS = ("list-id", "list-post", "list-unsubscribe", "list-help", "mailing-list")
CALENDAR_METHOD = re.compile(rb"^METHOD:(REPLY|REQUEST|CANCEL|COUNTER)\s*$", re.I | re.M)


@dataclass(frozen=True)
class Screening:
    """The sort of mail and the reasons; for a bounce also what it reports."""

    sort: Sort
    because: tuple[str, ...] = ()
    bounce: Bounce | None = None
    automatic: bool = False  # never to be answered by a machine, whatever its sort


def screen(message: Message) -> Screening:
    """Tell the sort of a message; whether it is our own, `from_outside` adds."""
    if reason := is_delivery_report(message):
        bounce = read_bounce(message)
        return Screening("receipt" if bounce.delivered else "bounce", (reason,), bounce, automatic=True)
    tried: tuple[tuple[Sort, tuple[str, ...]], ...] = (
        ("receipt", _receipt(message)),
        ("auto_reply", _reasons(is_answer(message))),
        ("calendar", _calendar(message)),
        ("encrypted", protected(message)),
        ("list", _list(message)),
    )
    for sort, reasons in tried:
        if reasons:
            return Screening(sort, reasons, automatic=sort not in ("calendar", "encrypted"))
    return Screening("ordinary", automatic=is_machine_made(message))


def from_outside(message: Message, screening: Screening, own_addresses: frozenset[str]) -> Screening:
    """The screening as it was, unless the message comes from us. `own_addresses` are ours in lower case."""
    if screening.sort in REPORTS:
        return screening
    reasons = _loop(message, own_addresses)
    return Screening("loop", reasons, automatic=True) if reasons else screening


def _reasons(reason: str) -> tuple[str, ...]:
    return (reason,) if reason else ()


def _receipt(message: Message) -> tuple[str, ...]:
    declared = message.headers.typed("content-type")
    notified = any(a.type in RECEIPTS and "/" not in a.path for a in message.attachments)
    filed = message.headers.get("x-message-class").lower().endswith(READ_CLASSES)
    said = READ_IN_WORDS.match(message.text[:1000])
    answered = notified or filed or said or declared["report-type"] == "disposition-notification"
    return ("it is a read receipt",) if answered else ()


def _loop(message: Message, own: frozenset[str]) -> tuple[str, ...]:
    if message.sender and message.sender in own:
        return ("it comes from our own address",)
    looped = message.headers.get("x-loop").lower()
    return ("it has been through our mailbox before",) if any(address in looped for address in own) else ()


def _calendar(message: Message) -> tuple[str, ...]:
    """An invitation or its answer, unless files came with it."""
    others = [a for a in message.files if a.type not in ("text/calendar", "application/ics")]
    if others:
        return ()
    for attachment in message.files:
        if attachment.type == "text/calendar" and (method := CALENDAR_METHOD.search(attachment.content)):
            return (f"it is a calendar {decode(method[1])[0].lower()}",)
    filed = message.headers.get("x-message-class").lower()
    return (f"Outlook filed it as {filed}",) if filed.startswith(MEETING_CLASS) else ()


def _list(message: Message) -> tuple[str, ...]:
    if any(name in message.headers for name in LIST_HEADERS):
        return ("it came through a mailing list",)
    if message.headers.token("precedence") in BULK:
        return (f"Precedence: {message.headers.token('precedence')}",)
    return ()
