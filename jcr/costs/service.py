"""Costs of a case: estimated from the unit's budget, put to the manager first, and only then committed (ToR 1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.service import sees
from jcr.correspondence.model import Kind
from jcr.correspondence.service import Letterhead, write
from jcr.costs.model import Expense
from jcr.costs.rules import shares
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import record
from jcr.people.model import Person
from jcr.permissions import Permission, allows
from jcr.roles import Actor, Role


def of_case(session: Session, case: Case) -> Sequence[Expense]:
    """Every expense of a case, the first first."""
    return session.scalars(select(Expense).where(Expense.case_id == case.id).order_by(Expense.id)).all()


def unanswered(person: Person) -> Select[Expense]:
    """What waits for the manager's answer, on the cases this person may see."""
    waiting = select(Expense).where(Expense.answered_at.is_(None), sees(person, Expense.case_id))
    return waiting.order_by(Expense.id)


def estimate(
    session: Session,
    head: Letterhead,
    case: Case,
    what: str,
    amount: int,
    from_budget: int,
    actor: Actor,
    now: datetime,
) -> Expense:
    """What something will cost in pence, and how much of it the unit's budget covers; every manager is told at once."""
    _must_have(Permission.ESTIMATE_COSTS, actor, case)
    if not what.strip():
        raise Incomplete("Say what the money is for.")
    if not 0 <= from_budget <= amount or amount == 0:
        raise Incomplete("The budget can cover no more than the cost, and the cost must be above nothing.")
    made = Expense(
        case_id=case.id, what=what.strip(), amount=amount, from_budget=from_budget, estimated_by=actor.name,
        estimated_at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(session, case.id, actor, now, f"estimated a cost of {money(amount)}", made.what)
    _consult(session, head, case, made, actor, now)
    return made


def managers(session: Session, case: Case) -> list[Person]:
    """Who may answer for this case: managers without a conflict."""
    found = session.scalars(
        select(Person).where(Person.active, Person.role == Role.MANAGER).order_by(Person.id)
    )
    return [one for one in found if allows(Permission.ANSWER_COSTS, one.as_actor(), case)]


def _consult(
    session: Session, head: Letterhead, case: Case, expense: Expense, actor: Actor, now: datetime
) -> None:
    """The amount and where to answer; what it is for stays on the page."""
    for manager in managers(session, case):
        if manager.id == actor.person_id:
            continue
        facts = {
            "manager": manager.name,
            "amount": money(expense.amount),
            "from_budget": money(expense.from_budget),
            "estimated_by": actor.name,
            "link": f"{head.base_url}/cases/{case.reference}/costs",
        }
        occasion = f"cost-{expense.id}-{manager.id}"
        write(session, head, Kind.COST_ESTIMATED, occasion, manager.email, facts, actor, now, case=case)


def answer(
    session: Session, case: Case, expense: Expense, agreed: bool, said: str, actor: Actor, now: datetime
) -> None:
    """What the manager says, before any money is committed. Raises NotNow once it is."""
    _must_have(Permission.ANSWER_COSTS, actor, case)
    if expense.committed_at:
        raise NotNow("This cost is committed already, so the answer stands.")
    if not agreed and not said.strip():
        raise Incomplete("Say why not: whoever asked needs to know what to change.")
    expense.agreed, expense.said, expense.answered_by, expense.answered_at = (
        agreed, said.strip(), actor.name, now,
    )  # fmt: skip
    act = "agreed to" if agreed else "did not agree to"
    record(session, case.id, actor, now, f"{act} a cost of {money(expense.amount)}", expense.said)


def take_on(
    session: Session,
    case: Case,
    expense: Expense,
    percentages: Mapping[str, Decimal],
    actor: Actor,
    now: datetime,
) -> None:
    """Commits the money and fixes who pays the shortfall. Raises NotNow before the manager has agreed."""
    _must_have(Permission.COMMIT_COSTS, actor, case)
    if not expense.agreed:
        raise NotNow("The manager is consulted first: this cost waits for the manager’s agreement.")
    if expense.committed_at:
        raise NotNow(f"{expense.committed_by} has committed this cost already.")
    expense.shares = shares(expense.shortfall, percentages)
    expense.committed_by, expense.committed_at = actor.name, now
    record(session, case.id, actor, now, f"committed a cost of {money(expense.amount)}", expense.what)


def money(amount: int) -> str:
    """Such as £1,250.50."""
    return f"£{amount // 100:,}.{amount % 100:02d}"


def _must_have(permission: Permission, actor: Actor, case: Case) -> None:
    if not allows(permission, actor, case):
        for_manager = permission is Permission.ANSWER_COSTS
        who = "the Partnership Manager" if for_manager else "the Partnership Team"
        raise NotAllowed(f"This is for {who}, without a conflict on the case.")
