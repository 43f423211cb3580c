"""A rapid review called on a case in triage, made the way the office makes it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Source
from jcr.cases.service import open_case
from jcr.cases.workflow import perform
from jcr.correspondence.service import Letterhead
from jcr.meetings.model import Meeting
from jcr.meetings.service import call_rapid_review
from jcr.scoping.service import Asked, Dates


@pytest.fixture
def case(session: Session, partnership: Any, NOW: datetime) -> Case:
    answers = {"review_type_requested": ["child"], "subjects": [{"subject_name": "Canary Quillfeather"}]}
    found = open_case(session, Source.EMAIL, answers, partnership.officer.as_actor(), NOW, NOW.date())
    found.received_on = found.incident_notified_on = NOW.date()
    perform(session, found, "confirm", partnership.officer.as_actor(), NOW)
    session.flush()
    return found


@pytest.fixture
def called(session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime) -> Meeting:
    asked = [
        Asked(session.merge(agency), "", agency.contact_email)
        for agency in (partnership.police, partnership.wvt, partnership.csc)
    ]
    dates = Dates(date(2026, 12, 3), NOW + timedelta(days=15), "Council offices, room 2")
    return call_rapid_review(session, head, case, asked, dates, partnership.officer.as_actor(), NOW)
