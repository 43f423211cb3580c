"""Retention of mail, drafts and requests that belong to no case: two people decide, and only what is old goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jcr.cases.rules import england
from jcr.cli import commands
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.files.model import File
from jcr.files.service import keep
from jcr.history.model import Entry
from jcr.history.proof import verify
from jcr.intake.model import Message, Outcome, Resolution
from jcr.outsiders.model import OutsideLink
from jcr.records import inquiring, keeping, of_no_case
from jcr.records.inquiry_model import Kind, Step
from jcr.records.model import OldMark
from jcr.records.rules import OF_NO_CASE
from jcr.referrals import drafts
from jcr.referrals.model import Draft
from jcr.roles import WORKER
from jcr.settings import RETENTION_YEARS
from tests.cases.made import in_triage
from tests.conftest import on_one_database

DAY = date(2026, 11, 23)  # of NOW


def message(session: Session, number: int, at: datetime, **facts: Any) -> Message:
    file = keep(session, f"message {number}".encode(), at)
    given = {"outcome": Outcome.AUTO_REPLY, "readings": [], "details": {}} | facts
    found = Message(
        mailbox="in", handle=str(number), sha256=file.sha256, file=file, arrived_at=at, met_at=at, **given
    )
    session.add(found)
    session.flush()
    return found


def taken_off(at: datetime) -> dict[str, Any]:
    return {"outcome": Outcome.TO_SORT, "resolved_at": at, "resolved_by": "Rhiannon Maddox",
            "resolved_how": Resolution.NOT_OURS, "resolved_why": "An advertisement."}  # fmt: skip


def numbers(session: Session, kind: str, day: date) -> list[int]:
    return [row.id for row in session.execute(of_no_case.old(kind, day))]


def test_mail_is_old_by_the_day_it_was_dealt_with_and_never_while_it_waits_or_is_tied_to_a_case(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    case = in_triage(session, head, partnership.officer, NOW)
    midnight = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)  # the day after begins
    automatic = message(session, 1, NOW)
    message(session, 2, midnight)
    message(session, 3, NOW, outcome=Outcome.TO_SORT, waiting=True)
    message(session, 4, NOW, case_id=case.id)
    advertisement = message(session, 5, NOW, **taken_off(NOW))
    message(session, 6, NOW, **taken_off(midnight))
    whole = message(session, 7, NOW, **taken_off(NOW))
    message(session, 8, NOW, part_of_id=whole.id, case_id=case.id)
    message(session, 9, NOW, outcome=None)
    assert numbers(session, "mail", DAY) == [automatic.id, advertisement.id]
    assert numbers(session, "mail", date(2026, 11, 22)) == []


def test_requests_count_from_their_answer_and_one_about_a_case_on_hold_is_kept_with_it(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    officer, case = partnership.officer.as_actor(), in_triage(session, head, partnership.officer, NOW)
    keeping.hold(
        session, case, keeping.keeping_of(session, case, RETENTION_YEARS), "An inquest", officer, NOW
    )
    found = [
        inquiring.enter(session, Kind.FOI, DAY, "A journalist", "", "How many reviews?", about, england(), officer, NOW)
        for about in (None, case, None)
    ]  # fmt: skip
    for one in found[:2]:
        inquiring.take(session, one, Step.ANSWERED, DAY, "Two.", None, england(), officer, NOW)
    session.flush()
    assert numbers(session, "requests", DAY) == [found[0].id]
    assert numbers(session, "requests", date(2026, 11, 22)) == []


def test_nothing_of_a_kind_that_there_is_not_can_be_marked(
    session: Session, partnership: Any, NOW: datetime
) -> None:
    for kind in OF_NO_CASE:
        session.add(OldMark(kind=kind, up_to=DAY, why="Old", at=NOW, by_id=partnership.manager.id))
    session.flush()
    session.add(OldMark(kind="minutes", up_to=DAY, why="Old", at=NOW, by_id=partnership.manager.id))
    with pytest.raises(IntegrityError, match="ck_old_marks_kind"):
        session.flush()


def test_what_two_people_decided_goes_with_links_and_files_and_is_on_record(
    sessions: Sessions, partnership: Any, NOW: datetime
) -> None:
    manager, officer = partnership.manager.as_actor(), partnership.officer.as_actor()
    with sessions.transaction() as session:
        drafts.start(session, NOW)
        drafts.start(session, NOW.replace(day=24))
        message(session, 1, NOW)
        kept = message(session, 2, NOW.replace(day=24))
        kept.same_as_id = 1
    with sessions.transaction() as session:
        assert numbers(session, "mail", DAY) == []  # the same came again and is not old enough
        with pytest.raises(NotAllowed, match="A manager marks"):
            of_no_case.mark(session, "drafts", DAY, "Old", officer, NOW)
        with pytest.raises(NotNow, match="old enough"):
            of_no_case.mark(session, "requests", DAY, "Old", manager, NOW)
        with pytest.raises(Incomplete, match="reasons"):
            of_no_case.mark(session, "drafts", DAY, " ", manager, NOW)
        of_no_case.mark(session, "drafts", DAY, "Never sent.", manager, NOW)
    with sessions.transaction() as session:
        mark = of_no_case.standing(session, "drafts")
        assert mark
        with pytest.raises(NotNow, match="already"):
            of_no_case.mark(session, "drafts", DAY, "Again", manager, NOW)
        with pytest.raises(NotAllowed, match="Somebody else"):
            of_no_case.agree(session, mark, "Mine", manager, NOW)
        with pytest.raises(NotNow, match="to agree there"):
            of_no_case.destroy(session, "drafts", WORKER, NOW)
        of_no_case.agree(session, mark, "I looked.", officer, NOW)
    with sessions.transaction() as session:
        gone = of_no_case.destroy(session, "drafts", WORKER, NOW)
        assert gone.counts == {"drafts": 1, "outside_links": 1}
    with sessions.transaction() as session:
        assert session.scalars(select(Draft.created_at)).all() == [NOW.replace(day=24)]
        assert session.scalar(select(func.count(OutsideLink.id))) == 1
        assert session.scalar(select(func.count(File.id))) == 2
        last = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
        assert last
        assert last.act == "destroyed: referrals begun on the web and never sent, up to 23 November 2026"
        assert last.details["rows"] == gone.counts
        assert of_no_case.standing(session, "drafts") is None
        verify(session, [])  # raises Broken otherwise


@on_one_database
def test_the_page_marks_and_keeps_and_the_command_destroys(
    app: Flask, client: FlaskClient, sign_in: Callable[..., None], sessions: Sessions, partnership: Any,
    NOW: datetime, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with sessions.transaction() as session:
        message(session, 1, NOW)
        message(session, 2, NOW)
        message(session, 3, NOW.replace(year=2028))
    app.config["CLOCK"] = lambda: NOW.replace(year=2028, day=24)
    page = "/records/old/mail"
    sign_in(client, partnership.officer)
    assert "2 records" in client.get("/records").text
    assert "A manager decides" in client.get(page).text
    assert "Mark for destruction" not in client.get(page).text
    assert client.get("/records/old/minutes").status_code == 404
    sign_in(client, partnership.manager)
    assert client.post(page, data={"why": ""}).status_code == 422
    assert client.post(page, data={"why": "Two years have passed."}).status_code == 302
    assert "The oldest is of Monday 23 November 2026." in client.get(page).text
    assert "I agree" not in client.get(page).text
    assert client.post(page, data={"answer": "agree", "why": "Mine."}).status_code == 422
    client.post(page, data={"answer": "keep", "why": "An audit wants them."})
    client.post(page, data={"why": "The audit is over."})
    sign_in(client, partnership.officer)
    assert "Marked: to be agreed" in client.get("/records").text
    assert "I agree" in client.get(page).text
    assert client.post(page, data={"answer": "agree", "why": "I looked."}).status_code == 302
    assert "I agree" not in client.get(page).text
    assert "To be destroyed by the operator" in client.get("/records").text
    monkeypatch.setattr("jcr.cli.destroying.sessions_of", lambda _: sessions)
    wrong = CliRunner().invoke(commands, ["destroy-old", "mail"], input="drafts\n")
    assert isinstance(wrong.exception, ValueError)
    done = CliRunner().invoke(commands, ["destroy-old", "mail", "--again", "mail"])
    assert "Destroyed 2 rows and 2 files of mail that became part of no case" in done.output, done.output
    with sessions.transaction() as session:
        assert session.scalars(select(Message.handle)).all() == ["3"]
