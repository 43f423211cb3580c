"""What a case is expected to cost: the estimate, what the manager said of it, and who pays."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from jcr.db import Base


class Expense(Base):
    """Amounts are in pence. `agreed` is the manager's answer; without it nothing is committed. `shares` says who
    pays what the budget does not cover, by the percentages of the day it was committed."""

    __tablename__ = "expenses"
    __table_args__ = (
        CheckConstraint("what <> ''", name="has_purpose"),
        CheckConstraint("amount > 0 AND from_budget >= 0 AND from_budget <= amount", name="amounts_fit"),
        CheckConstraint("(agreed IS NULL) = (answered_at IS NULL)", name="answered_at_a_moment"),
        CheckConstraint("committed_at IS NULL OR agreed", name="manager_first"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    what: Mapped[str] = mapped_column(Text)
    amount: Mapped[int]
    from_budget: Mapped[int]
    estimated_by: Mapped[str]
    estimated_at: Mapped[datetime]
    agreed: Mapped[bool | None]
    said: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    shares: Mapped[dict[str, Any]] = mapped_column(default=dict)
    committed_by: Mapped[str] = mapped_column(default="")
    committed_at: Mapped[datetime | None]

    @property
    def shortfall(self) -> int:
        return self.amount - self.from_budget
