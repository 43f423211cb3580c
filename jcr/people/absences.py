"""Who is away, until when, and who stands in for them meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.people.model import Absence, Person
from jcr.roles import CHAIRS, TEAM, Actor
from jcr.statements import once_for_each
from jcr.wording import local_day, long_date


def may_stand_in(session: Session, person: Person, with_identity: Collection[int] = ()) -> Sequence[Person]:
    """Colleagues of the same agency or with like work, who can sign in: with a password, or as one of `with_identity`,
    whom their organisation signs in."""
    roles = next((roles for roles in (TEAM, CHAIRS) if person.role in roles), (person.role,))
    of_agency = and_(Person.agency_id.is_not(None), Person.agency_id == person.agency_id)
    alike = or_(Person.role.in_(roles), of_agency)
    can_sign_in = or_(Person.password_hash != "", Person.id.in_(with_identity))
    found = select(Person).where(Person.active, can_sign_in, Person.id != person.id, alike)
    return session.scalars(found.order_by(Person.name)).all()


def of(session: Session, person: Person, today: date) -> Absence | None:
    """The absence that runs or is to come."""
    found = _standing().where(Absence.person_id == person.id, Absence.until >= today)
    return session.scalar(found.order_by(Absence.since).limit(1))


def deputised(session: Session, deputy: Person, today: date) -> Sequence[Absence]:
    """The absences in which this person stands in today."""
    return session.scalars(_of_deputy(deputy, today)).all()


@once_for_each
def _of_deputy(deputy: Person, today: date) -> Select[Absence]:
    return _on(today).where(Absence.deputy_id == deputy.id).order_by(Absence.until)


def of_address(session: Session, address: str, today: date) -> Absence | None:
    """The absence of whoever has this e-mail address, today; None when their deputy cannot sign in either."""
    away = _on(today).join(Person, Person.id == Absence.person_id)
    found = session.scalar(away.where(Person.email == address.strip().lower()).limit(1))
    return found if found and found.deputy.active else None


def go_away(
    session: Session, person: Person, deputy: Person, since: date, until: date, actor: Actor, now: datetime
) -> Absence:
    """Raises Incomplete for days that cannot be, NotNow while another absence runs or is to come."""
    today = local_day(now)
    if until < since or until < today:
        raise Incomplete("The last day away must be today or later, and not before the first.")
    if of(session, person, today):
        raise NotNow("You have said already when you are away. End that first.")
    away = Absence(person_id=person.id, deputy_id=deputy.id, since=since, until=until)
    session.add(away)
    session.flush()
    record(session, None, actor, now, f"is away until {long_date(until)}; {deputy.name} stands in")
    return away


def come_back(session: Session, away: Absence, actor: Actor, now: datetime) -> None:
    """The absence ends now, or does not begin."""
    away.ended_at = now
    record(session, None, actor, now, f"ended the absence of {away.person.name}")


def _standing() -> Select[Absence]:
    return select(Absence).where(Absence.ended_at.is_(None))


def _on(day: date) -> Select[Absence]:
    return _standing().where(Absence.since <= day, Absence.until >= day)
