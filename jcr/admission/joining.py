"""People with an account: invited by link, suspended and let in again; their history stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from jcr.admission import service
from jcr.admission.model import Invitation
from jcr.admission.organisation import known_by_organisation
from jcr.correspondence.model import Kind
from jcr.correspondence.service import Letterhead, write
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.links import hashed, new_token
from jcr.people.model import Agency, Person
from jcr.people.passwords import set_password
from jcr.people.service import by_email
from jcr.roles import Actor, Role

LINK_HOLDS = timedelta(days=7)


def everybody(session: Session) -> Sequence[Person]:
    return session.scalars(select(Person).order_by(Person.active.desc(), Person.name)).all()


@dataclass(frozen=True)
class Accounts:
    """How many people can sign in, how many have no account, and how many are suspended."""

    signing_in: int
    without: int
    suspended: int


def accounts(session: Session) -> Accounts:
    people, through_organisation = everybody(session), known_by_organisation(session)
    active = [one for one in people if one.active]
    signing_in = sum(bool(one.password_hash) or one.id in through_organisation for one in active)
    return Accounts(signing_in, len(active) - signing_in, len(people) - len(active))


def add(
    session: Session,
    name: str,
    email: str,
    role: Role,
    post: str,
    agency: Agency | None,
    actor: Actor,
    now: datetime,
) -> Person:
    """A person new to the office. Raises Incomplete when the address is somebody's already."""
    email = email.strip().lower()
    if by_email(session, email):
        raise Incomplete("Somebody has this e-mail address already.")
    person = Person(name=name.strip(), email=email, role=role, post=post.strip(), agency=agency)
    session.add(person)
    session.flush()
    record(session, None, actor, now, f"added {person.name} as {role.shown.lower()}")
    return person


def invite(session: Session, head: Letterhead, person: Person, actor: Actor, now: datetime) -> None:
    """Sends a link at which the person chooses a password, also when they forgot theirs; an earlier one ends."""
    token = new_link(session, person, now)
    facts = {"name": person.name, "link": head.link(f"/invitation/{token}"), "days": LINK_HOLDS.days}
    occasion = f"invitation:{hashed(token)[:20]}"
    write(session, head, Kind.INVITATION, occasion, person.email, facts, actor, now)


def new_link(session: Session, person: Person, now: datetime) -> str:
    """The token of a new link at which the person chooses a password; an earlier one opens nothing any more."""
    if not person.active:
        raise NotNow("This person is suspended. Let them in again first.")
    session.execute(delete(Invitation).where(Invitation.person_id == person.id))
    token = new_token()
    session.add(Invitation(person_id=person.id, token_hash=hashed(token), sent_at=now))
    return token


def invited(session: Session, token: str, now: datetime) -> Person | None:
    """Whom the link is for, while it holds."""
    holding = select(Person).join(Invitation, Invitation.person_id == Person.id)
    return session.scalar(
        holding.where(
            Invitation.token_hash == hashed(token), Invitation.sent_at > now - LINK_HOLDS, Person.active
        )
    )


def accept(session: Session, token: str, password: str, now: datetime) -> None:
    """The person chooses a password; the link is used up and every sign-in ends. Raises Incomplete, NotNow."""
    person = invited(session, token, now)
    if person is None:
        raise NotNow("This link holds no longer. Ask for a new one.")
    used_up = delete(Invitation).where(Invitation.token_hash == hashed(token)).returning(Invitation.id)
    if not session.scalars(used_up).all():
        raise NotNow("This link was used at this moment. Sign in, or ask for a new one.")
    set_password(person, password)
    record(session, None, person.as_actor(), now, "chose a password by the link sent to them")
    service.end_everywhere(session, person, person.as_actor(), now)


def suspend(session: Session, person: Person, why: str, actor: Actor, now: datetime) -> None:
    """The person is out at once, everywhere. What they did stays on record under their name."""
    if not why.strip():
        raise Incomplete("Say why: it is kept in the history.")
    if is_only_administrator(session, person):
        raise NotNow("This is the only administrator. Add another one first.")
    person.active = False
    session.execute(delete(Invitation).where(Invitation.person_id == person.id))
    record(session, None, actor, now, f"suspended {person.name}", why.strip())
    service.end_everywhere(session, person, actor, now)


def let_in_again(session: Session, person: Person, actor: Actor, now: datetime) -> None:
    person.active = True
    record(session, None, actor, now, f"let {person.name} in again")


def is_only_administrator(session: Session, person: Person) -> bool:
    others = select(Person.id).where(Person.role == Role.ADMINISTRATOR, Person.active, Person.id != person.id)
    return person.role is Role.ADMINISTRATOR and session.scalar(others.limit(1)) is None
