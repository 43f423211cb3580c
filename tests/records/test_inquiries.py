"""The log of access requests, freedom of information requests and complaints: due when the law says, naming nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from jcr.cases.rules import england
from jcr.cases.service import put_up_wall
from jcr.correspondence.service import Letterhead
from jcr.errors import Incomplete, NotNow
from jcr.records import inquiring
from jcr.records.inquiry_model import Kind, Step
from jcr.records.inquiry_rules import answer_due, clock
from tests.cases.made import referred
from tests.conftest import on_one_database

NEW = {"received": "2026-11-23", "asked_by": "Hester Canary", "contact": "hester@home.example",
       "what": "Everything about my brother"}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "received", "due"),
    [
        ("access", date(2026, 11, 23), date(2026, 12, 23)),
        ("access", date(2026, 11, 25), date(2026, 12, 29)),  # Christmas, Boxing Day put off, a weekend
        ("access", date(2027, 1, 31), date(2027, 3, 1)),  # no 31 February, and the 28th is a Sunday
        ("foi", date(2026, 11, 23), date(2026, 12, 21)),
        ("complaint", date(2026, 11, 23), None),
    ],
)
def test_the_answer_is_due_when_the_law_says(kind: str, received: date, due: date | None) -> None:
    assert answer_due(kind, received, england()) == due


def test_a_complaint_is_acknowledged_within_thirty_days() -> None:
    due = clock("complaint", date(2026, 11, 23), None, None, None)
    assert due
    assert due.on == date(2026, 12, 23)
    assert "Data (Use and Access) Act 2025" in due.because
    assert due.is_late(date(2026, 12, 24))
    assert not due.is_late(date(2026, 12, 23))
    assert clock("complaint", date(2026, 11, 23), None, date(2026, 12, 1), None) is None


def test_references_count_by_kind_and_year_and_more_time_has_an_end(
    session: Session, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer
    entered = [
        inquiring.enter(
            session, kind, day, "Hester", "", "All of it", None, england(), officer.as_actor(), NOW
        )
        for kind, day in [
            (Kind.ACCESS, date(2026, 11, 2)),
            (Kind.ACCESS, date(2026, 11, 3)),
            (Kind.FOI, date(2026, 11, 3)),
        ]
    ]
    assert [one.reference for one in entered] == ["ACC-2026-0001", "ACC-2026-0002", "FOI-2026-0001"]
    first = entered[0]
    step = (session, first, Step.EXTENDED, date(2026, 11, 20), "Nine agencies hold papers")
    with pytest.raises(Incomplete, match="until Tuesday 2 February 2027"):
        inquiring.take(*step, date(2027, 2, 3), england(), officer.as_actor(), NOW)
    inquiring.take(*step, date(2027, 2, 2), england(), officer.as_actor(), NOW)
    assert first.due_on == date(2027, 2, 2)
    inquiring.take(
        session, first, Step.ANSWERED, date(2026, 11, 23), "Sent", None, england(), officer.as_actor(), NOW
    )
    with pytest.raises(NotNow, match="was answered on Monday 23 November 2026"):
        inquiring.take(
            session, first, Step.NOTE, date(2026, 11, 23), "More", None, england(), officer.as_actor(), NOW
        )
    assert inquiring.by_reference(session, officer, "acc-2026-0001") is first
    assert [one.reference for one in session.scalars(inquiring.open_ones(officer))] == [
        "ACC-2026-0002",
        "FOI-2026-0001",
    ]


@on_one_database
def test_one_about_a_case_is_hidden_by_its_wall(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    case = referred(session, head, NOW)
    session.flush()
    found = inquiring.enter(
        session, Kind.FOI, NOW.date(), "A paper", "", "Minutes", case, england(), officer, NOW
    )
    put_up_wall(session, case, partnership.officer, "knows the family", officer, NOW)
    assert inquiring.by_reference(session, partnership.officer, found.reference) is None
    assert inquiring.by_reference(session, partnership.manager, found.reference) is found


@on_one_database
def test_the_pages_enter_one_follow_it_and_lose_nothing_typed(
    app: Flask,
    client: FlaskClient,
    sign_in: Callable[..., None],
    partnership: Any,
    words: Callable[[str], str],
) -> None:
    sign_in(client, partnership.officer)
    answer = client.post("/records/requests/new", data=NEW | {"kind": "access", "case": "JCR-2026-0777"})
    assert answer.status_code == 422
    assert "There is no such case" in answer.text
    assert "Everything about my brother" in answer.text
    answer = client.post("/records/requests/new", data=NEW | {"kind": "access"})
    assert answer.location == "/records/requests/ACC-2026-0001"
    assert "Answer by 23 Dec 2026" in words(client.get("/records/requests").text)
    step = {"step": "exemption", "text": "Names of staff left out", "on": "2026-11-23"}
    assert client.post(answer.location, data=step | {"on": "2026-11-24"}).status_code == 422
    assert client.post(answer.location, data=step).status_code == 302
    page = words(client.get(answer.location).text)
    assert "Monday 23 November 2026: Exemption, or what is left out and why Names of staff left out" in page
    assert client.get("/records/requests/ACC-2026-9999").status_code == 404
