"""Letters: what was written, to whom, and what became of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jcr.cases.model import Case
from jcr.db import Base
from jcr.files.model import File
from jcr.people.model import Agency


class Kind(StrEnum):
    """Every kind has templates/mail/<kind>.txt; a formal one has templates/letters/<kind>.txt as well."""

    DRAFT_LINK = "draft_link"
    LINK_CODE = "link_code"
    LINK_ANEW = "link_anew"
    SIGN_OFF_REQUEST = "sign_off_request"
    SIGN_OFF_REFUSED = "sign_off_refused"
    REFERRAL_RETURNED = "referral_returned"
    REFERRAL_REDIRECTED = "referral_redirected"
    ACKNOWLEDGEMENT = "acknowledgement"
    REFERRAL_RECEIVED = "referral_received"
    DECLINED = "declined"
    SCOPING_REQUEST = "scoping_request"
    SCOPING_LINK = "scoping_link"
    SCOPING_SENT_BACK = "scoping_sent_back"
    SCOPING_EXTENSION = "scoping_extension"
    SCOPING_RECEIPT = "scoping_receipt"
    SCOPING_SIGN_OFF = "scoping_sign_off"
    SCOPING_REMINDER = "scoping_reminder"
    SCOPING_ESCALATION = "scoping_escalation"
    SCOPING_REPORT = "scoping_report"
    RATIFICATION_REQUEST = "ratification_request"
    COST_ESTIMATED = "cost_estimated"
    DECISION_WAITS = "decision_waits"
    DECISION = "decision"
    OUTCOME_NOTICE = "outcome_notice"
    RECONSIDERATION_RECEIVED = "reconsideration_received"
    RECONSIDERATION = "reconsideration"
    MEETING_INVITATION = "meeting_invitation"
    MEETING_MOVED = "meeting_moved"
    MEETING_CANCELLED = "meeting_cancelled"
    DEPUTY_FREED = "deputy_freed"
    AGENDA_SENT = "agenda_sent"
    MINUTES_SENT = "minutes_sent"
    PAPER_SENT_BACK = "paper_sent_back"
    SUBSTITUTE_CHAIR = "substitute_chair"
    ACTION_REMINDER = "action_reminder"
    CANCELLATION_REPORT = "cancellation_report"
    ATTENDANCE_REMINDER = "attendance_reminder"
    ATTENDANCE_ESCALATION = "attendance_escalation"
    MAILBOX_ALARM = "mailbox_alarm"
    NEW_BROWSER = "new_browser"
    ACCOUNT_CHANGED = "account_changed"
    CASE_OPENED = "case_opened"
    INVITATION = "invitation"
    HISTORY_SEAL = "history_seal"

    @property
    def shown(self) -> str:
        """What the office calls it, inside a sentence."""
        return CALLED.get(self.value, self.value.replace("_", " "))


CALLED = {
    "draft_link": "link to the saved referral",
    "link_code": "code for a link",
    "link_anew": "new link in place of one that had ended",
    "sign_off_refused": "note that the referral was not signed off",
    "referral_returned": "letter asking the referrer for what is missing",
    "referral_redirected": "letter sending the referral elsewhere",
    "referral_received": "note that the referral counts as received",
    "declined": "letter declining the referral",
    "scoping_link": "new link to the scoping request",
    "scoping_sent_back": "note that the scoping return was sent back",
    "scoping_extension": "answer to the agency that asked for more time",
    "scoping_receipt": "receipt for the scoping return",
    "scoping_sign_off": "question to a safeguarding lead to sign a return off",
    "scoping_reminder": "reminder of the scoping return",
    "scoping_escalation": "letter to the board member about a scoping return",
    "scoping_report": "letter to an executive lead about a scoping return",
    "decision_waits": "letter telling the referrer that the decision waits",
    "decision": "decision letter",
    "outcome_notice": "note of the outcome to an agency",
    "reconsideration_received": "receipt for the request to look again",
    "reconsideration": "letter answering the request to look again",
    "meeting_invitation": "invitation to the meeting",
    "meeting_moved": "note that the meeting is moved",
    "meeting_cancelled": "note that the meeting is cancelled",
    "deputy_freed": "note to a deputy that they need not come",
    "agenda_sent": "agenda of the meeting",
    "minutes_sent": "minutes of the meeting",
    "action_reminder": "question how far an action is",
    "cost_estimated": "question to the manager about a cost",
    "substitute_chair": "letter asking the boards for a substitute chair",
    "paper_sent_back": "letter sending the paper back",
    "cancellation_report": "letter to an executive lead about the meeting",
    "attendance_reminder": "letter about missed meetings",
    "attendance_escalation": "letter to the board chair about missed meetings",
    "invitation": "link to choose a password",
    "case_opened": "note to the chair that the case was opened in an emergency",
    "account_changed": "note that an account was changed",
    "new_browser": "note of a sign-in at a new browser",
    "mailbox_alarm": "note to the administrator about the mailbox",
    "history_seal": "daily seal of the history",
}


class Delivery(StrEnum):
    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"  # given up after the last attempt
    UNSURE = "unsure"  # found claimed after a crash: a person decides, it is not sent again unseen
    BOUNCED = "bounced"


class Way(StrEnum):
    """How letters travel to a domain."""

    DIRECT = "direct"
    GATEWAY = "gateway"
    LINK = "link"

    @property
    def shown(self) -> str:
        return {"direct": "as they are", "gateway": "through a secure gateway", "link": "as a link only"}[
            self
        ]


class Channel(Base):
    """A domain whose letters travel in a way of their own. `prefix` stands before the subject, such as [SECURE]:
    it tells an encrypting gateway to take the letter."""

    __tablename__ = "mail_channels"

    domain: Mapped[str] = mapped_column(unique=True)
    way: Mapped[Way]
    prefix: Mapped[str] = mapped_column(default="")


class Wording(Base):
    """A version of a letter's words, by part; the words the product came with are version 1 and not kept here."""

    __tablename__ = "letter_wordings"
    __table_args__ = (
        UniqueConstraint("letter", "number"),  # of two saved at once, one
        CheckConstraint("why <> ''", name="has_reason"),
        CheckConstraint("number > 1", name="after_the_delivered"),
    )

    letter: Mapped[str]
    number: Mapped[int]
    parts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    why: Mapped[str] = mapped_column(Text)
    saved_by: Mapped[str]
    saved_at: Mapped[datetime]


class Letter(Base):
    """`occasion` names what caused the letter, so that one occasion never writes twice. `text` is the formal letter,
    kept word for word, between the lines `addressed` and `signed`; `body` is the e-mail that carries it. `agency` is
    who it was meant for, whatever the address.
    `wording` is the version of its words that it was made from, `values` what they were filled with."""

    __tablename__ = "letters"
    __table_args__ = (
        CheckConstraint("(delivery = 'sent') = (sent_at IS NOT NULL)", name="sent_has_moment"),
        Index("ix_letters_kind_written_at", "kind", "written_at"),
        Index("ix_letters_case_id_kind", "case_id", "kind", "written_at"),
        Index("ix_letters_address", text("lower(recipient)")),
    )

    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[Kind]
    occasion: Mapped[str] = mapped_column(unique=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    in_reply_to: Mapped[str] = mapped_column(default="")
    recipient: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    heading: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(Text, default="")
    addressed: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    signed: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    wording: Mapped[int] = mapped_column(default=1, server_default="1")
    values: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    written_at: Mapped[datetime]
    written_by: Mapped[str]
    delivery: Mapped[Delivery] = mapped_column(default=Delivery.READY, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")
    not_before: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    link_hash: Mapped[str | None] = mapped_column(unique=True)
    opened_at: Mapped[datetime | None]

    case: Mapped[Case | None] = relationship()
    agency: Mapped[Agency | None] = relationship()
    enclosures: Mapped[list[Enclosure]] = relationship(order_by="Enclosure.id", lazy="selectin")


class Enclosure(Base):
    __tablename__ = "enclosures"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    name: Mapped[str]

    file: Mapped[File] = relationship(lazy="joined")
