"""Finds people and agencies, and checks a password."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import String, cast, or_, select
from sqlalchemy.orm import Session

from jcr.history.service import record
from jcr.links import hashed, new_token
from jcr.people.model import Agency, Membership, Office, OfficeHolder, Person
from jcr.roles import Actor, Role

HASHER = PasswordHasher()  # argon2id with the library's recommended costs
NOBODY = HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    return HASHER.hash(password)


def sign_in(session: Session, email: str, password: str) -> Person | None:
    """The active person with this e-mail address and password; as slow for an unknown address as for a known."""
    person = by_email(session, email)
    try:
        HASHER.verify((person.password_hash if person else "") or NOBODY, password)
    except VerificationError:
        return None
    return person if person and person.password_hash and person.active else None


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


def set_addresses(
    session: Session, agency: Agency, contact_name: str, contact: str, board: str, actor: Actor, now: datetime
) -> None:
    """Whom of the agency the office writes to: its contact for scoping, and its board member (ToR 7.iv)."""
    before = {"contact": agency.contact_email, "board": agency.board_email}
    agency.contact_name = contact_name
    agency.contact_email, agency.board_email = contact.strip().lower(), board.strip().lower()
    after = {"contact": agency.contact_email, "board": agency.board_email}
    act = f"changed whom the office writes to at {agency.name}"
    record(session, None, actor, now, act, before=before, after=after)


def agencies(session: Session) -> Sequence[Agency]:
    return session.scalars(select(Agency).order_by(Agency.name)).all()


def agency_of_address(session: Session, address: str) -> Agency | None:
    """The agency that writes from this e-mail address: a listed person's, its contact's, or its domain's."""
    address = address.strip().lower()
    listed = select(Agency).join(Person).where(Person.email == address)
    return session.scalar(listed) or _writing_from(session, address)


def _writing_from(session: Session, address: str) -> Agency | None:
    domain = address.rpartition("@")[2]
    holds_domain = cast(Agency.domains, String).contains(json.dumps(domain), autoescape=True)
    likely = select(Agency).where(or_(Agency.contact_email == address, holds_domain)).order_by(Agency.name)
    found = (one for one in session.scalars(likely) if one.contact_email == address or domain in one.domains)
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
    team = select(Person).where(Person.active, Person.role.in_([Role.OFFICER, Role.MANAGER]))
    return session.scalars(team.order_by(Person.name)).all()


def holders(session: Session, office: Office, on: date) -> Sequence[Person]:
    """Who holds the office on that day."""
    held = (
        select(Person)
        .join(OfficeHolder)
        .where(
            OfficeHolder.office == office,
            OfficeHolder.since <= on,
            or_(OfficeHolder.until.is_(None), OfficeHolder.until >= on),
        )
    )
    return session.scalars(held).all()


def offices_of(session: Session, person: Person, on: date) -> set[Office]:
    return {office for office in Office if any(p.id == person.id for p in holders(session, office, on))}
