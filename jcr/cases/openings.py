"""Cases opened in an emergency by somebody who does not see them: which are open, of a case and of a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Opening
from jcr.cases.words import as_reference
from jcr.people.model import Person

OPEN = (
    select(Opening)
    .where(Opening.person_id == bindparam("person_id"), Opening.ended_at.is_(None))
    .where(Opening.until > bindparam("now"))
    .order_by(Opening.id)
)
OPEN_CASE = OPEN.join(Case, Case.id == Opening.case_id).where(Case.reference == bindparam("reference"))


def of_case(session: Session, case: Case) -> Sequence[Opening]:
    """Every opening of a case, the first first."""
    return session.scalars(select(Opening).where(Opening.case_id == case.id).order_by(Opening.id)).all()


def of_person(session: Session, person: Person, now: datetime) -> Sequence[Opening]:
    """What the person has open now."""
    return session.scalars(OPEN, {"person_id": person.id, "now": now}).all()


def opened(session: Session, person: Person, reference: str, now: datetime) -> Opening | None:
    """The opening by which the person may read the case with this reference."""
    mine = {"person_id": person.id, "now": now, "reference": as_reference(reference)}
    return session.scalars(OPEN_CASE, mine).first()
