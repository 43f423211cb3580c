"""However many cases there are, a page asks the database the same number of questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from forms.reading import read
from jcr.cases.rules import england
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.desk.keeping import bring_up_to_date
from jcr.intake.filing import Office
from jcr.intake.registry import Ledger
from mail_intake.documents import one_by_one
from mail_intake.maildir import Maildir
from mail_intake.poller import poll
from tests.cases.made import in_scoping, in_triage, referred

FEW, MANY = 3, 30  # cases, a third of them at each of three stages
CASE = "/cases/JCR-2026-0001"
SEARCH = "/cases?words"  # what is looked for is posted
LISTS = (
    "/", "/dates", "/cases", "/cases?route=adult", SEARCH, CASE, f"{CASE}/returns", f"{CASE}/criteria",
    f"{CASE}/triage", "/pile", "/ledger", "/meetings", "/actions", "/chasing", "/forms", "/agencies",
)  # fmt: skip
A_MEETING = "/meetings/1"
AT_A_MEETING = 26  # questions, however many people are invited, with the record of the reading
OF_ONE = ("/pile/1", A_MEETING)
AT_MOST = {"/": 21, "/cases": 9, SEARCH: 11, CASE: 23, "/chasing": 5}  # questions once the cases are stored
Grow = Callable[[int], None]


@pytest.fixture
def grow(sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime, tmp_path: Path) -> Grow:
    """Adds so many cases, and as many messages that wait on the pile."""

    def add(session: Session) -> None:
        in_scoping(session, head, partnership.officer, NOW, partnership.police, partnership.wvt)
        in_triage(session, head, partnership.officer, NOW)
        referred(session, head, NOW)

    def grown(cases: int) -> None:
        mailbox = Maildir(tmp_path / f"mail-{cases}")
        for number in range(cases):
            (mailbox.path / "new" / str(number)).write_bytes(_question(cases * 100 + number).as_bytes())
        poll(mailbox, Ledger(sessions, Office(head, england()), lambda: NOW), one_by_one(read))
        with sessions.transaction() as session:
            for _ in range(cases // 3):
                add(session)

    return grown


def _question(number: int) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = f"colleague{number}@elsewhere.example", "A question"
    message["Message-ID"] = f"<{number}@elsewhere.example>"
    message.set_content(f"When does the group meet about matter {number}?")
    return message


@pytest.fixture
def queries(sessions: Sessions, client: FlaskClient) -> Callable[..., dict[str, int]]:
    """How many queries each of these pages makes at the moment."""

    def asked(path: str) -> int:
        said: list[str] = []
        if path.startswith(CASE):
            client.get(path)  # the first reading of a day is put on record

        def hear(_: Any, __: Any, statement: str, *rest: Any) -> None:
            said.append(statement)

        event.listen(sessions.engine, "before_cursor_execute", hear)
        answer = client.post("/cases", data={"words": "quillfeather"}) if path == SEARCH else client.get(path)
        assert answer.status_code == 200, path
        event.remove(sessions.engine, "before_cursor_execute", hear)
        return len(said)

    return lambda *paths: {path: asked(path) for path in paths}


def test_no_page_asks_more_when_there_are_more_cases(
    client: FlaskClient, partnership: Any, sign_in: Any, grow: Grow, queries: Callable[..., dict[str, int]]
) -> None:
    sign_in(client, partnership.officer)
    grow(FEW)
    few = queries(*LISTS, *OF_ONE)
    assert few[A_MEETING] <= AT_A_MEETING
    grow(MANY - FEW)
    assert _more(queries(*LISTS, *OF_ONE), few) == {}


def test_no_page_asks_more_at_fifty_cases_than_at_five_once_they_are_stored(
    client: FlaskClient,
    sessions: Sessions,
    partnership: Any,
    sign_in: Any,
    head: Letterhead,
    NOW: datetime,
    queries: Callable[..., dict[str, int]],
) -> None:
    def grown(cases: int) -> dict[str, int]:
        with sessions.transaction() as session:
            for _ in range(cases):
                in_triage(session, head, partnership.officer, NOW)
        with sessions.transaction() as session:
            bring_up_to_date(session, NOW.date(), england())
        return queries(*LISTS)

    sign_in(client, partnership.officer)
    few = grown(5)
    assert {path: few[path] for path in AT_MOST if few[path] > AT_MOST[path]} == {}
    assert _more(grown(45), few) == {}


def _more(many: dict[str, int], few: dict[str, int]) -> dict[str, int]:
    """The pages that ask more; one may ask less, as a desk that is full with one kind of task."""
    return {path: many[path] - few[path] for path in few if many[path] > few[path]}
