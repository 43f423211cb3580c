"""What the chairs decide about meetings: whether one is held, who stands in for them, letters about missed ones."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jcr.db import Base
from jcr.people.model import Person

if TYPE_CHECKING:
    from jcr.meetings.model import Attendance


class Holding(StrEnum):
    """What the chair decides where there is doubt whether a meeting can do its business (ToR 9)."""

    GO_AHEAD = "go_ahead"
    REARRANGED = "rearranged"
    CANCELLED = "cancelled"

    @property
    def shown(self) -> str:
        return {"go_ahead": "Goes ahead", "rearranged": "Moved", "cancelled": "Cancelled"}[self]


class HoldingDecision(Base):
    """That a meeting goes ahead, is moved or cancelled, who decided it and why; `was_at` stays readable."""

    __tablename__ = "holding_decisions"
    __table_args__ = (
        CheckConstraint("why <> ''", name="has_reason"),
        CheckConstraint("(outcome = 'rearranged') = (became_at IS NOT NULL)", name="moved_to_a_day"),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    outcome: Mapped[Holding]
    was_at: Mapped[datetime]
    was_place: Mapped[str]
    became_at: Mapped[datetime | None]
    decided_by: Mapped[str]
    why: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]


class Substitute(Base):
    """That the boards were asked for a substitute chair, why, whom they named and who answered for them."""

    __tablename__ = "substitute_chairs"
    __table_args__ = (
        CheckConstraint("why <> ''", name="has_reason"),
        CheckConstraint("(person_id IS NULL) = (answered_at IS NULL)", name="answered_has_person"),
        CheckConstraint("answered_at IS NULL OR answered_by <> ''", name="answer_has_author"),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), unique=True)
    why: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str] = mapped_column(default="")

    person: Mapped[Person | None] = relationship(lazy="joined")


class ChairsWord(Base):
    """What the chair decided about a letter that the attendance rule asks for; `attendance` is the meeting missed
    after which the breach was found. One not sent has its reason."""

    __tablename__ = "chairs_words"
    __table_args__ = (CheckConstraint("sent OR why <> ''", name="not_sent_has_reason"),)

    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendances.id"), unique=True)
    stage: Mapped[int]
    sent: Mapped[bool]
    why: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime]
    decided_by: Mapped[str]

    attendance: Mapped[Attendance] = relationship(lazy="joined")
