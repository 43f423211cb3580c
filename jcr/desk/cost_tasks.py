"""The costs that wait for the manager, who is consulted before any money is committed."""

from __future__ import annotations

from sqlalchemy import Select
from sqlalchemy.orm import Session, raiseload

from jcr.cases.model import Case
from jcr.costs.model import Expense
from jcr.costs.service import money, unanswered
from jcr.desk.task import Task
from jcr.people.model import Person
from jcr.permissions import Permission, allows
from jcr.statements import at_most, once_for_each


def of_costs(session: Session, person: Person, most: int) -> list[Task]:
    """One task for each cost nobody answered, the oldest first; for the manager."""
    if not allows(Permission.ANSWER_COSTS, person):
        return []
    return [
        Task(
            case.reference,
            case.initials,
            f"Answer for a cost of {money(expense.amount)}",
            f"/cases/{case.reference}/costs",
            "The manager is consulted first: no money is committed before (terms of reference, 1).",
        )
        for expense, case in session.execute(_first(person, most))
    ]


def costs_unanswered(person: Person) -> Select[int]:
    """The same, to be counted."""
    return unanswered(person).with_only_columns(Expense.id)


@once_for_each
def _first(person: Person, most: int) -> Select[Expense, Case]:
    asked = unanswered(person).join(Case, Case.id == Expense.case_id).add_columns(Case)
    return asked.options(raiseload(Case.routes), raiseload(Case.agency)).limit(at_most(most))
