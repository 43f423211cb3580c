"""Costs of a case: estimated from the unit's budget, put to the manager first, and only then committed (ToR 1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.costs.model import Expense
from jcr.costs.rules import shares
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import record
from jcr.permissions import Permission, allows
from jcr.roles import Actor


def of_case(session: Session, case: Case) -> Sequence[Expense]:
    """Every expense of a case, the first first."""
    return session.scalars(select(Expense).where(Expense.case_id == case.id).order_by(Expense.id)).all()


def estimate(
    session: Session, case: Case, what: str, amount: int, from_budget: int, actor: Actor, now: datetime
) -> Expense:
    """What something will cost in pence, and how much of it the unit's budget covers."""
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
    return made


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
