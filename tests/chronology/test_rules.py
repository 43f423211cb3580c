"""Dates as agencies give them, events of several agencies as one, gaps, and ages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcr.chronology.dating import When, when
from jcr.chronology.rules import Account, Gap, age_at, gaps, merge

YEAR = 2026
FALL = "Attended after a fall on the stairs."


def account(agency: str, day: str, event: str = FALL, time: str = "") -> Account:
    return Account(agency, when({"date": day, "time": time}, YEAR), event)


@pytest.mark.parametrize(
    ("written", "first", "last", "shown"),
    [
        ("2025-02-03", date(2025, 2, 3), date(2025, 2, 3), "3 Feb 2025"),
        ("03/02/2025", date(2025, 2, 3), date(2025, 2, 3), "3 Feb 2025"),
        ("Nov 2023", date(2023, 11, 1), date(2023, 11, 30), "November 2023"),
        ("2019", date(2019, 1, 1), date(2019, 12, 31), "2019"),
        ("28/29 January 2025", date(2025, 1, 28), date(2025, 1, 29), "28 Jan 2025 to 29 Jan 2025"),
        ("about 4 May 2024", date(2024, 5, 4), date(2024, 5, 4), "about 4 May 2024"),
        ("before she was born", None, None, "before she was born"),
        ("2 May 2025 to 9 May 2025", date(2025, 5, 2), date(2025, 5, 9), "2 May 2025 to 9 May 2025"),
        ("02/05/2025 - 09/06/2025", date(2025, 5, 2), date(2025, 6, 9), "2 May 2025 to 9 Jun 2025"),
        (
            "between 3 May and 5 June 2025",
            date(2025, 5, 3),
            date(2025, 6, 5),
            "about 3 May 2025 to 5 Jun 2025",
        ),
        ("28 December to 3 January 2025", date(2024, 12, 28), date(2025, 1, 3), "28 Dec 2024 to 3 Jan 2025"),
        ("Monday 3 to Friday 7 March 2025", date(2025, 3, 3), date(2025, 3, 7), "3 Mar 2025 to 7 Mar 2025"),
        ("May/June 2025", date(2025, 5, 1), date(2025, 6, 30), "1 May 2025 to 30 Jun 2025"),
        ("November to January 2025", date(2024, 11, 1), date(2025, 1, 31), "1 Nov 2024 to 31 Jan 2025"),
        ("01/06/2024 - 25/06/2024", date(2024, 6, 1), date(2024, 6, 25), "1 Jun 2024 to 25 Jun 2024"),
        ("12.05.24 - 14.05.24", date(2024, 5, 12), date(2024, 5, 14), "12 May 2024 to 14 May 2024"),
        ("2023/24", date(2023, 1, 1), date(2024, 12, 31), "1 Jan 2023 to 31 Dec 2024"),
        ("w/c 3/3/25", date(2025, 3, 3), date(2025, 3, 9), "3 Mar 2025 to 9 Mar 2025"),
        (
            "2 May 2025 10:00 to 3 May 2025",
            date(2025, 5, 2),
            date(2025, 5, 3),
            "2 May 2025 to 3 May 2025 at 10:00",
        ),
        ("2 May 2025 (letter of 9 June 2025)", date(2025, 5, 2), date(2025, 5, 2), "2 May 2025"),
        ("9 June 2025 to 2 May 2025", date(2025, 6, 9), date(2025, 6, 9), "9 Jun 2025"),
        ("", None, None, "Not dated"),
        ("31/02/2026", None, None, "Not dated (“31/02/2026”)"),
    ],
)
def test_a_date_keeps_how_exact_it_is(
    written: str, first: date | None, last: date | None, shown: str
) -> None:
    found = when({"date": written}, YEAR)
    assert (found.first, found.last, found.shown) == (first, last, shown)


def test_a_season_or_more_than_the_year_is_kept_in_the_words_of_the_agency() -> None:
    spring, winter = when({"date": "spring 2026"}, YEAR), when({"date": "Winter 2025"}, YEAR)
    assert (spring.first, spring.last) == (date(2026, 3, 1), date(2026, 5, 31))
    assert spring.shown == "1 Mar 2026 to 31 May 2026 (“spring 2026”)"
    assert winter.shown == "2025 (“Winter 2025”)"


def test_the_time_of_an_event_is_kept() -> None:
    assert when({"date": "2025-02-03", "time": "14:30"}, YEAR).shown == "3 Feb 2025 at 14:30"


def test_the_same_event_of_two_agencies_stands_together_and_says_what_differs() -> None:
    police, hospital = (
        account("Police", "2025-02-03", time="21:40"),
        account("Hospital", "2025-02-03", time="22:15"),
    )
    (found,) = merge([police, hospital])
    assert found.agencies == ["Police", "Hospital"]
    assert found.disagreements == ["The agencies give different times: Police 21:40; Hospital 22:15."]


def test_accounts_a_day_apart_are_one_event_only_when_their_words_agree() -> None:
    (found,) = merge([account("Police", "2025-02-03"), account("Hospital", "2025-02-04")])
    assert found.disagreements == [
        "The agencies give different dates: Police 3 Feb 2025; Hospital 4 Feb 2025."
    ]
    other = account("Hospital", "2025-02-04", "Fell at home, X-ray clear.")
    assert len(merge([account("Police", "2025-02-03"), other])) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Home visit by the social worker.", "Home visit by the midwife."),
        ("Home visit.", "Home visit. Seen with his mother."),
        ("Seen by the midwife.", "Midwife cancelled."),
        ("Telephone call.", "Telephone call to the GP about a repeat prescription."),
        ("Seen at school, no concerns.", "Seen at the hospital for a broken arm."),
        ("Robin Tolland was seen by the midwife.", "Robin Tolland reported missing to the police."),
        ("Midwife rang.", "Appointment with the midwife cancelled; health visitor wrote to the surgery."),
    ],
)
def test_two_different_events_of_one_day_are_not_taken_for_one(one: str, other: str) -> None:
    accounts = [account("Police", "2025-02-03", one), account("Hospital", "2025-02-03", other)]
    assert len(merge(accounts, ["Robin Tolland"])) == 2


def test_falls_in_the_morning_and_in_the_night_are_two() -> None:
    times = ("08:15", "21:40")
    assert len(merge(account(time, "2025-02-03", time=time) for time in times)) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Strategy meeting held.", "Strategy meeting: section 47 enquiry agreed."),
        ("Strategy discussion", "Multi-agency strategy discussion with police and health"),
        ("Arrested for assault on her partner.", "Police arrested him for an assault on the partner."),
        ("Overdose of paracetamol, taken to A&E by ambulance.", "Admitted after a paracetamol overdose."),
    ],
)
def test_one_event_in_two_wordings_stands_together(one: str, other: str) -> None:
    assert len(merge([account("Police", "2025-02-03", one), account("Hospital", "2025-02-03", other)])) == 1


def test_two_rows_of_one_agency_are_two_events() -> None:
    assert len(merge([account("Police", "2025-02-03"), account("Police", "2025-02-03")])) == 2


def test_a_month_comes_before_its_days_and_the_undated_last() -> None:
    found = merge([account("A", ""), account("B", "2025-02-03", "One."), account("C", "Feb 2025", "Two.")])
    assert [one.when.shown for one in found] == ["February 2025", "3 Feb 2025", "Not dated"]


def test_a_quarter_without_contact_is_a_gap() -> None:
    events = merge(
        [account("A", "2025-01-01", "One."), account("A", "2025-02-01", "Two."), account("B", "2025-05-02")]
    )
    assert gaps(events) == [Gap(date(2025, 2, 1), date(2025, 5, 2))]
    assert gaps(events)[0].days == 90


def test_a_period_that_is_still_running_leaves_no_gap() -> None:
    all_year = account("A", "2025", "In care all the year.")
    assert gaps(merge([all_year, account("B", "2025-01-10"), account("B", "2026-02-01")])) == []


@pytest.mark.parametrize(
    ("born", "written", "age"),
    [
        (date(2021, 3, 14), "2025-03-13", "3"),
        (date(2021, 3, 14), "2025-03-14", "4"),
        (date(2021, 3, 14), "March 2025", "3 or 4"),
        (date(2025, 3, 14), "June 2025", "under 1"),
        (date(2025, 3, 14), "2024", "before birth"),
        (date(2021, 3, 14), "2023 to 2025", "1 to 4"),
        (date(2021, 3, 14), "7 January 2026", "after death"),
        (date(2021, 3, 14), "January 2025 to June 2026", "3 or 4"),
        (None, "2024", ""),
        (date(2021, 3, 14), "", ""),
    ],
)
def test_the_age_at_an_event(born: date | None, written: str, age: str) -> None:
    assert age_at(born, when({"date": written}, YEAR), date(2026, 1, 6)) == age


DAYS = st.dates(date(2024, 1, 1), date(2024, 3, 1))
ACCOUNTS = st.builds(
    lambda agency, day, event: Account(agency, When(day, day), event),
    st.sampled_from(["Police", "Hospital", "Housing"]),
    st.none() | DAYS,
    st.sampled_from([FALL, "Fall on the stairs, attended.", "School reports absence.", ""]),
)


@given(st.lists(ACCOUNTS, max_size=12))
def test_no_account_is_lost_or_told_twice(accounts: list[Account]) -> None:
    merged = [one for occasion in merge(accounts) for one in occasion.accounts]
    assert sorted(merged, key=repr) == sorted(accounts, key=repr)
