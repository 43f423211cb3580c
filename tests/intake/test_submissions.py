"""Papers, updates on actions and rapid review reports by e-mail: to the right place, or to the pile with reasons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from forms import FORMS, word
from jcr.actions.model import Action, State
from jcr.actions.service import Agreed, agree
from jcr.db import Sessions
from jcr.intake.model import Outcome
from jcr.meetings.model import Meeting
from jcr.meetings.service import call_business_meeting
from jcr.submissions.filled import About, filled
from jcr.submissions.model import State as Settled
from jcr.submissions.model import Submission

Write = Callable[..., EmailMessage]
POLICE = "Ada Pemberton <ada@westmercia.example>"
DONE = {
    "action_state": "done",
    "what_was_done": "All call takers are trained.",
    "evidence": "Training records",
}
PAPER = {
    "paper_title": "Missed visits",
    "paper_purpose": "decision",
    "decision_asked": "Adopt the protocol",
    "paper_summary": "Ten visits were missed.",
}


@pytest.fixture
def action(sessions: Sessions, partnership: Any, NOW: datetime) -> Action:
    with sessions.transaction() as session:
        due = (NOW + timedelta(days=60)).date()
        police = session.merge(partnership.police)
        agreed = Agreed("Train call takers", "The force", due, agency=police)
        return agree(session, None, agreed, partnership.officer.as_actor(), NOW)


@pytest.fixture
def meeting(sessions: Sessions, partnership: Any, NOW: datetime) -> Meeting:
    with sessions.transaction() as session:
        return call_business_meeting(
            session, NOW + timedelta(days=30), "Room 2", partnership.officer.as_actor(), NOW
        )


@pytest.fixture
def returned(sessions: Sessions, partnership: Any, NOW: datetime) -> Callable[..., bytes]:
    """A form sent out about the action or by the police, and filled in."""

    def make(kind: str, **answers: Any) -> bytes:
        with sessions.reading() as session:
            found = session.scalar(select(Action)) if kind == "action_update" else None
            agency = session.merge(partnership.police)
            known, stamp = filled(session, kind, About(agency=agency, action=found), NOW)
        return word.blank(FORMS[kind], {**known, **answers}, stamp)

    return make


@pytest.fixture
def at_the_paper(
    mailroom: Any,
    write: Write,
    meeting: Meeting,
    returned: Any,
    client: FlaskClient,
    partnership: Any,
    sign_in: Any,
) -> FlaskClient:
    """The officer, signed in after the police have sent a paper for the meeting."""
    mailroom.take_in(
        write("A paper.", ("paper.docx", returned("paper", **PAPER)), From=partnership.police.contact_email)
    )
    sign_in(client, partnership.officer)
    return client


def only(sessions: Sessions, table: type[Any] = Submission) -> Any:
    with sessions.reading() as session:
        return session.scalars(select(table)).one()


def test_an_update_reaches_its_action_and_completes_it_when_accepted(
    mailroom: Any,
    sessions: Sessions,
    write: Write,
    action: Action,
    returned: Any,
    client: FlaskClient,
    partnership: Any,
    sign_in: Any,
) -> None:
    mail = write(
        "Our update.",
        ("update.docx", returned("action_update", **DONE)),
        From=partnership.police.contact_email,
    )
    row = mailroom.take_in(mail)
    assert (row.outcome, row.waiting) == (Outcome.SUBMISSION, False)
    assert only(sessions).action_id == action.id
    sign_in(client, partnership.officer)
    assert f"Update on an action A{action.number}" in client.get("/pile").text
    page = client.get("/submissions/1")
    assert "All call takers are trained." in page.text
    assert only(sessions, Action).state is State.OPEN
    assert client.post("/submissions/1", data={**_posted(page.text), "confirm": "yes"}).status_code == 302
    assert (only(sessions, Action).state, only(sessions).state) == (State.DONE, Settled.ACCEPTED)
    assert only(sessions).reading["fields"]["what_was_done"] == "All call takers are trained."
    assert "Accepted by" in client.get("/submissions/1").text


def test_a_paper_becomes_an_item_of_the_meeting_on_its_day(
    sessions: Sessions, meeting: Meeting, at_the_paper: FlaskClient
) -> None:
    assert only(sessions).meeting_id == meeting.id
    page = at_the_paper.get("/submissions/1")
    typed = {**_posted(page.text), "paper_title": "Missed visits, revised"}
    at_the_paper.post("/submissions/1", data={**typed, "save": "yes"})
    assert only(sessions).answers["paper_title"] == "Missed visits, revised"
    at_the_paper.post("/submissions/1", data={**typed, "confirm": "yes"})
    with sessions.reading() as session:
        items = [item.title for item in session.get_one(Meeting, meeting.id).items]
    assert "Missed visits, revised" in items


def test_what_is_not_ours_is_put_aside_with_a_reason_and_kept(
    sessions: Sessions, at_the_paper: FlaskClient
) -> None:
    assert at_the_paper.post("/submissions/1", data={"aside": "yes", "why": " "}).status_code == 422
    assert at_the_paper.post("/submissions/1", data={"aside": "yes", "why": "A draft"}).status_code == 302
    assert (only(sessions).state, only(sessions).why) == (Settled.NOT_OURS, "A draft")


@pytest.mark.parametrize(
    ("kind", "answers", "sender", "reason"),
    [
        (
            "paper",
            {**PAPER, "meeting_date": "2026-11-24"},
            "",
            "No meeting of the group is on Tuesday 24 November 2026.",
        ),
        ("paper", {**PAPER, "meeting_date": ""}, "", "The paper does not say for which meeting it is."),
        ("action_update", {**DONE, "action_number": "A99"}, "", "The update names no action that there is."),
        ("action_update", DONE, "rowan.ashdown@health.example", "is for West Mercia Police"),
        ("rapid_review", {"facts_summary": "C.Q. died."}, "", "The report names no case that there is."),
        (
            "action_update",
            DONE,
            "stranger@elsewhere.example",
            "the sender is not on the list of agency addresses",
        ),
    ],
)
def test_what_fits_nowhere_waits_with_its_reason(
    mailroom: Any,
    sessions: Sessions,
    write: Write,
    action: Action,
    returned: Any,
    partnership: Any,
    kind: str,
    answers: dict[str, Any],
    sender: str,
    reason: str,
) -> None:
    form = returned(kind, **answers)
    row = mailroom.take_in(
        write("Here.", ("form.docx", form), From=sender or partnership.police.contact_email)
    )
    assert row.waiting
    assert reason in " ".join(row.because)


def test_an_officer_says_where_a_form_belongs(
    mailroom: Any,
    sessions: Sessions,
    write: Write,
    meeting: Meeting,
    returned: Any,
    client: FlaskClient,
    partnership: Any,
    sign_in: Any,
) -> None:
    form = returned("paper", **{**PAPER, "meeting_date": "2026-11-24"})
    row = mailroom.take_in(write("A paper.", ("paper.docx", form), From=partnership.police.contact_email))
    sign_in(client, partnership.officer)
    assert "Take it in: it is a paper" in client.get(f"/pile/{row.id}").text
    chosen = {
        "act": "submission",
        "place": f"meeting-{meeting.id}",
        "path": "paper.docx",
        "why": "They named the wrong day",
    }
    answer = client.post(f"/pile/{row.id}", data=chosen)
    assert answer.headers["Location"] == "/submissions/1"
    assert only(sessions).meeting_id == meeting.id
    assert mailroom.rows()[-1].waiting is False


def _posted(page: str) -> dict[str, Any]:
    """What a browser would send of the page's form without touching it."""
    form = html.fromstring(page).get_element_by_id("answers")
    return dict(form.form_values())
