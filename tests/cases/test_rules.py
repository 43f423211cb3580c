"""The office's clocks: working days as GOV.UK lists them, and deadlines that say why they fall there."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcr.cases import rules
from jcr.cases.rules import (
    CalendarEnds,
    Figures,
    add_months,
    add_working_days,
    age_on,
    counted,
    england,
    working_days_before,
    working_days_between,
)
from jcr.figures import figures_of

ENGLAND = england()
KNOWN_DAYS = st.dates(date(2013, 1, 1), date(2027, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


# --- A second, naive calendar, written from the law and not from the list --------------------------------


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, last = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, last + 1)


def mondays(year: int, month: int) -> list[date]:
    """The Mondays of a month of 31 days; May and August are the two that matter."""
    days = [date(year, month, number) for number in range(1, 32)]
    return [one for one in days if one.weekday() == 0]


def with_substitutes(year: int) -> set[date]:
    """New Year, Christmas and Boxing Day; one that falls on a weekend moves to the next free weekday."""
    fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    found = {one for one in fixed if one.weekday() < 5}
    for one in fixed:
        moved = one
        while one.weekday() >= 5 and (moved.weekday() >= 5 or moved in found):
            moved += timedelta(days=1)
        found.add(moved)
    return found


PROCLAIMED = {  # moved or one-off days, by royal proclamation
    2012: ({day("2012-06-04"), day("2012-06-05")}, {day("2012-05-28")}),
    2020: ({day("2020-05-08")}, {day("2020-05-04")}),
    2022: ({day("2022-06-02"), day("2022-06-03"), day("2022-09-19")}, {day("2022-05-30")}),
    2023: ({day("2023-05-08")}, set()),
}


def naive_holidays(year: int) -> set[date]:
    sunday = easter(year)
    usual = with_substitutes(year) | {
        sunday - timedelta(days=2),
        sunday + timedelta(days=1),
        mondays(year, 5)[0],
        mondays(year, 5)[-1],
        mondays(year, 8)[-1],
    }
    added, moved_away = PROCLAIMED.get(year, (set(), set()))
    return (usual - moved_away) | added


NAIVE = {holiday for year in range(2012, 2029) for holiday in naive_holidays(year)}


def naive_working_day(one: date) -> bool:
    return one.weekday() < 5 and one not in NAIVE


def naive_add(start: date, n: int) -> date:
    later = [start + timedelta(days=k) for k in range(1, 3 * n + 30)]
    return [one for one in later if naive_working_day(one)][n - 1]


def test_every_day_from_2012_to_2028_agrees_with_a_calendar_worked_out_by_hand():
    first = date(2012, 1, 1)
    days = [first + timedelta(days=k) for k in range((date(2028, 12, 31) - first).days + 1)]
    assert [one for one in days if ENGLAND.is_working_day(one) != naive_working_day(one)] == []


@given(start=KNOWN_DAYS, n=st.integers(1, 60))
def test_counting_agrees_with_the_naive_calendar(start: date, n: int):
    assert add_working_days(start, n, ENGLAND) == naive_add(start, n)


# --- Counting --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-11-23", 5, "2026-11-30"),
        ("2026-11-23", 15, "2026-12-14"),
        ("2026-12-18", 5, "2026-12-29"),
        ("2026-12-18", 15, "2027-01-13"),
        ("2026-12-24", 15, "2027-01-19"),
        ("2026-12-26", 15, "2027-01-19"),
        ("2027-03-24", 5, "2027-04-02"),
        ("2027-03-24", 15, "2027-04-16"),
        ("2026-12-17", 10, "2027-01-05"),
        ("2027-12-24", 15, "2028-01-19"),
    ],
)
def test_the_start_is_day_nought_and_a_weekend_start_counts_from_the_next_working_day(start, n, due):
    assert add_working_days(day(start), n, ENGLAND) == day(due)


@pytest.mark.parametrize(
    ("meeting", "n", "due"),
    [
        ("2027-01-14", 5, "2027-01-07"),
        ("2027-01-14", 7, "2027-01-05"),
        ("2027-01-05", 5, "2026-12-24"),
        ("2027-01-05", 7, "2026-12-22"),
    ],
)
def test_counting_back_from_a_meeting(meeting, n, due):
    assert working_days_before(day(meeting), n, ENGLAND) == day(due)


def test_nought_working_days_is_the_day_itself_even_on_a_weekend():
    assert add_working_days(day("2026-12-26"), 0, ENGLAND) == day("2026-12-26")


def test_a_negative_count_goes_back():
    assert add_working_days(day("2027-01-14"), -5, ENGLAND) == day("2027-01-07")


@given(start=KNOWN_DAYS, n=st.integers(-60, 60))
def test_counting_between_undoes_counting_on(start: date, n: int):
    assert working_days_between(start, add_working_days(start, n, ENGLAND), ENGLAND) == n


@given(start=KNOWN_DAYS, n=st.integers(1, 60))
def test_a_deadline_is_always_a_working_day_and_later_starts_are_never_due_earlier(start: date, n: int):
    due = add_working_days(start, n, ENGLAND)
    assert ENGLAND.is_working_day(due)
    assert add_working_days(start + timedelta(days=1), n, ENGLAND) >= due


def test_the_count_is_shown_day_by_day():
    rows = counted(day("2026-12-24"), 2, ENGLAND)
    assert [(row.day.day, row.number, row.note) for row in rows] == [
        (24, 0, ""),
        (25, None, "Christmas Day"),
        (26, None, "Saturday"),
        (27, None, "Sunday"),
        (28, None, "Boxing Day, substitute day"),
        (29, 1, ""),
        (30, 2, ""),
    ]


def test_counting_back_is_shown_day_by_day_too():
    rows = counted(day("2027-01-05"), -3, ENGLAND)
    assert [row.number for row in rows] == [0, 1, None, None, None, 2, 3]


def test_days_between_christmas_and_new_year_count_although_the_council_is_closed():
    assert ENGLAND.is_working_day(day("2026-12-30"))


def test_a_one_off_bank_holiday_is_added_by_a_setting():
    funeral = day("2026-12-02")
    assert add_working_days(day("2026-11-23"), 15, england([funeral])) == day("2026-12-15")
    assert england({funeral: "State funeral"}).why_not(funeral) == "State funeral"


def test_a_one_off_bank_holiday_lists_the_dates_it_would_move():
    starts = {"rapid review": (day("2026-11-23"), 15), "acknowledgement": (day("2026-11-23"), 1)}
    moved = rules.dates_moved(starts, ENGLAND, england([day("2026-12-02")]))
    assert moved == {
        "rapid review": "Would move by 1 day, from Monday 14 December 2026 to Tuesday 15 December 2026."
    }


def test_counting_past_the_last_known_year_is_refused_with_what_to_do():
    with pytest.raises(CalendarEnds, match=r"known from 2012 to 2028 only.*Ask the administrator"):
        add_working_days(day("2028-12-20"), 15, ENGLAND)


def test_a_one_off_day_does_not_make_a_later_year_known():
    with pytest.raises(CalendarEnds):
        add_working_days(day("2028-12-20"), 15, england([day("2029-05-01")]))


def test_counting_back_before_the_first_known_year_is_refused():
    with pytest.raises(CalendarEnds):
        working_days_before(day("2012-01-05"), 5, ENGLAND)


def test_a_moment_is_not_taken_for_a_day():
    with pytest.raises(TypeError, match="settle the local day first"):
        add_working_days(datetime(2026, 12, 24, 23, 30), 1, ENGLAND)


def test_the_calendar_never_asks_the_network(monkeypatch):
    def refuse(*_: object) -> None:
        raise AssertionError("the calendar reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    rules.working_days_between(day("2026-01-01"), day("2026-12-31"), england())


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-11-22", 0, "2026-11-22"),
    ],
)
def test_months_keep_the_day_number_and_clip_to_the_end(start, n, due):
    assert add_months(day(start), n) == day(due)


def test_age_is_whole_years():
    assert age_on(day("2008-11-23"), day("2026-11-22")) == 17
    assert age_on(day("2008-11-22"), day("2026-11-22")) == 18


# --- Deadlines -------------------------------------------------------------------------------------------


def test_a_child_rapid_review_is_due_fifteen_working_days_after_the_notification():
    due = rules.rapid_review_by(day("2026-12-18"), day("2026-12-16"), ENGLAND)
    assert due is not None
    assert due.on == day("2027-01-13")
    assert due.authority == "statute"
    assert due.because.startswith(
        "15 working days after the serious incident notification was sent on Friday 18 December 2026"
    )
    assert "Christmas Day (Friday 25 December 2026)" in due.because


def test_the_rapid_review_clock_may_be_set_to_start_with_awareness():
    from_awareness = Figures(rapid_review_clock="la_aware")
    due = rules.rapid_review_by(day("2026-12-18"), day("2026-11-23"), ENGLAND, from_awareness)
    assert due is not None
    assert due.on == day("2026-12-14")


def test_without_a_notification_the_rapid_review_clock_has_not_started_but_awareness_is_still_shown():
    assert rules.rapid_review_by(None, day("2026-11-23"), ENGLAND) is None
    assert set(rules.rapid_review_clocks(None, day("2026-11-23"), ENGLAND)) == {"la_aware"}


def test_the_local_authority_has_five_working_days_to_notify():
    due = rules.sin_by(day("2026-12-18"), ENGLAND)
    assert (due.on, due.authority) == (day("2026-12-29"), "statute")


def test_every_step_of_a_child_case_falls_inside_the_fifteen_days():
    sent = day("2026-11-23")
    steps = [
        rules.scoping_return_by("child", sent, ENGLAND).on,
        rules.meet_by("child", sent, ENGLAND).on,
        rules.recommend_by(sent, ENGLAND).on,
        rules.ratify_by(sent, ENGLAND).on,
    ]
    last = rules.rapid_review_by(sent, None, ENGLAND)
    assert last is not None
    assert steps == sorted(steps)
    assert steps[-1] < last.on


@pytest.mark.tor("3.4")
def test_the_return_date_leaves_time_before_the_meeting():
    due = rules.return_for_meeting(day("2027-01-05"), ENGLAND)
    assert due.on == day("2026-12-30")
    assert due.because.startswith("3 working days before the rapid review meeting on Tuesday 5 January 2027")


def test_an_adult_case_meets_within_twenty_working_days_of_the_referral():
    assert rules.meet_by("adult", day("2026-11-23"), ENGLAND).on == day("2026-12-21")


def test_a_domestic_case_meets_early_enough_for_the_chair_to_decide_within_the_month():
    decision = rules.domestic_decision_by(day("2026-11-23"), ENGLAND)
    assert decision.on == day("2026-12-23")
    assert rules.meet_by("domestic", day("2026-11-23"), ENGLAND).on == day("2026-12-16")


def test_a_month_that_ends_on_a_weekend_stays_and_warns():
    due = rules.domestic_decision_by(day("2026-11-26"), ENGLAND)
    assert due.on == day("2026-12-26")
    assert due.warning == (
        "Saturday 26 December 2026 is not a working day; "
        "the last working day before it is Thursday 24 December 2026."
    )


def test_a_review_of_six_months_may_end_after_the_last_known_year():
    assert rules.review_complete_by(day("2028-12-01"), ENGLAND).on == day("2029-06-01")


def test_a_child_review_goes_to_the_panel_seven_working_days_before_publication():
    due = rules.panel_copy_by(day("2027-01-14"), ENGLAND)
    assert (due.on, due.authority, due.source) == (day("2027-01-05"), "ToR", "ToR 4")


def test_local_figures_say_that_they_are_local_and_can_be_changed():
    due = rules.decision_letter_by(day("2026-11-23"), ENGLAND)
    assert (due.on, due.authority) == (day("2026-11-30"), "local")
    assert rules.decision_letter_by(day("2026-11-23"), ENGLAND, Figures(decision_letter=3)).on == day(
        "2026-11-26"
    )


@pytest.mark.tor("7.6")
def test_the_ladder_and_the_clocks_run_on_the_figures_that_the_office_sets():
    code = "from jcr.cases.rules import chasing_ladder, england; from datetime import date; " \
           "print(chasing_ladder(date(2026, 12, 3), 'child', england())[-1].on)"  # fmt: skip
    environment = os.environ | {"JCR_FIGURES": '{"board_told_after_child": 4}'}
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert said.stdout.strip() == "2026-12-09", said.stderr


@pytest.mark.tor("7.6")
def test_every_rung_is_set_for_each_route_and_one_name_sets_all_of_them():
    said = {
        "lead_told_after": 2,
        "lead_told_after_child": 1,
        "board_told_after_other": 7,
        "reminder_before_adult": 4,
    }
    figures = figures_of(said | {"due_told_after_domestic": 1})
    days = {
        route: [rung.on.day for rung in rules.chasing_ladder(day("2026-12-10"), route, ENGLAND, figures)]
        for route in ("child", "adult", "domestic")
    }
    assert days == {"child": [8, 10, 11, 14], "adult": [4, 10, 14, 21], "domestic": [8, 11, 14, 21]}
    assert rules.chasing_route(["domestic", "child"], figures) == "child"
    with pytest.raises(ValueError, match="follow one another: due_told_after_child"):
        figures_of({"lead_told_after_child": 3})


def test_a_deadline_can_be_counted_out_again_from_what_it_carries():
    due = rules.sin_by(day("2026-12-18"), ENGLAND)
    assert counted(due.start, due.working_days, ENGLAND)[-1].day == due.on


def test_chasing_climbs_from_reminder_to_board_member_on_working_days():
    rungs = rules.chasing_ladder(day("2026-12-24"), "child", ENGLAND)
    assert [(rung.what, rung.on.isoformat()) for rung in rungs] == [
        ("reminder", "2026-12-22"),
        ("due_today", "2026-12-24"),
        ("agency_lead", "2026-12-29"),
        ("board_member", "2026-12-30"),
    ]


def test_other_routes_leave_an_agency_five_working_days_before_the_board_member_is_told():
    assert rules.board_member_told_on(day("2026-11-23"), "adult", ENGLAND).on == day("2026-11-30")
