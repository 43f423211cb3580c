"""What moves with the rapid review when it meets on another day, and which dates stay where they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from jcr.cases.rules import Calendar, Due, chasing_ladder, return_for_meeting
from jcr.desk.clock import Clock
from jcr.meetings.rules import minutes_by
from jcr.wording import long_date

LATEST = "Latest day for the rapid review"
STAGES = {
    "reminder": "Reminder of a missing return",
    "due_today": "Note that a return is due",
    "agency_lead": "Letter to an agency’s safeguarding lead",
    "board_member": "Letter to the board member about a missing return",
}


@dataclass(frozen=True)
class Moved:
    """A date that hangs on the meeting: where it is now, where it would be, and the rule."""

    label: str
    now: date
    then: date
    because: str


def moved(met: date, then: date, route: str, calendar: Calendar) -> list[Moved]:
    """The dates that hang on a meeting, for the day it is called for and for another."""
    return [
        Moved(label, before.on, after.on, after.because)
        for (label, before), (_, after) in zip(
            _hanging(met, route, calendar), _hanging(then, route, calendar), strict=True
        )
    ]


def unmoved(then: date, clocks: Sequence[Clock]) -> list[str]:
    """What the other day means for the dates that do not move: one sentence for each."""
    return [
        f"{clock.label}: {long_date(clock.on)}. {'Too late' if then > clock.on else 'In time'}."
        for clock in clocks
        if clock.on and clock.label.startswith(LATEST) and not clock.done_on
    ]


def _hanging(day: date, route: str, calendar: Calendar) -> Iterator[tuple[str, Due]]:
    returns = return_for_meeting(day, calendar)
    yield "Latest return date that serves the meeting", returns
    for rung in chasing_ladder(returns.on, route, calendar):
        yield STAGES[rung.what], Due(rung.on, "local", f"{rung.because.rstrip('.')}.", "", returns.on)
    yield "Minutes to the members", minutes_by(day, calendar)
