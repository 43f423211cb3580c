"""What members and owners of actions sent in and nobody has checked yet."""

from __future__ import annotations

from sqlalchemy import Select
from sqlalchemy.orm import Session, joinedload, raiseload

from jcr.cases.model import Case
from jcr.desk.task import Task
from jcr.people.model import Person
from jcr.permissions import Permission, allows
from jcr.statements import at_most, once_for_each
from jcr.submissions.model import State, Submission
from jcr.submissions.service import visible_to
from jcr.wording import long_moment

TO_DO = {
    "paper": "Check a paper for a meeting",
    "action_update": "Check how far an action is",
    "rapid_review": "Check a rapid review report",
}


def of_submissions(session: Session, person: Person, most: int) -> list[Task]:
    """One task for each form that came in and waits, the longest waiting first; for the Partnership Team (ToR 9)."""
    if not allows(Permission.SORT_MAIL, person):
        return []
    return [_task(one) for one in session.scalars(_first(person, most))]


def submissions_unchecked(person: Person) -> Select[int]:
    """The same, to be counted."""
    return _waiting(person).with_only_columns(Submission.id)


def _waiting(person: Person) -> Select[Submission]:
    return visible_to(person).where(Submission.state == State.WAITING)


@once_for_each
def _first(person: Person, most: int) -> Select[Submission]:
    named = joinedload(Submission.case).options(raiseload(Case.routes), raiseload(Case.agency))
    found = _waiting(person).options(named).order_by(Submission.received_at, Submission.id)
    return found.limit(at_most(most))


def _task(one: Submission) -> Task:
    return Task(
        one.case.reference if one.case else "",
        one.case.initials if one.case else "",
        TO_DO[one.kind],
        f"/submissions/{one.id}",
        f"From {one.sender}, {long_moment(one.received_at)}. Nothing follows from it before.",
    )
