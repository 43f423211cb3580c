"""Whether a meeting will be quorate if all come who have not sent apologies, and whom to ring (ToR, header)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jcr.answer import Answer
from jcr.meetings import rules
from jcr.meetings.model import Attendance, Kind, Meeting, Presence
from jcr.meetings.room import seats
from jcr.meetings.seats import body_of
from jcr.roles import CHAIRS

AWAY = (Presence.APOLOGIES, Presence.ABSENT)


@dataclass(frozen=True)
class Forecast:
    """What to expect, and the members whose agency would otherwise be missed: ask them for a deputy."""

    answer: Answer
    ring: tuple[Attendance, ...]


def forecast(meeting: Meeting, council_directorates_apart: bool = False) -> Forecast:
    """The quorum of those who sent no apologies; whom to ring, once it would fail or hang on a single agency."""
    sitting = [
        replace(seat, present=place.state not in AWAY)
        for seat, place in zip(seats(meeting), meeting.attendances, strict=True)
    ]
    apart = council_directorates_apart
    coming = {body_of(seat, apart) for seat in sitting if seat.counts and body_of(seat, apart)}
    if meeting.kind is Kind.PANEL:
        # nobody is in the chair before the day: either of the two who may take it stands for it
        places = zip(sitting, meeting.attendances, strict=True)
        answer = rules.panel_quorum(
            replace(seat, is_chair=place.person.role in CHAIRS) for seat, place in places
        )
    else:
        answer = rules.jcr_quorum(sitting, council_directorates_apart=apart)
    if answer.holds and len(coming) > rules.QUORUM_AGENCIES:
        return Forecast(answer, ())
    lost = [
        place
        for seat, place in zip(sitting, meeting.attendances, strict=True)
        if not (seat.present or seat.in_attendance or seat.conflicted) and body_of(seat, apart) not in coming
    ]
    return Forecast(answer, tuple(lost))
