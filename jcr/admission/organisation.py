"""Signing in through the organisation (OpenID Connect): who comes back from there, and how strongly they signed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from jcr.admission.model import Identity, Invitation
from jcr.errors import NotAllowed
from jcr.history.service import record
from jcr.people.model import Person

UNKNOWN = (
    "Your organisation knows you, but nobody has an account here with your e-mail address. Ask the Partnership Team "
    "for an invitation."
)


@dataclass(frozen=True)
class Came:
    """What the organisation said of whoever came back. `email` is empty unless the organisation vouches for it;
    `is_strong` says that they showed a second factor there."""

    issuer: str
    subject: str
    email: str
    is_strong: bool


def read(claims: Mapping[str, Any], strong: tuple[str, ...], vouches: bool) -> Came:
    """The claims of a checked ID token. Providers write yes as true, "true" or 1.

    Raises ValueError without a subject."""
    verified = vouches or any(str(claims.get(one)).lower() in ("true", "1") for one in VERIFYING)
    methods = claims.get("amr") or []
    said = [*([methods] if isinstance(methods, str) else methods), claims.get("acr")]
    shown = {one for one in said if isinstance(one, str)}
    email = str(claims.get("email") or "").strip().lower()
    subject = str(claims["sub"])
    if not 0 < len(subject) <= LONGEST_SUBJECT:
        raise ValueError("no subject")  # all without one would be one person
    return Came(str(claims["iss"]), subject, email if verified else "", not shown.isdisjoint(strong))


LONGEST_SUBJECT = 255  # OpenID Connect Core 2
VERIFYING = ("email_verified", "xms_edov")  # OpenID Connect Core 5.1; Microsoft's own


def person_of(session: Session, came: Came) -> Person:
    """Whose account it is: of this subject, else of the verified address. Raises NotAllowed; none is made here."""
    found = session.scalar(_identified(came))
    if found is None and came.email:
        known = select(Identity.person_id).where(Identity.issuer == came.issuer)
        found = session.scalar(_with_account().where(Person.email == came.email, Person.id.not_in(known)))
    if found is None or not found.active:
        raise NotAllowed(UNKNOWN)
    return found


def remember(session: Session, person: Person, came: Came, now: datetime) -> None:
    """From now on it is the subject that counts: an address may be given to somebody else."""
    if session.scalar(_identified(came)) is None:
        session.add(Identity(issuer=came.issuer, subject=came.subject, person_id=person.id, since=now))
        record(
            session, None, person.as_actor(), now, "signed in through their organisation for the first time"
        )


def known_by_organisation(session: Session) -> set[int]:
    """The ids of those who signed in through their organisation before, and so need no password."""
    return set(session.scalars(select(Identity.person_id)))


def _identified(came: Came) -> Any:
    mine = (Identity.issuer == came.issuer, Identity.subject == came.subject)
    return select(Person).join(Identity, Identity.person_id == Person.id).where(*mine)


def _with_account() -> Any:
    """Whoever can sign in with a password, or was invited to choose one."""
    invited = select(Invitation.person_id)
    return select(Person).where(or_(Person.password_hash != "", Person.id.in_(invited)))
