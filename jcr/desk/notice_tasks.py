"""Who outside the office still has to tell of a decision."""

from __future__ import annotations

from sqlalchemy import Select
from sqlalchemy.orm import Session, joinedload

from jcr.cases.model import Case
from jcr.cases.service import sees
from jcr.decisions.board_reports import BOARDS
from jcr.decisions.model import Notice
from jcr.decisions.notices import BY_BODY, NAMES, standing
from jcr.desk.task import Task
from jcr.people.model import Person
from jcr.permissions import Permission, allows
from jcr.statements import at_most, once_for_each


def of_notices(session: Session, person: Person, most: int) -> list[Task]:
    """One task for each body, the oldest decision first; for the Partnership Team. A board's leads to its report."""
    if not allows(Permission.KEEP_NOTICES, person):
        return []
    return [
        Task(
            one.case.reference,
            one.case.initials,
            BY_BODY[one.body].task,
            f"/boards/{one.body}/report"
            if one.body in BOARDS
            else f"/cases/{one.case.reference}/notices/{one.body}",
            f"{NAMES[one.body]}: {BY_BODY[one.body].source}.",
        )
        for one in session.scalars(_first(person, most))
    ]


def notices_untold(person: Person) -> Select[int]:
    """The notices that a body still has to be told by, to be counted."""
    return _untold(person).with_only_columns(Notice.id)


def _untold(person: Person) -> Select[Notice]:
    untold = standing().where(Notice.told_on.is_(None), sees(person, Notice.case_id))
    return untold.order_by(Notice.id)


@once_for_each
def _first(person: Person, most: int) -> Select[Notice]:
    with_case = joinedload(Notice.case).raiseload(Case.routes)
    return _untold(person).options(with_case).limit(at_most(most))
