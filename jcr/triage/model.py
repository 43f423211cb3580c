"""What triage records: versions of the flowchart, its answers, appended so that the latest counts, and where a
referral went."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from jcr.db import Base


class StepAnswer(Base):
    """One step of the flowchart answered once; `flowchart` is the version it was asked from (ToR 7.i)."""

    __tablename__ = "step_answers"
    __table_args__ = (
        CheckConstraint("answer IN ('yes', 'no', 'not_known')", name="three_valued"),
        CheckConstraint("answer = 'not_known' OR why <> ''", name="has_reason"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    flowchart: Mapped[str]
    step: Mapped[str]
    answer: Mapped[str]
    why: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str]
    at: Mapped[datetime]


class FlowchartVersion(Base):
    """A version of the flowchart that the office made; the one the product came with is 1 and not kept here."""

    __tablename__ = "flowchart_versions"
    __table_args__ = (
        CheckConstraint("why <> ''", name="has_reason"),
        CheckConstraint("number > 1", name="after_the_delivered"),
    )

    number: Mapped[int] = mapped_column(unique=True)  # of two saved at once, one
    steps: Mapped[list[Any]]
    why: Mapped[str] = mapped_column(Text)
    saved_by: Mapped[str]
    saved_at: Mapped[datetime]


class Redirection(Base):
    """A referral that was not for this process: where it was sent, by whom and why."""

    __tablename__ = "redirections"
    __table_args__ = (
        CheckConstraint("why <> ''", name="has_reason"),
        CheckConstraint("body <> ''", name="has_body"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), unique=True)
    destination: Mapped[str]
    body: Mapped[str]
    passed_on: Mapped[bool]
    why: Mapped[str] = mapped_column(Text)
    by: Mapped[str]
    at: Mapped[datetime]
