"""Cases, the people they are about, the review routes they may fall into, and the walls round them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from jcr.cases.words import name_key
from jcr.db import Base
from jcr.files.model import File
from jcr.people.model import Agency, Person


class Status(StrEnum):
    REFERRED = "referred"
    AWAITING_SIGN_OFF = "awaiting_sign_off"
    RETURNED = "returned"
    TRIAGE = "triage"
    REDIRECTED = "redirected"
    DECLINED = "declined"
    SCOPING = "scoping"
    RAPID_REVIEW = "rapid_review"
    RECOMMENDED = "recommended"
    RATIFIED = "ratified"
    SENT_BACK = "sent_back"
    NOT_RATIFIED = "not_ratified"
    DECIDED = "decided"
    CLOSED = "closed"

    @property
    def shown(self) -> str:
        return SHOWN[self]


SHOWN = {
    Status.REFERRED: "Referred",
    Status.AWAITING_SIGN_OFF: "Awaiting sign-off",
    Status.RETURNED: "Returned to the referrer",
    Status.TRIAGE: "Triage",
    Status.REDIRECTED: "Sent elsewhere",
    Status.DECLINED: "Declined",
    Status.SCOPING: "Scoping",
    Status.RAPID_REVIEW: "Rapid review",
    Status.RECOMMENDED: "Recommended",
    Status.RATIFIED: "Ratified",
    Status.SENT_BACK: "Sent back",
    Status.NOT_RATIFIED: "Not ratified",
    Status.DECIDED: "Decided",
    Status.CLOSED: "Closed",
}


class Route(StrEnum):
    """Which statutory review a case may fall into; one case may have several (ToR 3)."""

    CHILD = "child"
    ADULT = "adult"
    DOMESTIC = "domestic"


class Source(StrEnum):
    WEB = "web"
    EMAIL = "email"


class Case(Base):
    """`received_on` is the day the referral counts as received: by web, once the safeguarding lead signed it off
    (ToR 7.i); by e-mail, the day the message arrived. A referral sent elsewhere before its sign-off has none."""

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint(
            "received_on IS NOT NULL OR status IN ('referred', 'awaiting_sign_off', 'redirected', 'closed')",
            name="received_first",
        ),
        Index("ix_cases_newest", "opened_at", "id"),
        Index("ix_cases_status_newest", "status", "destroyed_at", "opened_at", "id"),
    )

    reference: Mapped[str] = mapped_column(unique=True)
    status: Mapped[Status] = mapped_column(default=Status.REFERRED)
    source: Mapped[Source]
    opened_at: Mapped[datetime]
    received_on: Mapped[date | None]
    closed_on: Mapped[date | None] = mapped_column(index=True)
    incident_notified_on: Mapped[date | None]  # serious incident notification to the Panel, child cases
    la_aware_on: Mapped[date | None]  # the local authority, of the incident, child cases
    no_notification_because: Mapped[str | None] = mapped_column(Text)  # where none is due
    commissioned_on: Mapped[date | None]  # the reviewer, where a review was decided
    reviewed_on: Mapped[date | None]  # the review was complete
    publish_on: Mapped[date | None]  # publication is planned
    panel_copied_on: Mapped[date | None]  # the Panel was sent its copy before publication
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    destroyed_at: Mapped[datetime | None]  # its record was destroyed: reference and history are left

    agency: Mapped[Agency | None] = relationship(lazy="joined")
    subjects: Mapped[list[Subject]] = relationship(
        back_populates="case", order_by="Subject.id", lazy="selectin", cascade="all, delete-orphan"
    )
    routes: Mapped[list[CaseRoute]] = relationship(
        order_by="CaseRoute.id", lazy="selectin", cascade="all, delete-orphan"
    )

    walls: Mapped[list[Wall]] = relationship(order_by="Wall.id")

    @property
    def route_names(self) -> list[Route]:
        return [row.route for row in self.routes]

    @property
    def lacks_notification(self) -> bool:
        """Whether neither the notification of a child case is recorded, nor why none is due."""
        known = self.incident_notified_on or self.no_notification_because
        return Route.CHILD in self.route_names and not known

    @property
    def initials(self) -> str:
        """How a page or letter may name the case's subjects: initials, never names."""
        return initials_of([subject.name for subject in self.subjects])


def initials_of(names: Iterable[str]) -> str:
    """The initials of one subject or of several; what stands for them where no name is known yet."""
    found = (
        "".join(word[0].upper() for word in name.replace("-", " ").split() if word[0].isalpha())
        for name in names
    )
    return ", ".join(one or "?" for one in found) or "not yet known"


class Subject(Base):
    """A person the case is about. `details` holds the other answers of the referral under canonical names; `name_key`
    is the name folded, its words in the order of the alphabet, by which the same name is found again."""

    __tablename__ = "subjects"
    __table_args__ = (Index("ix_subjects_case", "case_id", "name"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(default="", index=True)
    nhs_number: Mapped[str] = mapped_column(default="", index=True)
    dob: Mapped[date | None] = mapped_column(index=True)
    date_of_death: Mapped[date | None]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)

    case: Mapped[Case] = relationship(back_populates="subjects")

    @validates("name")
    def _keep_key(self, _: str, name: str) -> str:
        self.name_key = name_key(name)
        return name

    @property
    def other_names(self) -> list[str]:
        """Also known as, earlier names: as the referral lists them."""
        told = str(self.details.get("subject_other_names") or "")
        return [name.strip() for name in re.split(r"[,;\n]", told) if name.strip()]

    @property
    def initials(self) -> str:
        return initials_of([self.name])


class Verdict(StrEnum):
    """What a person found two subjects of different cases to be."""

    SAME = "same"
    LINKED = "linked"
    DIFFERENT = "different"

    @property
    def shown(self) -> str:
        return {"same": "The same person", "linked": "Another person, but the cases belong together",
                "different": "Somebody else"}[self]  # fmt: skip


class Likeness(Base):
    """What somebody found two subjects to be, and why; one that was undone stays on record. `joined` holds what each
    record said before the two were made one."""

    __tablename__ = "likenesses"
    __table_args__ = (
        CheckConstraint("first_id < second_id", name="in_order"),
        CheckConstraint("why <> ''", name="has_reason"),
        CheckConstraint("(undone_at IS NULL) = (undone_by = '')", name="undone_by_somebody"),
        Index("uq_likenesses_standing", "first_id", "second_id", unique=True,
              sqlite_where=text("undone_at IS NULL"), postgresql_where=text("undone_at IS NULL")),
    )  # fmt: skip

    first_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), index=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), index=True)
    verdict: Mapped[Verdict]
    why: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(default="")
    joined: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class CaseRoute(Base):
    __tablename__ = "case_routes"
    __table_args__ = (UniqueConstraint("case_id", "route"), Index("ix_case_routes_route", "route", "case_id"))

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    route: Mapped[Route]


class Wall(Base):
    """A person who declared a conflict loses sight of the case (design promise; ToR 5)."""

    __tablename__ = "walls"
    __table_args__ = (
        UniqueConstraint("case_id", "person_id"),
        Index("ix_walls_person", "person_id", "case_id"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    why: Mapped[str]


class Naming(Base):
    """That a panel member or independent reviewer is named to a case, and sees it until that ends. `briefed_by` says
    who of their agency confirmed that it briefs, prepares and supports them (ToR 6). Whoever named them confirmed that
    they are `independent` of the case and, of a panel member, `senior` enough to commit their organisation (ToR 8)."""

    __tablename__ = "namings"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended_by = '')", name="ended_by_somebody"),
        Index("uq_namings_standing", "case_id", "person_id", unique=True,
              sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL")),
    )  # fmt: skip

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    named_at: Mapped[datetime]
    named_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(default="")
    briefed_at: Mapped[datetime | None]
    briefed_by: Mapped[str] = mapped_column(default="", server_default="")
    independent: Mapped[bool] = mapped_column(default=False, server_default=false())
    senior: Mapped[bool] = mapped_column(default=False, server_default=false())

    case: Mapped[Case] = relationship(viewonly=True)
    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def waits_for_briefing(self) -> bool:
        """Whether their agency is still to confirm that they are briefed; an independent reviewer has none."""
        return self.person.agency is not None and self.briefed_at is None and self.ended_at is None


class Opening(Base):
    """That somebody who does not see a case opened it in an emergency: to read it, until a moment."""

    __tablename__ = "openings"
    __table_args__ = (
        CheckConstraint("why <> ''", name="has_reason"),
        CheckConstraint("until > opened_at", name="in_order"),
        CheckConstraint("(ended_at IS NULL) = (ended_by = '')", name="ended_by_somebody"),
        Index("ix_openings_case_person", "case_id", "person_id"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    why: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime]
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(default="")

    case: Mapped[Case] = relationship(lazy="joined")
    person: Mapped[Person] = relationship(lazy="joined")

    def is_open(self, now: datetime) -> bool:
        return self.ended_at is None and now < self.until


class CaseFile(Base):
    """A document that belongs to a case. `what` says what it is and where it came from, in words for the page."""

    __tablename__ = "case_files"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    name: Mapped[str]
    added_at: Mapped[datetime]
    added_by: Mapped[str]
    what: Mapped[str]

    file: Mapped[File] = relationship(lazy="joined")


class OneOffHoliday(Base):
    """A bank holiday the official list does not have yet, added by the office; one taken out stays on record."""

    __tablename__ = "one_off_holidays"
    __table_args__ = (
        CheckConstraint("name <> ''", name="has_name"),
        CheckConstraint("(taken_out_at IS NULL) = (taken_out_by = '')", name="taken_out_by_somebody"),
        Index("uq_one_off_holidays_standing", "day", unique=True,
              sqlite_where=text("taken_out_at IS NULL"), postgresql_where=text("taken_out_at IS NULL")),
    )  # fmt: skip

    day: Mapped[date]
    name: Mapped[str]
    added_by: Mapped[str]
    added_at: Mapped[datetime]
    taken_out_at: Mapped[datetime | None]
    taken_out_by: Mapped[str] = mapped_column(default="")


class CaseNumber(Base):
    """The last number given in a year."""

    __tablename__ = "case_numbers"

    year: Mapped[int] = mapped_column(unique=True)
    last: Mapped[int]
