"""Delivery reports (RFC 3464 and the common home-made ones): which letter failed, for whom, and why."""

import re
from dataclasses import dataclass

from mail_intake.charsets import decode
from mail_intake.headers import LOOKS_LIKE_ADDRESS, divide, message_ids
from mail_intake.message import Message

REPORT_TYPES = ("message/delivery-status", "message/global-delivery-status", "message/feedback-report")
RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers")
FIELD = re.compile(
    r"^[ \t]*(final-recipient|original-recipient|action|status)[ \t]*:[ \t]*(.+)$", re.I | re.M
)
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
QUOTED_ID = re.compile(r"^[ \t>|]*message-id:\s*<([^<>\s]+)>", re.I | re.M)
DELIVERED = frozenset({"delivered", "relayed", "expanded"})
ROBOTS = re.compile(
    r"^(?:mailer-?daemon|post[-_]?master|mail-?daemon|mail-?admin(?:istrator)?|mdaemon|nobody|bounces?|"
    r"microsoftexchange[0-9a-f]+|mail[._-]?delivery(?:[._-]?(?:subsystem|system))?|maildelivery)@",
    re.I,
)
ROBOT_NAMES = re.compile(r"mail delivery (?:sub)?system|mailer-?daemon|postmaster|mail administrator", re.I)
SUBJECTS = re.compile(
    r"undeliver|non[- ]?remis|unzustellbar|returned (?:mail|to sender|message)|return(?:ed)? mail|"
    r"delivery (?:status|report|fail|error|problem|has failed|delayed|notif|incomplete|unsuccessful)|"
    r"mail delivery|failure notice|failed (?:mail|delivery)|mail (?:system )?(?:error|failure|could not)|"
    r"could not (?:be )?(?:send|deliver)|couldn't be delivered|not delivered|unable to deliver|"
    r"message (?:not|delayed|rejected|undeliverable|status)|rejected mail|bounced mail|nondeliverable|"
    r"notification d'.tat|warning: (?:message|could not)|user unknown|error sending|returned: |"
    r"メールエラー|配信エラー|送信エラー",
    re.I,
)
UNMISTAKABLE = re.compile(
    r"^(?:undelivered mail returned to sender|delivery status notification \(failure\)|メールエラー通知)$",
    re.I,
)
FAILURE_WORDS = re.compile(
    r"(?:could not|couldn't|cannot|can't|unable to|not|failed|failure)[^.]{0,60}deliver|undeliver|"
    r"user unknown|unknown user|invalid user|no such (?:user|recipient)|mailbox (?:is )?(?:full|unavailable)|"
    r"mailbox not found|permanent (?:fatal )?error|does(?:n't| not) exist|over quota|\b55\d[ -]|"
    r"delivery (?:has )?failed|returned to sender|error delivering|"
    r"(?:delivery|message)[^.]{0,30}(?:delayed|rejected|failed)",
    re.I,
)
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
    nobody = not message.sender and ROBOT_NAMES.search(message.headers.get("from"))
    robot = bool(ROBOTS.match(message.sender) or nobody)
    # A machine sends with an empty return path; people and their programs never do
    silent = message.headers.raw("return-path").strip() == b"<>"
    if UNMISTAKABLE.match(message.subject) or ((robot or silent) and SUBJECTS.search(message.subject)):
        return f'a mail system says "{message.subject[:60]}"'
    if robot and FAILURE_WORDS.search(message.text[:5000]):
        return "a mail system says that a letter was not delivered"
    return ""


def read_bounce(message: Message) -> Bounce:
    """The report's own words, or failing them what its text shows."""
    report = _report(message) or message.text[:MAX_REPORT_TEXT]
    fields = [(name.lower(), value.strip()) for name, value in FIELD.findall(report)]
    actions = [value.lower().split(" ")[0] for name, value in fields if name == "action"]
    recipients = [value.rpartition(";")[2] for name, value in fields if name == "final-recipient"]
    recipients = recipients or [message.headers.get("x-failed-recipients") or report]
    addresses = LOOKS_LIKE_ADDRESS.findall(" ".join(recipients).lower())
    status = next((value for name, value in fields if name == "status"), "") + " " + report
    found = STATUS.search(status)
    return Bounce(
        letters=_letters(message),
        recipients=tuple(dict.fromkeys(addresses)),
        status=found[1] if found else "",
        failed=not actions or "failed" in actions,
        delivered=bool(actions) and all(action in DELIVERED for action in actions),
    )


def _report(message: Message) -> str:
    parts = [a for a in message.attachments if a.type in REPORT_TYPES and "/" not in a.path]
    return "\n\n".join(decode(part.content)[0] for part in parts)


def _letters(message: Message) -> tuple[str, ...]:
    """The Message-IDs of the letter that came back: enclosed, quoted in the text, or answered."""
    found: list[str] = []
    for attachment in message.attachments:
        if attachment.type in RETURNED and "/" not in attachment.path:
            found += message_ids(divide(attachment.content)[0], "message-id")
    found += QUOTED_ID.findall(message.text[:MAX_REPORT_TEXT])
    return tuple(dict.fromkeys([*found, *message.in_reply_to, *message.references]))
