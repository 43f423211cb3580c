"""The chronology as lines to print: one for each account of an event and one for each gap in contact."""

from __future__ import annotations

from collections.abc import Iterator

from jcr.chronology.rules import Account
from jcr.chronology.service import Chronology, Event
from jcr.documents.chronology import Line
from jcr.wording import count, short_date

SAME = "Same event"
COLUMNS = (
    ("When", 18), ("Date as recorded", 18), ("Age", 16), ("Agency", 24), ("What happened", 60),
    ("Action taken", 40), ("Effect or comment", 40), ("Source", 24), ("Where the accounts differ", 40),
)  # fmt: skip


def lines(shown: Chronology) -> list[Line]:
    """In the order of time. Only the first account of an event carries its date, the ages and what differs."""
    return [line for event in shown.events for line in _of_event(event, no_contact(shown))]


def no_contact(shown: Chronology) -> str:
    """How the sentence about a gap begins: where some agencies are shown, only of those."""
    return "No contact with these agencies is recorded" if shown.chosen else "No contact is recorded"


def _of_event(event: Event, no_contact: str) -> Iterator[Line]:
    if event.gap:
        days = count(event.gap.days, "day")
        span = f"{short_date(event.gap.after)} to {short_date(event.gap.before)}"
        yield Line(when=span, event=f"{no_contact} for {days}.", is_gap=True)
    first, *others = event.occasion.accounts
    note = "\n".join(event.occasion.disagreements)
    yield _of_account(first, first.when.shown, ages(event), note)
    yield from (_of_account(other, f"{SAME}, {other.when.shown}") for other in others)


def ages(event: Event) -> str:
    """Such as "Child A 4, Child B under 1"."""
    return ", ".join(f"{age.who} {age.years}" for age in event.ages)


def _of_account(account: Account, when: str, ages: str = "", note: str = "") -> Line:
    return Line(
        when,
        ages=ages,
        agency=account.agency,
        event=account.event,
        action=account.action,
        impact=account.impact,
        source=account.source,
        as_written=account.when.written,
        note=note,
    )


def cells(line: Line) -> tuple[str, ...]:
    """The line under the headings of `COLUMNS`."""
    return (
        line.when, line.as_written, line.ages, line.agency, line.event, line.action, line.impact, line.source,
        line.note,
    )  # fmt: skip
