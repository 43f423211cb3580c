"""Cases made the way the product makes them, for the tests of several rooms."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.rules import england
from jcr.correspondence.service import Letterhead
from jcr.decisions.model import Outcome, Recommendation
from jcr.decisions.service import Said, recommend
from jcr.meetings import service as meetings
from jcr.meetings.model import Meeting, Presence
from jcr.people.model import Agency, Person
from jcr.referrals.model import SignOffHow
from jcr.referrals.service import Arrival, confirm, open_from_reading
from jcr.roles import WORKER
from jcr.scoping.service import Asked, Dates

ADULT: dict[str, Any] = {
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
            "subject_died": "yes",
            "subject_date_of_death": "2026-11-02",
            "subject_care_support_needs": "Parkinson's disease",
        }
    ],
    "incident_date": "2026-11-02",
    "date_aware": "2026-11-03",
    "criteria_grounds_adult": ["adult_died", "adult_working_together"],
    "immediate_concerns": "no",
    "agencies_involved": [{"agency": "West Mercia Police"}],
}
CHILD: dict[str, Any] = ADULT | {
    "review_type_requested": ["child", "domestic"],
    "subjects": [
        {
            "subject_name": "Wren Canary-Tolland",
            "subject_dob": "2009-12-01",
            "subject_died": "yes",
            "subject_date_of_death": "2026-11-02",
            "subject_care_status": "looked_after",
        }
    ],
    "criteria_grounds_adult": [],
    "criteria_grounds_child": ["child_abuse_or_neglect"],
    "alleged_perpetrators": [{"name": "Canary Tolland", "dob": "2001-05-05"}],
    "personally_connected": ["relatives"],
}
SAID = Said(
    outcome=Outcome.SAR_DISCRETIONARY,
    facts_summary="C.Q. died at home. Visits had stopped three weeks before.",
    rationale="Agencies held concerns and did not bring them together.",
    told="Agencies held concerns and did not bring them together.",
    equality="Ethnicity and disability were considered; nothing suggests racism.",
    voice="She had said that she feared the winter.",
    learning="Missed visits are to be treated as a warning.",
)


def referred(session: Session, head: Letterhead, now: datetime, answers: dict[str, Any] = ADULT) -> Case:
    """A case opened from an e-mailed form, its reading still to be confirmed."""
    arrival = Arrival("p.strickland@wyevalley.example", now)
    return open_from_reading(session, head, england(), answers, {"edition": 1}, arrival, WORKER, now).case


def in_triage(
    session: Session, head: Letterhead, officer: Person, now: datetime, answers: dict[str, Any] = ADULT
) -> Case:
    """A case whose referral the officer confirmed, with the lead's approval recorded on the form."""
    arrival = Arrival("p.strickland@wyevalley.example", now)
    referral = open_from_reading(session, head, england(), answers, {"edition": 1}, arrival, WORKER, now)
    confirm(session, head, england(), referral, answers, SignOffHow.ON_FORM, "", officer.as_actor(), now)
    return referral.case


def in_scoping(session: Session, head: Letterhead, officer: Person, now: datetime, *agencies: Agency) -> Case:
    """A case whose agencies were asked, with the rapid review called in a fortnight's time."""
    case = in_triage(session, head, officer, now)
    asked = [
        Asked(session.merge(agency), "Safeguarding lead", agency.contact_email, "Named in the referral.")
        for agency in agencies
    ]
    at = now + timedelta(days=15)
    dates = Dates(return_by=(now + timedelta(days=10)).date(), meeting_at=at, place="Council offices")
    meetings.call_rapid_review(session, head, case, asked, dates, officer.as_actor(), now)
    return case


def in_ratification(session: Session, head: Letterhead, partnership: Any, now: datetime) -> Recommendation:
    """A case whose rapid review was held, quorate, and recommended a review of an adult."""
    case = in_scoping(session, head, partnership.officer, now, partnership.police)
    officer, at = partnership.officer.as_actor(), now + timedelta(days=15)
    meeting = meetings.rapid_review_of(session, case)
    assert meeting is not None
    for key in ("chair", "vice_chair", "member"):
        meetings.note_attendance(session, meeting, session.merge(getattr(partnership, key)), Presence.PRESENT)
    meetings.take_chair(session, meeting, session.merge(partnership.chair), officer, at)
    meetings.open_rapid_review(session, meeting, officer, at)
    session.flush()
    return recommend(session, head, england(), case, meeting, SAID, officer, at + timedelta(hours=2))


def held(
    session: Session, officer: Person, member: Person, now: datetime, states: dict[int, Presence]
) -> list[Meeting]:
    """Business meetings so many days before now, and how a member stood at each."""
    found = []
    for days, state in states.items():
        at = now - timedelta(days=days)
        before = at - timedelta(days=30)
        meeting = meetings.call_business_meeting(session, at, "Plough Lane", officer.as_actor(), before)
        deputy = "Ana Whitlow" if state is Presence.DEPUTY else ""
        meetings.note_attendance(session, meeting, session.merge(member), state, deputy)
        found.append(meeting)
    session.flush()
    return found
