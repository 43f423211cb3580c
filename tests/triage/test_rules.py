"""The scoping decision flowchart: where each referral ends, and why nothing is turned away in doubt."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from jcr.triage.rules import FLOWCHART, OUTCOMES, Flowchart, decline_stands, faults, path

STRAIGHT_TO_SCOPING = {
    "is_concern": "no",
    "lead_approved": "yes",
    "complete": "yes",
    "immediate_risk": "no",
    "looks_notifiable": "no",
    "outside_every_route": "no",
}


@pytest.mark.tor("7.3")
@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({}, "scope"),
        ({"is_concern": "yes"}, "redirect"),
        ({"lead_approved": "no"}, "return"),
        ({"complete": "no"}, "return"),
        ({"immediate_risk": "yes", "risk_acted_on": "no"}, "act_now"),
        ({"immediate_risk": "not_known", "risk_acted_on": "not_known"}, "act_now"),
        ({"immediate_risk": "yes", "risk_acted_on": "yes"}, "scope"),
        ({"looks_notifiable": "yes", "sin_sent": "no"}, "await_sin"),
        ({"looks_notifiable": "yes", "sin_sent": "yes"}, "scope"),
        ({"outside_every_route": "yes"}, "decline"),
        ({"outside_every_route": "not_known"}, "scope"),
    ],
)
def test_each_answer_leads_where_the_flowchart_says(changed, outcome):
    assert path(STRAIGHT_TO_SCOPING | changed).outcome == outcome


def test_the_path_records_each_step_its_answer_and_where_it_led():
    followed = path(STRAIGHT_TO_SCOPING)
    assert [(taken.step.key, taken.answer) for taken in followed.steps] == list(STRAIGHT_TO_SCOPING.items())
    assert followed.because == (
        "Is the case clearly outside every route: child, adult and domestic? No. "
        "Issue scoping requests with the return date and the rapid review meeting together."
    )


def test_a_step_not_answered_is_named_as_missing():
    followed = path({"is_concern": "no"})
    assert followed.outcome is None
    assert followed.missing is not None
    assert followed.missing.key == "lead_approved"
    assert followed.because.startswith("Not answered yet: Has the agency's safeguarding lead approved")


def test_an_approval_that_is_not_known_has_to_be_settled_first():
    followed = path({"is_concern": "no", "lead_approved": "not known"})
    assert followed.outcome is None
    assert followed.because.startswith("To be settled first")


def test_an_unsigned_referral_is_returned_but_a_notifiable_case_goes_on_alongside():
    answers = STRAIGHT_TO_SCOPING | {"lead_approved": "no", "looks_notifiable": "yes", "sin_sent": "no"}
    followed = path(answers)
    assert followed.alongside == ("return",)
    assert followed.outcome == "await_sin"


def test_every_full_set_of_answers_ends_somewhere():
    keys = [step.key for step in FLOWCHART.steps]
    for answers in product(("yes", "no"), repeat=len(keys)):
        followed = path(dict(zip(keys, answers, strict=True)))
        assert followed.outcome in OUTCOMES
        assert followed.missing is None


def test_no_doubt_ever_declines_or_redirects():
    keys = [step.key for step in FLOWCHART.steps]
    for answers in product(("no", "not_known"), repeat=len(keys)):
        assert path(dict(zip(keys, answers, strict=True))).outcome not in ("decline", "redirect")


def test_the_shipped_flowchart_has_no_faults_and_every_step_its_paragraph():
    assert faults(FLOWCHART) == ()
    assert all(step.paragraph and step.question.endswith("?") for step in FLOWCHART.steps)


def test_a_flowchart_edited_into_a_loop_or_a_dead_end_is_refused_with_what_to_do():
    first, *rest = FLOWCHART.steps
    looping = Flowchart("2", (replace(first, no="is_concern"), *rest))
    lost = Flowchart("2", (replace(first, no="nowhere"), *rest))
    assert faults(looping) == (
        "These questions lead back to themselves or to an earlier one: “Is this a safeguarding concern rather "
        "than a referral for review?”. Lead each onwards.",
    )
    with pytest.raises(ValueError, match="lead nowhere: “Is this a safeguarding concern"):
        path({}, lost)
    assert faults(Flowchart("2", ())) == ("The flowchart has no questions: add the first one.",)


def test_a_question_that_nothing_leads_to_is_named():
    first, *rest = FLOWCHART.steps
    past = Flowchart("2", (replace(first, no="complete", not_known="complete"), *rest))
    [fault] = faults(past)
    assert fault.startswith("Nothing leads to these questions: “Has the agency's safeguarding lead approved")


@pytest.mark.tor("7.3")
def test_a_decline_needs_a_rationale_and_the_chairs_agreement():
    assert decline_stands("Outside the area and every route.", "vice chair")
    assert decline_stands("  ", "chair").because.startswith("Write the rationale")
    assert not decline_stands("Outside every route.", "officer")
