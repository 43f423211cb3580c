"""Finds people, agencies and who holds which office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from jcr.history.service import record
from jcr.links import hashed, new_token
from jcr.people.model import Agency, Membership, Office, OfficeHolder, Person
from jcr.roles import TEAM, Actor, Role

# Asked for each batch of mail: of whom the listed people are, and by what an agency is known that has no such person
LISTED = select(Person.email, Person.agency_id).where(
    Person.email.in_(bindparam("addresses", expanding=True)), Person.agency_id.is_not(None)
)
WRITING = select(Agency.id, Agency.contact_email, Agency.domains).order_by(Agency.name)


def by_email(session: Session, email: str) -> Person | None:
    return session.scalar(select(Person).where(Person.email == email.strip().lower()))


def new_feed(session: Session, person: Person, actor: Actor, now: datetime) -> str:
    """The token of a new private link to the person's meetings; an earlier one opens nothing any more."""
    token = new_token()
    session.get_one(Person, person.id).feed_hash = hashed(token)
    record(session, None, actor, now, "made a private link to the meetings for a calendar")
    return token


def by_feed(session: Session, token: str) -> Person | None:
    """Whose calendar asks with this token, as long as they are active."""
    return session.scalar(select(Person).where(Person.feed_hash == hashed(token), Person.active))


def agency_of(session: Session, code: str) -> Agency | None:
    """The agency with this code."""
    return session.scalar(select(Agency).where(Agency.code == code))


def agencies(session: Session) -> Sequence[Agency]:
    return session.scalars(select(Agency).order_by(Agency.name)).all()


def agency_of_address(session: Session, address: str) -> Agency | None:
    """The agency that writes from this e-mail address: a listed person's, its contact's, or its domain's."""
    address = address.strip().lower()
    return agencies_of(session, [address]).get(address)


def agencies_of(session: Session, addresses: Sequence[str]) -> dict[str, Agency]:
    """The same for many addresses in lower case at once, without those that nobody listed writes from."""
    found = {row.email: row.agency_id for row in session.execute(LISTED, {"addresses": addresses})}
    if others := [address for address in addresses if address not in found]:
        writing = session.execute(WRITING).all()
        found |= {address: one for address in others if (one := _writing_from(writing, address))}
    if not found:
        return {}
    named = session.scalars(select(Agency).where(Agency.id.in_(set(found.values()))))
    by_id = {agency.id: agency for agency in named}
    return {address: by_id[one] for address, one in found.items()}


def _writing_from(agencies: Sequence[Row[Any]], address: str) -> int | None:
    domain = address.rpartition("@")[2]
    found = (one.id for one in agencies if one.contact_email == address or domain in one.domains)
    return next(found, None)


def group_members(session: Session) -> Sequence[Person]:
    """Those who sit in the group: its members and chairs from standing and when-appropriate agencies (ToR 5)."""
    sitting = (
        select(Person)
        .outerjoin(Agency)
        .where(
            Person.active,
            Person.role.in_([Role.MEMBER, Role.CHAIR, Role.VICE_CHAIR]),
            or_(Agency.id.is_(None), Agency.membership != Membership.NONE),
        )
    )
    return session.scalars(sitting.order_by(Person.name)).all()


def in_attendance(session: Session) -> Sequence[Person]:
    """The Partnership Team, who attend and never count to quorum (ToR 5)."""
    team = select(Person).where(Person.active, Person.role.in_(TEAM))
    return session.scalars(team.order_by(Person.name)).all()


def holders(session: Session, office: Office, on: date) -> Sequence[Person]:
    """Who holds the office on that day."""
    held = select(Person).join(OfficeHolder).where(OfficeHolder.office == office, in_term(on))
    return session.scalars(held).all()


def in_term(on: date) -> ColumnElement[bool]:
    """The condition that a holder's term has begun on that day and not ended."""
    return and_(OfficeHolder.since <= on, or_(OfficeHolder.until.is_(None), OfficeHolder.until >= on))


def delegate_until(session: Session, office: Office, person: Person, on: date) -> date | None:
    """The last day of whoever holds the office that day as a delegate, beside its holder; None for anybody else."""
    held = session.scalars(select(OfficeHolder).where(OfficeHolder.office == office, in_term(on))).all()
    ends = [one.until for one in held if one.person_id == person.id]
    beside = any(one.until is None for one in held if one.person_id != person.id)
    return max(filter(None, ends), default=None) if beside and None not in ends else None


def offices_of(session: Session, person: Person, on: date) -> set[Office]:
    return {office for office in Office if any(p.id == person.id for p in holders(session, office, on))}
