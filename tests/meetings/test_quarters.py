"""The group meets quarterly: a quarter without its meeting is seen in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.meetings import service
from jcr.meetings.holding import Decided, cancel
from jcr.meetings.model import Meeting
from jcr.meetings.quarters import Quarter, every_quarter, quarters_without
from jcr.wording import LONDON
from tests.conftest import on_one_database

AUTUMN, WINTER = (
    Quarter(date(2026, 10, 1), date(2026, 12, 31)),
    Quarter(date(2027, 1, 1), date(2027, 3, 31)),
)


@pytest.mark.tor("0.3", "6.1")
@pytest.mark.parametrize(
    ("meetings_on", "without"),
    [
        ([], [AUTUMN, WINTER]),
        ([date(2026, 10, 1)], [WINTER]),
        ([date(2026, 12, 31), date(2027, 1, 1)], []),
        ([date(2026, 9, 30), date(2027, 4, 1)], [AUTUMN, WINTER]),
    ],
)
def test_a_quarter_without_a_meeting_is_found(meetings_on: list[date], without: list[Quarter]) -> None:
    assert quarters_without(meetings_on, date(2026, 11, 23)) == without


@given(st.dates(date(2012, 1, 1), date(2090, 1, 1)))
def test_quarters_follow_each_other_and_hold_the_day(today: date) -> None:
    quarters = quarters_without([], today, ahead=5)
    assert quarters[0].first <= today <= quarters[0].last
    for one, following in pairwise(quarters):
        assert one.last + timedelta(days=1) == following.first
        assert following.first.month in (1, 4, 7, 10)


@pytest.mark.tor("0.3")
def test_the_page_of_meetings_flags_it(
    client: FlaskClient, sign_in: Any, partnership: Any, NOW: datetime, words: Callable[[str], str]
) -> None:
    sign_in(client, partnership.officer)
    page = words(client.get("/meetings").text)
    assert (
        "No business meeting is held or planned from Thursday 1 October 2026 to Thursday 31 December 2026"
        in page
    )
    assert "from Friday 1 January 2027 to Wednesday 31 March 2027" in page


@pytest.mark.tor("0.3", "6.1", "9.3")
@on_one_database
def test_neither_a_rapid_review_nor_a_cancelled_meeting_makes_up_for_the_one_that_is_missing(
    session: Session, head: Letterhead, called: Meeting, partnership: Any, NOW: datetime
) -> None:
    officer, today = partnership.officer.as_actor(), NOW.date()
    assert called.starts_at.date() == date(2026, 12, 8)
    assert quarters_without(service.business_days(session), today) == [AUTUMN, WINTER]
    at = datetime(2026, 12, 16, 10, tzinfo=LONDON)
    business = service.call_business_meeting(session, at, "Plough Lane", officer, NOW)
    assert quarters_without(service.business_days(session), today) == [WINTER]
    decided = Decided(session.merge(partnership.chair), "Too few can come.")
    cancel(session, head, business, decided, [], officer, NOW)
    assert quarters_without(service.business_days(session), today) == [AUTUMN, WINTER]


@pytest.mark.tor("0.3", "6.1")
def test_a_series_keeps_to_the_same_weekday_of_the_month_a_quarter_apart() -> None:
    second_thursdays = [date(2027, 1, 14), date(2027, 4, 8), date(2027, 7, 8), date(2027, 10, 14)]
    assert every_quarter(second_thursdays[0], 4) == second_thursdays
    assert every_quarter(date(2027, 3, 31), 3) == [date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 29)]
    assert every_quarter(date(2026, 12, 29), 2) == [
        date(2026, 12, 29),
        date(2027, 3, 30),
    ]  # the fifth Tuesday


@pytest.mark.tor("0.3", "6.1")
@on_one_database
def test_four_quarterly_meetings_are_called_at_once_each_of_its_own(
    client: FlaskClient, sessions: Sessions, partnership: Any, sign_in: Any
) -> None:
    sign_in(client, partnership.officer)
    typed = {"meeting_on": ["14", "1", "2027"], "meeting_time": "10:00", "place": "Plough Lane", "times": "4"}
    assert client.post("/meetings/new", data=typed | {"times": "9"}).status_code == 422
    said = client.post("/meetings/new", data=typed, follow_redirects=True).text
    assert "4 meetings are called" in said
    with sessions.reading() as session:
        meetings = session.scalars(select(Meeting).order_by(Meeting.starts_at)).all()
        assert [one.starts_at.astimezone(LONDON).strftime("%d %b %H:%M") for one in meetings] == [
            "14 Jan 10:00", "08 Apr 10:00", "08 Jul 10:00", "14 Oct 10:00",
        ]  # fmt: skip
        assert len({one.uid for one in meetings}) == 4
        assert all(place.told_sequence == 0 for place in meetings[3].attendances)
    assert "not a working day" not in said
    holiday = typed | {"meeting_on": ["25", "12", "2026"], "times": "1"}
    said = client.post("/meetings/new", data=holiday, follow_redirects=True).text
    assert "Friday 25 December 2026 is not a working day." in said
