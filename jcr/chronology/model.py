"""Pseudonyms: what each person of a case is called where names must not stand."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jcr.db import Base


class Pseudonym(Base):
    """Given once and kept, so that every document of a case calls a person the same."""

    __tablename__ = "pseudonyms"
    __table_args__ = (
        UniqueConstraint("case_id", "name", name="uq_pseudonyms_name"),
        UniqueConstraint("case_id", "pseudonym", name="uq_pseudonyms_pseudonym"),
        CheckConstraint("name <> '' AND pseudonym <> ''", name="name_and_pseudonym"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    name: Mapped[str]
    pseudonym: Mapped[str]
