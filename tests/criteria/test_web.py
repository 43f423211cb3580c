"""The officer answers the questions of each test in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.correspondence.service import Letterhead
from jcr.criteria.model import Fact
from jcr.db import Sessions
from tests.cases.made import CHILD, in_triage
from tests.shown import seen_at

Words = Callable[[str], str]
CASE = "/cases/JCR-2026-0001"


@pytest.fixture
def officer(
    client: FlaskClient, sign_in: Any, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime
) -> FlaskClient:
    with sessions.transaction() as session:
        in_triage(session, head, partnership.officer, NOW, CHILD)
    sign_in(client, partnership.officer)
    return client


def questions(client: FlaskClient, route: str) -> str:
    """The page of the test's questions, as the overview links to it."""
    link = re.search(rf'href="({CASE}/criteria/\d+/{route})"', client.get(f"{CASE}/criteria").text)
    assert link
    return link[1]


def test_the_overview_shows_both_laws_and_what_is_still_needed(officer: FlaskClient, words: Words) -> None:
    page = words(officer.get(f"{CASE}/criteria").text)
    assert "Domestic Homicide Review (also called Domestic Abuse Related Death Review)" in page
    assert "Domestic Abuse Related Death Review (formerly Domestic Homicide Review)" in page
    assert "Multi-agency statutory guidance, December 2016, in force from 13 April 2011" in page
    assert "facts are still needed about WCT (child), of which the test itself needs 1" in page


def test_a_claim_of_the_referral_is_accepted_by_saving_it(
    officer: FlaskClient, sessions: Sessions, words: Words
) -> None:
    page = officer.get(questions(officer, "child")).text
    assert "Taken from the referral and not recorded yet" in page
    assert "16, at death (Monday 2 November 2026)" in words(page)
    saved = {
        "abuse_or_neglect_known_or_suspected": "yes",
        "abuse_or_neglect_known_or_suspected_why": "The referral says so.",
        "died": "yes",
        "died_why": "The coroner told us.",
        "died_said": "P. Quill, coroner’s officer, by telephone",
    }
    assert officer.post(questions(officer, "child"), data=saved).location == f"{CASE}/criteria"
    with sessions.reading() as session:
        said = {fact.name: fact.said_by for fact in session.scalars(select(Fact))}
    coroner = "P. Quill, coroner’s officer, by telephone"
    assert said == {"abuse_or_neglect_known_or_suspected": "the referral", "died": coroner}
    assert f"said by {coroner}" in words(officer.get(questions(officer, "child")).text)
    other = {"abuse_or_neglect_known_or_suspected_why": "The police too.", "abuse_or_neglect_known_or_suspected_said":
             "the referral"}  # fmt: skip
    again = questions(officer, "child")
    officer.post(again, data=saved | other | seen_at(officer, again))
    with sessions.reading() as session:
        assert session.scalars(select(Fact.said_by).order_by(Fact.id.desc())).first() == ""
    assert "Met" in words(officer.get(f"{CASE}/criteria").text)


def test_what_two_sources_contradict_is_shown_from_both_and_counts_as_not_known(
    officer: FlaskClient, words: Words
) -> None:
    page = questions(officer, "child")
    for value, why in (("yes", "The ward rang."), ("no", "The hospital saw her alive.")):
        officer.post(page, data={"died": value, "died_why": why} | seen_at(officer, page))
    both = words(officer.get(page).text)
    assert "The referral says otherwise. Yes: The referral gives the date of death: Monday 2 November" in both
    assert "Yes: The ward rang." in both
    assert "The hospital saw her alive." in both
    overview = words(officer.get(f"{CASE}/criteria").text)
    assert (
        "! Check The person is recorded as alive, yet a death is recorded too." in overview
    )  # not in small print
    assert "it counts as not yet known whether the person died" in overview
    assert "Has the child died or been seriously harmed? Not yet known" in overview
    told = {"died": "yes", "died_why": "The coroner has told us."}
    officer.post(page, data=told | seen_at(officer, page))
    assert "it counts as not yet known" not in words(officer.get(f"{CASE}/criteria").text)


def test_a_reason_without_an_answer_comes_back_with_the_words(officer: FlaskClient) -> None:
    answer = officer.post(questions(officer, "child"), data={"died_why": "Word from the ward"})
    assert answer.status_code == 422
    assert "Select yes, no or not known to go with the reason" in answer.text
    assert "Word from the ward" in answer.text


def test_the_age_of_the_person_responsible_is_asked_when_the_referral_cannot_tell(
    client: FlaskClient, sign_in: Any, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    with sessions.transaction() as session:
        in_triage(session, head, partnership.officer, NOW, CHILD | {"alleged_perpetrators": []})
    sign_in(client, partnership.officer)
    page = questions(client, "domestic")
    assert "How old was the person alleged to be responsible?" in client.get(page).text
    client.post(page, data={"perpetrator_age": "34"})
    with sessions.reading() as session:
        assert session.scalars(select(Fact.value)).all() == ["34"]


@pytest.mark.tor("3.1")
def test_the_kinds_of_review_are_changed_with_a_reason(officer: FlaskClient, words: Words) -> None:
    silent = officer.post(f"{CASE}/criteria/routes", data={"routes": ["child", "adult"]})
    assert silent.status_code == 422
    assert "Say why the kinds of review change" in silent.text
    told = {"routes": ["child", "adult"], "why": "She was moving to adult services."}
    assert officer.post(f"{CASE}/criteria/routes", data=told).status_code == 302
    assert "Adult test: WCT" in words(officer.get(f"{CASE}/criteria").text)


def test_a_test_that_is_not_on_the_case_is_not_there(officer: FlaskClient) -> None:
    adult = questions(officer, "child").replace("child", "adult")
    assert officer.get(adult).status_code == 404
    assert officer.get(f"{CASE}/criteria/99/child").status_code == 404
