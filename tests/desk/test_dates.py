"""The page of one date: counted day by day, a later date agreed, and what moves with the meeting."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.cases.model import Case
from jcr.cases.rules import england
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.desk.keeping import bring_up_to_date
from jcr.desk.model import LaterDate
from tests.cases.made import in_scoping, in_triage

CASE = "/cases/JCR-2026-0001"
TRIAGE = f"{CASE}/dates/finish-triage"
LATER = {"until": ["30", "11", "2026"], "approved_by": "Gwen Pryce, manager", "why": "The lead is away"}


@pytest.fixture
def officer(client: FlaskClient, sign_in: Any, partnership: Any) -> FlaskClient:
    sign_in(client, partnership.officer)
    return client


@pytest.fixture
def triaged(sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime) -> None:
    with sessions.transaction() as session:
        in_triage(session, head, partnership.officer, NOW)


@pytest.mark.usefixtures("triaged")
@pytest.mark.tor("1.3")
def test_every_day_is_counted_or_says_why_not(
    officer: FlaskClient, sessions: Sessions, words: Callable[[str], str]
) -> None:
    with sessions.transaction() as session:
        session.scalars(select(Case)).one().received_on = date(2026, 12, 23)
    page = words(officer.get(TRIAGE).text)
    assert "3 working days after the referral was received on Wednesday 23 December 2026" in page
    assert "Set by the partnership" in page
    counted = page[page.index("Day by day") :]
    rows = re.findall(
        r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ \w+ \d{4} (.*?)(?= (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d)", counted
    )
    assert rows == [
        "Day 0", "1", "Not counted: bank holiday, Christmas Day", "Not counted: Saturday", "Not counted: Sunday",
        "Not counted: bank holiday, Boxing Day, substitute day", "2",
    ]  # fmt: skip
    assert "Wed 30 Dec 2026 3" in counted


@pytest.mark.usefixtures("triaged")
def test_a_later_date_keeps_the_old_one_its_approver_and_its_reason(
    officer: FlaskClient, sessions: Sessions, words: Callable[[str], str], NOW: datetime
) -> None:
    assert officer.post(TRIAGE, data=LATER).status_code == 302
    page = words(officer.get(TRIAGE).text)
    assert "Date Monday 30 November 2026 As counted Thursday 26 November 2026" in page
    assert "not a working day" not in page
    assert "Extended to Monday 30 November 2026, approved by Gwen Pryce, manager: The lead is away." in page
    case = words(officer.get(CASE).text)
    assert "30 Nov 2026 was 26 Nov 2026" in case
    assert "extended “Finish triage” from Thursday 26 November 2026 to Monday 30 November 2026" in case
    assert "30 Nov 2026 was 26 Nov 2026" in words(officer.get("/dates").text)
    with sessions.transaction() as session:
        bring_up_to_date(session, NOW.date(), england())
    assert "30 Nov 2026 was 26 Nov 2026" in words(officer.get("/dates").text)


@pytest.mark.usefixtures("triaged")
def test_a_later_date_on_no_working_day_is_taken_and_said_to_be_one(
    officer: FlaskClient, words: Callable[[str], str]
) -> None:
    agreed = LATER | {"until": ["29", "11", "2026"]}
    off = "Sunday 29 November 2026 is not a working day; the last working day before it is Friday 27 November 2026."
    page = words(officer.post(TRIAGE, data=agreed, follow_redirects=True).text)
    assert page.count(off) == 2  # when it is recorded, and from then on
    assert off in words(officer.get(CASE).text)


@pytest.mark.usefixtures("triaged")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"until": ["25", "11", "2026"]}, "must be after the present one, Thursday 26 November 2026"),
        ({"until": ["31", "11", "2026"]}, "The later date must be a real date"),
        ({"approved_by": ""}, "Say who approved it"),
        ({"why": " "}, "Give the reason"),
    ],
)
def test_a_later_date_that_is_not_whole_is_refused_and_nothing_typed_is_lost(
    officer: FlaskClient, sessions: Sessions, change: dict[str, Any], sentence: str
) -> None:
    answer = officer.post(TRIAGE, data=LATER | change)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert (LATER | change)["approved_by"] in answer.text
    with sessions.reading() as session:
        assert session.scalars(select(LaterDate)).all() == []


@pytest.fixture
def scoped(sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime) -> None:
    with sessions.transaction() as session:
        in_scoping(session, head, partnership.officer, NOW, partnership.police)


@pytest.mark.usefixtures("scoped")
def test_the_page_of_the_meeting_shows_what_would_move_with_it(
    officer: FlaskClient, words: Callable[[str], str]
) -> None:
    at = f"{CASE}/dates/rapid-review-meeting"
    now = words(officer.get(at).text)
    assert "Minutes to the members 22 Dec 2026" in now
    assert (
        "Reminder of a missing return" not in now
    )  # counted from the day the agencies were given, which stays
    assert "Scoping returns: " in now
    assert "In time." in now
    early = words(officer.get(f"{at}?then=28&then=11&then=2026").text)
    assert "The meeting must be after that day." in early
    assert "Saturday 28 November 2026 is no working day: Saturday." in early
    then = words(officer.get(f"{at}?then=24&then=12&then=2026").text)
    assert "If it met on Thursday 24 December 2026" in then
    assert "Latest return date that serves the meeting 3 Dec 2026 21 Dec 2026" in then
    assert "Minutes to the members 22 Dec 2026 12 Jan 2027" in then
    assert "Latest day for the rapid review (adult): Monday 21 December 2026. Too late." in then
    assert "In time" in words(officer.get(f"{at}?then=18&then=12&then=2026").text)
    assert "bank holidays" in words(officer.get(f"{at}?then=28&then=12&then=2099").text).lower()
    wrong = officer.get(f"{at}?then=30&then=2&then=2026")
    assert (wrong.status_code, "must be a real date" in wrong.text) == (422, True)


@pytest.mark.usefixtures("scoped")
def test_a_date_that_was_given_to_others_is_not_extended_behind_their_back(officer: FlaskClient) -> None:
    for key in ("scoping-returns", "rapid-review-meeting"):
        page = officer.get(f"{CASE}/dates/{key}").text
        assert "Record the later date" not in page
        assert "calendar months" not in page  # it was given, not counted
        answer = officer.post(f"{CASE}/dates/{key}", data=LATER | {"until": ["30", "12", "2026"]})
        assert answer.status_code == 422
        assert "Change it on its own page" in answer.text
    assert officer.get(f"{CASE}/dates/of-nothing").status_code == 404


@pytest.mark.usefixtures("triaged")
def test_those_who_only_read_the_case_may_count_but_not_extend(
    client: FlaskClient, sign_in: Any, partnership: Any
) -> None:
    sign_in(client, partnership.chair)
    page = client.get(TRIAGE)
    assert (page.status_code, "Record the later date" in page.text) == (200, False)
    assert client.post(TRIAGE, data=LATER).status_code == 403
