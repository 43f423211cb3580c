"""What stops a referral, what is only missing, how long the agency waited, and what happens next."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jcr.cases.rules import england
from jcr.referrals.next_steps import after_arriving, after_receiving, after_sending
from jcr.referrals.rules import delay, is_given, weigh
from jcr.referrals.shown import for_readers, leftover

MONDAY = date(2026, 11, 23)


def test_a_complete_referral_has_nothing_against_it(answers: dict[str, Any]) -> None:
    weighed = weigh(answers, MONDAY)
    assert (weighed.stops, weighed.missing) == ((), ())


def test_a_wrong_answer_stops_it_and_a_missing_one_is_only_named(answers: dict[str, Any]) -> None:
    del answers["case_summary"]
    weighed = weigh(answers | {"incident_date": "2026-13-40"}, MONDAY)
    assert weighed.stops == (("incident_date", "Date of the incident must be a real date"),)
    assert weighed.missing == (("case_summary", "Enter the summary of the case"),)


def test_nobody_can_do_without_a_route_and_a_name() -> None:
    stops = dict(weigh({"subjects": [{"subject_age": "14"}]}, MONDAY).stops)
    assert set(stops) == {"review_type_requested", "subjects"}


def test_a_name_leads_to_an_answer_inside_a_row() -> None:
    told = {"subjects": [{"subject_name": "A"}, {"subject_name": ""}]}
    assert is_given(told, "subjects.0.subject_name")
    assert not is_given(told, "subjects.1.subject_name")
    assert not is_given(told, "subjects.7.subject_name")
    assert not is_given(told, "incident_date")


@pytest.mark.tor("7.1")
def test_the_delay_between_awareness_and_referral_is_told() -> None:
    assert (
        delay({"date_aware": "2026-11-13"}, MONDAY) == "Friday 13 November 2026, 10 days before it referred"
    )
    assert delay({"date_aware": "2026-11-23"}, MONDAY) == "Monday 23 November 2026, the day it referred"
    assert delay({"date_aware": "2026-11-22"}, MONDAY) == "Sunday 22 November 2026, 1 day before it referred"
    assert delay({"date_aware": "last week"}, MONDAY) == ""
    assert delay({"date_aware": "2026-12-01"}, MONDAY) == ""


def test_what_happens_next_is_told_with_dates_that_explain_themselves() -> None:
    calendar = england()
    waiting = after_sending(MONDAY, calendar)
    assert "by Thursday 26 November 2026 if it is signed off today" in waiting[1].when
    received = after_receiving(MONDAY, calendar)
    assert received[0].when.startswith("By Thursday 26 November 2026: 3 working days after the referral was")
    assert len(after_arriving(MONDAY, calendar)) == len(received) + 1


def test_nothing_that_has_no_question_of_ours_is_hidden() -> None:
    told = {
        "referrer_name": "Rowan",
        "chronology": [{"date": "2026-01-02", "event": "Seen"}, {"event": "Not seen"}],
        "family_members": [{"name": "A", "shoe_size": "7"}],
    }
    assert leftover(told) == [
        ("Chronology", "date: 2026-01-02, event: Seen\nevent: Not seen"),
        ("Family members 1, shoe size", "7"),
    ]


def test_readers_see_the_referrer_and_not_themselves(answers: dict[str, Any]) -> None:
    titles = [section.title for section in for_readers(answers)]
    assert "The referrer" in titles
    assert "About you" not in titles
