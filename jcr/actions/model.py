"""Actions: who agreed to do what by when, on a case or for the group."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jcr.cases.model import Case
from jcr.db import Base
from jcr.people.model import Agency
from jcr.wording import local_day


class State(StrEnum):
    OPEN = "open"
    DONE = "done"


class Action(Base):
    """`number` is how minutes and the log cite it; `expected` is what should be different once it is done. The owner is
    a person, with an agency. `progress` is what the last update said; `link_key` the key of what links to it open."""

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
    owner_email: Mapped[str] = mapped_column(default="", server_default="")
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    due_on: Mapped[date]
    expected: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[State] = mapped_column(default=State.OPEN)
    agreed_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    what_was_done: Mapped[str] = mapped_column(Text, default="")
    progress: Mapped[str] = mapped_column(Text, default="", server_default="")
    progress_at: Mapped[datetime | None]
    link_key: Mapped[str | None] = mapped_column(index=True, unique=True)

    case: Mapped[Case | None] = relationship()
    agency: Mapped[Agency | None] = relationship(lazy="joined")
    nudges: Mapped[list[ActionNudge]] = relationship(order_by="ActionNudge.id")

    @property
    def label(self) -> str:
        """Such as A12."""
        return f"A{self.number}"

    @property
    def who(self) -> str:
        """The owner with the agency, where it is known."""
        return f"{self.owner}, {self.agency.name}" if self.agency else self.owner

    def age(self, today: date) -> int:
        """Calendar days since it was agreed."""
        return (today - local_day(self.agreed_at)).days


class ActionNudge(Base):
    """That a rung of the ladder to the day an action is due went out: when, to whom, and in which letter."""

    __tablename__ = "action_nudges"
    __table_args__ = (UniqueConstraint("action_id", "rung"),)

    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), index=True)
    rung: Mapped[str]
    because: Mapped[str] = mapped_column(Text)
    sent_on: Mapped[date]
    recipient: Mapped[str]
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), index=True)
