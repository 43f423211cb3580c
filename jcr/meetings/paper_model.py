"""The papers of meetings: agendas and minutes as they went out, and what members submitted (ToR 9)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jcr.cases.model import Case
from jcr.db import Base
from jcr.files.model import File
from jcr.people.model import Person
from jcr.permissions import Permission, allows

if TYPE_CHECKING:
    from jcr.meetings.model import Item, Meeting


class Paper(StrEnum):
    AGENDA = "agenda"
    MINUTES = "minutes"


class Publication(Base):
    """An agenda, a supplement to it, or minutes as they went to everybody. `number` 0 is the first sending, and
    supplements go on with its pages; `items` are the items as they stood, by their number in the database."""

    __tablename__ = "publications"
    __table_args__ = (UniqueConstraint("meeting_id", "paper", "number"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    paper: Mapped[Paper]
    number: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    pages: Mapped[int]
    items: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]
    published_by: Mapped[str]
    late: Mapped[bool] = mapped_column(default=False)

    file: Mapped[File] = relationship()


class MeetingPaper(Base):
    """A paper that a member submitted: the file as it came, and as PDF. Accepted, it belongs to an item; a late one
    needs the chair's leave. `only_for` is empty, or holds the people it may go to as they were written, and who in the
    database they are."""

    __tablename__ = "meeting_papers"
    __table_args__ = (
        CheckConstraint("(item_id IS NULL) = (accepted_at IS NULL)", name="accepted_has_item"),
        CheckConstraint("leave_at IS NULL OR (leave_by <> '' AND leave_why <> '')", name="leave_has_reason"),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_items.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    pdf_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    received_at: Mapped[datetime]
    late: Mapped[bool]
    accepted_at: Mapped[datetime | None]
    leave_at: Mapped[datetime | None]
    leave_by: Mapped[str] = mapped_column(default="")
    leave_why: Mapped[str] = mapped_column(Text, default="")
    only_for: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")

    meeting: Mapped[Meeting] = relationship()
    item: Mapped[Item | None] = relationship(back_populates="papers")
    case: Mapped[Case | None] = relationship()
    file: Mapped[File] = relationship(foreign_keys=[file_id])
    pdf: Mapped[File] = relationship(foreign_keys=[pdf_id])

    @property
    def label(self) -> str:
        """How agenda and pack cite it: Paper 5, or 5b where its item has several."""
        assert self.item is not None
        at = self.item.papers.index(self)
        return f"Paper {self.item.position}{ascii_lowercase[at] if len(self.item.papers) > 1 else ''}"

    def goes_to(self, person: Person) -> bool:
        """Whether it may go to somebody: to all members, or to those named; the office has it in any case."""
        named = not self.only_for or person.id in self.only_for["people"]
        return named or allows(Permission.HOLD_MEETINGS, person)

    @property
    def needs_leave(self) -> bool:
        """Whether members do not get it before the chair allows it."""
        return self.late and self.leave_at is None and not self.meeting.kind.takes_late_papers
