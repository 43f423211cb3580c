"""What the group recommended on a case, and what each holder of a deciding office did with it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jcr.cases.model import Case, Route
from jcr.correspondence.model import Letter
from jcr.db import Base
from jcr.meetings.model import Meeting
from jcr.people.model import Office, Person
from jcr.wording import local_day


class Outcome(StrEnum):
    SAR_MANDATORY = "sar_mandatory"
    SAR_DISCRETIONARY = "sar_discretionary"
    LCSPR = "lcspr"
    DHR = "dhr"
    JOINT = "joint"
    OTHER_LEARNING = "other_learning"
    NO_FURTHER_ACTION = "no_further_action"

    @property
    def is_review(self) -> bool:
        """Whether a statutory review follows."""
        return self not in (Outcome.OTHER_LEARNING, Outcome.NO_FURTHER_ACTION)


class Answered(StrEnum):
    """What an office holder did with a recommendation."""

    ACCEPT = "accept"
    SEND_BACK = "send_back"
    REFUSE = "refuse"

    @property
    def shown(self) -> str:
        return {"accept": "Accepted", "send_back": "Sent back", "refuse": "Not ratified"}[self]


class Ground(StrEnum):
    """Why a referrer may ask for a decision to be looked at again."""

    NEW = "new"
    TEST = "test"
    MISSING = "missing"

    @property
    def shown(self) -> str:
        return {
            "new": "there is something new that was not considered",
            "test": "a test was applied wrongly",
            "missing": "something that matters was missing or overlooked",
        }[self]


class Looked(StrEnum):
    """What came of looking at a decision again."""

    UPHELD = "upheld"
    REOPENED = "reopened"

    @property
    def shown(self) -> str:
        return {"upheld": "The decision stands", "reopened": "The case is opened again"}[self]


class Reconsideration(Base):
    """A referrer's request to look again at the decision that `letter` told of: one for each such letter."""

    __tablename__ = "reconsiderations"
    __table_args__ = (
        CheckConstraint("what <> ''", name="says_what"),
        CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name="answered_at_a_moment"),
        CheckConstraint("(outcome IS NULL) = (answered_by_id IS NULL)", name="answered_by_somebody"),
        CheckConstraint("(outcome IS NULL) = (reason = '')", name="answered_with_reason"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), unique=True)
    ground: Mapped[Ground]
    what: Mapped[str] = mapped_column(Text)
    asked_on: Mapped[date]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
    outcome: Mapped[Looked | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    case: Mapped[Case] = relationship()
    letter: Mapped[Letter] = relationship()
    answered_by: Mapped[Person | None] = relationship(lazy="joined")


class Recommendation(Base):
    """What a quorate meeting recommended; never changed. A case sent back gets another, numbered next.

    `reviews` are the statutory reviews it stands for, several for a joint one; `activities` what else is to
    follow; `routes` and `criteria` the routes of the case and the results of the tests as they stood. `told`
    are the reasons in words for the referrer, ratified with the rest. `episodes` are the key practice episodes:
    when and what. `method`, `period` and `enquiry` (its lines) are those of the review proposed. `due_on` is
    the day the rapid review was owed as it stood, `delay` why it met later. `action_ids` are the actions agreed
    with it.
    """

    __tablename__ = "recommendations"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        UniqueConstraint("id", "chaired_by_id"),  # for the ratification, which may not be the chair's own
        CheckConstraint("rationale <> ''", name="has_rationale"),
        CheckConstraint("facts_summary <> ''", name="has_facts"),
        CheckConstraint("equality <> ''", name="has_equality"),
        CheckConstraint("told <> ''", name="has_told"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    number: Mapped[int]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    outcome: Mapped[Outcome]
    reviews: Mapped[list[Any]] = mapped_column(default=list)
    activities: Mapped[list[Any]] = mapped_column(default=list)
    routes: Mapped[list[Any]] = mapped_column(default=list)
    criteria: Mapped[list[Any]] = mapped_column(default=list)
    facts_summary: Mapped[str] = mapped_column(Text)
    equality: Mapped[str] = mapped_column(Text)
    voice: Mapped[str] = mapped_column(Text, default="")
    good_practice: Mapped[str] = mapped_column(Text, default="")
    learning: Mapped[str] = mapped_column(Text, default="")
    other_activity: Mapped[str] = mapped_column(Text, default="")
    rationale: Mapped[str] = mapped_column(Text)
    told: Mapped[str] = mapped_column(Text)
    dissent: Mapped[str] = mapped_column(Text, default="")
    national_review: Mapped[str] = mapped_column(Text, default="")
    family: Mapped[str] = mapped_column(Text, default="")
    publication: Mapped[str] = mapped_column(Text, default="")
    composition: Mapped[str] = mapped_column(Text, default="")
    episodes: Mapped[list[Any]] = mapped_column(default=list)
    immediate: Mapped[str] = mapped_column(Text, default="")
    parallel: Mapped[str] = mapped_column(Text, default="")
    method: Mapped[str] = mapped_column(Text, default="")
    period: Mapped[str] = mapped_column(Text, default="")
    enquiry: Mapped[str] = mapped_column(Text, default="")
    legal_advice: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None]
    delay: Mapped[str] = mapped_column(Text, default="")
    action_ids: Mapped[list[Any]] = mapped_column(default=list)
    chaired_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    quorum: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    made_by: Mapped[str]

    case: Mapped[Case] = relationship()
    meeting: Mapped[Meeting] = relationship()
    chaired_by: Mapped[Person] = relationship(lazy="joined")
    ratifications: Mapped[list[Ratification]] = relationship(
        back_populates="recommendation", order_by="Ratification.id", lazy="selectin"
    )

    @property
    def route_names(self) -> list[Route]:
        """The routes of the case when the recommendation was made."""
        return [Route(route) for route in self.routes]

    @property
    def met_on(self) -> date:
        """The day of the rapid review, which may be opened before the day it was called for."""
        return min(local_day(self.meeting.starts_at), local_day(self.made_at))

    @property
    def returns_until(self) -> datetime:
        """Returns that came later were not before the group: since its meeting began, or it took the case up again."""
        return self.made_at if self.number > 1 else min(self.meeting.meets_at, self.made_at)


class Ratification(Base):
    """One office's answer.

    `chaired_by_id` follows the recommendation's, so that the table itself keeps whoever chaired from
    deciding on their own recommendation.
    """

    __tablename__ = "ratifications"
    __table_args__ = (
        UniqueConstraint("recommendation_id", "office"),
        ForeignKeyConstraint(
            ["recommendation_id", "chaired_by_id"],
            ["recommendations.id", "recommendations.chaired_by_id"],
            name="fk_ratifications_chaired_by_recommendations",
        ),
        CheckConstraint("reason <> ''", name="has_reason"),
        CheckConstraint("person_id <> chaired_by_id", name="not_by_the_chair"),
    )

    recommendation_id: Mapped[int] = mapped_column(index=True)
    chaired_by_id: Mapped[int]
    office: Mapped[Office]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    outcome: Mapped[Answered]
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

    recommendation: Mapped[Recommendation] = relationship(back_populates="ratifications")
    person: Mapped[Person] = relationship(lazy="joined")


class WithdrawnAnswer(Base):
    """An acceptance that counts no more: whoever gave it took it back, or declared a conflict of interest."""

    __tablename__ = "withdrawn_answers"

    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendations.id"), index=True)
    office: Mapped[Office]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime]
    why: Mapped[str] = mapped_column(Text)


class Body(StrEnum):
    """Who outside has to be told of a decision."""

    PANEL = "panel"
    HOME_OFFICE = "home_office"
    FAMILY = "family"
    HSCP = "hscp"
    HSAB = "hsab"
    CSP = "csp"


class Reply(StrEnum):
    """What the national Panel answered to a rapid review."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    NATIONAL = "national"
    MORE = "more"

    @property
    def shown(self) -> str:
        return {
            "agrees": "It agrees with the decision",
            "disagrees": "It disagrees with the decision",
            "national": "It will hold a national review",
            "more": "It asks for more information",
        }[self]


class Notice(Base):
    """A body to be told of a ratified recommendation; `told_on`, `told_by` and `receipt` are filled once it was.

    `lapsed_at` is when the decision it would have told of was opened again before it was told.
    """

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("recommendation_id", "body"),
        CheckConstraint("(told_on IS NULL) = (told_by = '')", name="told_by_somebody"),
        CheckConstraint("(reply IS NULL) = (replied_on IS NULL)", name="replied_on_a_day"),
        CheckConstraint("replied_on IS NULL OR replied_on >= told_on", name="replied_once_told"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendations.id"))
    body: Mapped[Body]
    told_on: Mapped[date | None]
    told_by: Mapped[str] = mapped_column(default="")
    receipt: Mapped[str] = mapped_column(default="")
    reply: Mapped[Reply | None]
    replied_on: Mapped[date | None]
    said: Mapped[str] = mapped_column(Text, default="")
    lapsed_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()


class Draft(Base):
    """A recommendation being written: all that was typed, right or wrong, kept until it is recorded."""

    __tablename__ = "recommendation_drafts"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), unique=True)
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]
