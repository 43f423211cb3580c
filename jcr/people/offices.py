"""The holders of the offices to which the terms of reference give a decision: since when, and until when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from jcr.errors import NotAllowed, NotNow
from jcr.history.service import record
from jcr.people.model import OFFICE_NAMES, Office, OfficeHolder, Person
from jcr.people.service import holders, in_term
from jcr.permissions import Permission, allows, roles_with
from jcr.roles import Actor
from jcr.wording import local_day, long_date


def held(session: Session) -> Sequence[OfficeHolder]:
    """Every holder on record, office by office, the latest first."""
    in_order = (OfficeHolder.office, OfficeHolder.since.desc(), OfficeHolder.id.desc())
    return session.scalars(select(OfficeHolder).order_by(*in_order)).all()


def may_hold(session: Session) -> Sequence[Person]:
    """Who may decide on a recommendation."""
    deciding = select(Person).where(Person.active, Person.role.in_(roles_with(Permission.RATIFY)))
    return session.scalars(deciding.order_by(Person.name)).all()


def reminders(session: Session, today: date) -> Iterator[str]:
    """Which offices nobody holds, in sentences."""
    for office in Office:
        if not holders(session, office, today):
            yield f"Nobody holds the office “{OFFICE_NAMES[office]}”: no recommendation can be put to it."


def note_terms(session: Session, today: date) -> None:
    """Notes who is in office today, where that changed with the day."""
    holds = in_term(today)
    changed = update(OfficeHolder).where(OfficeHolder.in_office.is_distinct_from(holds))
    session.execute(changed.values(in_office=holds))


def give(
    session: Session,
    office: Office,
    person: Person,
    since: date,
    until: date | None,
    actor: Actor,
    now: datetime,
) -> None:
    """The person holds the office from that day. Without `until` they follow whoever holds it without an end, whose
    last day is the one before; with it they are a delegate beside them until that day.

    Raises NotAllowed for somebody who may not decide, NotNow when they hold it on that day, or when the term before
    began no earlier, or when the last day is before the first.
    """
    if not allows(Permission.RECORD_OFFICES, actor) or not allows(Permission.RATIFY, person):
        raise NotAllowed(f"{person.name} cannot hold an office: their role is not that of a decision maker.")
    if until and until < since:
        raise NotNow("The last day is before the first.")
    if any(one.id == person.id for one in holders(session, office, since)):
        raise NotNow(f"{person.name} holds this office on {long_date(since)} already.")
    if until is None:
        _end(session, office, since)
    begun = since <= local_day(now)
    session.add(OfficeHolder(office=office, person_id=person.id, since=since, until=until, in_office=begun))
    session.flush()
    done = f"recorded {person.name} as {OFFICE_NAMES[office]} from {long_date(since)}"
    record(session, None, actor, now, done + (f" until {long_date(until)}, as a delegate" if until else ""))


def _end(session: Session, office: Office, since: date) -> None:
    running = select(OfficeHolder).where(OfficeHolder.office == office, OfficeHolder.until.is_(None))
    for before in session.scalars(running):
        if before.since >= since:
            raise NotNow(
                f"{before.person.name} holds it since {long_date(before.since)}. The next must begin after that day."
            )
        before.until = since - timedelta(days=1)
