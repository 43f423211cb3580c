"""The attendance rule: two of the previous three meetings missed without a deputy brings a letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jcr.wording import listed, long_date

WINDOW = 3  # ToR 6: "two of the previous three meetings"
MISSES = 2

Outcome = Literal["present", "deputy", "apologies", "absent"]


@dataclass(frozen=True)
class Attendance:
    """How a member stood at one meeting.

    `member` is whatever identifies the member. Apologies without a deputy are a miss all the same. A
    member who was not invited ("when appropriate" members) cannot have missed anything.
    """

    member: str
    agency: str
    meeting_on: date
    outcome: Outcome
    invited: bool = True
    kind: str = "business"

    @property
    def missed(self) -> bool:
        """Neither the member nor a deputy was there."""
        return self.outcome not in ("present", "deputy")


@dataclass(frozen=True)
class Breach:
    """A letter owed: stage 1 to the member and their board representative, stage 2 to the board chair."""

    member: str
    agency: str
    stage: Literal[1, 2]
    found_on: date
    missed: tuple[date, ...]
    because: str
    source: str = "ToR 6"


Found = tuple[str, str, date]  # member, agency, and the meeting after which a breach was found


def attendance_breaches(
    attendances: Iterable[Attendance],
    kinds: Collection[str] = ("business", "rapid_review"),
    let_off: Collection[Found] = (),
    told_on: Mapping[Found, date] | None = None,
) -> tuple[Breach, ...]:
    """Every breach in the attendances given, in order of date: one letter each, never two for the same.

    Looks at each member's last three meetings of the kinds that count to which they were invited. Stage 2
    follows when the next such meeting is missed as well; after that nothing is owed until they come. A breach
    that the chair has `let_off` counts as if it had not been found. `told_on` says when the chair wrote of a
    first breach: the matter continues at a meeting after that day, since nobody heeds a letter not yet had.
    """
    by_member: dict[tuple[str, str], list[Attendance]] = defaultdict(list)
    for one in attendances:
        if one.invited and one.kind in kinds:
            by_member[one.member, one.agency].append(one)
    breaches = [
        breach for record in by_member.values() for breach in _breaches_of(record, let_off, told_on or {})
    ]
    return tuple(sorted(breaches, key=lambda breach: (breach.found_on, breach.agency, breach.member)))


def _breaches_of(
    record: list[Attendance], let_off: Collection[Found], told_on: Mapping[Found, date]
) -> Iterator[Breach]:
    stage, told = 0, date.min
    record = sorted(record, key=lambda one: one.meeting_on)
    for position, latest in enumerate(record):
        window = record[max(0, position + 1 - WINDOW) : position + 1]
        missed = tuple(one.meeting_on for one in window if one.missed)
        found = (latest.member, latest.agency, latest.meeting_on)
        if not latest.missed:
            stage = 0  # they came, so the matter did not continue; a later breach begins again
        elif found in let_off:
            continue
        elif stage == 0 and len(missed) >= MISSES:
            stage, told = 1, told_on.get(found, date.min)
            yield Breach(*found[:2], 1, latest.meeting_on, missed, _first(missed))
        elif stage == 1 and latest.meeting_on > told:
            stage = 2
            yield Breach(*found[:2], 2, latest.meeting_on, missed, _second(latest.meeting_on))


def _first(missed: tuple[date, ...]) -> str:
    days = listed([long_date(day) for day in missed])
    return f"Two of the previous three meetings were missed without a deputy: {days}."


def _second(day: date) -> str:
    return (
        f"After the first letter, the next meeting on {long_date(day)} was missed without a deputy as well."
    )
