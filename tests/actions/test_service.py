"""Actions: agreed with an owner and a date, seen by those who may, done with what was done."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jcr.actions import service
from jcr.actions.model import State
from jcr.cases.model import Source
from jcr.cases.service import open_case, put_up_wall
from jcr.errors import Incomplete, NotNow
from jcr.meetings import actions_seen, minuting
from jcr.meetings.service import call_business_meeting

DUE = date(2027, 1, 11)


@pytest.mark.tor("4.5")
def test_an_action_says_what_who_and_by_when(session: Session, partnership: Any, NOW: datetime) -> None:
    officer = partnership.officer.as_actor()
    for task, owner, due in (("", "Head", DUE), ("Brief staff", " ", DUE), ("Brief staff", "Head", None)):
        with pytest.raises(Incomplete, match="what is to be done, who does it and by when"):
            service.agree(session, None, service.Agreed(task, owner, due), officer, NOW)
    with pytest.raises(Incomplete, match="which has passed"):
        service.agree(session, None, service.Agreed("Brief staff", "Head", date(2026, 11, 20)), officer, NOW)
    action = service.agree(
        session, None, service.Agreed("Brief staff", "Head", DUE, "Visits are kept"), officer, NOW
    )
    assert (action.label, action.state, action.expected) == ("A1", State.OPEN, "Visits are kept")
    assert service.agree(session, None, service.Agreed("Another", "Head", DUE), officer, NOW).label == "A2"


@pytest.mark.tor("4.5")
def test_done_says_what_was_done_and_once(session: Session, partnership: Any, NOW: datetime) -> None:
    officer = partnership.officer.as_actor()
    action = service.agree(session, None, service.Agreed("Brief staff", "Head", DUE), officer, NOW)
    with pytest.raises(Incomplete, match="what was done"):
        service.complete(session, action, " ", officer, NOW)
    service.complete(session, action, "All teams briefed in January", officer, NOW)
    assert actions_seen.open_to(session, partnership.officer) == []
    with pytest.raises(NotNow, match="completed already"):
        service.complete(session, action, "Again", officer, NOW)


def test_a_wall_hides_the_actions_of_the_case_and_those_whose_words_or_item_name_it(
    session: Session, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    case = open_case(session, Source.EMAIL, {}, officer, NOW, NOW.date())
    service.agree(session, case, service.Agreed("Brief staff", "Head", DUE), officer, NOW)
    service.agree(session, None, service.Agreed("Book rooms", "Officer", DUE), officer, NOW)
    ring = f"Ring the ward about {case.reference.lower()}"
    service.agree(session, None, service.Agreed(ring, "Officer", DUE), officer, NOW)
    item = call_business_meeting(session, NOW + timedelta(days=20), "Plough Lane", officer, NOW).items[0]
    item.summary = f"{case.reference} was discussed."
    minuting.add_action(session, item, service.Agreed("Ask for the plan", "Officer", DUE), officer, NOW)
    assert [action.task for action in actions_seen.open_to(session, partnership.chair)] == [
        "Brief staff",
        "Book rooms",
        "Ring the ward about jcr-2026-0001",
        "Ask for the plan",
    ]
    put_up_wall(session, case, partnership.chair, "Cared for the child", officer, NOW)
    session.flush()
    assert [action.task for action in actions_seen.open_to(session, partnership.chair)] == ["Book rooms"]
    assert actions_seen.open_to(session, partnership.agency) == []
