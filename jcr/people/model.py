"""Boards, agencies, people and the offices they hold."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from jcr.db import Base
from jcr.roles import Actor, Role


class Sector(StrEnum):
    HEALTH = "health"
    LOCAL_AUTHORITY = "local_authority"
    POLICE = "police"
    PROBATION = "probation"
    YOUTH_JUSTICE = "youth_justice"
    FIRE = "fire"
    HOUSING = "housing"
    EDUCATION = "education"
    OTHER = "other"


class Membership(StrEnum):
    STANDING = "standing"  # ToR 5
    WHEN_APPROPRIATE = "when_appropriate"
    NONE = "none"


class Office(StrEnum):
    """The posts the terms of reference give a decision to."""

    PARTNER_COUNCIL = "partner_council"
    PARTNER_ICB = "partner_icb"
    PARTNER_POLICE = "partner_police"
    HSAB_CHAIR = "hsab_chair"
    CSP_CHAIR = "csp_chair"


OFFICE_NAMES = {
    Office.PARTNER_COUNCIL: "Lead safeguarding partner, local authority",
    Office.PARTNER_ICB: "Lead safeguarding partner, integrated care board",
    Office.PARTNER_POLICE: "Lead safeguarding partner, police",
    Office.HSAB_CHAIR: "Chair, Herefordshire Safeguarding Adults Board",
    Office.CSP_CHAIR: "Chair, Community Safety Partnership",
}


class Board(Base):
    __tablename__ = "boards"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class Agency(Base):
    """An organisation that refers, answers scoping requests or sits in the group.

    `quorum_group` is the body it counts as: all health agencies are one (ToR, Quorum). `domains` are the e-mail
    domains it writes from; `contact_email` is where scoping requests go and `board_email` where a missing
    return is escalated (ToR 7.iv).
    """

    __tablename__ = "agencies"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    sector: Mapped[Sector]
    quorum_group: Mapped[str]
    membership: Mapped[Membership] = mapped_column(default=Membership.NONE)
    contact_name: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    board_email: Mapped[str] = mapped_column(default="")
    domains: Mapped[list[Any]] = mapped_column(default=list)


class Person(Base):
    """Somebody with a part in the work; only one with a password can sign in. `feed_hash` is of the link by which
    their calendar fetches the meetings."""

    __tablename__ = "people"
    __table_args__ = (CheckConstraint("role NOT IN ('outsider', 'system')", name="is_somebody"),)

    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role]
    post: Mapped[str] = mapped_column(default="")
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    password_hash: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)
    feed_hash: Mapped[str | None] = mapped_column(index=True, unique=True)

    agency: Mapped[Agency | None] = relationship(lazy="joined")

    # Asked by Flask-Login, of which a model needs to know no more than this
    is_authenticated, is_anonymous = True, False

    @property
    def is_active(self) -> bool:
        return self.active

    def get_id(self) -> str:
        return str(self.id)

    @property
    def person_id(self) -> int:  # as an actor has it
        return self.id

    @property
    def offices(self) -> frozenset[Office]:
        """The offices that a decision maker holds today, asked for each time: they decide what is seen. Nobody else's
        count."""
        session = object_session(self) if self.role is Role.DECISION_MAKER else None
        return frozenset(session.scalars(HELD, {"person_id": self.id})) if session else frozenset()

    def as_actor(self) -> Actor:
        return Actor(self.name, self.role, self.id)


class Absence(Base):
    """That somebody is away, from day to day, and who stands in; `ended_at` when they came back early."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("until >= since", name="in_order"),
        CheckConstraint("person_id <> deputy_id", name="by_somebody_else"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    since: Mapped[date]
    until: Mapped[date]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    deputy: Mapped[Person] = relationship(foreign_keys=[deputy_id], lazy="joined")


class OfficeHolder(Base):
    """Who holds an office that decides, from day to day. `in_office` is whether today is one of those days, as the
    worker noted it: what they may see hangs on it. Whether they may answer is asked of the days themselves."""

    __tablename__ = "office_holders"
    __table_args__ = (UniqueConstraint("office", "person_id", "since"),)

    office: Mapped[Office]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    in_office: Mapped[bool] = mapped_column(default=True)

    person: Mapped[Person] = relationship(lazy="joined")


HELD = select(OfficeHolder.office).where(
    OfficeHolder.person_id == bindparam("person_id"), OfficeHolder.in_office
)


class ChairTerm(Base):
    """That somebody is chair or vice chair: from which board, since when, and how the term was reviewed (ToR 5)."""

    __tablename__ = "chair_terms"
    __table_args__ = (
        CheckConstraint("role IN ('chair', 'vice_chair')", name="of_a_chair"),
        CheckConstraint("until IS NULL OR until >= since", name="in_order"),
        CheckConstraint("(reviewed_on IS NULL) = (review = '')", name="review_is_told"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[Role]
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))
    since: Mapped[date]
    until: Mapped[date | None]
    why_ended: Mapped[str] = mapped_column(Text, default="")
    reviewed_on: Mapped[date | None]
    review: Mapped[str] = mapped_column(Text, default="")

    person: Mapped[Person] = relationship(lazy="joined")
    board: Mapped[Board] = relationship(lazy="joined")


class TermsOfReference(Base):
    """That the boards approved terms of reference for the group: when, until when they are to be reviewed, and
    what changed. The latest approved are in force."""

    __tablename__ = "terms_of_reference"
    __table_args__ = (
        CheckConstraint("review_by > approved_on", name="reviewed_after_approval"),
        CheckConstraint("what_changed <> ''", name="says_what_changed"),
    )

    approved_on: Mapped[date] = mapped_column(unique=True)
    review_by: Mapped[date]
    what_changed: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
