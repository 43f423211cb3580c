"""A meeting finds on its agenda the minutes it is to agree; a business meeting how attendance and returns stand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jcr.actions import service as actions
from jcr.actions.service import Agreed
from jcr.cases.model import Case, Naming, Source
from jcr.cases.rules import england
from jcr.cases.service import open_case
from jcr.correspondence.service import Letterhead
from jcr.meetings import publishing, service
from jcr.meetings.model import Meeting, Presence
from jcr.wording import short_date
from tests.cases import made
from tests.meetings.test_publishing import words_of


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
    service.refresh_items(session, first, later)
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
    service.refresh_items(session, last, first.starts_at + timedelta(days=1))
    told = {item.key: item.before for item in last.items}
    assert told["minutes"].count("- ") == 1
    assert first.title in told["minutes"]


@pytest.mark.tor("9.7", "B.4")
def test_a_panel_is_told_of_its_own_minutes_to_agree_and_of_the_open_actions_of_its_case_alone(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime
) -> None:
    officer, day = partnership.officer.as_actor(), timedelta(days=1)
    other = open_case(session, Source.EMAIL, {}, officer, NOW, NOW.date())
    for one in (case, other):
        session.add(
            Naming(case_id=one.id, person=session.merge(partnership.member), named_at=NOW, named_by="Officer")
        )
    session.flush()
    first, elsewhere, cancelled, last = (
        service.call_panel(session, one, NOW + days * day, "Online", officer, NOW)
        for one, days in ((case, 10), (other, 11), (case, 15), (case, 40))
    )
    cancelled.cancelled_at = NOW
    told = {item.key: item.before for item in last.items}
    assert (told["minutes"], told["actions"]) == ("No minutes are waiting to be agreed.", "0 open actions.")
    due = (first.starts_at + 5 * day).date()
    for meeting, owner in ((first, "Head of Service"), (first, "Matron"), (elsewhere, "Nobody here")):
        service.add_action(session, meeting.items[-1], Agreed("Brief", owner, due), officer, first.starts_at)
    actions.complete(session, first.items[-1].actions[1], "Done", officer, first.starts_at)
    publishing.publish_agenda(session, head, last, england(), officer, first.starts_at + 20 * day)
    told = {item.key: item.before for item in last.items}
    assert told["minutes"] == f"Minutes to agree:\n- {first.title} (draft)"
    line = f"A1 ({case.reference}, Head of Service): due {short_date(due)} (late), open for 20 days"
    assert told["actions"] == f"1 open action.\n- {line}"
    assert line in words_of(last.publications[0].file.content)
