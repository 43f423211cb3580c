"""A one-off bank holiday: what it would move is shown, a person confirms, and it can be taken out again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from jcr.cases.holidays import calendar_of
from jcr.cases.rules import england
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.desk.keeping import bring_up_to_date
from jcr.meetings.service import call_business_meeting
from tests.cases.made import in_scoping

FUNERAL = {"day": ["24", "11", "2026"], "name": "State funeral"}


@pytest.fixture
def officer(
    client: FlaskClient, sign_in: Any, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime
) -> FlaskClient:
    with sessions.transaction() as session:
        in_scoping(session, head, partnership.officer, NOW, partnership.police)
    sign_in(client, partnership.officer)
    return client


@pytest.fixture(params=["stored", "afresh"])
def stored(
    request: pytest.FixtureRequest, officer: FlaskClient, sessions: Sessions, NOW: datetime
) -> FlaskClient:
    if request.param == "stored":
        with sessions.transaction() as session:
            bring_up_to_date(session, NOW.date(), england())
    return officer


def test_what_would_move_is_shown_and_nothing_moves_until_it_is_confirmed(
    stored: FlaskClient, sessions: Sessions, words: Callable[[str], str]
) -> None:
    shown = words(stored.post("/bank-holidays", data=FUNERAL).text)
    assert "Latest day for the rapid review (adult) 21 Dec 2026 22 Dec 2026" in shown
    with sessions.reading() as session:
        assert calendar_of(session).is_working_day(date(2026, 11, 24))
    confirmed = {"day": "2026-11-24", "name": "State funeral", "confirmed": "2026-11-24"}
    assert stored.post("/bank-holidays", data=confirmed).status_code == 302
    assert "Tuesday 24 November 2026: State funeral" in words(stored.get("/bank-holidays").text)
    assert "22 Dec 2026 In 29 days Latest day" in words(stored.get("/dates").text)
    counted = words(stored.get("/cases/JCR-2026-0001/dates/latest-day-for-the-rapid-review-adult").text)
    assert "Tue 24 Nov 2026 Not counted: bank holiday, State funeral" in counted


def test_a_day_taken_out_counts_again_and_both_acts_are_kept(
    stored: FlaskClient, sessions: Sessions, words: Callable[[str], str]
) -> None:
    confirmed = {"day": "2026-11-24", "name": "State funeral", "confirmed": "2026-11-24"}
    stored.post("/bank-holidays", data=confirmed)
    page = words(stored.get("/bank-holidays/1").text)
    assert "Latest day for the rapid review (adult) 22 Dec 2026 21 Dec 2026" in page
    assert stored.post("/bank-holidays/1").status_code == 302
    assert "21 Dec 2026 In 28 days Latest day" in words(stored.get("/dates").text)
    assert stored.post("/bank-holidays/1").status_code == 409
    stored.post("/bank-holidays", data=confirmed)
    assert "Tuesday 24 November 2026: State funeral" in words(stored.get("/bank-holidays").text)


def test_a_date_given_to_others_is_listed_but_stays(
    officer: FlaskClient, words: Callable[[str], str]
) -> None:
    shown = words(officer.post("/bank-holidays", data=FUNERAL | {"day": ["8", "12", "2026"]}).text)
    assert "Rapid review meeting 8 Dec 2026 Stays: it does not move by itself." in shown


@pytest.mark.tor("9.5", "9.6", "9.7")
def test_the_dates_of_meetings_move_too_and_a_meeting_on_the_day_is_named(
    officer: FlaskClient,
    sessions: Sessions,
    partnership: Any,
    client: FlaskClient,
    words: Callable[[str], str],
    NOW: datetime,
) -> None:
    actor = partnership.officer.as_actor()
    with sessions.transaction() as session:
        for on in (datetime(2026, 11, 19, 10, tzinfo=UTC), datetime(2027, 1, 14, 10, tzinfo=UTC)):
            call_business_meeting(session, on, "Plough Lane", actor, datetime(2026, 11, 2, tzinfo=UTC))
    minutes = words(officer.post("/bank-holidays", data=FUNERAL).text)
    assert "Business meeting 1 Minutes to members 3 Dec 2026 4 Dec 2026" in minutes
    answer = officer.post("/bank-holidays", data=FUNERAL | {"day": ["8", "1", "2027"]})
    papers = words(answer.text)
    assert "Business meeting 2 Papers to the team 5 Jan 2027 4 Jan 2027" in papers
    assert "Business meeting 2 Agenda and papers to members 7 Jan 2027 6 Jan 2027" in papers
    assert 'href="/meetings/' in answer.text
    itself = words(officer.post("/bank-holidays", data=FUNERAL | {"day": ["14", "1", "2027"]}).text)
    assert "Business meeting 2 The meeting itself 14 Jan 2027 Stays" in itself


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"day": ["25", "12", "2026"]}, "is no working day already: Christmas Day."),
        ({"day": ["28", "11", "2026"]}, "is no working day already: Saturday."),
        ({"day": ["3", "3", "2099"]}, "update the list of bank holidays"),
        ({"name": " "}, "Say what the bank holiday is for"),
        ({"day": ["x", "", ""]}, "The day must"),
    ],
)
def test_a_day_that_cannot_be_added_is_refused_with_what_to_do(
    officer: FlaskClient, change: dict[str, Any], sentence: str
) -> None:
    answer = officer.post("/bank-holidays", data=FUNERAL | change)
    assert (answer.status_code, sentence in answer.text) == (422, True)
