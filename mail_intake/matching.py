"""The verdict on a message: what it is, where it belongs and because of what, or else the pile."""

from dataclasses import dataclass
from typing import Literal

from mail_intake.authenticity import judge
from mail_intake.documents import OURS, ReadForm
from mail_intake.evidence import Clue, clear_target, weigh
from mail_intake.known import Known, Target
from mail_intake.message import Message
from mail_intake.protection import dangers, locked_files
from mail_intake.screening import REPORTS, Screening

Outcome = Literal[
    "referral",
    "scoping_return",
    "submission",
    "reply",
    "bounce",
    "auto_reply",
    "encrypted",
    "not_ours",
    "to_sort",
    "failed",
]
LISTED = "the sender is on the list of agency addresses"
UNLISTED = "the sender is not on the list of agency addresses"
NO_REQUEST = "it carries no stamp of ours and answers no letter of ours"
HOW_TO_OPEN = (
    "open it in that service or with the sender's password and file what it holds, or ask the sender for it "
    "unprotected"
)
HARDLY_ANSWERED = "it answers hardly any question: look whether it is one, or only speaks of one"
NO_FORM = "it carries no form of ours and answers no letter of ours"
EMPTY = "there is nothing in it: ask the sender, if it names one, to send it again"
MAX_SUGGESTIONS = 5


@dataclass(frozen=True)
class Intake:
    """What is to be done with a message, and everything a person needs to check it."""

    outcome: Outcome
    because: tuple[str, ...]
    message: Message
    screening: Screening
    forms: tuple[ReadForm, ...] = ()
    target: Target | None = None
    suggestions: tuple[Clue, ...] = ()
    authentic: Literal["pass", "fail", "unknown"] = "unknown"
    warnings: tuple[str, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether it waits on the pile for a person."""
        return self.outcome in ("to_sort", "failed", "encrypted", "not_ours")


def verdict(message: Message, screening: Screening, readings: tuple[ReadForm, ...], known: Known) -> Intake:
    """Decide. A sender alone, or two clues that disagree, never files a message by itself."""
    authentic = judge(message, known.receiving_servers)
    clues = weigh(message, screening, readings, known, believed=known.sender_listed and not authentic.doubted)
    target, disagreement = clear_target(clues)
    outcome, because = _decide(message, screening, readings, known, target)
    if outcome not in ("referral", "scoping_return", "submission", "reply", "bounce", "auto_reply"):
        target = None
    elif outcome in ("referral", "scoping_return", "submission", "reply") and authentic.doubted:
        outcome, because, target = "to_sort", (authentic.because, *because), None
    reasons = [*because, *_reasons(clues, target), *([disagreement] if disagreement else [])]
    return Intake(
        outcome=outcome,
        because=tuple(dict.fromkeys(reasons)),
        message=message,
        screening=screening,
        forms=readings,
        target=target,
        suggestions=() if target else _suggestions(clues),
        authentic=authentic.verdict,
        warnings=_warnings(message),
    )


Decision = tuple[Outcome, tuple[str, ...]]


def _decide(
    message: Message,
    screening: Screening,
    readings: tuple[ReadForm, ...],
    known: Known,
    target: Target | None,
) -> Decision:
    ours = [form for form in readings if form.ours]
    if screening.sort in REPORTS:
        return "bounce" if screening.sort == "bounce" else "auto_reply", screening.because
    if screening.sort == "auto_reply" and not ours:
        return "auto_reply", screening.because
    if screening.sort in ("auto_reply", "loop"):
        return "to_sort", screening.because
    if len(ours) > 1:
        return "to_sort", (f"it carries {len(ours)} forms: {', '.join(form.path for form in ours)}",)
    if ours:
        return _by_form(ours[0], known, target)
    if screening.sort == "encrypted":
        return "encrypted", (*screening.because, HOW_TO_OPEN)
    return _without_form(message, screening, readings, known, target)


def _by_form(form: ReadForm, known: Known, target: Target | None) -> Decision:
    found = f"{form.path} is {OURS[form.reading.kind]}"
    if not known.sender_listed:
        return "to_sort", (found, UNLISTED)
    if not form.filled_in:
        return "to_sort", (found, HARDLY_ANSWERED)
    if form.submitted:
        return "submission", (found, LISTED)  # the registry knows which meeting or action it is for
    if form.reading.kind == "scoping":
        return _scoping_return(found, known, target)
    if target:
        return "to_sort", (found, f"it also answers case {target.case}: a new case, or more about that one?")
    return "referral", (found, LISTED)


def _scoping_return(found: str, known: Known, target: Target | None) -> Decision:
    if not target:
        return "to_sort", (found, NO_REQUEST)
    if not target.request:
        return "to_sort", (found, f"it belongs to {target.case}, but not to one scoping request")
    request = known.requests.get(target.request)
    if request and not request.open:
        return "to_sort", (found, "its scoping request has been answered or closed already")
    return "scoping_return", (found,)


def _without_form(
    message: Message,
    screening: Screening,
    readings: tuple[ReadForm, ...],
    known: Known,
    target: Target | None,
) -> Decision:
    if message.too_large:
        return "to_sort", message.notes[:1]
    if strangers := [form for form in readings if form.anothers]:
        return "not_ours", tuple(_not_ours(form) for form in strangers)
    problems = tuple(f"{form.path}: {form.unreadable}" for form in readings if form.unreadable)
    large = tuple(f"{a.path} is over 25 MB and was not opened" for a in message.files if a.too_large)
    locked = tuple(f"{a.path} is protected by a password" for a in locked_files(message))
    told = {
        form.path for form in readings if form.unreadable
    }  # the reader has said already what is wrong with them
    unopened = (a for a in message.files if a.unopened and not a.too_large and a.path not in told)
    shut = tuple(f"{a.path}: {a.unopened}" for a in unopened)
    unread = (*problems, *large, *locked, *shut)
    if target and known.sender_listed and not unread:
        return "reply", ()
    if target and not known.sender_listed:
        return "to_sort", (UNLISTED, *unread)
    reasons = (*screening.because, *unread)
    nothing_in_it = not message.files and not message.text.strip() and not message.html.strip()
    return "to_sort", reasons or (EMPTY if nothing_in_it else NO_FORM,)


def _not_ours(form: ReadForm) -> str:
    why = next(iter((*form.reading.problems, *form.reading.notes)), "")
    return f"{form.path} is not a form of ours: {why or form.reading.form}"


def _reasons(clues: list[Clue], target: Target | None) -> list[str]:
    return [
        clue.because for clue in clues if target and clue.target.case == target.case and clue.weight >= 50
    ]


def _suggestions(clues: list[Clue]) -> tuple[Clue, ...]:
    best: dict[Target, Clue] = {}
    for clue in clues:
        best.setdefault(clue.target, clue)
    return tuple(best.values())[:MAX_SUGGESTIONS]


def _warnings(message: Message) -> tuple[str, ...]:
    elsewhere = message.reply_to and message.reply_to.rpartition("@")[2] != message.sender.rpartition("@")[2]
    answers = (f"answers go to another address: {message.reply_to}",) if elsewhere and message.sender else ()
    return (*dangers(message.attachments), *answers)
