"""What cannot be right gets a sentence that says what to do, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.cases.model import Case
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.triage.service import answers
from tests.cases.made import ADULT, in_triage, referred
from tests.conftest import on_one_database
from tests.intake.test_web import typed_in
from tests.shown import seen_on

CASE = "/cases/JCR-2026-0001"
pytestmark = on_one_database


@pytest.fixture
def officer(client: FlaskClient, partnership: Any, sign_in: Any) -> FlaskClient:
    sign_in(client, partnership.officer)
    return client


def test_two_officers_answer_triage_and_the_second_sees_both_versions(
    officer: FlaskClient, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime, words: Any
) -> None:
    with sessions.transaction() as session:
        in_triage(session, head, partnership.officer, NOW)
    page = f"{CASE}/triage"
    seen = seen_on(officer.get(page).text)
    first = seen | {"complete": "yes", "complete_why": "All is there."}
    second = {"complete": "no", "complete_why": "The GP is missing."}
    assert officer.post(page, data=first).status_code == 302
    assert officer.post(page, data=second).status_code == 409  # it does not say what it was shown
    overtaken = officer.post(page, data=second | seen)
    assert overtaken.status_code == 409
    said = words(overtaken.text)
    assert "Somebody saved this while you were writing" in said
    assert "duplicate of an open case? Reason All is there." in said
    assert "The GP is missing." in overtaken.text
    assert officer.post(page, data=second | seen_on(overtaken.text)).status_code == 302
    with sessions.reading() as session:
        case = session.scalars(select(Case)).one()
        assert answers(session, case)["complete"].why == "The GP is missing."


def test_two_officers_correct_one_reading_and_the_second_sees_both_versions(
    officer: FlaskClient, sessions: Sessions, head: Letterhead, NOW: datetime, words: Any
) -> None:
    with sessions.transaction() as session:
        referred(session, head, NOW)
    page = f"{CASE}/reading"
    seen = seen_on(officer.get(page).text)
    typed = seen | {
        "save": "yes",
        "case_summary": "Known since the spring.",
        "incident_date": ["2", "11", "2026"],
    }
    assert officer.post(page, data=typed).status_code == 302
    overtaken = officer.post(page, data=typed | {"case_summary": "Known since May."})
    assert overtaken.status_code == 409
    assert "Known since the spring." in words(overtaken.text)
    assert "Known since May." in overtaken.text
    again = typed | {"case_summary": "Known since May."} | seen_on(overtaken.text)
    assert officer.post(page, data=again).status_code == 302


def test_two_officers_record_facts_and_the_second_sees_both_versions(
    officer: FlaskClient, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime, words: Any
) -> None:
    with sessions.transaction() as session:
        subject = in_triage(session, head, partnership.officer, NOW).subjects[0]
    page = f"{CASE}/criteria/{subject.id}/adult"
    shown = officer.get(page).text
    name = next(one for one in re.findall(r'name="(\w+)_why"', shown))
    first = seen_on(shown) | {name: "yes", f"{name}_why": "The GP says so."}
    assert officer.post(page, data=first).status_code == 302
    overtaken = officer.post(page, data=first | {name: "no", f"{name}_why": "The ward says not."})
    assert (overtaken.status_code, "The GP says so." in words(overtaken.text)) == (409, True)
    assert "The ward says not." in overtaken.text


def test_a_death_before_birth_is_pointed_out_and_nothing_typed_is_lost(
    officer: FlaskClient, sessions: Sessions, head: Letterhead, NOW: datetime
) -> None:
    [row] = ADULT["subjects"]
    with sessions.transaction() as session:
        wrong = ADULT | {"subjects": [row | {"subject_date_of_death": "1950-01-01"}]}
        referred(session, head, NOW, wrong)
    typed = typed_in(officer.get(f"{CASE}/reading").text)
    answer = officer.post(f"{CASE}/reading", data=typed | {"confirm": "yes", "approval": "on_form"})
    assert answer.status_code == 422
    assert "Date of death must be on or after the date of birth" in answer.text
    assert "Canary Quillfeather" in answer.text


def test_a_case_without_a_route_says_what_to_do(
    officer: FlaskClient, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime, words: Any
) -> None:
    with sessions.transaction() as session:
        in_triage(session, head, partnership.officer, NOW).routes.clear()
    none = officer.post(f"{CASE}/criteria/routes", data={"why": "It is unclear."})
    assert (none.status_code, "Select at least one kind of review" in none.text) == (422, True)
    assert "It is unclear." in none.text
    assert "No kind of review is set yet." in words(officer.get(CASE).text)
    assert "No kind of review is set for this case." in words(officer.get(f"{CASE}/scoping").text)
