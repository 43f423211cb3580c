"""A case in triage and a round of scoping, made the way the office makes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Source
from jcr.cases.service import open_case
from jcr.cases.workflow import perform
from jcr.correspondence.model import Letter
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.meetings.model import Meeting
from jcr.meetings.service import call_rapid_review
from jcr.scoping.service import Asked, Dates

REFERRAL = {
    "review_type_requested": ["adult"],
    "referrer_agency": "Wye Valley NHS Trust",
    "subjects": [
        {
            "subject_name": "Canary Quillfeather",
            "subject_dob": "1951-03-14",
            "subject_date_of_death": "2026-11-02",
            "subject_address": "2 Canary Row",
        }
    ],
    "incident_date": "2026-11-02",
    "incident_summary": "Found at home after a welfare check.",
    "agencies_involved": [
        {"agency": "Housing Providers' Forum", "still_involved": "yes"},
        {"agency": "West Mercia Police and Crime team"},
        {"agency": "Mill Lane Surgery", "contact": "reception@surgery.example"},
    ],
}


@pytest.fixture
def referral() -> dict[str, Any]:
    return {**REFERRAL}


@pytest.fixture
def dates(NOW: datetime) -> Dates:
    return Dates(
        return_by=date(2026, 12, 3),
        meeting_at=NOW + timedelta(days=15),
        place="Council offices, room 2",
        period_from=date(2025, 1, 1),
        period_to=date(2026, 11, 2),
    )


@pytest.fixture
def case(session: Session, partnership: Any, NOW: datetime, referral: dict[str, Any]) -> Case:
    found = open_case(session, Source.EMAIL, referral, partnership.officer.as_actor(), NOW, NOW.date())
    found.received_on = NOW.date()
    perform(session, found, "confirm", partnership.officer.as_actor(), NOW)
    session.flush()
    return found


@pytest.fixture
def called(
    session: Session,
    head: Letterhead,
    case: Case,
    partnership: Any,
    dates: Dates,
    referral: dict[str, Any],
    NOW: datetime,
) -> Meeting:
    """The rapid review called, with the police, housing and the hospital asked."""
    asked = [
        Asked(session.merge(agency), "The safeguarding lead", agency.contact_email, "Named in the referral.")
        for agency in (partnership.police, partnership.housing, partnership.wvt)
    ]
    return call_rapid_review(session, head, case, asked, dates, partnership.officer.as_actor(), NOW, referral)


@pytest.fixture
def link(sessions: Sessions) -> Callable[[Any], str]:
    """The token in the last letter that went to an agency; for what was committed."""

    def found(request: Any) -> str:
        mine = select(Letter.body).where(Letter.occasion.like(f"scoping-{request.id}-%"))
        with sessions.reading() as session:
            return token_in(session.scalars(mine.order_by(Letter.id.desc())).first() or "")

    return found


@pytest.fixture
def letter_link(session: Session) -> Callable[[Any], str]:
    """The same within the test's own transaction."""

    def found(request: Any) -> str:
        mine = select(Letter.body).where(Letter.occasion.like(f"scoping-{request.id}-%"))
        return token_in(session.scalars(mine.order_by(Letter.id.desc())).first() or "")

    return found


def token_in(body: str) -> str:
    found = re.search(r"/scoping/([\w-]+)", body)
    assert found, body
    return found[1]
