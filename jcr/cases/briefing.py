"""That the agency of somebody named to a panel briefs, prepares and supports them is confirmed by it (ToR 6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Naming
from jcr.cases.service import visible_to
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import record
from jcr.people.model import Person
from jcr.permissions import Permission, allows


def to_confirm(session: Session, member: Person) -> Sequence[Naming]:
    """Whom of the member's agency nobody has confirmed to be briefed, on cases the member sees."""
    if member.agency_id is None:
        return []
    seen = visible_to(member).with_only_columns(Case.id)
    found = select(Naming).join(Naming.person).where(Person.agency_id == member.agency_id)
    waiting = found.where(Naming.briefed_at.is_(None), Naming.ended_at.is_(None), Naming.case_id.in_(seen))
    return session.scalars(waiting.order_by(Naming.id)).all()


def confirm(session: Session, naming: Naming, by: Person, who: str, now: datetime) -> None:
    """Who of the agency confirms it: the member for themselves, or the office for whom it heard from.

    Raises NotAllowed for a member of another agency, NotNow where nothing is asked, Incomplete without a name.
    """
    if not allows(Permission.NAME_REVIEWERS, by, naming.case):
        if by.agency_id is None or by.agency_id != naming.person.agency_id:
            raise NotAllowed("A member confirms this for people of their own agency only.")
        who = by.name
    if not naming.waits_for_briefing:
        raise NotNow("Nobody is asked to confirm this any more.")
    if not who.strip():
        raise Incomplete("Enter who of the agency confirmed it.")
    naming.briefed_by, naming.briefed_at = who.strip(), now
    act = f"recorded that {naming.person.name} is briefed, prepared and supported"
    record(session, naming.case_id, by.as_actor(), now, act, f"Confirmed by {naming.briefed_by}.")
