"""The pages of a referral as the referrer, the safeguarding lead and the officer meet them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.cases.model import Case, Status
from jcr.correspondence.model import Kind, Letter
from jcr.db import Sessions
from jcr.people.model import Person
from jcr.referrals.model import Draft, Referral
from tests.conftest import on_one_database
from tests.shown import seen_at, seen_on

SignIn = Callable[[FlaskClient, Person], None]


@pytest.fixture
def started(client: FlaskClient, partnership: Any) -> str:
    """The address of a referral that was just started."""
    answer = client.post("/referral")
    assert answer.status_code == 302
    return answer.location


@pytest.fixture
def filled(client: FlaskClient, started: str, sessions: Sessions, answers: dict[str, Any]) -> str:
    """A referral with everything answered."""
    with sessions.transaction() as session:
        draft = session.scalars(select(Draft)).one()
        draft.answers = answers
    return started


@pytest.fixture
def sent(client: FlaskClient, filled: str) -> str:
    answer = client.post(f"{filled}/check")
    assert answer.status_code == 302, answer.text
    return filled


def link_to_lead(sessions: Sessions) -> str:
    with sessions.reading() as session:
        letter = session.scalars(select(Letter).where(Letter.kind == Kind.SIGN_OFF_REQUEST)).one()
    found = re.search(r"/sign-off/\S+", letter.body)
    assert found
    return found[0]


def case_now(sessions: Sessions) -> Case:
    with sessions.reading() as session:
        return session.scalars(select(Case)).one()


@pytest.mark.tor("B.1")
def test_anybody_may_start_a_referral_without_an_account(
    client: FlaskClient, words: Any, started: str
) -> None:
    start = words(client.get("/referral").text)
    assert "not the way to report that somebody is at risk" in start
    page = words(client.get(started).text)
    assert "0 of 11 topics completed" in page
    assert "Not started" in page


def test_a_topic_is_saved_and_leads_to_the_next(client: FlaskClient, started: str, words: Any) -> None:
    answer = client.post(f"{started}/review", data={"review_type_requested": "child"})
    assert answer.location == f"{started}/referrer"
    assert "Completed" in words(client.get(started).text)


@pytest.mark.tor("B.1")
def test_what_was_typed_is_kept_also_when_it_is_wrong(client: FlaskClient, started: str) -> None:
    typed = {"incident_date": ["31", "2", "2026"], "incident_summary": "He fell.\n  Twice."}
    answer = client.post(f"{started}/incident", data=typed, follow_redirects=True)
    assert answer.status_code == 422
    assert "must be a real date" in answer.text
    assert 'value="31"' in answer.text
    later = client.get(f"{started}/incident")
    assert later.status_code == 200
    assert "He fell." in later.text
    assert "There is a problem" not in later.text


@pytest.mark.tor("B.1")
def test_two_who_write_at_one_referral_see_what_the_other_typed_and_lose_nothing(
    client: FlaskClient, started: str, sessions: Sessions
) -> None:
    page, told = f"{started}/incident", "incident_summary"
    first, second = seen_at(client, page), seen_at(client, page)
    typed, while_typing = {told: "He fell.", "later": "yes"}, {"Accept": "text/plain"}
    saved = client.post(page, data=typed | first, headers=while_typing)
    assert client.post(page, data={told: "He fell. Twice."} | {"seen": saved.text}).status_code == 302
    mine = {told: "She rang at nine."}
    assert client.post(page, data=mine | second | typed | mine, headers=while_typing).status_code == 409
    both = client.post(page, data=mine | second)
    assert (both.status_code, "He fell. Twice." in both.text, mine[told] in both.text) == (409, True, True)
    with sessions.reading() as session:
        assert session.scalars(select(Draft)).one().answers[told] == "He fell. Twice."
    assert client.post(page, data=mine | seen_on(both.text)).status_code == 302
    with sessions.reading() as session:
        assert session.scalars(select(Draft)).one().answers[told] == mine[told]


@pytest.mark.tor("B.1")
def test_answers_that_no_longer_count_are_neither_asked_for_nor_sent(
    client: FlaskClient, filled: str, sessions: Sessions
) -> None:
    """Without scripts every question is on the page; what a later answer rules out is not part of the referral."""
    concerned = {"immediate_concerns": "yes", "immediate_concerns_details": "The brother is still there."}
    risk = f"{filled}/risk"
    client.post(risk, data=concerned | seen_at(client, risk))
    assert "The brother is still there." in client.get(f"{filled}/check").text
    client.post(risk, data={**concerned, "immediate_concerns": "no"} | seen_at(client, risk))
    person = {
        "subject_school": "Ledbury Primary School",
        "subject_care_support_needs": "None",
        "subject_died": "no",
    }
    with sessions.transaction() as session:
        draft = session.scalars(select(Draft)).one()
        named = draft.answers["subjects"][0] | person | {"subject_date_of_death": "not a date"}
        draft.answers = draft.answers | {"subjects": [named]}
    assert "The brother is still there." not in client.get(f"{filled}/check").text
    assert client.post(f"{filled}/check").status_code == 302
    with sessions.reading() as session:
        sent = session.scalars(select(Referral)).one().answers
    assert sent["immediate_concerns"] == "no"
    assert "immediate_concerns_details" not in sent
    assert sent["subjects"][0]["subject_school"] == "Ledbury Primary School"
    assert not {"subject_care_support_needs", "subject_date_of_death"} & set(sent["subjects"][0])


def test_another_person_is_added_without_losing_the_first(client: FlaskClient, started: str) -> None:
    data = {"subjects-0-subject_name": "Kestrel Marlowe", "subjects-add": "add"}
    page = client.post(f"{started}/subjects", data=data)
    assert page.status_code == 200
    assert 'value="Kestrel Marlowe"' in page.text
    assert 'name="subjects-1-subject_name"' in page.text
    assert 'value="Kestrel Marlowe"' in client.get(f"{started}/subjects").text


def test_a_topic_with_nothing_to_answer_is_done_once_it_was_seen(client: FlaskClient, started: str) -> None:
    client.post(f"{started}/processes", data={"csrf_token": "x"})
    assert client.get(started).text.count("Completed") == 1


def test_saving_for_later_shows_the_link_and_mails_one_of_its_own(
    app: Flask, client: FlaskClient, started: str, sessions: Sessions
) -> None:
    answer = client.post(f"{started}/review", data={"later": "yes"}, follow_redirects=True)
    assert f"http://127.0.0.1:8000{started}" in answer.text
    client.post(f"{started}/save", data={"email": "rowan@health.example.org"})
    with sessions.reading() as session:
        letter = session.scalars(select(Letter).where(Letter.kind == Kind.DRAFT_LINK)).one()
    own = re.search(r"/referral/\w+", letter.body)
    assert own
    assert own[0] != started
    assert "Enter the code" not in app.test_client().get(own[0]).text


@on_one_database
def test_a_draft_opens_where_it_was_begun_and_elsewhere_only_once_somebody_can_be_sent_a_code(
    app: Flask, client: FlaskClient, started: str, NOW: datetime, words: Any
) -> None:
    assert "this referral opens in this browser only, and for 12 hours" in words(client.get(started).text)
    stranger = app.test_client()
    for path in (started, f"{started}/referrer", f"{started}/save", f"{started}/files"):
        refused = stranger.get(path)
        assert (refused.status_code, "opens only at the browser" in refused.text) == (403, True), path
    typed = {
        "referrer_email": "r.marlowe@health.example.org",
        "referrer_telephone": "not a code for 07700 900123",
    }
    lost = stranger.post(f"{started}/referrer", data=typed)
    assert (lost.status_code, "not a code for 07700 900123" in lost.text) == (403, True)  # handed back
    app.config["CLOCK"] = lambda: NOW + timedelta(hours=11)
    client.post(f"{started}/referrer", data=typed)
    assert "It goes to r.marlowe@health.example.org" in words(client.get(f"{started}/save").text)
    stranger.codes = False  # type: ignore[attr-defined]
    assert "Enter the code we sent you" in stranger.get(started).text
    app.config["CLOCK"] = lambda: NOW + timedelta(hours=22)
    assert client.get(started).status_code == 200  # used since
    client.codes = False  # type: ignore[attr-defined]
    app.config["CLOCK"] = lambda: NOW + timedelta(hours=35)
    assert "Enter the code we sent you" in client.get(started).text


def test_the_link_brings_a_saved_referral_back(client: FlaskClient, started: str) -> None:
    answer = client.post("/referral/return", data={"link": f"https://jcr.example.org{started}"})
    assert answer.location == started
    wrong = client.post("/referral/return", data={"link": "https://jcr.example.org/referral/lost"})
    assert wrong.status_code == 422
    assert "No saved referral has this link" in wrong.text


def test_a_link_nobody_knows_is_a_page_with_a_sentence(client: FlaskClient, partnership: Any) -> None:
    for path in ("/referral/unknown", "/referral/unknown/review", "/sign-off/unknown"):
        page = client.get(path)
        assert page.status_code == 404
        assert "ask whoever sent it for a new one" in page.text


def test_files_are_attached_and_removed(client: FlaskClient, started: str) -> None:
    data = {"files": [(io.BytesIO(b"%PDF-1.7 one"), "one.pdf"), (io.BytesIO(b""), "empty.txt")]}
    page = client.post(f"{started}/files", data=data, follow_redirects=True)
    assert "1 file added." in page.text
    assert "The file is empty" in page.text
    remove = re.search(r'action="([^"]+/remove)"', page.text)
    assert remove
    page = client.post(remove[1], follow_redirects=True)
    assert "one.pdf" not in page.text


def test_check_lists_what_is_missing_and_sends_nothing(
    client: FlaskClient, started: str, sessions: Sessions
) -> None:
    answer = client.post(f"{started}/check")
    assert answer.status_code == 422
    assert "Describe what happened" in answer.text
    assert f"{started}/incident?check=yes" in answer.text
    with sessions.reading() as session:
        assert session.scalars(select(Case)).all() == []


@pytest.mark.tor("B.1")
def test_sending_gives_the_reference_what_happens_next_and_a_copy(
    client: FlaskClient, sent: str, words: Any
) -> None:
    page = words(client.get(f"{sent}/sent").text)
    assert "JCR-2026-0001" in page
    assert "by Thursday 26 November 2026 if it is signed off today" in page
    copy = client.get(f"{sent}/copy.pdf")
    assert copy.data.startswith(b"%PDF-")
    assert "Kestrel" not in copy.headers["Content-Disposition"]


def test_a_sent_referral_shows_its_confirmation_wherever_its_link_is_opened(
    client: FlaskClient, sent: str
) -> None:
    for path in ("", "/review", "/files", "/check", "/save"):
        assert client.get(sent + path).location == f"{sent}/sent"


@pytest.mark.tor("7.2")
def test_the_safeguarding_lead_reads_and_signs_off(
    client: FlaskClient, sent: str, sessions: Sessions, words: Any
) -> None:
    link = link_to_lead(sessions)
    assert "Kestrel Marlowe" in client.get(link).text
    done = client.post(link, data={"decision": "approve", "name": "Imogen Fairlie"}, follow_redirects=True)
    assert "The referral is signed off" in words(done.text)
    assert "Kestrel" not in done.text
    assert case_now(sessions).status is Status.TRIAGE


@pytest.mark.tor("7.2")
def test_the_safeguarding_lead_sends_it_back_only_with_a_reason(
    client: FlaskClient, sent: str, sessions: Sessions
) -> None:
    link = link_to_lead(sessions)
    empty = client.post(link, data={"decision": "send_back", "name": "Imogen Fairlie"})
    assert empty.status_code == 422
    assert "Say what the referrer should change" in empty.text
    typed = {"decision": "send_back", "name": "Imogen Fairlie", "why": "Please add the school."}
    assert client.post(link, data=typed).status_code == 302
    page = client.get(sent)
    assert page.status_code == 200
    assert "Please add the school." in page.text


def test_members_do_not_see_a_referral_before_it_is_the_groups(
    client: FlaskClient, sent: str, partnership: Any, sign_in: SignIn
) -> None:
    sign_in(client, partnership.member)
    assert client.get("/cases/JCR-2026-0001/referral").status_code == 404


def test_the_officer_reads_the_referral_and_its_files(
    client: FlaskClient, filled: str, partnership: Any, sign_in: SignIn
) -> None:
    script = {"files": [(io.BytesIO(b"<script>alert(1)</script>"), "note.html")]}
    refused = client.post(f"{filled}/files", data=script, follow_redirects=True)
    assert "A file was not added. It is a web page or drawing" in refused.text
    client.post(f"{filled}/files", data={"files": [(io.BytesIO(b"Visited on 3 May <b>"), "note.txt")]})
    client.post(f"{filled}/check")
    sign_in(client, partnership.officer)
    page = client.get("/cases/JCR-2026-0001/referral")
    assert "Kestrel Marlowe" in page.text
    link = re.search(r'href="(/cases/JCR-2026-0001/files/\d+)"', page.text)
    assert link
    file = client.get(link[1])
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/cases/JCR-2026-0001/referral.pdf").data.startswith(b"%PDF-")


@pytest.mark.tor("7.2")
def test_the_officer_sends_a_new_link_or_records_the_approval(
    client: FlaskClient, sent: str, sessions: Sessions, partnership: Any, sign_in: SignIn
) -> None:
    old = link_to_lead(sessions)
    sign_in(client, partnership.officer)
    address = "/cases/JCR-2026-0001/sign-off"
    assert client.post(address, data={"act": "ask", "lead_email": "new.lead@example.org"}).status_code == 302
    assert client.get(old).status_code == 410
    refused = client.post(address, data={"act": "record", "approved_by": "Dr Fairlie"})
    assert refused.status_code == 422
    typed = {"act": "record", "approved_by": "Dr Fairlie", "how": "By telephone this morning."}
    assert client.post(address, data=typed).status_code == 302
    assert case_now(sessions).status is Status.TRIAGE


def test_a_script_in_an_answer_is_shown_and_not_run(
    client: FlaskClient, filled: str, sessions: Sessions
) -> None:
    with sessions.transaction() as session:
        draft = session.scalars(select(Draft)).one()
        draft.answers = draft.answers | {"incident_summary": "<script>alert(1)</script>"}
    page = client.get(f"{filled}/check")
    assert "&lt;script&gt;alert(1)" in page.text
    assert "<script>alert(1)" not in page.text


@pytest.mark.parametrize("medium", ["docx", "pdf", "txt"])
@pytest.mark.tor("7.1")
def test_the_blank_form_comes_in_every_medium(client: FlaskClient, partnership: Any, medium: str) -> None:
    answer = client.get(f"/referral/form.{medium}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f"attachment; filename=referral-form.{medium}"
    assert len(answer.data) > 1000


def test_the_reference_is_kept_once_however_often_the_button_is_pressed(
    client: FlaskClient, sent: str, sessions: Sessions, app: Flask
) -> None:
    assert client.post(f"{sent}/check").location == f"{sent}/sent"
    with sessions.reading() as session:
        assert len(session.scalars(select(Referral)).all()) == 1
