"""Whether a meeting is held as called (ToR 9): it goes ahead, is moved or is cancelled, on a chair's decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.naming import given_away
from jcr.cases.rules import Calendar
from jcr.correspondence.model import Kind as LetterKind
from jcr.correspondence.model import Letter
from jcr.correspondence.service import Letterhead, write
from jcr.correspondence.wording import only
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.meetings.chairs_model import Holding, HoldingDecision
from jcr.meetings.invitations import tell_of_change
from jcr.meetings.model import Meeting
from jcr.meetings.replying import ask_again
from jcr.people.model import Agency, Person
from jcr.permissions import Permission, allows
from jcr.roles import CHAIRS, Actor
from jcr.scoping import service as scoping
from jcr.scoping.rules import not_worked
from jcr.wording import local_day, long_date, long_moment


@dataclass(frozen=True)
class Decided:
    """What a chair decided about holding a meeting, and why."""

    by: Person
    why: str


def chairs(session: Session) -> Sequence[Person]:
    """Who may decide: the chair and the vice chair."""
    found = select(Person).where(Person.active, Person.role.in_(CHAIRS)).order_by(Person.role, Person.name)
    return session.scalars(found).all()


def to_blame(meeting: Meeting) -> list[Agency]:
    """The agencies whose scoping return is missing, so that their executive leads should hear of it."""
    return [request.agency for request in scoping.missing(meeting.round)]


def leads(meeting: Meeting) -> list[Agency]:
    """The agencies at the meeting, and those asked, whose executive lead can be written to."""
    asked = meeting.round.requests if meeting.round else []
    found = [place.agency for place in meeting.attendances if place.agency]
    every = {agency.id: agency for agency in (*found, *(request.agency for request in asked))}
    return sorted((one for one in every.values() if one.board_email), key=lambda agency: agency.name)


def go_ahead(session: Session, meeting: Meeting, decided: Decided, actor: Actor, now: datetime) -> None:
    """The meeting is held all the same, and it is on record who decided so."""
    _must_be_open(meeting, decided, now)
    _keep(session, meeting, Holding.GO_AHEAD, decided, actor, now)
    record(session, meeting.case_id, actor, now, f"recorded that {decided.by.name} has the meeting go ahead",
           decided.why, meeting=meeting.id)  # fmt: skip


def rearrange(
    session: Session,
    head: Letterhead,
    meeting: Meeting,
    starts_at: datetime,
    place: str,
    decided: Decided,
    told: Iterable[Agency],
    actor: Actor,
    now: datetime,
    calendar: Calendar,
) -> list[Letter]:
    """Another day or place: calendars are updated, and the scoping round's date with them. The old one stays on record.

    Raises Incomplete for a day before now and, of a rapid review, for one that is no working day or comes before the
    returns are due.
    """
    _must_be_open(meeting, decided, now)
    _must_be_later(meeting, starts_at, place, now, calendar)
    was = meeting.starts_at
    _keep(session, meeting, Holding.REARRANGED, decided, actor, now, starts_at)
    meeting.starts_at, meeting.place = starts_at, place.strip()
    if meeting.kind.value == "business":
        meeting.title = meeting.title.replace(long_date(local_day(was)), long_date(local_day(starts_at)))
    if meeting.round:
        meeting.round.meeting_at, meeting.round.meeting_place = starts_at, place.strip()
    session.flush()
    record(session, meeting.case_id, actor, now, f"moved the meeting of {long_moment(was)} to {long_moment(starts_at)}",
           f"{decided.by.name} decided: {decided.why}", meeting=meeting.id)  # fmt: skip
    facts = {"was_at": was, "decided_by": decided.by.name}
    written = [
        *tell_of_change(session, head, meeting, facts, actor, now),
        *_tell_leads(session, head, meeting, was, decided, told, actor, now),
    ]
    if starts_at != was:
        ask_again(meeting)
    return written


def cancel(
    session: Session,
    head: Letterhead,
    meeting: Meeting,
    decided: Decided,
    told: Iterable[Agency],
    actor: Actor,
    now: datetime,
) -> list[Letter]:
    """The meeting is not held: calendars take it out, and the executive leads chosen hear why."""
    _must_be_open(meeting, decided, now)
    _keep(session, meeting, Holding.CANCELLED, decided, actor, now)
    meeting.cancelled_at = now
    session.flush()
    record(session, meeting.case_id, actor, now, f"cancelled the meeting of {long_moment(meeting.starts_at)}",
           f"{decided.by.name} decided: {decided.why}", meeting=meeting.id)  # fmt: skip
    return [
        *tell_of_change(session, head, meeting, {"decided_by": decided.by.name}, actor, now),
        *_tell_leads(session, head, meeting, meeting.starts_at, decided, told, actor, now),
    ]


def _must_be_open(meeting: Meeting, decided: Decided, now: datetime) -> None:
    if meeting.cancelled_at:
        raise NotNow("This meeting is cancelled already.")
    if meeting.opened_at or meeting.minutes_approved_at or meeting.starts_at <= now:
        raise NotNow("This meeting has begun, so it cannot be moved or cancelled any more.")
    if not allows(Permission.DECIDE_HOLDING, decided.by):
        raise Incomplete("Choose the chair or the vice chair: doubt about a meeting goes to them (ToR 9).")
    if not decided.why.strip():
        raise Incomplete(
            "Say why: the reason is kept, and told to executive leads where they are written to."
        )
    if named := given_away(meeting.case, decided.why) if meeting.case else "":
        raise Incomplete(
            f"The reason names a subject or a date of birth (“{named}”). Write initials instead."
        )


def _must_be_later(
    meeting: Meeting, starts_at: datetime, place: str, now: datetime, calendar: Calendar
) -> None:
    if starts_at <= now:
        raise Incomplete("The new day must be after now.")
    if not place.strip():
        raise Incomplete("Enter where the meeting is held, or its link.")
    if (starts_at, place.strip()) == (meeting.starts_at, meeting.place):
        raise Incomplete("That is when and where the meeting is already. Enter another day, time or place.")
    if meeting.round is None:
        return
    if wrong := not_worked("The meeting", local_day(starts_at), calendar):
        raise Incomplete(wrong)
    if local_day(starts_at) <= meeting.round.return_by:
        due = long_date(meeting.round.return_by)
        raise Incomplete(f"Returns are due by {due}; the rapid review must be after that day.")


def _keep(
    session: Session,
    meeting: Meeting,
    outcome: Holding,
    decided: Decided,
    actor: Actor,
    now: datetime,
    became_at: datetime | None = None,
) -> None:
    meeting.holdings.append(
        HoldingDecision(
            outcome=outcome, was_at=meeting.starts_at, was_place=meeting.place, became_at=became_at,
            decided_by=decided.by.name, why=decided.why.strip(), recorded_at=now, recorded_by=actor.name,
        )
    )  # fmt: skip
    if outcome is not Holding.GO_AHEAD:
        meeting.sequence += 1
        meeting.changed_at = now


def _tell_leads(
    session: Session,
    head: Letterhead,
    meeting: Meeting,
    was: datetime,
    decided: Decided,
    told: Iterable[Agency],
    actor: Actor,
    now: datetime,
) -> list[Letter]:
    missing = {agency.id for agency in to_blame(meeting)}
    facts: dict[str, Any] = {
        "meeting": meeting.name,
        "was_at": was,
        "decided_by": decided.by.name,
        "reasons": decided.why.strip(),
        "new_date": None if meeting.cancelled_at else meeting.starts_at,
        "only_cancelled": only(meeting.cancelled_at is not None),
    }
    return [
        write(
            session, head, LetterKind.CANCELLATION_REPORT, f"cancellation-{meeting.id}-{meeting.sequence}-{agency.id}",
            agency.board_email, facts | {"agency": agency.name, "only_return_missing": only(agency.id in missing)},
            actor, now, case=meeting.case, agency=agency,
            recipient_lines=["Executive lead", agency.name], signature_lines=head.for_the_chair,
        )
        for agency in told
    ]  # fmt: skip
