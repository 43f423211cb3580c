"""The officer works through triage in a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from jcr.cases.model import Case, Status
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from tests.cases.made import CHILD, in_triage

Words = Callable[[str], str]
PAGE = "/cases/JCR-2026-0001/triage"


@pytest.fixture
def officer(
    client: FlaskClient, sign_in: Any, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime
) -> FlaskClient:
    with sessions.transaction() as session:
        in_triage(session, head, partnership.officer, NOW)
    sign_in(client, partnership.officer)
    return client


def the_case(sessions: Sessions) -> Case:
    with sessions.reading() as session:
        return session.scalars(select(Case)).one()


def test_the_page_offers_what_the_record_says_and_records_nothing_by_itself(
    officer: FlaskClient, words: Words
) -> None:
    page = words(officer.get(PAGE).text)
    assert "Not answered yet: Is this a safeguarding concern" in page
    assert "Suggested by what is on record" in page


def test_answers_are_saved_and_lead_somewhere(officer: FlaskClient, words: Words) -> None:
    steps = ("lead_approved", "complete")
    answers = dict.fromkeys(steps, "yes") | {"is_concern": "no", "immediate_risk": "no"}
    answers |= {"looks_notifiable": "no", "outside_every_route": "no"}
    reasons = {f"{step}_why": f"Reason for {step}" for step in answers}
    assert officer.post(PAGE, data=answers | reasons).status_code == 302
    page = words(officer.get(PAGE).text)
    assert "Issue scoping requests with the return date and the rapid review meeting together" in page
    assert "Go on to scoping" in page
    assert "<strong>" not in page  # as words of the page
    assert "Reason for complete" in page


def test_the_way_taken_is_shown_as_a_picture_that_is_told_in_words_too(officer: FlaskClient) -> None:
    officer.post(PAGE, data={"is_concern": "no", "is_concern_why": "It asks for a review."})
    [drawing] = html.fromstring(officer.get(PAGE).text).xpath("//svg[@role='img']")
    assert drawing.xpath("string(desc)").startswith("Questions answered on the way: 1.")
    assert len(drawing.xpath(".//*[contains(@class, 'app-flowchart__box--taken')]")) == 2
    assert not drawing.xpath(".//@style")


def test_a_missing_reason_brings_the_page_back_with_every_word(officer: FlaskClient) -> None:
    answer = officer.post(PAGE, data={"is_concern": "no", "complete": "yes", "complete_why": "All there <b>"})
    assert answer.status_code == 422
    assert "Say why: the reason is part of the record" in answer.text
    assert 'href="#is_concern_why"' in answer.text
    assert "All there &lt;b&gt;" in answer.text


def test_a_decline_with_mistakes_keeps_what_was_typed(officer: FlaskClient, sessions: Sessions) -> None:
    answer = officer.post(f"{PAGE}/decline", data={"why": "A long and careful reason"})
    assert answer.status_code == 422
    assert "Select who agreed" in answer.text
    assert "A long and careful reason" in answer.text
    assert "These tests are not answered yet" in answer.text
    assert the_case(sessions).status is Status.TRIAGE


def test_a_learning_activity_is_asked_for_in_full_and_becomes_an_action(
    officer: FlaskClient, partnership: Any, words: Words
) -> None:
    typed = {"why": "Outside every route.", "agreed_by": str(partnership.chair.id), "learning": "roundtable"}
    half = officer.post(f"{PAGE}/decline", data=typed | {"task": "What the <records> say"})
    assert half.status_code == 422
    assert "Enter who does it" in half.text
    assert "What the &lt;records&gt; say" in half.text
    whole = {"task": "Roundtable in March", "owner": "Safeguarding lead", "due_on": ["1", "3", "2027"]}
    past = officer.post(f"{PAGE}/decline", data=typed | whole | {"due_on": ["1", "3", "2020"]})
    assert "which has passed. Choose a later day" in past.text
    assert officer.post(f"{PAGE}/decline", data=typed | whole).location == "/cases/JCR-2026-0001"
    assert "Roundtable in March" in words(officer.get("/actions").text)


@pytest.mark.tor("7.3")
def test_the_referral_is_declined_with_a_letter(
    officer: FlaskClient, sessions: Sessions, partnership: Any
) -> None:
    agreed = {"why": "Outside every route.", "agreed_by": str(partnership.chair.id), "learning": "none"}
    answer = officer.post(f"{PAGE}/decline", data=agreed)
    assert answer.location == "/cases/JCR-2026-0001"
    assert the_case(sessions).status is Status.DECLINED
    with sessions.reading() as session:
        letter = session.scalars(select(Letter).where(Letter.kind == Kind.DECLINED)).one()
    assert "Outside every route." in officer.get(f"/letters/{letter.id}").text


def test_a_case_before_the_group_is_not_there_for_a_member(
    officer: FlaskClient, sign_in: Any, partnership: Any
) -> None:
    officer.post("/sign-out")
    sign_in(officer, partnership.member)
    assert officer.get(PAGE).status_code == 404


def test_the_notification_starts_the_child_clock(
    client: FlaskClient, sign_in: Any, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime,
    words: Words,
) -> None:  # fmt: skip
    with sessions.transaction() as session:
        in_triage(session, head, partnership.officer, NOW, CHILD)
    sign_in(client, partnership.officer)
    assert "its clock has not started" in words(client.get(PAGE).text)
    wrong = client.post(f"{PAGE}/notification", data={"sent_on": ["40", "11", "2026"]})
    assert wrong.status_code == 422
    assert 'value="40"' in wrong.text
    said = words(client.get(f"{PAGE[: -len('/triage')]}/scoping").text)
    assert "Record the day it was sent, or why none is due, before the agencies are asked." in said
    assert "notification was sent on" not in said
    client.post(f"{PAGE}/notification/none-due", data={"none_due_why": "The council found no abuse."})
    assert "None is due: The council found no abuse." in words(client.get(PAGE).text)
    client.post(f"{PAGE}/notification", data={"sent_on": ["19", "11", "2026"]})
    assert "Sent to the Panel on Thursday 19 November 2026" in words(client.get(PAGE).text)
