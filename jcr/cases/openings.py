"""Cases opened in an emergency by somebody who does not see them: which are open, of a case and of a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Opening
from jcr.cases.words import as_reference
from jcr.people.model import Person


def of_case(session: Session, case: Case) -> Sequence[Opening]:
    """Every opening of a case, the first first."""
    return session.scalars(select(Opening).where(Opening.case_id == case.id).order_by(Opening.id)).all()


def of_person(session: Session, person: Person, now: datetime) -> Sequence[Opening]:
    """What the person has open now."""
    return session.scalars(_open(person, now).order_by(Opening.id)).all()


def opened(session: Session, person: Person, reference: str, now: datetime) -> Opening | None:
    """The opening by which the person may read the case with this reference."""
    mine = (
        _open(person, now)
        .join(Case, Case.id == Opening.case_id)
        .where(Case.reference == as_reference(reference))
    )
    return session.scalar(mine.limit(1))


def _open(person: Person, now: datetime) -> Select[Opening]:
    return select(Opening).where(
        Opening.person_id == person.id, Opening.ended_at.is_(None), Opening.until > now
    )
