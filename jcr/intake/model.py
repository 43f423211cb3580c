"""The ledger: every message ever met, what became of it and because of what; the pile is a part of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jcr.cases.model import Case
from jcr.db import Base
from jcr.files.model import File


class Outcome(StrEnum):
    """What was made of a message. Those on the pile wait for a person."""

    REFERRAL = "referral"
    SCOPING_RETURN = "scoping_return"
    SUBMISSION = "submission"
    REPLY = "reply"
    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    REPEATED = "repeated"
    ENCRYPTED = "encrypted"
    NOT_OURS = "not_ours"
    TO_SORT = "to_sort"
    FAILED = "failed"

    @property
    def shown(self) -> str:
        return SHOWN[self]


SHOWN = {
    Outcome.REFERRAL: "Referral",
    Outcome.SCOPING_RETURN: "Scoping return",
    Outcome.SUBMISSION: "Form for the group",
    Outcome.REPLY: "Reply",
    Outcome.BOUNCE: "Letter came back",
    Outcome.AUTO_REPLY: "Automatic reply",
    Outcome.REPEATED: "Came before",
    Outcome.ENCRYPTED: "Encrypted",
    Outcome.NOT_OURS: "Another form",
    Outcome.TO_SORT: "To sort",
    Outcome.FAILED: "Could not be filed",
}


class Resolution(StrEnum):
    """How a person settled a message of the pile."""

    REFERRAL = "referral"
    CASE = "case"
    REQUEST = "request"
    SUBMISSION = "submission"
    ANSWER = "answer"
    NOT_OURS = "not_ours"
    SPLIT = "split"
    MERGED = "merged"
    READ_AGAIN = "read_again"


class Message(Base):
    """One message in one mailbox, under the handle that names it there for good.

    `readings` holds what was read from its documents, `details` what else a person needs to judge it. The
    same bytes met again are a row of their own that points at the first by `same_as_id`. `form_print` tells
    the form a message was filed by, so that the same form in another envelope is known. `deaths` counts the workers
    that had it in hand and ended before it was filed, because a message may end the very worker that reads it. A
    part of a split message is a row that points at the whole by `part_of_id` and has only `part_files` of it.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("mailbox", "handle"),
        CheckConstraint("(resolved_at IS NULL) = (resolved_by = '')", name="resolved_by_somebody"),
        CheckConstraint("NOT waiting OR outcome IS NOT NULL", name="waits_with_outcome"),
        Index("ix_messages_pile", "waiting", "arrived_at", "id"),
        Index("ix_messages_address", text("lower(sender)"), "case_id"),
        Index("ix_messages_sender", text("lower(sender)"), "arrived_at", "id"),
        Index("ix_messages_sha256", "sha256", "case_id"),
    )

    mailbox: Mapped[str]
    handle: Mapped[str]
    uidvalidity: Mapped[int] = mapped_column(default=0)
    uid: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str]
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    message_id: Mapped[str] = mapped_column(Text, default="")
    sender: Mapped[str] = mapped_column(Text, default="")
    sender_name: Mapped[str] = mapped_column(Text, default="")
    subject: Mapped[str] = mapped_column(Text, default="")
    arrived_at: Mapped[datetime]
    met_at: Mapped[datetime]
    in_hand_of: Mapped[str] = mapped_column(default="", server_default="")
    deaths: Mapped[int] = mapped_column(default=0, server_default="0")
    outcome: Mapped[Outcome | None] = mapped_column(index=True)
    because: Mapped[list[Any]] = mapped_column(default=list)
    readings: Mapped[list[Any]] = mapped_column(default=list)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    form_print: Mapped[str] = mapped_column(default="", index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("scoping_requests.id"))
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submissions.id"), index=True)
    same_as_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    part_of_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    part_files: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    waiting: Mapped[bool] = mapped_column(default=False)
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str] = mapped_column(default="")
    resolved_how: Mapped[Resolution | None]
    resolved_why: Mapped[str] = mapped_column(Text, default="")

    file: Mapped[File] = relationship(lazy="joined")
    case: Mapped[Case | None] = relationship(lazy="joined")
    opened: Mapped[list[OpenedFile]] = relationship(order_by="OpenedFile.id")


class OpenedFile(Base):
    """The opened copy of something locked in a message, added by somebody who could open it."""

    __tablename__ = "opened_files"

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    name: Mapped[str]
    added_at: Mapped[datetime]
    added_by: Mapped[str]

    file: Mapped[File] = relationship(lazy="joined")
