"""Retention: a closed record comes up for review when its time has passed, and nothing is destroyed by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.service import put_up_wall
from jcr.cases.workflow import perform
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.errors import NotAllowed, NotNow
from jcr.records import keeping
from jcr.records.rules import review_on, years_before, years_later
from jcr.settings import RETENTION_YEARS
from tests.cases.made import in_triage
from tests.conftest import on_one_database

TEN_YEARS_LATER = date(2036, 11, 23)


@pytest.fixture
def closed(session: Session, head: Letterhead, partnership: Any, NOW: datetime) -> Case:
    return _closed(session, head, partnership, NOW)


def _closed(session: Session, head: Letterhead, partnership: Any, now: datetime) -> Case:
    case = in_triage(session, head, partnership.officer, now)
    perform(session, case, "decline", partnership.officer.as_actor(), now, "Not for this process.")
    perform(session, case, "close", partnership.officer.as_actor(), now, "Nothing is outstanding.")
    session.flush()
    return case


def _due(session: Session, person: Any, day: date, years: dict[str, int] = RETENTION_YEARS) -> list[Case]:
    session.flush()
    return list(session.scalars(keeping.due(person, years, day)))


def _stands(session: Session, case: Case) -> keeping.Keeping:
    session.flush()
    return keeping.keeping_of(session, case, RETENTION_YEARS)


def test_the_years_of_a_kind_are_counted_from_the_day_of_closing() -> None:
    assert years_later(date(2028, 2, 29), 10) == date(2038, 3, 1)
    assert years_before(date(2038, 2, 28), 10) == date(2028, 2, 28)
    assert review_on(date(2026, 11, 23), ["adult", "child"], {"adult": 5, "child": 25}) == date(2051, 11, 23)
    assert review_on(date(2026, 11, 23), [], {"not_reviewed": 3}) == date(2029, 11, 23)


def test_a_record_comes_up_when_its_time_has_passed_and_again_after_being_kept(
    session: Session, closed: Case, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer
    assert _due(session, officer, TEN_YEARS_LATER - timedelta(days=1)) == []
    assert _due(session, officer, TEN_YEARS_LATER) == [closed]
    assert _due(session, officer, TEN_YEARS_LATER, RETENTION_YEARS | {"adult": 11}) == []
    then = NOW.replace(year=2036)
    until = date(2040, 1, 1)
    keeping.keep_longer(
        session, closed, _stands(session, closed), until, "An inquiry is expected.", officer.as_actor(), then
    )
    assert _due(session, officer, TEN_YEARS_LATER) == []
    assert _stands(session, closed).review_on == until
    assert _due(session, officer, until) == [closed]


def test_a_hold_takes_a_record_off_the_list_and_blocks_the_mark_until_it_is_lifted(
    session: Session, closed: Case, partnership: Any, NOW: datetime
) -> None:
    manager, then = partnership.manager.as_actor(), NOW.replace(year=2036)
    keeping.hold(session, closed, _stands(session, closed), "Inquest", partnership.officer.as_actor(), then)
    assert _due(session, partnership.officer, TEN_YEARS_LATER) == []
    with pytest.raises(NotNow, match="on legal hold: Inquest"):
        keeping.mark(session, closed, _stands(session, closed), "Its time is up.", manager, then)
    keeping.lift(session, closed, _stands(session, closed), "The inquest is over.", manager, then)
    keeping.mark(session, closed, _stands(session, closed), "Its time is up.", manager, then)
    assert _due(session, partnership.officer, TEN_YEARS_LATER) == []
    assert session.scalars(keeping.marked(partnership.officer)).all() == [closed]
    with pytest.raises(NotNow, match="marked for destruction already"):
        keeping.mark(session, closed, _stands(session, closed), "Its time is up.", manager, then)


@on_one_database
def test_only_a_manager_marks_and_nobody_before_the_time_or_while_the_case_is_open(
    session: Session, closed: Case, partnership: Any, NOW: datetime
) -> None:
    stands = _stands(session, closed)
    with pytest.raises(NotAllowed):
        keeping.mark(session, closed, stands, "Its time is up.", partnership.officer.as_actor(), NOW)
    with pytest.raises(NotNow, match="is kept until Sunday 23 November 2036"):
        keeping.mark(session, closed, stands, "Its time is up.", partnership.manager.as_actor(), NOW)
    perform(session, closed, "triage_again", partnership.manager.as_actor(), NOW, "Looked at anew.")
    assert closed.closed_on is None
    assert _due(session, partnership.officer, TEN_YEARS_LATER) == []


@on_one_database
def test_the_pages_show_and_record_it(
    app: Flask, client: FlaskClient, sign_in: Callable[..., None], sessions: Sessions, head: Letterhead,
    partnership: Any, NOW: datetime, words: Callable[[str], str],
) -> None:  # fmt: skip
    with sessions.transaction() as session:
        _closed(session, head, partnership, NOW)
    app.config["CLOCK"] = lambda: NOW.replace(year=2036)
    sign_in(client, partnership.officer)
    page = client.get("/records").text
    assert "/cases/JCR-2026-0001/keeping/review" in page
    assert "Local policy: to be confirmed" in page
    answer = client.post("/cases/JCR-2026-0001/keeping/review", data={"fate": "keep", "why": "Wait for it"})
    assert answer.status_code == 422
    assert "until when it is kept" in answer.text
    assert "Wait for it" in answer.text
    asked = {"act": "Put on legal hold", "why": "The coroner asked"}
    client.post("/cases/JCR-2026-0001/keeping/hold", data=asked)
    again = client.post("/cases/JCR-2026-0001/keeping/hold", data=asked)  # a colleague at the same moment
    assert (again.status_code, "The coroner asked" in again.text) == (422, True)
    page = words(client.get("/cases/JCR-2026-0001/keeping").text)
    assert "On legal hold since Sunday 23 November 2036" in page
    client.post(
        "/cases/JCR-2026-0001/keeping/hold", data={"act": "Lift the legal hold", "why": "The inquest is over"}
    )
    sign_in(client, partnership.manager)
    client.post("/cases/JCR-2026-0001/keeping/review", data={"fate": "destroy", "why": "Its time is up"})
    agreeing = "/cases/JCR-2026-0001/keeping/agree"
    own = client.post(agreeing, data={"why": "I marked it."})
    assert (own.status_code, "Somebody else than who marked" in own.text) == (422, True)
    assert "Somebody else has to agree" in client.get("/cases/JCR-2026-0001/keeping").text
    sign_in(client, partnership.officer)
    assert client.post(agreeing, data={"why": "I read the review."}).status_code == 302
    kept = words(client.get("/cases/JCR-2026-0001/keeping").text)
    assert f"{partnership.officer.name} agreed on Sunday 23 November 2036: I read the review." in kept


@on_one_database
def test_a_wall_hides_the_record_from_the_list(
    session: Session, closed: Case, partnership: Any, NOW: datetime
) -> None:
    put_up_wall(session, closed, partnership.officer, "knows the family", partnership.officer.as_actor(), NOW)
    assert _due(session, partnership.officer, TEN_YEARS_LATER) == []
    assert session.scalars(select(Case)).all() == [closed]
