"""What a recommendation may be, told from the outcome, the routes and the tests alone."""

from __future__ import annotations

from datetime import date

import pytest

from jcr.cases.naming import name_in
from jcr.decisions import rules


def judged(route: str, met: str, initials: str = "CQ") -> dict[str, str]:
    return {"route": route, "met": met, "initials": initials, "source": f"the {route} source"}


def objections(outcome: str, routes: list[str], *tests: dict[str, str], joined=(), activities=()) -> str:
    found = rules.objections(outcome, list(joined), list(activities), routes, list(tests))
    return " ".join(answer.because for answer in found)


def test_a_case_is_offered_the_reviews_of_its_routes() -> None:
    assert list(rules.offered(["child"])) == ["lcspr", "other_learning", "no_further_action"]
    assert "joint" in rules.offered(["child", "adult"])


@pytest.mark.parametrize("met, refused", [("yes", True), ("no", False), ("not_known", False)])
def test_learning_on_a_child_case_is_a_review_where_the_criteria_are_met(met: str, refused: bool) -> None:
    assert ("not an alternative" in objections("other_learning", ["child"], judged("child", met))) is refused


def test_one_child_of_several_meeting_the_criteria_is_enough() -> None:
    tests = judged("child", "no", "AB"), judged("child", "yes", "CD")
    assert "Local Child Safeguarding Practice Review" in objections("other_learning", ["child"], *tests)


def test_a_single_agency_action_makes_no_review() -> None:
    met = judged("child", "yes")
    assert objections("no_further_action", ["child"], met, activities=["single_agency"]) == ""
    assert objections("no_further_action", ["child"], met, activities=["audit"])


def test_a_joint_review_joins_reviews_of_two_kinds() -> None:
    both = ["adult", "domestic"]
    assert objections("joint", both, joined=["sar_mandatory", "dhr"]) == ""
    assert "at least two kinds" in objections("joint", both, joined=["sar_mandatory"])
    assert "either mandatory or discretionary" in objections(
        "joint", both, joined=["sar_mandatory", "sar_discretionary", "dhr"]
    )


def test_what_is_to_be_weighed_never_forbids() -> None:
    told = [one.because for one in rules.cautions("sar_mandatory", [], [judged("adult", "not_known")])]
    assert told == [
        "Safeguarding Adult Review (mandatory) is recommended, but the adult test is not shown to be met.",
        "The adult test of CQ cannot be answered from what is known.",
    ]
    several = [judged("adult", "yes"), judged("domestic", "yes")]
    assert any("no joint review" in one.because for one in rules.cautions("sar_mandatory", [], several))


@pytest.mark.parametrize(
    "text, found",
    [
        ("C.Q. was let down.", ""),
        ("Mrs QUILLFEATHER was let down.", "QUILLFEATHER"),
        ("Anna's carers wrote.", "Anna"),
        ("Annabel wrote; young people wrote.", ""),
        ("Lukasz wrote.", "Lukasz"),
        ("Born on 1/3/1951.", "1/3/1951"),
        ("Born on 1 March 1951.", "1 March 1951"),
    ],
)
def test_names_and_dates_of_birth_are_found_in_words_for_the_referrer(text: str, found: str) -> None:
    assert name_in(text, ["anna Quillfeather-Young", "Łukasz Ng"], [date(1951, 3, 1), None]) == found


def test_the_letter_says_which_review_is_not_held_beside_the_one_that_is() -> None:
    assert rules.not_held(["lcspr"], ["child", "adult"]) == ["Safeguarding Adult Review"]
    assert rules.not_held([], ["child", "adult"]) == []
