"""A case whose agencies have returned their key events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.meetings.model import Meeting
from jcr.people.model import Agency
from jcr.roles import WORKER
from jcr.scoping.model import Request, Return
from jcr.scoping.service import take_return_from_document
from tests.scoping.conftest import called, case, dates, referral  # noqa: F401  # fixtures

POLICE = [
    {
        "date": "2026-10-14",
        "time": "21:40",
        "event": "Officers attended 2 Canary Row after a fall on the stairs.",
    },
    {"date": "2025-02-03", "event": "Canary Quillfeather reported missing by Mrs Quillfeather."},
]
HOSPITAL = [
    {
        "date": "14/10/2026",
        "time": "22:15",
        "event": "Attended after a fall on the stairs at 2 Canary Row; officers present.",
        "action": "Referred to the falls team.",
        "source": '=HYPERLINK("x")',
    },
    {"date": "Nov 2025", "event": "Outpatient letter, not attended."},
]  # fmt: skip


@pytest.fixture
def returned(
    session: Session,
    called: Meeting,  # noqa: F811
    NOW: datetime,
) -> Callable[[Agency, list[dict[str, Any]]], Return]:
    """Takes an agency's return with these key events."""

    def take(agency: Agency, events: list[dict[str, Any]]) -> Return:
        request = session.scalars(select(Request).where(Request.agency_id == agency.id)).one()
        answers = {"agency_name": agency.name, "agency_involved": "yes", "chronology": events}
        return take_return_from_document(session, request, {}, answers, {}, WORKER, NOW)

    return take


@pytest.fixture
def both(returned: Callable[..., Return], partnership: Any) -> None:
    returned(partnership.police, POLICE)
    returned(partnership.wvt, HOSPITAL)
