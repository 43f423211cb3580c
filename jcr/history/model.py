"""The history: what was done to a case, by whom, when and why."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from jcr.db import Base
from jcr.roles import Actor, Role


class Changed(Base):
    """That something was done to a case since its dates and words were last stored; taken out once they are anew."""

    __tablename__ = "changed_cases"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)


class Entry(Base):
    __tablename__ = "entries"
    __table_args__ = (
        CheckConstraint("actor_name <> ''", name="has_actor"),
        Index("ix_entries_steps", "case_id", "to_status", "from_status", "at"),
    )

    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    actor_name: Mapped[str]
    actor_role: Mapped[Role]
    act: Mapped[str]
    why: Mapped[str] = mapped_column(Text, default="")
    from_status: Mapped[str] = mapped_column(default="")
    to_status: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)

    @property
    def actor(self) -> Actor:
        return Actor(self.actor_name, self.actor_role, self.actor_id)


class Link(Base):
    """A link of the chain through the history; its number is its place, counted from one without a gap."""

    __tablename__ = "history_links"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), unique=True)
    digest: Mapped[str]


class End(Base):
    """Where the chain ends, in one row that moves with it: an end that was cut off leaves it behind."""

    __tablename__ = "history_end"

    number: Mapped[int]
    digest: Mapped[str]


class Seal(Base):
    """Where the chain ended on a day, which was also told to somebody outside this database."""

    __tablename__ = "history_seals"

    day: Mapped[date] = mapped_column(unique=True)
    at: Mapped[datetime]
    number: Mapped[int]
    digest: Mapped[str]
