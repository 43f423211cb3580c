"""Dates suggested and dates refused, for a request that goes out on Monday 23 November 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from jcr.cases.model import Case, CaseRoute, Route
from jcr.cases.rules import england
from jcr.scoping.rules import Dates, days_late, faults, suggested

TODAY = date(2026, 11, 23)
CALENDAR = england()


def case_of(*routes: Route, received: date | None = TODAY, notified: date | None = None) -> Case:
    return Case(
        routes=[CaseRoute(route=route) for route in routes],
        received_on=received,
        incident_notified_on=notified,
    )


def test_an_adult_case_meets_within_twenty_working_days_and_returns_within_ten() -> None:
    found = suggested(case_of(Route.ADULT), TODAY, CALENDAR)
    assert found
    assert found.meeting.on == date(2026, 12, 21)
    assert found.return_by.on == date(2026, 12, 7)
    assert "20 working days after the referral was received" in found.meeting.because
    assert found.warning == ""


@pytest.mark.tor("1.3", "3.4")
def test_a_child_case_is_counted_from_the_notification() -> None:
    found = suggested(case_of(Route.CHILD, notified=date(2026, 11, 20)), TODAY, CALENDAR)
    assert found
    assert found.meeting.on == date(2026, 12, 7)
    assert found.return_by.on == date(2026, 12, 2)
    assert "notification was sent on Friday 20 November 2026" in found.meeting.because


@pytest.mark.tor("3.5")
def test_with_several_routes_the_tightest_clock_rules() -> None:
    both = suggested(case_of(Route.ADULT, Route.CHILD, notified=TODAY), TODAY, CALENDAR)
    child = suggested(case_of(Route.CHILD, notified=TODAY), TODAY, CALENDAR)
    assert both
    assert child
    assert both.meeting.on == child.meeting.on


def test_a_clock_that_ran_out_gives_the_earliest_workable_day_and_says_so() -> None:
    found = suggested(case_of(Route.CHILD, notified=date(2026, 11, 2)), TODAY, CALENDAR)
    assert found
    assert found.meeting.on > found.return_by.on > TODAY
    assert "due by Tuesday 17 November 2026" in found.warning
    given = Dates(found.return_by.on, at(found.meeting.on), "Room 2")
    assert faults(given, TODAY, CALENDAR) == []


def test_past_the_known_bank_holidays_nothing_is_suggested() -> None:
    assert suggested(case_of(Route.ADULT), date(CALENDAR.last_year, 12, 30), CALENDAR) is None


def test_a_bank_holiday_is_named_and_the_days_round_it_offered() -> None:
    given = Dates(date(2026, 12, 7), at(date(2026, 12, 25)), "Room 2")
    [(name, sentence)] = faults(given, TODAY, CALENDAR)
    assert name == "meeting_on"
    assert "Christmas Day" in sentence
    assert "Thursday 24 December 2026 and Tuesday 29 December 2026" in sentence


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    given = Dates(date(2026, 12, 7), at(date(2026, 12, 14)), "Room 2", date(2026, 1, 2), date(2025, 1, 2))
    assert [name for name, _ in faults(given, TODAY, CALENDAR)] == ["period_to"]


@pytest.mark.tor("7.6")
@pytest.mark.parametrize(
    "day, late",
    [(date(2026, 12, 4), 0), (date(2026, 12, 5), 0), (date(2026, 12, 7), 1), (date(2026, 12, 29), 15)],
)
def test_lateness_counts_working_days_only(day: date, late: int) -> None:
    assert days_late(date(2026, 12, 4), day, CALENDAR) == late


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def test_no_notification_is_claimed_where_none_was_sent() -> None:
    found = suggested(case_of(Route.CHILD), TODAY, CALENDAR)
    assert found
    for due in (found.meeting, found.return_by):
        assert "after the agencies are asked (no serious incident notification is recorded)" in due.because
