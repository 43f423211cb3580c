"""The rapid review report filled with what the record holds of a case, its meeting and its recommendation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from forms.dates import day_or_none
from jcr.actions.service import of_case as actions_of
from jcr.cases.model import Case, Subject
from jcr.cases.rules import age_on
from jcr.criteria.service import referral_answers
from jcr.decisions.model import Ratification, Recommendation
from jcr.decisions.service import latest
from jcr.meetings import service as meetings
from jcr.meetings.model import Attendance, Meeting, Presence
from jcr.people.model import OFFICE_NAMES
from jcr.scoping import service as scoping
from jcr.scoping.model import Request
from jcr.wording import local_day

PRESENCE = (Presence.PRESENT, Presence.DEPUTY, Presence.APOLOGIES, Presence.ABSENT)
ABOUT_A_PERSON = (
    "subject_gender", "subject_ethnicity", "subject_disability", "subject_care_support_needs", "subject_care_status",
    "subject_legal_status",
)  # fmt: skip
AS_RECOMMENDED = {
    "facts_summary": "facts_summary",
    "recommendation_reasons": "rationale",
    "protected_characteristics_considered": "equality",
    "voice": "voice",
    "good_practice": "good_practice",
    "learning_points": "learning",
    "other_activity": "other_activity",
    "dissent": "dissent",
    "national_review": "national_review",
    "family_involvement": "family",
    "publication": "publication",
    "family_carer_factors": "composition",
    "methodology_proposed": "method",
    "legal_advice_details": "legal_advice",
    "reasons_for_delay": "delay",
}


def report_answers(session: Session, case: Case, now: datetime) -> dict[str, Any]:
    """Everything the report asks that is on record already; people of the case by initials only."""
    referral, asked = referral_answers(session, case), scoping.round_of(session, case)
    meeting, made = meetings.rapid_review_of(session, case), latest(session, case)
    incident = day_or_none(referral.get("incident_date")) or local_day(case.opened_at)
    return {
        "case_reference": case.reference,
        "review_type_requested": [route.value for route in case.route_names],
        "date_notified": _iso(case.received_on),
        "agencies_scoped": [_scoped(one) for one in asked.requests] if asked else [],
        "subject_core_data": [_person(subject, incident) for subject in case.subjects],
        "abuse_types_considered": referral.get("harm_types") or [],
        "parallel_processes": referral.get("parallel_processes") or "",
        **(_meeting(meeting, now) if meeting else {}),
        **(_recommended(session, made) if made else {}),
        **({"parallel_processes": made.parallel} if made and made.parallel else {}),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _scoped(request: Request) -> dict[str, str]:
    came = request.latest
    state = "late" if came is None or request.state.is_waiting else "nil" if came.nil else "returned"
    on = _iso(local_day(came.received_at)) if came and state != "late" else ""
    return {
        "agency": request.agency.name,
        "returned": state,
        "returned_on": on,
        "role_in_case": request.because,
    }


def _person(subject: Subject, incident: date) -> dict[str, Any]:
    age = str(age_on(subject.dob, incident)) if subject.dob and subject.dob <= incident else ""
    known = {name: subject.details.get(name) or "" for name in ABOUT_A_PERSON}
    return {
        "subject_initials": subject.initials,
        "subject_age": age or subject.details.get("subject_age", ""),
        **known,
    }


def _meeting(meeting: Meeting, now: datetime) -> dict[str, Any]:
    """The meeting; who came and whether it was quorate only once attendance is recorded."""
    found: dict[str, Any] = {"meeting_date": _iso(local_day(meeting.starts_at))}
    if meeting.starts_at > now or not any(place.is_in_the_room for place in meeting.attendances):
        return found if meeting.starts_at <= now else {}
    return found | {
        "attendees": [_attendee(place) for place in meeting.attendances],
        "quorate": "yes" if meetings.quorum(meeting) else "no",
        "conflicts_of_interest": "\n".join(_conflicts(meeting)) or "None was declared.",
    }


def _attendee(place: Attendance) -> dict[str, str]:
    deputy = place.state is Presence.DEPUTY
    name = f"{place.deputy_name} for {place.person.name}" if deputy else place.person.name
    return {
        "agency": place.agency.name if place.agency else "Partnership Team",
        "name": name,
        "role": f"{place.person.post}{' (chair)' if place.chairing else ''}",
        "presence": place.state.value if place.state in PRESENCE else "",
    }


def _conflicts(meeting: Meeting) -> Iterator[str]:
    for one in meeting.declarations:
        if one.conflicted:
            who = f"{'Deputy for ' if one.of_deputy else ''}{one.person.name}"
            yield f"{who}: {one.what}. {one.handled}".strip()


def _recommended(session: Session, made: Recommendation) -> dict[str, Any]:
    agreed = [one for one in actions_of(session, made.case) if one.id in made.action_ids]
    return {
        **{name: getattr(made, kept) for name, kept in AS_RECOMMENDED.items()},
        "recommendation": made.outcome.value,
        "rapid_review_due": _iso(made.due_on),
        "legal_advice": "yes" if made.legal_advice else "",
        "joined_reviews": made.reviews if made.outcome.value == "joint" else [],
        "activities": made.activities,
        "reasons_for_referrer": made.told if made.told != made.rationale else "",
        "date_recommendation_sent": _iso(local_day(made.made_at)),
        "criteria_tests": [test for one in made.criteria for test in _tests(one)],
        "actions": [
            {"task": one.task, "owner": one.who, "due_on": _iso(one.due_on), "expected": one.expected}
            for one in agreed
        ],
        "decisions": [_decision(one) for one in made.ratifications],
    }


def _tests(judged: dict[str, Any]) -> Iterator[dict[str, str]]:
    for limb in judged["limbs"]:
        yield {
            "test": f"{judged['initials']}: {limb['question']} ({limb['paragraph']})",
            "met": limb["answer"],
            "evidence": limb["because"],
        }


def _decision(one: Ratification) -> dict[str, str]:
    return {
        "board": OFFICE_NAMES[one.office],
        "decided_by": one.person.name,
        "decision": one.outcome.value,
        "decision_reasons": one.reason,
        "date_of_decision": _iso(local_day(one.at)),
    }
