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

from jcr.meetings.quarters import Quarter, quarters_without

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
