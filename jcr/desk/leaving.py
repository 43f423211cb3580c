"""Somebody leaves: their open work goes to a named colleague, their account is closed, and what they did stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from jcr.actions.model import Action, State
from jcr.admission import joining
from jcr.errors import Incomplete
from jcr.history.service import record
from jcr.meetings.model import Attendance, Meeting, Presence
from jcr.people.model import OFFICE_NAMES, Absence, Agency, ChairTerm, OfficeHolder, Person
from jcr.people.service import holders
from jcr.permissions import Permission, allows, no_conflict
from jcr.roles import CHAIRS, Actor
from jcr.wording import count, listed, local_day

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class OpenWork:
    """What waits for somebody by name; what a role sees to is seen to by the others of that role."""

    seats: Sequence[Attendance]
    chairing: Sequence[Meeting]
    actions: Sequence[Action]
    offices: Sequence[OfficeHolder]
    terms: Sequence[ChairTerm]
    agencies: Sequence[Agency]
    absences: Sequence[Absence]

    @property
    def lines(self) -> list[str]:
        """What there is, in words that tell of no case."""
        told = [
            (self.seats, count(len(self.seats), "seat") + " at meetings to come"),
            (self.chairing, count(len(self.chairing), "meeting") + " to chair"),
            (self.actions, f"open actions {listed([one.label for one in self.actions])}"),
            (self.offices, listed([OFFICE_NAMES[one.office] for one in self.offices])),
            (self.terms, listed([one.role.shown for one in self.terms])),
            (self.agencies, f"letters for {listed([one.name for one in self.agencies])}"),
            (self.absences, f"standing in for {listed([one.person.name for one in self.absences])}"),
        ]
        return [words for things, words in told if things]


def open_work(session: Session, person: Person, now: datetime) -> OpenWork:
    today = local_day(now)
    ahead = (Meeting.starts_at > now, Meeting.cancelled_at.is_(None), Meeting.opened_at.is_(None))
    standing = Absence.ended_at.is_(None)

    def found(query: Select[Thing]) -> Sequence[Thing]:
        return session.scalars(query).all()

    return OpenWork(
        seats=found(select(Attendance).join(Meeting).where(Attendance.person_id == person.id, *ahead)),
        chairing=found(select(Meeting).where(Meeting.chair_id == person.id, *ahead)),
        actions=found(
            select(Action).where(Action.state == State.OPEN, _owned_by(person)).order_by(Action.number)
        ),
        offices=found(
            select(OfficeHolder).where(
                OfficeHolder.person_id == person.id,
                or_(OfficeHolder.until.is_(None), OfficeHolder.until >= today),
            )
        ),
        terms=found(select(ChairTerm).where(ChairTerm.person_id == person.id, ChairTerm.until.is_(None))),
        agencies=found(
            select(Agency).where(
                or_(Agency.contact_email == person.email, Agency.board_email == person.email)
            )
        ),
        absences=found(
            select(Absence).where(Absence.deputy_id == person.id, standing, Absence.until >= today)
        ),
    )


def _owned_by(person: Person) -> ColumnElement[bool]:
    """By the address, which is one person's; by the name where no address was given, for that is all there is."""
    address = func.lower(Action.owner_email)
    return or_(address == person.email.lower(), and_(address == "", Action.owner == person.name))


def leave(session: Session, person: Person, to: Person, why: str, actor: Actor, now: datetime) -> list[str]:
    """Hands the work on, closes the account, and returns what could not be handed on, in sentences.

    Raises Incomplete when the colleague cannot take it, or as `joining.suspend` does.
    """
    if to.id == person.id or not to.active:
        raise Incomplete("Choose a colleague who stays and can sign in.")
    work = open_work(session, person, now)
    left = [*_seats(session, work, to), *_offices(session, work, to, now), *_terms(work, now)]
    for meeting in work.chairing:
        meeting.chair_id = to.id if to.role in CHAIRS and not _conflicted(to, meeting) else None
    left += _actions(session, work, to, actor, now)
    _addresses(work, person, to)
    for away in work.absences:
        away.ended_at = now
    if work.absences:
        left.append(f"Nobody stands in any more for {listed([one.person.name for one in work.absences])}.")
    done = f"handed the work of {person.name}, who left, on to {to.name}"
    record(session, None, actor, now, done, handed_on=work.lines, left_open=left)
    joining.suspend(session, person, why, actor, now)
    return left


def _seats(session: Session, work: OpenWork, to: Person) -> list[str]:
    """A seat goes to the colleague who has none there; where they have one, or a conflict, it sends apologies."""
    kept = 0
    for place in work.seats:
        there = any(one.person_id == to.id for one in place.meeting.attendances)
        if there or _conflicted(to, place.meeting):
            place.state, place.chairing = Presence.APOLOGIES, False
            kept += not there
            continue
        place.person_id, place.person, place.agency_id = to.id, to, to.agency_id
        place.told_sequence = None
    if kept:
        return [
            f"{count(kept, 'seat')} at meetings about a case in which {to.name} has a conflict of interest."
        ]
    return []


def _actions(session: Session, work: OpenWork, to: Person, actor: Actor, now: datetime) -> list[str]:
    kept = [one.label for one in work.actions if _conflicted(to, one)]
    for action in work.actions:
        if action.label not in kept:
            action.owner, action.owner_email = to.name, to.email if action.owner_email else ""
            record(session, action.case_id, actor, now, f"handed action {action.label} on to {to.name}")
    if kept:
        return [f"Actions {listed(kept)}: {to.name} has a conflict of interest. Have them given to others."]
    return []


def _conflicted(to: Person, thing: Meeting | Action) -> bool:
    return not no_conflict(to, thing.case)


def _offices(session: Session, work: OpenWork, to: Person, now: datetime) -> list[str]:
    """An office goes to a colleague who may ratify; another day's holder is on record until yesterday."""
    today, left = local_day(now), []
    for held in work.offices:
        held.until = max(held.since, today - timedelta(days=1))
        if any(one.id == to.id for one in holders(session, held.office, today)):
            continue
        if allows(Permission.RATIFY, to):
            session.add(OfficeHolder(office=held.office, person_id=to.id, since=today))
        else:
            left.append(
                f"Nobody holds the office “{OFFICE_NAMES[held.office]}”. Have its next holder recorded."
            )
    return left


def _terms(work: OpenWork, now: datetime) -> list[str]:
    for term in work.terms:
        term.until, term.why_ended = max(term.since, local_day(now)), "Left."
    return [f"The post of {one.role.shown.lower()} is empty. Record who is appointed." for one in work.terms]


def _addresses(work: OpenWork, person: Person, to: Person) -> None:
    for agency in work.agencies:
        if agency.contact_email == person.email:
            agency.contact_name, agency.contact_email = to.name, to.email
        if agency.board_email == person.email:
            agency.board_email = to.email
