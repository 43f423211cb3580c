"""Forms for the group's own work that came back: papers, updates on actions, rapid review reports."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jcr.actions.model import Action
from jcr.cases.model import Case
from jcr.db import Base
from jcr.meetings.model import Meeting
from jcr.meetings.paper_model import MeetingPaper


class State(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"
    NOT_OURS = "not_ours"

    @property
    def shown(self) -> str:
        return {
            "waiting": "To be checked",
            "accepted": "Accepted",
            "sent_back": "Sent back",
            "not_ours": "Put aside",
        }[self]


class Submission(Base):
    """`reading` is what was read, kept whole; `answers` are what a person has made of it, facts once accepted."""

    __tablename__ = "submissions"
    __table_args__ = (
        CheckConstraint("(state = 'waiting') = (settled_at IS NULL)", name="settled_has_moment"),
        CheckConstraint("state NOT IN ('not_ours', 'sent_back') OR why <> ''", name="put_aside_with_reason"),
    )

    kind: Mapped[str]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_papers.id"), index=True)
    sender: Mapped[str] = mapped_column(Text, default="")
    received_at: Mapped[datetime]
    reading: Mapped[dict[str, Any]]
    answers: Mapped[dict[str, Any]]
    state: Mapped[State] = mapped_column(default=State.WAITING, index=True)
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case | None] = relationship()
    action: Mapped[Action | None] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    paper: Mapped[MeetingPaper | None] = relationship()

    @property
    def may_go_back(self) -> bool:
        """Whether its author can be asked to put it right."""
        return self.state is State.WAITING and self.kind == "paper" and "@" in self.sender
