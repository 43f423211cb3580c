"""How long a case's record is kept: what was decided when its time was up, and legal holds."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jcr.cases.model import Case
from jcr.db import Base
from jcr.people.model import Person


class Fate(StrEnum):
    KEEP = "keep"
    DESTROY = "destroy"

    @property
    def shown(self) -> str:
        return {"keep": "Keep it longer", "destroy": "Mark it for destruction"}[self]


class Review(Base):
    """What somebody decided about a record whose time was up. The latest since the case was closed counts. A mark for
    destruction waits for somebody else to agree."""

    __tablename__ = "retention_reviews"
    __table_args__ = (
        CheckConstraint("why <> ''", name="has_reason"),
        CheckConstraint("(fate = 'keep') = (keep_until IS NOT NULL)", name="kept_until_a_day"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    fate: Mapped[Fate]
    keep_until: Mapped[date | None]
    why: Mapped[str] = mapped_column(Text)
    on: Mapped[date]
    by: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    case: Mapped[Case] = relationship()
    agreed: Mapped[Agreed | None] = relationship(back_populates="review")


class Agreed(Base):
    """That a second person agreed to a mark for destruction."""

    __tablename__ = "agreed_destructions"
    __table_args__ = (CheckConstraint("why <> ''", name="has_reason"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("retention_reviews.id"), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    why: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

    review: Mapped[Review] = relationship(back_populates="agreed")
    by: Mapped[Person] = relationship()


class OldMark(Base):
    """That what is of no case, of one kind, up to a day, is to be destroyed: whoever marked it, and the second person
    who agreed. One stands for a kind at a time; taken back or carried out, it is over."""

    __tablename__ = "old_marks"
    __table_args__ = (
        CheckConstraint("why <> ''", name="has_reason"),
        CheckConstraint("(agreed_by_id IS NULL) = (agreed_why = '')", name="agreed_with_reason"),
        CheckConstraint("kind IN ('mail', 'drafts', 'requests')", name="kind"),
        Index("uq_old_marks_standing", "kind", unique=True,
              sqlite_where=text("over_at IS NULL"), postgresql_where=text("over_at IS NULL")),
    )  # fmt: skip

    kind: Mapped[str]
    up_to: Mapped[date]
    why: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    agreed_why: Mapped[str] = mapped_column(Text, default="")
    over_at: Mapped[datetime | None]

    by: Mapped[Person] = relationship(foreign_keys=by_id)
    agreed_by: Mapped[Person | None] = relationship(foreign_keys=agreed_by_id)


class LegalHold(Base):
    """That nothing of a case's record may be destroyed: because of what, since when, and when that ended."""

    __tablename__ = "legal_holds"
    __table_args__ = (
        CheckConstraint("why <> ''", name="has_reason"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_by = '')", name="lifted_by_somebody"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_why = '')", name="lifted_with_reason"),
        Index("uq_legal_holds_standing", "case_id", unique=True,
              sqlite_where=text("lifted_at IS NULL"), postgresql_where=text("lifted_at IS NULL")),
    )  # fmt: skip

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    why: Mapped[str] = mapped_column(Text)
    by: Mapped[str]
    at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str] = mapped_column(default="")
    lifted_why: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case] = relationship()
