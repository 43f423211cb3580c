"""Delivery reports (RFC 3464 and the common home-made ones): which letter failed, for whom, and why."""

import re
from dataclasses import dataclass

from mail_intake.automatic import has_no_return
from mail_intake.bounce_words import (
    DELAYED,
    FAILURE_WORDS,
    NEVER_A_PERSON,
    OPENINGS,
    ROBOT_NAMES,
    ROBOTS,
    SUBJECTS,
    UNMISTAKABLE,
)
from mail_intake.charsets import decode
from mail_intake.headers import LOOKS_LIKE_ADDRESS, divide, message_ids
from mail_intake.message import Message
from mail_intake.unwrapping import Attachment

REPORT_TYPES = ("message/delivery-status", "message/global-delivery-status", "message/feedback-report")
RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers")
FIELD = re.compile(
    r"^[ \t]*(final-recipient|original-recipient|action|status)[ \t]*:[ \t]*(.+)$", re.I | re.M
)
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
QUOTED_ID = re.compile(r"^[ \t>|]*message-id:\s*<([^<>\s]+)>", re.I | re.M)
DELIVERED = frozenset({"delivered", "relayed", "expanded"})
FORWARDED = re.compile(r"^(?:re|fwd?|aw|wg|tr|rv|sv|vs|atb|yml|doorst|odp|pd|ynt|ilt)\s*:", re.I)
NOT_DELIVERED, WAS_DELIVERED = ".ndr", ".dr"  # endings of Outlook's own name for a report, in a .msg
FIRST_WORDS = 300  # characters
MAX_REPORT_TEXT = 100_000


@dataclass(frozen=True)
class Bounce:
    """What a delivery report says: the letter's Message-IDs, the failed addresses, the status (as 5.1.1)."""

    letters: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    status: str = ""
    failed: bool = True
    delivered: bool = False


def is_delivery_report(message: Message) -> str:
    """The reason why a message counts as a delivery report, or an empty text when it does not."""
    declared = message.headers.typed("content-type")
    if declared["report-type"] == "delivery-status" or _report(message):
        return "it is a delivery report"
    if message.headers.get("x-failed-recipients"):
        return "it names failed recipients"
    if message.headers.get("x-message-class").lower().endswith((NOT_DELIVERED, WAS_DELIVERED)):
        return "Outlook filed it as a delivery report"
    return _worded(message)


def _worded(message: Message) -> str:
    """Reports in plain words. A person who passes one on writes above it, or under their own name."""
    if NEVER_A_PERSON.match(message.sender):
        return f"its sender is {message.sender}, a mail system"
    robot = bool(ROBOTS.match(message.sender) or (not message.sender and _named_like_robot(message)))
    # A machine sends with an empty return path; people and their programs never do
    by_machine = robot or has_no_return(message) or _named_like_robot(message)
    if UNMISTAKABLE.match(message.subject) or (by_machine and SUBJECTS.search(message.subject)):
        return f'a mail system says "{message.subject[:60]}"'
    passed_on = FORWARDED.match(message.subject) and not robot
    opens = OPENINGS.match(message.text.lstrip()[:FIRST_WORDS])
    if (opens and not passed_on) or (robot and FAILURE_WORDS.search(message.text[:5000])):
        return "a mail system says that a letter was not delivered"
    if robot and not FORWARDED.match(message.subject) and _brings_a_letter_back(message):
        return "a mail system sends a letter back"
    return ""


def _named_like_robot(message: Message) -> bool:
    return bool(ROBOT_NAMES.search(message.headers.get("from").partition("@")[0]))


def _brings_a_letter_back(message: Message) -> bool:
    """Tells a report in any language: a person at that address encloses letters too, but gets answers."""
    enclosed = has_no_return(message) and any(_returned(message))
    return enclosed or bool(QUOTED_ID.search(message.text[:MAX_REPORT_TEXT]))


def read_bounce(message: Message) -> Bounce:
    """The report's own words, or failing them what its text shows."""
    report = _report(message) or message.text[:MAX_REPORT_TEXT]
    fields = [(name.lower(), value.strip()) for name, value in FIELD.findall(report)]
    actions = [value.lower().split(" ")[0] for name, value in fields if name == "action"]
    recipients = [value.rpartition(";")[2] for name, value in fields if name == "final-recipient"]
    recipients = recipients or [message.headers.get("x-failed-recipients") or f"{message.subject}\n{report}"]
    addresses = LOOKS_LIKE_ADDRESS.findall(QUOTED_ID.sub("", " ".join(recipients)).lower())
    status = next((value for name, value in fields if name == "status"), "") + " " + report
    found = STATUS.search(status)
    return Bounce(
        letters=_letters(message),
        recipients=tuple(dict.fromkeys(address.rstrip(".") for address in addresses)),
        status=found[1] if found else "",
        failed="failed" in actions if actions else not _only_delayed(message),
        delivered=(bool(actions) and all(action in DELIVERED for action in actions))
        or _was_delivered(message),
    )


def _only_delayed(message: Message) -> bool:
    own_words = QUOTED_ID.split(message.text[:MAX_REPORT_TEXT], maxsplit=1)[0]
    return bool(DELAYED.match(message.subject) or DELAYED.search(own_words))


def _was_delivered(message: Message) -> bool:
    return message.headers.get("x-message-class").lower().endswith(WAS_DELIVERED)


def _report(message: Message) -> str:
    parts = [a for a in message.attachments if a.type in REPORT_TYPES and "/" not in a.path]
    return "\n\n".join(decode(part.content)[0] for part in parts)


def _letters(message: Message) -> tuple[str, ...]:
    """The Message-IDs of the letter that came back: enclosed, quoted in the text, or answered."""
    found: list[str] = []
    for attachment in _returned(message):
        found += message_ids(divide(attachment.content)[0], "message-id")
    found += QUOTED_ID.findall(message.text[:MAX_REPORT_TEXT])
    return tuple(dict.fromkeys([*found, *message.in_reply_to, *message.references]))


def _returned(message: Message) -> list[Attachment]:
    return [a for a in message.attachments if a.type in RETURNED and "/" not in a.path]
