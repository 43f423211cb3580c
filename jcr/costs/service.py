"""Costs of a case: estimated from the unit's budget, put to the manager first, and only then committed (ToR 1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.workflow import is_walled
from jcr.costs.model import Expense
from jcr.costs.rules import shares
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import record
from jcr.roles import TEAM, Actor, Role


def of_case(session: Session, case: Case) -> Sequence[Expense]:
    """Every expense of a case, the first first."""
    return session.scalars(select(Expense).where(Expense.case_id == case.id).order_by(Expense.id)).all()


def estimate(
    session: Session, case: Case, what: str, amount: int, from_budget: int, actor: Actor, now: datetime
) -> Expense:
    """What something will cost in pence, and how much of it the unit's budget covers."""
    _must_be(session, case, actor, *TEAM)
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
    _must_be(session, case, actor, Role.MANAGER)
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
    _must_be(session, case, actor, *TEAM)
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


def _must_be(session: Session, case: Case, actor: Actor, *roles: Role) -> None:
    if actor.role not in roles or is_walled(session, case, actor):
        who = "the Partnership Manager" if roles == (Role.MANAGER,) else "the Partnership Team"
        raise NotAllowed(f"This is for {who}, without a conflict on the case.")
