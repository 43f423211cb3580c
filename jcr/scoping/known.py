"""What the office answers before a scoping form goes out, from the accepted referral."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from jcr.cases.model import Case, Subject
from jcr.people.model import Agency
from jcr.scoping.rules import Dates
from jcr.wording import long_date


def known(
    case: Case, agency: Agency, dates: Dates, answers: Mapping[str, Any], asked_by: str, today: date
) -> dict[str, Any]:
    """Answers under the scoping form's canonical names; empty ones are left out."""
    given = {
        "board_reference": case.reference,
        "request_date": today.isoformat(),
        "return_deadline": dates.return_by.isoformat(),
        "requested_by": asked_by,
        **_subjects(case),
        "incident_date": answers.get("incident_date"),
        "incident_outline": answers.get("incident_summary"),
        "review_period_from": dates.period_from.isoformat() if dates.period_from else None,
        "review_period_to": dates.period_to.isoformat() if dates.period_to else None,
        "agencies_known": "\n".join(_agencies(answers)),
        "agency_name": agency.name,
    }
    return {name: value for name, value in given.items() if value}


def _subjects(case: Case) -> dict[str, Any]:
    if len(case.subjects) == 1:
        one = case.subjects[0]
        return {
            "subject_name": one.name,
            "subject_dob": one.dob.isoformat() if one.dob else None,
            "subject_date_of_death": one.date_of_death.isoformat() if one.date_of_death else None,
            "subject_address": one.details.get("subject_address"),
        }
    addresses = [str(one.details.get("subject_address") or "") for one in case.subjects]
    return {
        "subject_name": "; ".join(_with_dates(one) for one in case.subjects),
        "subject_address": "\n".join(dict.fromkeys(filter(None, addresses))),
    }


def _with_dates(one: Subject) -> str:
    born = f", born {long_date(one.dob)}" if one.dob else ""
    died = f", died {long_date(one.date_of_death)}" if one.date_of_death else ""
    return f"{one.name}{born}{died}"


def _agencies(answers: Mapping[str, Any]) -> list[str]:
    named = [str(row.get("agency") or "") for row in answers.get("agencies_involved") or []]
    return list(dict.fromkeys(filter(None, named)))
