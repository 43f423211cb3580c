"""Actions chased: on the right working day, one e-mail a person a day, and answered by link."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.actions import service
from jcr.actions.chasing import chase, due_on
from jcr.actions.model import Action
from jcr.cases.model import Source
from jcr.cases.rules import england
from jcr.cases.service import open_case, put_up_wall
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.history.model import Entry
from jcr.meetings.minuting import action_log
from jcr.submissions.model import Submission
from jcr.submissions.service import actions_answered
from tests.conftest import on_one_database

CALENDAR, DUE, OWNER = england(), date(2027, 1, 11), "head@service.example"  # a Monday


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def agreed(session: Session, partnership: Any, now: datetime, email: str = OWNER, due: date = DUE) -> Action:
    officer, police = partnership.officer.as_actor(), session.merge(partnership.police)
    brief = "Brief Canary Quillfeather’s staff"
    agreed = service.Agreed(brief, "Head of Service", due, agency=police, owner_email=email)
    return service.agree(session, None, agreed, officer, now)


@pytest.mark.tor("4.5", "P.16")
@on_one_database
def test_the_ladder_is_climbed_on_its_days_to_the_owner_the_agency_and_the_board(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    action, sent = agreed(session, partnership, NOW), {}
    session.merge(partnership.police).board_email = "board@police.example"
    for days in range(60):
        day = date(2026, 12, 20) + timedelta(days=days)
        for letter in chase(session, head, at(day), CALENDAR):
            sent[day.isoformat()] = letter.recipient
    assert sent == {
        "2027-01-04": OWNER,
        "2027-01-11": OWNER,
        "2027-01-18": "safeguarding@police.example",
        "2027-02-01": "board@police.example",
    }
    assert chase(session, head, at(DUE, hour=5), CALENDAR) == []
    assert [nudge.rung for nudge in action.nudges][-1] == "board_member"
    reminders = select(Letter).where(Letter.kind == Kind.ACTION_REMINDER)
    last = session.scalars(reminders.order_by(Letter.id)).all()[-1]
    assert "past its day and we have not heard that it is done" in last.body
    assert "Quillfeather" not in last.body  # what is to be done is told behind the link


@on_one_database
def test_after_an_update_nothing_goes_out_until_the_next_rung(
    session: Session, partnership: Any, NOW: datetime
) -> None:
    action, days = agreed(session, partnership, NOW), (date(2027, 1, 19), date(2027, 2, 1))
    service.note_progress(session, action, "Half of the staff are briefed.", at(date(2027, 1, 18)))
    assert [[one.rung.what for one in due_on(session, day, CALENDAR)] for day in days] == [
        [],
        ["board_member"],
    ]


@pytest.mark.tor("4.5")
@on_one_database
def test_one_person_gets_one_e_mail_a_day_over_all_actions_and_nothing_on_a_case_of_their_conflict(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    agreed(session, partnership, NOW)
    second = agreed(session, partnership, NOW, OWNER.upper())
    case = open_case(session, Source.EMAIL, {}, partnership.officer.as_actor(), NOW, NOW.date())
    put_up_wall(session, case, partnership.member, "Managed the team", partnership.officer.as_actor(), NOW)
    agreed(session, partnership, NOW, partnership.member.email).case = case
    service.complete(
        session,
        agreed(session, partnership, NOW, "other@service.example"),
        "Done",
        partnership.officer.as_actor(),
        NOW,
    )
    session.flush()
    [letter] = chase(session, head, at(DUE), CALENDAR)
    assert letter.subject == "2 actions of the Joint Case Review group: how far?"
    assert chase(session, head, at(DUE, hour=15), CALENDAR) == []
    agreed(session, partnership, NOW, due=DUE)
    assert [one.address for one in due_on(session, DUE, CALENDAR)][-1] == OWNER
    assert chase(session, head, at(DUE, hour=16), CALENDAR) == []  # had one today
    assert "(late), open for 50 days" in action_log(session, NOW.date() + timedelta(days=50))
    assert second.who == "Head of Service, West Mercia Police"


@pytest.mark.tor("4.5", "P.15")
@on_one_database
def test_the_owner_answers_by_link_and_the_log_shows_it_once_accepted(
    app: Flask, client: FlaskClient, session: Session, sessions: Sessions, head: Letterhead, partnership: Any,
    sign_in: Any, words: Any, NOW: datetime,
) -> None:  # fmt: skip
    agreed(session, partnership, NOW)
    [letter] = chase(session, head, at(DUE), CALENDAR)
    link = re.findall(r"/action/[0-9a-f]{48}", letter.body)[0]
    session.commit()
    session.close()
    app.config["CLOCK"] = lambda: at(DUE, 10)
    page = client.get(link).text
    assert "Brief Canary Quillfeather’s staff" in words(page)
    assert 'name="task"' not in page  # what was agreed is told, not asked
    said = {
        "agency_name": "West Mercia Police", "author_name": "Ian Marsh", "author_role": "Superintendent",
        "author_email": OWNER, "action_state": "stuck", "progress": "Two teams of five are briefed.",
        "reasons_for_delay": "Leave", "mitigating_action": "Daily calls", "safeguarding_lead_name": "Ada Pemberton",
        "date_completed": ["11", "1", "2027"],
    }  # fmt: skip
    wrong = client.post(link, data=said | {"reasons_for_delay": ""})
    assert wrong.status_code == 422
    assert "Two teams of five are briefed." in wrong.text
    assert "Update received" in client.post(link, data=said).text
    late = at(date(2027, 2, 1))  # the board would be told that nothing came
    with sessions.reading() as read:
        sent = read.scalars(select(Submission)).one()
        assert (sent.sender, sent.reading["fields"]["action_number"]) == (OWNER, "A1")
        assert [one.rung.what for one in due_on(read, late.date(), CALENDAR)] == ["board_member"]
        assert due_on(read, late.date(), CALENDAR, actions_answered(read)) == []
    sign_in(client, partnership.officer)
    assert client.post("/submissions/1", data=said | {"confirm": "yes"}).status_code == 302
    with sessions.reading() as read:
        assert actions_answered(read) == set()
    log = words(client.get("/actions").text)
    assert "Two teams of five are briefed." in log
    assert "Head of Service, West Mercia Police" in log
    assert "49 days" in log
    paper = client.post("/actions", data={"format": "pdf"})
    assert paper.headers["Content-Disposition"] == "attachment; filename=action-log-2027-01-11.pdf"
    told = words(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.data)).pages))
    assert "1 open, 0 of them late." in told
    assert all(part in told for part in ("Two teams of five are briefed.", "Head of Service", "49 days"))
    assert client.post("/actions", data={"format": "xlsx"}).data.startswith(b"PK")
    assert client.post("/actions").status_code == 400
    with sessions.reading() as read:
        said_so = read.scalars(select(Entry.act).where(Entry.act.startswith("took out"))).all()
    assert said_so == [f"took out the action log, 1 action, as {kind}" for kind in ("PDF", "XLSX")]
    client.post("/actions/1/done", data={"what_was_done": "All are briefed"})
    assert "Action A1 is done" in client.get(link).text


@on_one_database
def test_a_link_to_an_action_of_the_group_opens_nothing_to_whoever_is_in_conflict_with_the_case_it_names(
    client: FlaskClient, session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    officer, member = partnership.officer.as_actor(), partnership.member
    case = open_case(session, Source.EMAIL, {}, officer, NOW, NOW.date())
    agreed(session, partnership, NOW, member.email).expected = f"As learned from {case.reference}"
    [letter] = chase(session, head, at(DUE), CALENDAR)
    link = re.findall(r"/action/[0-9a-f]{48}", letter.body)[0]
    session.commit()
    assert "Brief Canary" in client.get(link).text
    put_up_wall(session, case, member, "Managed the team", officer, NOW)
    session.commit()
    for answer in (client.get(link), client.post(link, data={})):
        assert (answer.status_code, "conflict of interest" in answer.text) == (403, True)
        assert "Brief Canary" not in answer.text
