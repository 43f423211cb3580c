"""Scoping: what each agency was asked about a case, by when, and what it returned."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jcr.cases.model import Case
from jcr.db import Base
from jcr.people.model import Agency
from jcr.wording import local_day


class State(StrEnum):
    ASKED = "asked"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"

    @property
    def shown(self) -> str:
        return {"asked": "Waiting", "returned": "To read", "accepted": "Accepted", "sent_back": "Sent back"}[
            self
        ]

    @property
    def is_waiting(self) -> bool:
        """Whether the agency still owes something."""
        return self in (State.ASKED, State.SENT_BACK)


class How(StrEnum):
    WEB = "web"
    EMAIL = "email"

    @property
    def shown(self) -> str:
        return "by e-mail" if self is How.EMAIL else "on the web"


class SignOff(StrEnum):
    """How far the safeguarding lead's own sign-off of a return is."""

    NOT_ASKED = "not_asked"
    AWAITED = "awaited"
    GIVEN = "given"
    REFUSED = "refused"


class Round(Base):
    """One asking of the agencies. The return date and the rapid review go out together (ToR 7.ii), so that
    neither can be left out here. `met_at` is when the rapid review was opened; `read_until` is when the group last
    recommended anew, and had every return that had come by then."""

    __tablename__ = "scoping_rounds"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint("return_by < meeting_at", name="returns_before_meeting"),
        CheckConstraint("meeting_place <> ''", name="meeting_has_place"),
        CheckConstraint("period_from <= period_to", name="period_in_order"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime]
    return_by: Mapped[date] = mapped_column(index=True)
    meeting_at: Mapped[datetime]
    meeting_place: Mapped[str]
    met_at: Mapped[datetime | None]
    read_until: Mapped[datetime | None]
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]

    case: Mapped[Case] = relationship()
    requests: Mapped[list[Request]] = relationship(back_populates="round", order_by="Request.id")

    @property
    def has_begun(self) -> bool:
        """Whether the rapid review has begun: somebody opened it. Neither its day nor its hour makes it begin."""
        return self.met_at is not None

    @property
    def meets_at(self) -> datetime:
        """When the rapid review meets or, once it was opened, when it began."""
        return self.met_at or self.meeting_at

    def meets(self, now: datetime) -> str:
        """The word for it, to stand before the day."""
        return "met" if self.has_begun else "was to meet" if self.meeting_at < now else "meets"


class Request(Base):
    """What one agency was asked. `stamp` is printed in the document sent and comes back with it; `token_hash` is the
    key of its links. `draft` holds what was typed on the web so far, wrong answers too. `own_return_by` is
    this agency's own return date, after an extension or since its return was sent back; the round keeps the first.
    `briefed_by` says who confirmed that the agency briefs, prepares and supports those who contribute (ToR 6)."""

    __tablename__ = "scoping_requests"
    __table_args__ = (UniqueConstraint("round_id", "agency_id"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("scoping_rounds.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    contact_name: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str]
    because: Mapped[str] = mapped_column(Text, default="")
    token_hash: Mapped[str] = mapped_column(unique=True)
    stamp: Mapped[str] = mapped_column(unique=True)
    links_sent: Mapped[int] = mapped_column(default=0)
    known: Mapped[dict[str, Any]] = mapped_column(default=dict)
    draft: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[State] = mapped_column(default=State.ASKED, index=True)
    own_return_by: Mapped[date | None] = mapped_column(index=True)
    own_return_since: Mapped[date | None]
    missing: Mapped[str] = mapped_column(Text, default="")
    briefed_at: Mapped[datetime | None]
    briefed_by: Mapped[str] = mapped_column(default="", server_default="")

    round: Mapped[Round] = relationship(back_populates="requests")
    agency: Mapped[Agency] = relationship(lazy="joined")
    returns: Mapped[list[Return]] = relationship(
        back_populates="request", order_by="Return.id", lazy="selectin"
    )
    nudges: Mapped[list[Nudge]] = relationship(back_populates="request", order_by="Nudge.id")
    extensions: Mapped[list[Extension]] = relationship(back_populates="request", order_by="Extension.id")

    @property
    def return_by(self) -> date:
        """When this agency's return is due."""
        return self.own_return_by or self.round.return_by

    @property
    def return_by_since(self) -> date:
        """The day on which that return date was given."""
        return self.own_return_since or local_day(self.round.opened_at)

    @property
    def extension_asked(self) -> Extension | None:
        """The agency's question for more time that nobody has answered yet."""
        return next((one for one in self.extensions if one.answered_at is None), None)

    @property
    def case(self) -> Case:
        return self.round.case

    def answered_by(self, moment: datetime) -> bool:
        """Whether a return had come by then, such as by the beginning of the rapid review."""
        return any(one.received_at <= moment for one in self.returns)

    @property
    def answered_only_after_meeting(self) -> bool:
        """Whether the first return came when the rapid review had begun, or the group had recommended anew, so that
        it did not have it."""
        until = self.round.read_until or self.round.meets_at
        return bool(self.returns) and self.round.has_begun and not self.answered_by(until)

    @property
    def latest(self) -> Return | None:
        """The return that counts; earlier ones are kept."""
        return self.returns[-1] if self.returns else None


class RequestLetter(Base):
    """Which letters carried a request, so that a reply to any of them finds it."""

    __tablename__ = "scoping_letters"

    request_id: Mapped[int] = mapped_column(ForeignKey("scoping_requests.id"), index=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), unique=True)


class Return(Base):
    """What came back, by link or in a document. `reading` is what was read from the document, kept whole. `web_draft`
    is what had been typed on the web when the document came, where that is something else.
    `lead_key` is the key of the safeguarding lead's links; `lead_name` who was asked or who answered."""

    __tablename__ = "scoping_returns"

    request_id: Mapped[int] = mapped_column(ForeignKey("scoping_requests.id"), index=True)
    answers: Mapped[dict[str, Any]]
    nil: Mapped[bool] = mapped_column(default=False)
    how: Mapped[How]
    received_at: Mapped[datetime]
    signed_by: Mapped[str] = mapped_column(default="")
    reading: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    web_draft: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note: Mapped[str] = mapped_column(Text, default="")
    lead_email: Mapped[str] = mapped_column(Text, default="", server_default="")
    lead_name: Mapped[str] = mapped_column(Text, default="", server_default="")
    lead_key: Mapped[str | None] = mapped_column(index=True, unique=True)
    lead_asked: Mapped[int] = mapped_column(default=0, server_default="0")
    lead_answered_at: Mapped[datetime | None]
    not_approved_because: Mapped[str] = mapped_column(Text, default="", server_default="")

    request: Mapped[Request] = relationship(back_populates="returns")

    @property
    def sign_off(self) -> SignOff:
        if self.not_approved_because:
            return SignOff.REFUSED
        if self.lead_answered_at:
            return SignOff.GIVEN
        return SignOff.AWAITED if self.lead_asked else SignOff.NOT_ASKED

    @property
    def counts(self) -> bool:
        """Whether it is the agency's answer: the latest, and not sent back."""
        return self.request.latest is self and not self.request.state.is_waiting


class Extension(Base):
    """More time that an agency asked for: until when and why, and what it was answered. `was` is the date it had."""

    __tablename__ = "scoping_extensions"
    __table_args__ = (
        CheckConstraint("why <> ''", name="has_reason"),
        CheckConstraint("answered_at IS NULL OR answer <> ''", name="answered_with_reason"),
        CheckConstraint("granted_until IS NULL OR answered_at IS NOT NULL", name="granted_by_somebody"),
    )

    request_id: Mapped[int] = mapped_column(ForeignKey("scoping_requests.id"), index=True)
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    until: Mapped[date]
    why: Mapped[str] = mapped_column(Text)
    was: Mapped[date]
    answered_at: Mapped[datetime | None] = mapped_column(index=True)
    answered_by: Mapped[str] = mapped_column(default="")
    granted_until: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")

    request: Mapped[Request] = relationship(back_populates="extensions")


class Nudge(Base):
    """That a rung of the ladder to a return date went out: when, to whom, and in which letter."""

    __tablename__ = "nudges"
    __table_args__ = (UniqueConstraint("request_id", "rung", "return_by"),)

    request_id: Mapped[int] = mapped_column(ForeignKey("scoping_requests.id"), index=True)
    rung: Mapped[str]
    return_by: Mapped[date]
    because: Mapped[str] = mapped_column(Text)
    sent_on: Mapped[date]
    recipient: Mapped[str]
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), index=True)

    request: Mapped[Request] = relationship(back_populates="nudges")
