"""The rules of a meeting: quorum, who chairs, what may be decided, and when papers and minutes are due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jcr.answer import Answer
from jcr.cases.rules import Calendar, Due, add_working_days, working_days_before
from jcr.meetings.attendance import Attendance, Breach, attendance_breaches
from jcr.meetings.seats import HEALTH, LOCAL_AUTHORITY, POLICE, Seat, body_of, is_icb, seats_from, sector_of
from jcr.wording import count, listed, long_date

__all__ = [
    "Attendance",
    "Breach",
    "Chairing",
    "Seat",
    "attendance_breaches",
    "child_partners_present",
    "jcr_quorum",
    "may_recommend",
    "minutes_by",
    "panel_quorum",
    "paper_in_time",
    "papers_in_by",
    "papers_out_by",
    "who_chairs",
]

QUORUM_AGENCIES = 3  # ToR, header: "3 agencies (or nominated deputies ...)"
PAPERS_IN_WORKING_DAYS = 7  # ToR 9
PAPERS_OUT_WORKING_DAYS = 5  # ToR 9
MINUTES_WORKING_DAYS = 10  # ToR 9

QUORUM_SOURCE = "ToR, header: quorum"
PANEL_SOURCE = "ToR, panel responsibilities"
SECTOR_NAMES = {POLICE: "the police", HEALTH: "health", LOCAL_AUTHORITY: "the local authority"}

SEVERAL = {HEALTH: "Health", LOCAL_AUTHORITY: "Local authority"}  # one body, whoever of it has come

Seats = Iterable[Seat | Mapping[str, object]]


@dataclass(frozen=True)
class Chairing:
    """Who takes the chair, and why, in words fit for the minutes."""

    who: Literal["chair", "vice_chair", "substitute"]
    because: str
    source: str


def jcr_quorum(
    seats: Seats, needed: int = QUORUM_AGENCIES, council_directorates_apart: bool = False
) -> Answer:
    """Whether enough different agencies are in the room for the JCR to do business.

    A deputy counts for the agency. All health organisations count once. A council counts once too,
    being one body in law, unless the partnership has set its directorates apart. Officers in attendance
    and people with a conflict of interest never count, but others of their agency may.
    """
    sitting = seats_from(seats)
    agencies = _agencies(sitting, council_directorates_apart)
    parts = [_tally(agencies, needed), *_notes(sitting, council_directorates_apart), *_left_out(sitting)]
    return Answer(len(agencies) >= needed, " ".join(filter(None, parts)), QUORUM_SOURCE)


def panel_quorum(seats: Seats) -> Answer:
    """Whether a review panel is quorate: police, health and local authority present, with the chair.

    A chair who comes from one of the three sectors stands for it as well.
    """
    sitting = seats_from(seats)
    sectors = {sector_of(seat) for seat in sitting if seat.counts}
    missing = [name for sector, name in SECTOR_NAMES.items() if sector not in sectors]
    if not any(seat.is_chair and seat.counts for seat in sitting):
        missing.append("the chair")
    verdict = (
        f"Not quorate: {listed(missing)} {'is' if len(missing) == 1 else 'are'} not present."
        if missing
        else "Quorate: the police, health and the local authority are present, together with the chair."
    )
    return Answer(
        not missing, " ".join([verdict, *_panel_deputies(sitting), *_left_out(sitting)]), PANEL_SOURCE
    )


def child_partners_present(seats: Seats) -> Answer:
    """Whether all three safeguarding partners are at a child's rapid review; if not, a warning.

    The meeting may be quorate all the same, but these three have to own the decision.
    """
    counting = [seat for seat in seats_from(seats) if seat.counts]
    here = {
        "the local authority": any(sector_of(seat) == LOCAL_AUTHORITY for seat in counting),
        "the integrated care board": any(is_icb(seat) for seat in counting),
        "the police": any(sector_of(seat) == POLICE for seat in counting),
    }
    absent = [name for name, present in here.items() if not present]
    source = "Working Together: the three safeguarding partners decide"
    if not absent:
        return Answer(True, "All three safeguarding partners are present.", source)
    verb = "is" if len(absent) == 1 else "are"
    because = f"{listed(absent)} {verb} not present, and the safeguarding partners must own this decision."
    return Answer(False, because[0].upper() + because[1:], source)


def who_chairs(
    chair_absent: bool = False,
    chair_conflicted: bool = False,
    vice_absent: bool = False,
    vice_conflicted: bool = False,
    chair_apologies: bool = False,
    vice_apologies: bool = False,
    chair_invited: bool = True,
    vice_invited: bool = True,
) -> Chairing:
    """The chair; the vice chair where the chair is away or conflicted; else a substitute from the boards."""
    chair_out = _why_not("The chair", chair_absent, chair_conflicted, chair_apologies, chair_invited)
    if not chair_out:
        return Chairing(
            "chair",
            "No absence and no conflict of the chair is recorded, so the chair takes the chair.",
            "ToR 5",
        )
    vice_out = _why_not("the vice chair", vice_absent, vice_conflicted, vice_apologies, vice_invited)
    if not vice_out:
        return Chairing("vice_chair", f"{chair_out}, so the vice chair takes the chair.", "ToR 5")
    because = f"{chair_out} and {vice_out}, so the boards are asked for a substitute chair."
    return Chairing("substitute", because, "ToR 5")


def may_recommend(quorum: Answer, chair_conflicted: bool = False) -> Answer:
    """Whether a recommendation may be recorded: only at a quorate meeting under an unconflicted chair."""
    if not quorum:
        because = f"The meeting may note but cannot recommend. {quorum.because}"
        return Answer(False, because, quorum.source)
    if chair_conflicted:
        because = "Whoever chairs has declared a conflict in this case; another chair must take the item."
        return Answer(False, because, "ToR 5")
    return Answer(True, quorum.because, quorum.source)


def papers_in_by(meeting_on: date, calendar: Calendar, days: int = PAPERS_IN_WORKING_DAYS) -> Due:
    """When papers must be with the Partnership Team."""
    return _papers(meeting_on, days, calendar)


def papers_out_by(meeting_on: date, calendar: Calendar, days: int = PAPERS_OUT_WORKING_DAYS) -> Due:
    """When agenda and papers must be with the members."""
    return _papers(meeting_on, days, calendar)


def minutes_by(meeting_on: date, calendar: Calendar, days: int = MINUTES_WORKING_DAYS) -> Due:
    """When the minutes must be with the members."""
    because = f"{count(days, 'working day')} after the meeting on {long_date(meeting_on)}."
    return Due(add_working_days(meeting_on, days, calendar), "ToR", because, "ToR 9", meeting_on, days)


def paper_in_time(
    received_on: date, meeting_on: date, calendar: Calendar, rapid_review: bool = False
) -> Answer:
    """Whether a paper came in time. A rapid review cannot wait, so it takes and marks them."""
    due = papers_in_by(meeting_on, calendar)
    if received_on <= due.on:
        return Answer(True, f"Received by {long_date(due.on)}, when papers were due.", "ToR 9")
    late = f"Late paper: received on {long_date(received_on)}, due on {long_date(due.on)}."
    leave = (
        "Taken all the same: a rapid review cannot wait." if rapid_review else "It needs the chair's leave."
    )
    return Answer(False, f"{late} {leave}", "ToR 9")


def _papers(meeting_on: date, days: int, calendar: Calendar) -> Due:
    because = f"{count(days, 'working day')} before the meeting on {long_date(meeting_on)}."
    return Due(working_days_before(meeting_on, days, calendar), "ToR", because, "ToR 9", meeting_on, -days)


def _agencies(seats: tuple[Seat, ...], council_directorates_apart: bool) -> dict[str, str]:
    """Body -> the name to print for it, in the order people sit."""
    sitting: dict[str, list[Seat]] = {}
    for seat in seats:
        body = body_of(seat, council_directorates_apart)
        if seat.counts and body:
            sitting.setdefault(body, []).append(seat)
    return {body: _called(body, there) for body, there in sitting.items()}


def _called(body: str, there: Sequence[Seat]) -> str:
    """Its own name, or that of the sector where several agencies of it came; health always the latter."""
    names = list(dict.fromkeys(seat.agency.strip() or SECTOR_NAMES.get(body, body) for seat in there))
    several = body == HEALTH or len(names) > 1
    return SEVERAL.get(sector_of(there[0]), names[0]) if several else names[0]


def _tally(agencies: Mapping[str, str], needed: int) -> str:
    verdict = "Quorate" if len(agencies) >= needed else "Not quorate"
    verb = "is" if len(agencies) == 1 else "are"
    named = f" ({listed(list(agencies.values()))})" if agencies else ""
    present = f"{count(len(agencies), 'agency').replace('agencys', 'agencies')} {verb} present{named}"
    return f"{verdict}: {present}; {needed} {'is' if needed == 1 else 'are'} needed."


def _notes(seats: tuple[Seat, ...], council_directorates_apart: bool) -> list[str]:
    """Where several of one body came, that they count as one."""
    notes = []
    counted = {HEALTH: "health organisations"}
    if not council_directorates_apart:
        counted[LOCAL_AUTHORITY] = "parts of the local authority"
    for sector, called in counted.items():
        here = [seat for seat in seats if seat.counts and sector_of(seat) == sector]
        names = {seat.agency.strip().casefold() for seat in here}
        if len(names) > 1 and len({body_of(seat) for seat in here}) == 1:
            notes.append(f"The {len(names)} {called} present count as one.")
    return notes


def _left_out(seats: tuple[Seat, ...]) -> list[str]:
    """Why people in the room were not counted; no names, since a conflict is minuted in its own place."""
    conflicted = sum(seat.present and seat.conflicted for seat in seats)
    officers = sum(seat.present and seat.in_attendance and not seat.conflicted for seat in seats)
    unplaced = sum(seat.counts and not body_of(seat) and not seat.is_chair for seat in seats)
    lines = [
        (conflicted, "with a declared conflict"),
        (officers, "in attendance"),
        (unplaced, "without a recorded agency"),
    ]
    return [f"{_people(number)} {who} not counted." for number, who in lines if number]


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _panel_deputies(seats: tuple[Seat, ...]) -> list[str]:
    # ToR, panel responsibilities: deputies only in exceptional circumstances; which, stands beside who came.
    deputies = sum(seat.counts and seat.deputy for seat in seats)
    if not deputies:
        return []
    return [f"{_people(deputies)} sitting as a deputy, which exceptional circumstances alone allow."]


def _why_not(who: str, absent: bool, conflicted: bool, apologies: bool, invited: bool) -> str:
    if conflicted:
        return f"{who} has declared a conflict in this case"
    if not invited:
        return f"{who} is not invited"
    if apologies:
        return f"{who} has sent apologies"
    return f"{who} is absent" if absent else ""
