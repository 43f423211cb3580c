"""Each agency that was asked is told what was decided, after ratification and not before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.rules import Calendar
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.decisions.model import Outcome
from jcr.decisions.service import notify_referrer
from jcr.errors import NotNow
from jcr.people.model import Office


@pytest.mark.tor("7.8")
def test_the_agencies_are_told_the_decision_and_not_the_reasons(
    session: Session, head: Letterhead, calendar: Calendar, partnership: Any, recommended: Any, answer: Any
) -> None:
    found, officer = recommended(), partnership.officer.as_actor()
    at = found.made_at + timedelta(days=1)
    notices = select(Letter).where(Letter.kind == Kind.OUTCOME_NOTICE).order_by(Letter.id)
    with pytest.raises(NotNow, match="once the recommendation is ratified"):
        notify_referrer(session, head, calendar, found.case, officer, at)
    assert session.scalars(notices).all() == []
    answer(found, Office.HSAB_CHAIR)
    notify_referrer(session, head, calendar, found.case, officer, at)
    written = session.scalars(notices).all()
    assert {one.agency_id for one in written} == {partnership.police.id, partnership.wvt.id}
    for one in written:
        assert "The decision\n\nSafeguarding Adult Review (mandatory).\n" in one.body
        assert "Your agency will be asked for its own account" in one.body
        assert "There will be no statutory review" not in one.body
        assert "- Chair, Herefordshire Safeguarding Adults Board, on" in one.body
        assert found.told not in one.body
        assert "Quillfeather" not in one.subject + one.body
        assert one.subject == f"{found.case.reference}: outcome of the rapid review"


def test_what_is_planned_stands_below_the_line_that_leads_to_it(
    session: Session, head: Letterhead, calendar: Calendar, partnership: Any, recommended: Any, answer: Any
) -> None:
    planned = {"activities": ["audit"], "other_activity": "An audit, led by the board."}
    found = recommended(outcome=Outcome.OTHER_LEARNING, **planned)
    answer(found, Office.HSAB_CHAIR)
    at = found.made_at + timedelta(days=1)
    notify_referrer(session, head, calendar, found.case, partnership.officer.as_actor(), at)
    told = session.scalars(select(Letter.body).where(Letter.kind == Kind.OUTCOME_NOTICE)).all()
    lines = "is for it to act on.\n\nThis is planned, and your agency may be asked to take part:\n- Multi-agency audit"
    assert told
    assert all(lines in body for body in told)
