"""A rapid review held the way the office holds it, ready for its recommendation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Route
from jcr.cases.rules import Calendar, england
from jcr.correspondence.service import Letterhead
from jcr.criteria.asking import QUESTIONS
from jcr.criteria.service import record_facts
from jcr.decisions.model import Answered, Outcome, Recommendation
from jcr.decisions.service import Agreed, Said, needed, notify_referrer, ratify, recommend
from jcr.meetings import service as meetings
from jcr.meetings.model import Meeting, Presence
from jcr.people.model import Office, Person
from jcr.referrals.model import SignOffHow
from jcr.referrals.service import Arrival, confirm, open_from_reading
from jcr.roles import WORKER
from jcr.scoping.service import Asked, Dates
from jcr.web.reasoned import Given

REFERRAL = {
    "review_type_requested": ["adult"],
    "referrer_name": "Perpetua Strickland",
    "referrer_role": "Named Nurse",
    "referrer_agency": "Wye Valley NHS Trust",
    "referrer_email": "p.strickland@wyevalley.example",
    "safeguarding_lead_name": "Bartholomew Vane",
    "safeguarding_lead_email": "b.vane@wyevalley.example",
    "subjects": [
        {
            "subject_name": "Canary Quillfeather",
            "subject_dob": "1951-03-14",
            "subject_gender": "female",
            "subject_ethnicity": "White British",
            "subject_died": "yes",
            "subject_date_of_death": "2026-11-02",
            "subject_address": "2 Canary Row",
            "subject_care_support_needs": "Parkinson's disease",
        }
    ],
    "incident_date": "2026-11-02",
    "date_aware": "2026-11-03",
    "incident_summary": "Found at home after a welfare check.",
    "case_summary": "Visits stopped three weeks before.",
    "agencies_involved": [{"agency": "West Mercia Police"}],
}
OFFICE_OF = {
    Office.PARTNER_COUNCIL: "council_partner",
    Office.PARTNER_ICB: "icb_partner",
    Office.PARTNER_POLICE: "police_partner",
    Office.HSAB_CHAIR: "hsab_chair",
    Office.CSP_CHAIR: "csp_chair",
}


@pytest.fixture
def calendar() -> Calendar:
    return england()


@pytest.fixture
def said() -> Said:
    return Said(
        outcome=Outcome.SAR_MANDATORY,
        facts_summary="C.Q. died at home. Visits had stopped three weeks before.",
        rationale="Four agencies held concerns and did not bring them together.",
        told="Agencies held concerns and did not bring them together.",
        equality="Her ethnicity and disability were considered; nothing suggests racism.",
        voice="She had said that she feared the winter.",
        learning="Missed visits are to be treated as a warning.",
        actions=[
            Agreed(
                "Review the missed visits protocol", "Head of Adult Social Care", date(2027, 2, 1), "No gaps"
            )
        ],
    )


@dataclass(frozen=True)
class Held:
    """A rapid review that has begun, with its case."""

    case: Case
    meeting: Meeting
    at: datetime


Hold = Callable[..., Held]


@pytest.fixture
def hold(session: Session, head: Letterhead, calendar: Calendar, partnership: Any, NOW: datetime) -> Hold:
    """Refers, scopes and opens the rapid review of a case on these routes, whose tests come out as told."""

    def held(routes: Sequence[str] = ("adult",), facts: dict[str, str] | None = None) -> Held:
        case = _case(session, head, calendar, list(routes), partnership.officer, NOW)
        _facts(session, case, facts or {}, partnership.officer, NOW)
        at = NOW + timedelta(days=15)
        meeting = _meeting(session, head, case, partnership, at, NOW)
        return Held(case, meeting, at + timedelta(hours=2))

    return held


def _case(
    session: Session, head: Letterhead, calendar: Calendar, routes: list[str], officer: Person, now: datetime
) -> Case:
    answers = {**REFERRAL, "review_type_requested": routes}
    if "child" in routes:
        child = REFERRAL["subjects"][0] | {"subject_dob": "2012-03-14", "subject_care_status": "looked_after"}
        answers["subjects"] = [child]
    arrival = Arrival("p.strickland@wyevalley.example", now)
    referral = open_from_reading(session, head, calendar, answers, {}, arrival, WORKER, now)
    confirm(session, head, calendar, referral, answers, SignOffHow.ON_FORM, "", officer.as_actor(), now)
    if "child" in routes:
        referral.case.incident_notified_on = now.date()
    return referral.case


def _facts(session: Session, case: Case, facts: dict[str, str], officer: Person, now: datetime) -> None:
    for route in case.route_names:
        asked = {name: Given(value, "As the agencies know.") for name, value in facts.items()}
        given = {name: one for name, one in asked.items() if name in QUESTIONS[Route(route)]}
        record_facts(session, case, case.subjects[0], route, given, officer.as_actor(), now)


def _meeting(
    session: Session, head: Letterhead, case: Case, partnership: Any, at: datetime, now: datetime
) -> Meeting:
    officer = partnership.officer.as_actor()
    asked = [
        Asked(session.merge(agency), "The safeguarding lead", agency.contact_email, "Named in the referral.")
        for agency in (partnership.police, partnership.wvt)
    ]
    dates = Dates(return_by=date(2026, 12, 3), meeting_at=at, place="Council offices, room 2")
    meeting = meetings.call_rapid_review(session, head, case, asked, dates, officer, now)
    for key in ("chair", "vice_chair", "member"):
        who = session.merge(getattr(partnership, key))
        meetings.note_attendance(session, meeting, who, Presence.PRESENT)
    meetings.take_chair(session, meeting, session.merge(partnership.chair), officer, at)
    meetings.open_rapid_review(session, meeting, officer, at)
    session.flush()
    return meeting


@pytest.fixture
def recommended(
    session: Session, head: Letterhead, calendar: Calendar, partnership: Any, hold: Hold, said: Said
) -> Callable[..., Recommendation]:
    """A recommendation made at a quorate meeting; `changes` are those to what the group said."""

    def make(held: Held | None = None, **changes: Any) -> Recommendation:
        review = held or hold()
        officer = partnership.officer.as_actor()
        words = replace(said, **changes)
        return recommend(session, head, calendar, review.case, review.meeting, words, officer, review.at)

    return make


@pytest.fixture
def answer(session: Session, partnership: Any) -> Callable[..., Any]:
    """The holder of an office answers."""

    def given(
        recommendation: Recommendation,
        office: Office,
        outcome: Answered = Answered.ACCEPT,
        reason: str = "The reasons are sound.",
    ) -> Any:
        holder = session.get(Person, getattr(partnership, OFFICE_OF[office]).id)
        at = recommendation.made_at + timedelta(days=1)
        return ratify(session, recommendation.case, office, outcome, reason, holder, at)

    return given


@pytest.fixture
def referrer_told(
    session: Session, head: Letterhead, calendar: Calendar, partnership: Any, hold: Hold,
    recommended: Callable[..., Recommendation], answer: Callable[..., Any],
) -> Callable[[Outcome, datetime], Recommendation]:  # fmt: skip
    """A recommendation of this outcome on all three routes, ratified by everybody, and the referrer told of it."""

    def tell(outcome: Outcome, now: datetime) -> Recommendation:
        learning = outcome is Outcome.OTHER_LEARNING
        made = recommended(
            hold(["child", "adult", "domestic"]),
            outcome=outcome,
            joined=["lcspr", "dhr"] if outcome is Outcome.JOINT else (),
            activities=["roundtable"] if learning else (),
            other_activity="A roundtable, led by the officer." if learning else "",
        )
        for office in needed(made.case.route_names):
            answer(made, office)
        notify_referrer(session, head, calendar, made.case, partnership.officer.as_actor(), now)
        return made

    return tell
