"""The clocks of a case, as plain days in and sentences out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jcr.cases.model import Case, Route, Source, Status
from jcr.cases.rules import england
from jcr.desk.clocks import Clock, Dates, State, clocks
from jcr.desk.next_steps import OFF_TRIAGE, STEPS, Reached, next_step
from jcr.roles import Role
from jcr.triage.rules import OUTCOMES

TODAY = date(2026, 11, 23)
CHILD = Dates(
    reference="JCR-2026-0001",
    status=Status.TRIAGE,
    routes=(Route.CHILD,),
    opened_on=date(2026, 11, 16),
    received_on=date(2026, 11, 16),
    aware_on=date(2026, 11, 12),
)


def found(dates: Dates, label: str, today: date = TODAY) -> Clock:
    return next(clock for clock in clocks(dates, today, england()) if clock.label.startswith(label))


@pytest.mark.tor("1.3")
def test_the_rapid_review_of_a_child_waits_for_the_notification() -> None:
    waiting = found(CHILD, "Rapid review finished")
    assert (waiting.state, waiting.on) == (State.WAITING, None)
    assert "which is not recorded" in waiting.because
    sent = found(replace(CHILD, notified_on=TODAY), "Rapid review finished")
    assert (sent.state, sent.on, sent.authority) == (State.DUE, date(2026, 12, 14), "statute")
    assert sent.because.startswith("15 working days after the serious incident notification was sent")


def test_triage_is_late_the_day_after_and_done_once_it_was_left() -> None:
    assert found(CHILD, "Finish triage", date(2026, 11, 19)).state is State.DUE
    assert found(CHILD, "Finish triage", date(2026, 11, 20)).state is State.LATE
    done = found(replace(CHILD, triaged_on=date(2026, 11, 20)), "Finish triage")
    assert done.state is State.DONE
    assert done.was_late


def test_triage_does_not_start_before_the_sign_off() -> None:
    waiting = found(replace(CHILD, received_on=None, status=Status.AWAITING_SIGN_OFF), "Finish triage")
    assert waiting.state is State.WAITING
    assert "signs the referral off" in waiting.because


@pytest.mark.tor("7.4")
def test_the_return_date_and_the_meeting_are_those_that_went_out() -> None:
    asked = replace(
        CHILD,
        asked_on=TODAY,
        return_by=date(2026, 12, 3),
        meeting_on=date(2026, 12, 8),
        status=Status.SCOPING,
    )
    assert found(asked, "Scoping returns").on == date(2026, 12, 3)
    assert found(asked, "Rapid review meeting").on == date(2026, 12, 8)
    assert found(asked, "Scoping returns").source == "ToR 7.ii"


def test_a_return_is_no_longer_waited_for_once_the_group_has_recommended() -> None:
    asked = replace(CHILD, asked_on=TODAY, return_by=TODAY, recommended_on=TODAY, status=Status.RECOMMENDED)
    labels = [clock.label for clock in clocks(asked, TODAY, england())]
    assert "Scoping returns" not in labels


def test_a_domestic_case_has_a_month_for_its_decision() -> None:
    domestic = replace(CHILD, routes=(Route.DOMESTIC,))
    clock = found(domestic, "Decide on a domestic homicide review")
    assert (clock.on, clock.authority) == (date(2026, 12, 16), "statute")
    assert not [one for one in clocks(domestic, TODAY, england()) if "notification" in one.label]


@pytest.mark.tor("7.8")
def test_the_decision_letter_is_due_once_the_recommendation_is_ratified() -> None:
    assert "Send the decision letter" not in [clock.label for clock in clocks(CHILD, TODAY, england())]
    ratified = replace(CHILD, status=Status.RATIFIED, ratified_on=TODAY)
    assert found(ratified, "Send the decision letter").on == date(2026, 11, 30)
    assert found(replace(ratified, letter_on=TODAY), "Send the decision letter").state is State.DONE


def test_a_declined_case_keeps_only_what_was_done() -> None:
    declined = replace(CHILD, status=Status.DECLINED, triaged_on=TODAY, acknowledged_on=TODAY)
    assert {clock.state for clock in clocks(declined, TODAY, england())} == {State.DONE}


def test_a_date_past_the_known_holidays_says_so_instead_of_guessing() -> None:
    far = replace(CHILD, received_on=date(england().last_year, 12, 31))
    clock = found(far, "Finish triage")
    assert clock.state is State.WAITING
    assert "update the list of bank holidays" in clock.because


def a_case(status: Status, source: Source = Source.EMAIL) -> Case:
    return Case(reference="JCR-2026-0001", status=status, source=source)


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_next_step_for_the_office(status: Status) -> None:
    step = next_step(a_case(status), Role.OFFICER)
    assert step.text
    assert not step.path or step.path.startswith("/cases/JCR-2026-0001/")
    assert set(STEPS) == set(Status)


def test_the_next_step_depends_on_who_asks() -> None:
    assert next_step(a_case(Status.RECOMMENDED), Role.DECISION_MAKER).path == "/cases/JCR-2026-0001/ratify"
    member = next_step(a_case(Status.SCOPING), Role.MEMBER)
    assert (member.path, member.text) == ("", "Nothing is asked of you now")


def test_once_triage_has_an_outcome_the_next_step_is_that_outcome() -> None:
    step = next_step(a_case(Status.TRIAGE), Role.OFFICER, Reached(triage="scope"))
    assert step.path == "/cases/JCR-2026-0001/scoping"
    assert set(OFF_TRIAGE) == set(OUTCOMES)


def test_a_decided_case_is_closed_once_all_who_have_to_know_were_told() -> None:
    assert next_step(a_case(Status.DECIDED), Role.OFFICER).path.endswith("/close")
    assert next_step(a_case(Status.DECIDED), Role.OFFICER, Reached(untold=True)).path.endswith("/notices")


def test_a_written_decision_letter_is_waited_for() -> None:
    assert next_step(a_case(Status.RATIFIED), Role.OFFICER).path.endswith("/decision-letter")
    assert next_step(a_case(Status.RATIFIED), Role.OFFICER, Reached(letter_written=True)).path == ""


def test_the_rapid_review_is_opened_once_scoping_is_over() -> None:
    assert next_step(a_case(Status.SCOPING), Role.OFFICER, Reached(meeting_id=7)).path.endswith("/returns")
    ready = Reached(meeting_id=7, ready=True)
    assert next_step(a_case(Status.SCOPING), Role.OFFICER, ready).path == "/meetings/7"


def test_a_rapid_review_is_recorded_at_its_meeting() -> None:
    assert next_step(a_case(Status.RAPID_REVIEW), Role.CHAIR, Reached(meeting_id=7)).path == "/meetings/7"
