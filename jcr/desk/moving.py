"""What moves with the rapid review when it meets on another day, and which dates stay where they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from jcr.cases.rules import Calendar, Due, return_for_meeting
from jcr.desk.clock import GIVEN, Clock
from jcr.meetings.rules import minutes_by
from jcr.wording import long_date

LATEST = "Latest day for the rapid review"
RETURNS, _ = GIVEN


@dataclass(frozen=True)
class Moved:
    """A date that hangs on the meeting: where it is now, where it would be, and the rule."""

    label: str
    now: date
    then: date
    because: str


def moved(met: date, then: date, calendar: Calendar) -> list[Moved]:
    """The dates that hang on a meeting, for the day it is called for and for another."""
    return [
        Moved(label, before.on, after.on, after.because)
        for (label, before), (_, after) in zip(_hanging(met, calendar), _hanging(then, calendar), strict=True)
    ]


def unmoved(then: date, clocks: Sequence[Clock]) -> list[str]:
    """What the other day means for the dates that do not move: one sentence for each."""
    return [*_returns(then, clocks), *_latest(then, clocks)]


def _returns(then: date, clocks: Sequence[Clock]) -> Iterator[str]:
    """The agencies were given their day: it stays, and so do the reminders that are counted from it."""
    for clock in clocks:
        if clock.label == RETURNS and clock.on and not clock.done_on:
            fits = "The meeting must be after that day." if then <= clock.on else "In time."
            yield (
                f"{RETURNS}: {long_date(clock.on)}, as the agencies were told; reminders and letters about a "
                f"missing return are counted from it. {fits}"
            )


def _latest(then: date, clocks: Sequence[Clock]) -> Iterator[str]:
    for clock in clocks:
        if clock.on and clock.label.startswith(LATEST) and not clock.done_on:
            yield f"{clock.label}: {long_date(clock.on)}. {'Too late' if then > clock.on else 'In time'}."


def _hanging(day: date, calendar: Calendar) -> Iterator[tuple[str, Due]]:
    yield "Latest return date that serves the meeting", return_for_meeting(day, calendar)
    yield "Minutes to the members", minutes_by(day, calendar)
