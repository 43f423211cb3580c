"""What people ask of the office about its records, step by step: access, freedom of information, complaints."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jcr.cases.model import Case
from jcr.db import Base


class Kind(StrEnum):
    ACCESS = "access"
    FOI = "foi"
    COMPLAINT = "complaint"

    @property
    def shown(self) -> str:
        return {
            "access": "Access request",
            "foi": "Freedom of information request",
            "complaint": "Complaint about how personal data is used",
        }[self]

    @property
    def letters(self) -> str:
        """What its reference begins with."""
        return {"access": "ACC", "foi": "FOI", "complaint": "COM"}[self]


class Step(StrEnum):
    ACKNOWLEDGED = "acknowledged"
    SEARCHED = "searched"
    BASIS = "basis"
    EXEMPTION = "exemption"
    EXTENDED = "extended"
    NOTE = "note"
    ANSWERED = "answered"

    @property
    def shown(self) -> str:
        return {
            "acknowledged": "Acknowledged",
            "searched": "Where we looked, and for what",
            "basis": "Legal basis on which something is given out",
            "exemption": "Exemption, or what is left out and why",
            "extended": "More time taken, and why",
            "note": "Note",
            "answered": "Answered",
        }[self]


class Inquiry(Base):
    """Something somebody asked. Its reference names nobody. `due_on` is when its answer is due, where law says."""

    __tablename__ = "inquiries"
    __table_args__ = (
        UniqueConstraint("kind", "year", "number"),
        CheckConstraint("asked_by <> '' AND what <> ''", name="says_who_and_what"),
        CheckConstraint("(kind = 'complaint') = (due_on IS NULL)", name="answer_is_due"),
    )

    kind: Mapped[Kind]
    year: Mapped[int]
    number: Mapped[int]
    received_on: Mapped[date]
    asked_by: Mapped[str]
    contact: Mapped[str] = mapped_column(default="")
    what: Mapped[str] = mapped_column(Text)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    due_on: Mapped[date | None]
    acknowledged_on: Mapped[date | None]
    answered_on: Mapped[date | None] = mapped_column(index=True)

    case: Mapped[Case | None] = relationship(lazy="joined")
    steps: Mapped[list[Taken]] = relationship(order_by="Taken.id", cascade="all, delete-orphan")

    @property
    def reference(self) -> str:
        return f"{self.kind.letters}-{self.year}-{self.number:04}"


class Taken(Base):
    """A step taken on it: what, when, and by whom."""

    __tablename__ = "inquiry_steps"
    __table_args__ = (CheckConstraint("text <> ''", name="says_something"),)

    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiries.id"), index=True)
    step: Mapped[Step]
    on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str]
    at: Mapped[datetime]
