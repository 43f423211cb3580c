"""What people declare: an interest in a case beforehand, and what was said of it in the room (ToR 5)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jcr.cases.model import Case
from jcr.db import Base
from jcr.people.model import Person

if TYPE_CHECKING:
    from jcr.meetings.model import Attendance, Meeting


class Interest(Base):
    """What somebody invited, or their deputy, declared beforehand about a case the meeting deals with. An interest
    stands, and withholds the case, until the chair or the office decided that it is no conflict; `walled` says that it
    put up the wall."""

    __tablename__ = "case_interests"
    __table_args__ = (
        UniqueConstraint("attendance_id", "case_id", "of_deputy"),
        CheckConstraint("NOT has_one OR what <> ''", name="interest_is_told"),
        CheckConstraint(
            "(is_conflict IS NULL) = (decided_at IS NULL) AND (decided_at IS NULL OR (decided_by <> '' AND why <> ''))",
            name="decision_has_reason",
        ),
    )

    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendances.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    of_deputy: Mapped[bool] = mapped_column(default=False)
    has_one: Mapped[bool]
    what: Mapped[str] = mapped_column(Text, default="")
    said_at: Mapped[datetime]
    said_by: Mapped[str]
    walled: Mapped[bool] = mapped_column(default=False)
    is_conflict: Mapped[bool | None]
    why: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(default="")

    attendance: Mapped[Attendance] = relationship(back_populates="interests")
    case: Mapped[Case] = relationship(lazy="joined")

    @property
    def waits(self) -> bool:
        """Whether the chair or the office has to decide on it."""
        return self.has_one and self.is_conflict is None

    @property
    def stands(self) -> bool:
        return self.has_one and self.is_conflict is not False


class Declaration(Base):
    """What a member, or the deputy who came for them, declared about the case."""

    __tablename__ = "declarations"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id", "of_deputy"),
        CheckConstraint("NOT conflicted OR what <> ''", name="conflict_is_told"),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    of_deputy: Mapped[bool] = mapped_column(default=False)
    conflicted: Mapped[bool]
    what: Mapped[str] = mapped_column(Text, default="")
    handled: Mapped[str] = mapped_column(Text, default="")

    meeting: Mapped[Meeting] = relationship(back_populates="declarations")
    person: Mapped[Person] = relationship(lazy="joined")
