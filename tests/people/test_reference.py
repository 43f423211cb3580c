"""The terms of reference in force: a dated record, and a lapsed review that is shown until they are renewed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.people import reference
from tests.conftest import on_one_database

TODAY = date(2026, 11, 23)


@pytest.mark.tor("0.1")
def test_a_lapsed_review_is_told_until_the_boards_approve_anew(
    session: Session, partnership: Any, NOW: datetime
) -> None:
    assert reference.in_force(session) == reference.InForce(date(2023, 4, 1), date(2024, 3, 31))
    assert list(reference.reminders(session, date(2024, 1, 15))) == []
    [ahead] = reference.reminders(session, date(2024, 2, 1))
    assert "are to be reviewed by Sunday 31 March 2024" in ahead
    [lapsed] = reference.reminders(session, TODAY)
    assert "were to be reviewed by Sunday 31 March 2024. They stay in force" in lapsed
    officer, later = partnership.officer.as_actor(), date(2028, 11, 1)
    for approved_on, review_by, what, refused in (
        (TODAY + timedelta(days=1), later, "Nothing", Incomplete),
        (TODAY, TODAY, "Nothing", Incomplete),
        (TODAY, later, " ", Incomplete),
        (date(2023, 4, 1), later, "Nothing", NotNow),
    ):
        with pytest.raises(refused):
            reference.renew(session, approved_on, review_by, what, officer, NOW)
    with pytest.raises(NotAllowed):
        reference.renew(session, TODAY, later, "Nothing", partnership.member.as_actor(), NOW)
    reference.renew(session, date(2026, 11, 2), later, "Nothing changed.", officer, NOW)
    assert reference.in_force(session).review_by == later
    assert list(reference.reminders(session, TODAY)) == []
    assert len(list(reference.reminders(session, later + timedelta(days=1)))) == 1


@on_one_database
@pytest.mark.tor("0.1")
def test_the_team_sees_it_among_the_meetings_and_renews_on_a_page(
    client: FlaskClient, partnership: Any, sign_in: Any, words: Callable[[str], str]
) -> None:
    sign_in(client, partnership.officer)
    assert "were to be reviewed by Sunday 31 March 2024" in client.get("/meetings").text
    said = {
        "approved_on": ["2", "11", "2026"],
        "review_by": ["1", "11", "2026"],
        "what_changed": "Probation added",
    }
    refused = client.post("/terms-of-reference", data=said)
    assert (refused.status_code, "after the day they were approved" in refused.text) == (422, True)
    assert "Probation added" in refused.text
    assert (
        client.post("/terms-of-reference", data=said | {"review_by": ["1", "11", "2028"]}).status_code == 302
    )
    assert "To be reviewed by Wednesday 1 November 2028" in words(client.get("/terms-of-reference").text)
    assert "were to be reviewed" not in client.get("/meetings").text
