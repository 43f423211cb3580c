"""Actions: who agreed to do what by when, on a case or for the group."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jcr.cases.model import Case
from jcr.db import Base
from jcr.people.model import Agency


class State(StrEnum):
    OPEN = "open"
    DONE = "done"


class Action(Base):
    """`number` is how minutes and the log cite it; `expected` is what should be different once it is done."""

    __tablename__ = "actions"
    __table_args__ = (
        CheckConstraint("task <> ''", name="has_task"),
        CheckConstraint("owner <> ''", name="has_owner"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done_has_moment"),
        Index("ix_actions_state_due", "state", "due_on", "number"),
    )

    number: Mapped[int] = mapped_column(unique=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    task: Mapped[str] = mapped_column(Text)
    owner: Mapped[str]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    due_on: Mapped[date]
    expected: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[State] = mapped_column(default=State.OPEN)
    agreed_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    what_was_done: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case | None] = relationship()
    agency: Mapped[Agency | None] = relationship(lazy="joined")

    @property
    def label(self) -> str:
        """Such as A12."""
        return f"A{self.number}"
