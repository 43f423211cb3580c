"""What desk and list look up instead of counting it over all cases; and later dates that were agreed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from jcr.cases.rules import Authority
from jcr.db import Base

# Ordered by code point on every database, so that the words with one beginning stand together in the index
BY_CODE_POINT = String().with_variant(String(collation="C"), "postgresql")


class Deadline(Base):
    """A date of a case that is open, with its reason; late or due is told by the day it is looked at."""

    __tablename__ = "deadlines"
    __table_args__ = (UniqueConstraint("case_id", "label"), Index("ix_deadlines_on", "on", "id"))

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    label: Mapped[str]
    on: Mapped[date]
    authority: Mapped[Authority] = mapped_column(String)
    because: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    start: Mapped[date]
    working_days: Mapped[int | None]
    warning: Mapped[str] = mapped_column(Text, default="")
    was: Mapped[date | None]  # as counted, where a later date was agreed


class Owed(Base):
    """What somebody outside the office owes on a case. Where there is no day it holds the last there is, so that an
    index keeps the order of the desk."""

    __tablename__ = "owed"
    __table_args__ = (Index("ix_owed_until", "until", "since", "id"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    initials: Mapped[str]
    what: Mapped[str]
    who: Mapped[str]
    page: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]


class LaterDate(Base):
    """A later date that was agreed for one clock of a case. `was` is the date it stands instead of."""

    __tablename__ = "later_dates"
    __table_args__ = (
        CheckConstraint("until > was", name="later"),
        CheckConstraint("approved_by <> ''", name="has_approver"),
        CheckConstraint("why <> ''", name="has_reason"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    label: Mapped[str]
    was: Mapped[date]
    until: Mapped[date]
    approved_by: Mapped[str]
    why: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class SavedView(Base):
    """A person's own name for filters of the case list. Words to look for are never kept: they may be a name."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("person_id", "name"), CheckConstraint("name <> ''", name="has_name"))

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str]
    status: Mapped[str] = mapped_column(default="")
    route: Mapped[str] = mapped_column(default="")


class CaseWord(Base):
    """A word that a case is found by, folded: of its reference, the people it is about, or the agencies behind it. One
    `in_referral` names somebody else whom the referral names, and finds it for those who may read that."""

    __tablename__ = "case_words"
    __table_args__ = (UniqueConstraint("case_id", "word"), Index("ix_case_words_word", "word", "case_id"))

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    word: Mapped[str] = mapped_column(BY_CODE_POINT)
    in_referral: Mapped[bool] = mapped_column(default=False, server_default=false())
