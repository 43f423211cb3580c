"""Sign-ins: begun, held within their limits, and ended, here or everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from jcr.admission.browsers import browser_name
from jcr.admission.model import SignIn
from jcr.correspondence.model import Kind
from jcr.correspondence.service import Letterhead, write
from jcr.history.service import record
from jcr.links import hashed, new_token
from jcr.people.model import Person
from jcr.roles import WORKER, Actor

HOLDING = (
    select(Person, SignIn)
    .join(SignIn, SignIn.person_id == Person.id)
    .where(
        SignIn.token_hash == bindparam("token"),
        SignIn.ended_at.is_(None),
        SignIn.begun_at > bindparam("since"),
        Person.active,
    )
)


def begin(session: Session, person: Person, browser: str, now: datetime) -> str:
    """A new sign-in; the token that stands for it is returned and not kept."""
    token = new_token()
    session.add(SignIn(person_id=person.id, token_hash=hashed(token), begun_at=now, browser=browser))
    record(session, None, person.as_actor(), now, "signed in")
    return token


def signed_in(
    session: Session, token: str, now: datetime, longest: timedelta
) -> tuple[Person, SignIn] | None:
    """Who is behind the token, while their sign-in holds and they have not been suspended."""
    found = session.execute(HOLDING, {"token": hashed(token), "since": now - longest}).first()
    return (found[0], found[1]) if found else None


def holding(session: Session, person: Person, now: datetime, longest: timedelta) -> Sequence[SignIn]:
    """Every sign-in of the person that is not over, the newest first."""
    still = select(SignIn).where(
        SignIn.person_id == person.id, SignIn.ended_at.is_(None), SignIn.begun_at > now - longest
    )
    return session.scalars(still.order_by(SignIn.begun_at.desc(), SignIn.id.desc())).all()


def tell_of_new_browser(
    session: Session, head: Letterhead, person: Person, browser: str, now: datetime
) -> None:
    """Writes to the person, so that somebody else who signs in for them does not stay unnoticed."""
    facts = {"name": person.name, "browser": browser_name(browser), "at": now}
    occasion = f"new_browser:{person.id}:{new_token()}"  # each is told, also of two at one moment
    write(session, head, Kind.NEW_BROWSER, occasion, person.email, facts, WORKER, now)


def tell_of_change(
    session: Session, head: Letterhead, name: str, address: str, what: str, now: datetime
) -> None:
    """Writes to the address an account had until now, so that nobody takes it over unnoticed; `what` as a sentence."""
    facts = {"name": name, "what": what, "at": now}
    write(session, head, Kind.ACCOUNT_CHANGED, f"account_changed:{new_token()}", address, facts, WORKER, now)


def end(session: Session, token: str, actor: Actor, now: datetime) -> None:
    """The person signs out at this browser; a copy of its cookie opens nothing any more."""
    session.execute(update(SignIn).where(SignIn.token_hash == hashed(token)).values(ended_at=now))
    record(session, None, actor, now, "signed out")


def end_everywhere(session: Session, person: Person, actor: Actor, now: datetime, but: str = "") -> None:
    """Every sign-in of the person ends, except the one with the token `but`."""
    others = (SignIn.person_id == person.id, SignIn.ended_at.is_(None), SignIn.token_hash != hashed(but))
    session.execute(update(SignIn).where(*others).values(ended_at=now))
    record(session, None, actor, now, f"signed {person.name} out everywhere")
