"""Interests in a case, declared before the meeting that deals with it: they withhold the case until decided (ToR 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Status, Wall
from jcr.cases.service import put_up_wall, take_down_wall
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import record
from jcr.meetings import room
from jcr.meetings.interest_model import Interest
from jcr.meetings.model import Attendance, Kind, Meeting
from jcr.meetings.paper_model import MeetingPaper
from jcr.meetings.replying import must_be_ahead
from jcr.meetings.sight import REFERENCE, Sight, behind_walls
from jcr.people.model import Person
from jcr.people.service import by_email
from jcr.roles import Actor

STANDS = "What you declared stays until the chair has decided on it. Ring the Partnership Team if it was a mistake."

UNDECIDED = (Status.RAPID_REVIEW, Status.RECOMMENDED, Status.SENT_BACK)


def discussed(session: Session, meeting: Meeting) -> Sequence[Case]:
    """The cases that a meeting deals with: its own, those its agenda and its papers name, and at a business meeting
    those that wait for a decision."""
    named = set(REFERENCE.findall(" ".join(f"{one.title} {one.before}" for one in meeting.items).upper()))
    papers = select(MeetingPaper.case_id).where(MeetingPaper.meeting_id == meeting.id)
    own = Case.id == meeting.case_id if meeting.case_id else Case.id.is_(None)
    waiting = Case.status.in_(UNDECIDED if meeting.kind is Kind.BUSINESS else ())
    found = select(Case).where(own | waiting | Case.reference.in_(named) | Case.id.in_(papers))
    return session.scalars(found.order_by(Case.id)).all()


def of_place(place: Attendance, case: Case, of_deputy: bool) -> Interest | None:
    """What was declared there about a case."""
    return next(
        (one for one in place.interests if one.case_id == case.id and one.of_deputy == of_deputy), None
    )


def declare(
    session: Session,
    place: Attendance,
    case: Case,
    has_one: bool,
    what: str,
    of_deputy: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """No interest in the case, or which. One that was declared withholds the case at once.

    Raises NotNow once the meeting has begun or for taking back what has not been decided on, Incomplete without words.
    """
    must_be_ahead(place.meeting, now)
    if has_one and not what.strip():
        raise Incomplete("Say what the interest is; the chair decides whether it is a conflict.")
    found = of_place(place, case, of_deputy)
    if found and found.has_one:
        raise NotNow(STANDS)
    if found is None:
        found = Interest(case=case, case_id=case.id, of_deputy=of_deputy)
        place.interests.append(found)
    found.has_one, found.what = has_one, what.strip() if has_one else ""
    found.said_at, found.said_by = now, actor.name
    whose = f"the deputy for {place.person.name}" if of_deputy else place.person.name
    said = "an interest in the case" if has_one else "no interest in the case"
    record(
        session, case.id, actor, now, f"declared for {whose}: {said}", found.what, meeting=place.meeting_id
    )
    if has_one:
        _withhold(session, found, actor, now)
    session.flush()


def _withhold(session: Session, one: Interest, actor: Actor, now: datetime) -> None:
    """The wall goes up, and the meeting about the case counts a conflict, until it is decided."""
    place, person = one.attendance, _whose(session, one)
    if person and not _has_wall(session, one.case, person):
        put_up_wall(session, one.case, person, one.what, actor, now)
        one.walled = True
        session.flush()
    if place.meeting.case_id == one.case_id:
        room.declare(
            session, place.meeting, place.person, True, one.what, "To be decided by the chair", actor, now,
            of_deputy=one.of_deputy,
        )  # fmt: skip


def decide(session: Session, one: Interest, is_conflict: bool, why: str, actor: Actor, now: datetime) -> None:
    """The chair or the office decides on an interest; what is no conflict withholds nothing any more.

    Raises NotAllowed for one's own, Incomplete without a reason, NotNow when it has been decided.
    """
    place, person = one.attendance, _whose(session, one)
    if actor.person_id in (place.person_id, person.id if person else None):
        raise NotAllowed("Somebody else has to decide on your own interest.")
    if not one.waits:
        raise NotNow("This has been decided already.")
    if not why.strip():
        raise Incomplete("Say why, or how it is handled: it is part of the record.")
    one.is_conflict, one.why, one.decided_at, one.decided_by = is_conflict, why.strip(), now, actor.name
    session.flush()
    if place.meeting.case_id == one.case_id:
        room.declare(
            session, place.meeting, place.person, is_conflict, one.what, one.why, actor, now, of_deputy=one.of_deputy
        )  # fmt: skip
    whose = f"the deputy for {place.person.name}" if one.of_deputy else place.person.name
    found = "a conflict" if is_conflict else "no conflict"
    record(
        session, one.case_id, actor, now, f"decided that what {whose} declared is {found}", one.why,
        meeting=place.meeting_id,
    )  # fmt: skip
    if one.walled and not is_conflict and person and not _stands_elsewhere(session, one):
        take_down_wall(session, one.case, person, one.why, actor, now)


def declared(session: Session, meeting: Meeting) -> Sequence[Interest]:
    """The interests that somebody has said they have, in the order of the people invited."""
    found = select(Interest).join(Attendance).where(Attendance.meeting_id == meeting.id, Interest.has_one)
    return session.scalars(found.order_by(Attendance.id, Interest.id)).all()


def sight_behind_link(session: Session, place: Attendance, of_deputy: bool) -> Sight:
    """What the holder of an invitation may see: no case behind their wall, nor one in which a deputy whom nobody here
    knows said they have an interest."""
    person = _invited(session, place, of_deputy)
    stated = (one.case.reference for one in place.interests if one.of_deputy == of_deputy and one.stands)
    walled = behind_walls(session, [person.id])[person.id] if person else set()
    return Sight(frozenset(stated) | walled)


def unanswered(place: Attendance, cases: Iterable[Case], of_deputy: bool) -> list[Case]:
    """The cases about which they have not said anything yet."""
    return [case for case in cases if of_place(place, case, of_deputy) is None]


def _whose(session: Session, one: Interest) -> Person | None:
    return _invited(session, one.attendance, one.of_deputy)


def _invited(session: Session, place: Attendance, of_deputy: bool) -> Person | None:
    return by_email(session, place.deputy_email) if of_deputy else place.person


def _has_wall(session: Session, case: Case, person: Person) -> bool:
    wall = select(Wall.id).where(Wall.case_id == case.id, Wall.person_id == person.id)
    return session.scalar(wall) is not None


def _stands_elsewhere(session: Session, one: Interest) -> bool:
    """Whether the same person declared an interest in the case for another meeting too, and it stands."""
    same = select(Interest).join(Attendance).where(Interest.case_id == one.case_id, Interest.id != one.id)
    mine = session.scalars(same.where(Attendance.person_id == one.attendance.person_id))
    return any(other.stands for other in mine if other.of_deputy == one.of_deputy)
