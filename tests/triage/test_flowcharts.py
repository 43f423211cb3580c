"""The flowchart changed by the office: in versions, never into a dead end, and a case keeps the one it began with."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.errors import Incomplete, NotAllowed
from jcr.triage import flowcharts, service
from jcr.triage.rules import FLOWCHART, Flowchart, Step
from jcr.web.reasoned import Given
from tests.cases.made import in_triage
from tests.shown import seen_at, seen_on

WHY = "The group asked for it."
FIRST = FLOWCHART.steps[0]
ASKED = Step("added_1", "Is a coroner told?", "lead_approved", "lead_approved", "lead_approved", "Local")


@pytest.fixture
def officer(partnership: Any) -> Any:
    return partnership.officer.as_actor()


def save(session: Session, steps: Any, officer: Any, now: datetime, **more: Any) -> Any:
    return flowcharts.save(session, steps, more.get("why", WHY), officer, now)


@pytest.mark.tor("7.3")
def test_a_case_keeps_the_version_its_triage_began_with(
    session: Session, head: Letterhead, partnership: Any, officer: Any, NOW: datetime
) -> None:
    begun, later = (in_triage(session, head, partnership.officer, NOW) for _ in range(2))
    no = {"is_concern": Given("no", "It asks for a review.")}
    service.record_answers(session, begun, no, officer, NOW)
    made = save(session, flowcharts.added(FLOWCHART, "is_concern", ASKED), officer, NOW)
    service.record_answers(session, later, no, officer, NOW)
    assert made.version == "2"
    assert flowcharts.of_case(session, begun) == FLOWCHART
    assert flowcharts.of_case(session, later) == made
    assert service.path_of(session, begun).missing == FLOWCHART.step("lead_approved")
    assert service.path_of(session, later).missing == ASKED
    assert service.outcomes(session, [begun.id, later.id]) == {}
    with pytest.raises(Incomplete, match="no longer part of the flowchart"):
        service.record_answers(session, begun, {"added_1": Given("yes", WHY)}, officer, NOW)


def test_what_led_to_the_next_question_leads_to_the_new_one() -> None:
    steps = flowcharts.added(FLOWCHART, "is_concern", ASKED)
    assert [step.key for step in steps[:3]] == ["is_concern", "added_1", "lead_approved"]
    assert (steps[0].yes, steps[0].no, steps[0].not_known) == ("redirect", "added_1", "added_1")


def test_a_question_behind_an_outcome_that_is_gone_past_is_asked_too() -> None:
    coroner = replace(ASKED, yes="complete", no="complete", not_known="complete")
    steps = flowcharts.added(FLOWCHART, "lead_approved", coroner)
    assert (steps[1].yes, steps[1].goes_on_to) == ("added_1", "added_1")


def test_what_was_gone_on_to_may_be_removed_once_nothing_leads_there() -> None:
    past = replace(FLOWCHART.steps[4], yes="outside_every_route")
    risk = replace(FLOWCHART.steps[3], no="outside_every_route")
    chart = Flowchart("2", (*FLOWCHART.steps[:3], risk, past, *FLOWCHART.steps[5:]))
    left = flowcharts.removed(chart, "looks_notifiable")
    assert (left[1].goes_on_when, left[1].goes_on_to) == ("", "")


def test_answers_to_questions_that_changed_meanwhile_are_shown_again_and_not_saved(
    client: FlaskClient, sign_in: Any, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    with sessions.transaction() as session:
        case = in_triage(session, head, partnership.officer, NOW)
        steps = (replace(FIRST, question="Is it a concern?"), *FLOWCHART.steps[1:])
        save(session, steps, partnership.officer.as_actor(), NOW)
        page = f"/cases/{case.reference}/triage"
    sign_in(client, partnership.officer)
    typed = {"is_concern": "no", "is_concern_why": "It asks for a review.", "flowchart": "1"}
    answer = client.post(page, data=typed)
    assert answer.status_code == 409
    assert "The questions were changed while you were answering" in answer.text
    assert "It asks for a review." in answer.text
    assert client.post(page, data=typed | {"flowchart": "2"}).status_code == 302


def test_a_question_others_lead_to_is_not_removed(session: Session) -> None:
    with pytest.raises(Incomplete, match=r"safeguarding lead approved .* Lead it elsewhere first"):
        flowcharts.removed(FLOWCHART, "complete")


@pytest.mark.parametrize(
    ("steps", "more", "words"),
    [
        ((replace(FIRST, no="is_concern"), *FLOWCHART.steps[1:]), {}, "lead back to themselves"),
        ((replace(FIRST, no="complete", not_known="complete"), *FLOWCHART.steps[1:]), {}, "Nothing leads to"),
        (FLOWCHART.steps, {}, "Nothing was changed"),
        (FLOWCHART.steps[:0], {}, "add the first one"),
        ((replace(FIRST, question="Is it one?"), *FLOWCHART.steps[1:]), {"why": " "}, "Say why"),
    ],
)
def test_what_cannot_be_followed_is_refused_with_what_to_do(
    session: Session, officer: Any, NOW: datetime, steps: Any, more: Any, words: str
) -> None:
    with pytest.raises(Incomplete, match=words):
        save(session, steps, officer, NOW, **more)
    assert flowcharts.current(session) == FLOWCHART


def test_an_earlier_version_is_put_back(
    session: Session, officer: Any, partnership: Any, NOW: datetime
) -> None:
    steps = (replace(FIRST, question="Is it a concern?"), *FLOWCHART.steps[1:])
    save(session, steps, officer, NOW)
    back = flowcharts.put_back(session, "1", WHY, officer, NOW)
    assert (back.version, back.steps) == ("3", FLOWCHART.steps)
    assert [one.flowchart.version for one in flowcharts.versions(session)] == ["3", "2", "1"]
    with pytest.raises(NotAllowed):
        save(session, steps, partnership.member.as_actor(), NOW)


TYPED = {
    "question": "Is a <b>coroner</b> told?", "paragraph": "Local", "why": WHY,
    "yes": "lead_approved", "no": "lead_approved", "not_known": "settle",
}  # fmt: skip


def test_the_office_changes_adds_and_removes_a_question_on_its_pages(
    client: FlaskClient, sign_in: Any, sessions: Sessions, partnership: Any
) -> None:
    sign_in(client, partnership.officer)
    refused = client.post("/flowchart/is_concern/after", data=TYPED | {"no": ""})
    assert refused.status_code == 422
    assert "Select where no leads" in refused.text
    assert "Is a &lt;b&gt;coroner&lt;/b&gt; told?" in refused.text
    assert client.post("/flowchart/is_concern/after", data=TYPED).location == "/flowchart"
    page = client.get("/flowchart").text
    assert "2. Is a &lt;b&gt;coroner&lt;/b&gt; told?" in page
    removing = seen_at(client, "/flowchart/added_1/remove") | {"why": WHY}
    kept = client.post("/flowchart/added_1/remove", data=removing)
    assert (kept.status_code, "Lead it elsewhere first" in kept.text) == (422, True)
    assert client.post("/flowchart/versions/1", data={"why": WHY}).status_code == 302
    with sessions.reading() as session:
        assert flowcharts.current(session).steps == FLOWCHART.steps


def test_the_second_of_two_at_one_question_sees_both_versions_and_saves_from_the_same_page(
    client: FlaskClient, sign_in: Any, sessions: Sessions, partnership: Any
) -> None:
    sign_in(client, partnership.officer)
    shown = seen_at(client, "/flowchart/is_concern")
    mine = TYPED | {"question": "Is it a concern?"}
    theirs = TYPED | {"question": "Does it report a worry?", "why": "Plainer."}
    assert client.post("/flowchart/is_concern", data=theirs | shown).status_code == 302
    told = client.post("/flowchart/is_concern", data=mine | shown)
    assert told.status_code == 409
    assert "Does it report a worry?" in told.text
    assert 'value="Is it a concern?"' in told.text
    assert WHY in told.text
    assert client.post("/flowchart/is_concern", data=mine | seen_on(told.text)).status_code == 302
    with sessions.reading() as session:
        assert flowcharts.current(session).steps[0].question == "Is it a concern?"


def test_two_at_different_questions_do_not_stand_in_each_others_way(
    client: FlaskClient, sign_in: Any, sessions: Sessions, partnership: Any
) -> None:
    sign_in(client, partnership.officer)
    pages = ["/flowchart/is_concern", "/flowchart/sin_sent"]
    shown = [seen_at(client, page) for page in pages]
    led = {"yes": "outside_every_route", "no": "await_sin", "not_known": "await_sin"}
    for page, seen, typed in zip(pages, shown, [TYPED, TYPED | led | {"question": "Sent?"}], strict=True):
        assert client.post(page, data=typed | seen).status_code == 302
    with sessions.reading() as session:
        steps = flowcharts.current(session).steps
    assert [steps[0].question, steps[6].question] == [TYPED["question"], "Sent?"]


def test_what_was_typed_at_a_question_that_somebody_removed_is_saved_behind_the_one_before_it(
    client: FlaskClient, sign_in: Any, sessions: Sessions, partnership: Any, officer: Any, NOW: datetime
) -> None:
    with sessions.transaction() as session:
        save(session, flowcharts.added(FLOWCHART, "is_concern", ASKED), officer, NOW)
    sign_in(client, partnership.officer)
    shown = seen_at(client, "/flowchart/added_1")
    with sessions.transaction() as session:
        save(session, FLOWCHART.steps, officer, NOW, why="Asked elsewhere.")
    told = client.post("/flowchart/added_1", data=TYPED | shown)
    assert (told.status_code, 'action="/flowchart/is_concern/after"' in told.text) == (409, True)
    assert "saved version 3: Asked elsewhere." in told.text
    assert "Is a &lt;b&gt;coroner&lt;/b&gt; told?" in told.text
    assert client.post("/flowchart/added_1/after", data=TYPED).status_code == 409
    assert client.post("/flowchart/is_concern/after", data=TYPED).status_code == 302
    assert client.get("/flowchart/never").status_code == client.post("/flowchart/never").status_code == 404


def test_a_question_changed_since_the_page_was_shown_is_read_again_before_it_is_removed(
    client: FlaskClient, sign_in: Any, sessions: Sessions, partnership: Any, officer: Any, NOW: datetime
) -> None:
    sign_in(client, partnership.officer)
    page = "/flowchart/outside_every_route/remove"
    shown = seen_at(client, page)
    with sessions.transaction() as session:
        last = replace(FLOWCHART.steps[-1], question="Is it outside?")
        save(session, (*FLOWCHART.steps[:-1], last), officer, NOW)
    told = client.post(page, data=shown | {"why": WHY})
    assert (told.status_code, "Is it outside?" in told.text, WHY in told.text) == (422, True, True)
    assert "Lead it elsewhere first" in client.post(page, data=seen_on(told.text) | {"why": WHY}).text
