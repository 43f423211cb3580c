"""Referrals: the draft behind a link, and what a case was opened with: as sent or read, and as accepted."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jcr.cases.model import Case
from jcr.db import Base
from jcr.files.model import File


class SignOffHow(StrEnum):
    """How the safeguarding lead's approval reached the office (ToR 7.i)."""

    LINK = "link"
    ON_FORM = "on_form"
    TOLD_OFFICER = "told_officer"

    @property
    def shown(self) -> str:
        return {"link": "by the link sent to them", "on_form": "on the form itself"}.get(
            self.value, "as told to the Partnership Team"
        )


class Draft(Base):
    """A referral being written by somebody without an account; `answers` keeps all that was typed.

    `token_hash` is the key of its links: the one it was started with, and those sent to its writer since.
    """

    __tablename__ = "drafts"

    token_hash: Mapped[str] = mapped_column(unique=True)
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    visited: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    returned_because: Mapped[str] = mapped_column(Text, default="")
    links_sent: Mapped[int] = mapped_column(default=0)

    case: Mapped[Case | None] = relationship()
    files: Mapped[list[DraftFile]] = relationship(
        order_by="DraftFile.id", lazy="selectin", cascade="all, delete-orphan"
    )

    @property
    def is_with_us(self) -> bool:
        """Sent, and not returned for correction: nothing in it may change."""
        return self.case_id is not None and not self.returned_because


class DraftFile(Base):
    __tablename__ = "draft_files"

    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    name: Mapped[str]
    added_at: Mapped[datetime]

    file: Mapped[File] = relationship(lazy="joined")


class GivenBack(Base):
    """A referral returned for what is missing: `questions` as pairs of canonical name and words, the name empty
    where no question of the form was meant. `answered_how` says how the answer reached the office."""

    __tablename__ = "referrals_given_back"
    __table_args__ = (
        CheckConstraint("why <> ''", name="has_reason"),
        CheckConstraint("(answered_at IS NULL) = (answered_how = '')", name="answered_somehow"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    why: Mapped[str] = mapped_column(Text)
    questions: Mapped[list[Any]] = mapped_column(default=list)
    at: Mapped[datetime]
    by: Mapped[str]
    answered_at: Mapped[datetime | None]
    answered_how: Mapped[str] = mapped_column(default="")


class Referral(Base):
    """What a case was opened with: `sent_answers` as they came, `answers` the facts a person accepted.

    `reading` is what a reader made of an e-mailed document and `corrections` the officer's unfinished work on
    it; both stay empty for a referral sent on the web. `earlier` keeps each version returned and replaced.
    """

    __tablename__ = "referrals"
    __table_args__ = (
        CheckConstraint("(signed_off_at IS NULL) = (signed_off_by = '')", name="signed_by_somebody"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by = '')", name="confirmed_by_somebody"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), unique=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("drafts.id"))
    form_edition: Mapped[int]
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sent_answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    earlier: Mapped[list[Any]] = mapped_column(default=list)
    reading: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    corrections: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    referrer_name: Mapped[str] = mapped_column(default="")
    referrer_email: Mapped[str] = mapped_column(default="")
    referrer_agency: Mapped[str] = mapped_column(default="")
    lead_name: Mapped[str] = mapped_column(default="")
    lead_email: Mapped[str] = mapped_column(default="")
    sign_off_token_hash: Mapped[str | None] = mapped_column(unique=True)
    sign_off_asked_at: Mapped[datetime | None]
    sign_offs_asked: Mapped[int] = mapped_column(default=0)
    signed_off_at: Mapped[datetime | None]
    signed_off_by: Mapped[str] = mapped_column(default="")
    signed_off_how: Mapped[SignOffHow | None]
    returned_at: Mapped[datetime | None]
    returned_because: Mapped[str] = mapped_column(Text, default="")
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str] = mapped_column(default="")

    case: Mapped[Case] = relationship()

    @property
    def is_signed_off(self) -> bool:
        return self.signed_off_at is not None

    @property
    def is_returned(self) -> bool:
        """Back with the referrer for correction, to be sent again."""
        return bool(self.returned_because)

    @property
    def addressed(self) -> list[str]:
        """The referrer as the head of a letter names them."""
        return [line for line in (self.referrer_name, self.referrer_agency) if line]

    @property
    def best_known(self) -> dict[str, Any]:
        """The accepted facts or, before anybody accepted them, what was sent or read."""
        return self.answers or self.sent_answers
