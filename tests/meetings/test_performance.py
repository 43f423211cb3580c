"""A business meeting finds on its agenda the minutes it is to agree, and how attendance and returns stand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jcr.meetings import service
from jcr.meetings.model import Meeting, Presence
from tests.cases import made


@pytest.mark.tor("6.2", "7.6", "9.7", "B.4")
def test_the_agenda_tells_which_minutes_are_to_be_agreed_and_how_attendance_and_returns_stand(
    session: Session, called: Meeting, partnership: Any, NOW: datetime
) -> None:
    officer, later = partnership.officer.as_actor(), NOW + timedelta(days=60)
    first = service.call_business_meeting(session, NOW + timedelta(days=1), "Plough Lane", officer, NOW)
    told = {item.key: item.before for item in first.items}
    assert told["minutes"] == "No minutes are waiting to be agreed."
    assert told["performance"] == (
        "No business meeting was held before.\n3 scoping requests so far: 0 answered in time, 0 overdue."
    )
    made.held(session, partnership.officer, partnership.member, NOW, {30: Presence.ABSENT})
    service.refresh_business_items(session, first, later)
    told = {item.key: item.before for item in first.items}
    assert told["minutes"].startswith("Minutes to agree:\n- Joint Case Review business meeting")
    assert told["minutes"].endswith("(draft)")
    assert f"- Neither member nor deputy: {partnership.csc.name}" in told["performance"]
    assert told["performance"].endswith("3 scoping requests since: 0 answered in time, 3 overdue.")


@pytest.mark.tor("B.4")
def test_a_meeting_of_a_series_is_told_of_those_held_alone(
    session: Session, called: Meeting, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    first, *_, last = (
        service.call_business_meeting(session, NOW + timedelta(days=days), "Plough Lane", officer, NOW)
        for days in (10, 100, 190)
    )
    told = {item.key: item.before for item in last.items}
    assert told["minutes"] == "No minutes are waiting to be agreed."
    assert told["performance"].startswith("No business meeting was held before.")
    assert told["new_referrals"].startswith("1 referral so far.")
    service.refresh_business_items(session, last, first.starts_at + timedelta(days=1))
    told = {item.key: item.before for item in last.items}
    assert told["minutes"].count("- ") == 1
    assert first.title in told["minutes"]
