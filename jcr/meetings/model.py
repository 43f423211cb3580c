"""Meetings: what was on the agenda, who was there, what they declared, and what was decided."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jcr.actions.model import Action
from jcr.cases.model import Case
from jcr.db import Base
from jcr.links import new_token
from jcr.meetings.chairs_model import HoldingDecision, Substitute
from jcr.meetings.interest_model import Declaration, Interest
from jcr.meetings.moves import Step
from jcr.meetings.paper_model import MeetingPaper, Publication
from jcr.people.model import Agency, Person
from jcr.scoping.model import Round
from jcr.wording import local_day, long_date


class Kind(StrEnum):
    BUSINESS = "business"
    RAPID_REVIEW = "rapid_review"
    PANEL = "panel"

    @property
    def shown(self) -> str:
        return {"business": "Business meeting", "rapid_review": "Rapid review", "panel": "Review panel"}[self]

    @property
    def takes_late_papers(self) -> bool:
        """Whether late papers are taken without the chair's leave, and marked: a rapid review cannot wait (ToR 9)."""
        return self is Kind.RAPID_REVIEW


class Purpose(StrEnum):
    DECIDE = "decide"
    DISCUSS = "discuss"
    NOTE = "note"


class Presence(StrEnum):
    INVITED = "invited"
    PRESENT = "present"
    DEPUTY = "deputy"
    APOLOGIES = "apologies"
    ABSENT = "absent"

    @property
    def shown(self) -> str:
        return {"invited": "Not recorded yet", "deputy": "A deputy came"}.get(self, self.capitalize())


class Reply(StrEnum):
    """What somebody invited says before the meeting; what came of it, their attendance tells."""

    COMING = "coming"
    DEPUTY = "deputy"
    APOLOGIES = "apologies"

    @property
    def shown(self) -> str:
        return {"coming": "Comes", "deputy": "A deputy comes"}.get(self, self.capitalize())


class Meeting(Base):
    """`opened_at` is when the business began; `minutes_approved_at` when the chair approved the minutes. Calendars know
    the meeting by `uid`, and by `sequence` which of two messages about it is the later. Minutes with an
    `agreement` of the group are closed."""

    __tablename__ = "meetings"
    __table_args__ = (
        UniqueConstraint("kind", "number"),
        CheckConstraint("kind = 'business' OR case_id IS NOT NULL", name="has_case"),
        CheckConstraint("place <> ''", name="has_place"),
        Index("ix_meetings_starts", "starts_at", "id"),
        Index("ix_meetings_opened", "opened_at", "id"),
        Index("ix_meetings_kind_starts", "kind", "starts_at"),
    )

    kind: Mapped[Kind]
    number: Mapped[int]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("scoping_rounds.id"))
    title: Mapped[str]
    starts_at: Mapped[datetime]
    place: Mapped[str]
    called_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    minutes_approved_at: Mapped[datetime | None]
    minutes_approved_by: Mapped[str] = mapped_column(default="")
    uid: Mapped[str] = mapped_column(index=True, unique=True, default=new_token, server_default="")
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    changed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]

    case: Mapped[Case | None] = relationship()
    round: Mapped[Round | None] = relationship()
    chair: Mapped[Person | None] = relationship()
    items: Mapped[list[Item]] = relationship(back_populates="meeting", order_by="Item.position")
    attendances: Mapped[list[Attendance]] = relationship(back_populates="meeting", order_by="Attendance.id")
    declarations: Mapped[list[Declaration]] = relationship(
        back_populates="meeting", order_by="Declaration.id"
    )
    agreement: Mapped[Agreement | None] = relationship(foreign_keys="Agreement.meeting_id")
    publications: Mapped[list[Publication]] = relationship(order_by="Publication.id")
    substitute: Mapped[Substitute | None] = relationship()
    holdings: Mapped[list[HoldingDecision]] = relationship(order_by="HoldingDecision.id")

    @property
    def name(self) -> str:
        """Its title without the day, for words that tell the day by themselves."""
        return self.title.removesuffix(f", {long_date(local_day(self.starts_at))}")

    @property
    def meets_at(self) -> datetime:
        """When it is called for, or when it was opened where that was before."""
        return min(self.starts_at, self.opened_at or self.starts_at)

    @property
    def held_on(self) -> date:
        """The day its dates are counted from."""
        return local_day(self.meets_at)

    def is_ahead(self, now: datetime) -> bool:
        """Whether it is still to be held: neither begun nor cancelled."""
        return self.starts_at > now and not (self.cancelled_at or self.opened_at)


class Item(Base):
    """`key` names a standing item, so that an act finds its own; `before` is what the agenda tells of it."""

    __tablename__ = "meeting_items"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    position: Mapped[int]
    key: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    purpose: Mapped[Purpose]
    lead: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int] = mapped_column(default=5)
    before: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    decision: Mapped[str] = mapped_column(Text, default="")
    rationale: Mapped[str] = mapped_column(Text, default="")
    dissent: Mapped[str] = mapped_column(Text, default="")

    meeting: Mapped[Meeting] = relationship(back_populates="items")
    minuted: Mapped[list[Minuted]] = relationship(order_by="Minuted.id", lazy="selectin")
    corrections: Mapped[list[Correction]] = relationship(order_by="Correction.id")
    papers: Mapped[list[MeetingPaper]] = relationship(
        back_populates="item", order_by="MeetingPaper.id", lazy="selectin"
    )
    movements: Mapped[list[Movement]] = relationship(
        back_populates="item", order_by="Movement.id", lazy="selectin", cascade="all, delete-orphan"
    )

    dissents: Mapped[list[Dissent]] = relationship(
        order_by="Dissent.id", lazy="selectin", cascade="all, delete-orphan"
    )

    @property
    def all_dissent(self) -> str:
        """Who dissented and why, each on a line, after what was noted without a name."""
        return "\n".join(filter(None, [self.dissent, *(one.told for one in self.dissents)]))

    @property
    def actions(self) -> list[Action]:
        return [row.action for row in self.minuted]


class Attendance(Base):
    """A member's place at a meeting. `agency_id` is the agency they sat for then, whatever they do later.
    `told_sequence` is the sequence of the meeting in the last invitation or change they were sent; `link_key`, the key
    of the links by which they answer it and send papers, `deputy_key` of those of their deputy. `deputy_name` is of who
    came for them, or before the meeting of who is to come. A panel keeps in which exceptional circumstances a deputy
    came."""

    __tablename__ = "attendances"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        CheckConstraint("state <> 'deputy' OR deputy_name <> ''", name="deputy_is_named"),
        CheckConstraint("NOT chairing OR state = 'present'", name="chair_is_present"),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    in_attendance: Mapped[bool] = mapped_column(default=False)
    state: Mapped[Presence] = mapped_column(default=Presence.INVITED)
    deputy_name: Mapped[str] = mapped_column(default="")
    deputy_why: Mapped[str] = mapped_column(Text, default="", server_default="")
    chairing: Mapped[bool] = mapped_column(default=False)
    told_sequence: Mapped[int | None]
    link_key: Mapped[str | None] = mapped_column(index=True, unique=True)
    reply: Mapped[Reply | None]
    replied_at: Mapped[datetime | None]
    replied_how: Mapped[str] = mapped_column(default="", server_default="")
    reply_note: Mapped[str] = mapped_column(Text, default="", server_default="")
    deputy_post: Mapped[str] = mapped_column(default="", server_default="")
    deputy_email: Mapped[str] = mapped_column(default="", server_default="")
    deputy_key: Mapped[str | None] = mapped_column(index=True, unique=True)

    meeting: Mapped[Meeting] = relationship(back_populates="attendances")
    person: Mapped[Person] = relationship(lazy="joined")
    agency: Mapped[Agency | None] = relationship(lazy="joined")
    interests: Mapped[list[Interest]] = relationship(
        order_by="Interest.id", back_populates="attendance", cascade="all, delete-orphan"
    )

    @property
    def needs_reason_for_deputy(self) -> bool:
        """Whether a deputy comes in exceptional circumstances only: for the members of a review panel (ToR 8)."""
        return self.meeting.kind is Kind.PANEL and not self.in_attendance

    @property
    def expects_deputy(self) -> bool:
        """Whether somebody is to come in their place, as far as is known before the meeting."""
        return self.state is Presence.INVITED and self.reply is Reply.DEPUTY

    @property
    def is_in_the_room(self) -> bool:
        return self.state in (Presence.PRESENT, Presence.DEPUTY)


class Movement(Base):
    """That somebody came in, left or withdrew at an item, and when."""

    __tablename__ = "meeting_movements"
    __table_args__ = (UniqueConstraint("item_id", "attendance_id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("meeting_items.id"), index=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendances.id"))
    step: Mapped[Step]
    at: Mapped[datetime]

    item: Mapped[Item] = relationship(back_populates="movements")
    attendance: Mapped[Attendance] = relationship(lazy="joined")


class Dissent(Base):
    """That a member, or the deputy who came for them, did not agree with what was decided under an item, and why."""

    __tablename__ = "dissents"
    __table_args__ = (
        UniqueConstraint("item_id", "attendance_id"),
        CheckConstraint("reason <> ''", name="has_reason"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey("meeting_items.id"), index=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendances.id"))
    reason: Mapped[str] = mapped_column(Text)

    attendance: Mapped[Attendance] = relationship(lazy="joined")

    @property
    def told(self) -> str:
        """Such as Ada Pemberton (West Mercia Police): the evidence does not show it."""
        place = self.attendance
        agency = f" ({place.agency.name})" if place.agency else ""
        return f"{place.deputy_name or place.person.name}{agency}: {self.reason}"


class Minuted(Base):
    """An action agreed under an item."""

    __tablename__ = "minuted_actions"

    item_id: Mapped[int] = mapped_column(ForeignKey("meeting_items.id"), index=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), unique=True)

    action: Mapped[Action] = relationship(lazy="joined")


class Correction(Base):
    """A change of the minutes after the chair approved them: what it said, what it says, why, and by whom."""

    __tablename__ = "minute_corrections"
    __table_args__ = (CheckConstraint("why <> ''", name="has_reason"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("meeting_items.id"), index=True)
    part: Mapped[str]
    was: Mapped[str] = mapped_column(Text)
    became: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    corrected_at: Mapped[datetime]
    corrected_by: Mapped[str]


class Agreement(Base):
    """That the group agreed a meeting's minutes at a later one; `sha256` is of the record they were made from."""

    __tablename__ = "minute_agreements"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), unique=True)
    agreed_in_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    agreed_at: Mapped[datetime]
    sha256: Mapped[str]

    agreed_in: Mapped[Meeting] = relationship(foreign_keys=[agreed_in_id])
