"""Facts of a case that the statutory tests turn on: appended, so that the latest counts and none is lost."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from jcr.cases.model import Route
from jcr.db import Base


class Fact(Base):
    """One answer about one subject, recorded under the route on whose page it was given.

    `said_by` names the source where it is not the person who recorded it, such as the referral.
    """

    __tablename__ = "facts"
    __table_args__ = (
        CheckConstraint(
            "value IN ('yes', 'no', 'not_known') OR name = 'perpetrator_age'", name="three_valued"
        ),
        CheckConstraint("value NOT IN ('yes', 'no') OR why <> ''", name="has_reason"),
        Index("ix_facts_case_id_subject_id", "case_id", "subject_id"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    route: Mapped[Route]
    name: Mapped[str]
    value: Mapped[str]
    why: Mapped[str] = mapped_column(Text, default="")
    said_by: Mapped[str] = mapped_column(default="")
    by: Mapped[str]
    at: Mapped[datetime]
