"""Two people, or two workers, at the same moment: each gets an answer, and nothing is there twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jcr.cases.service import next_reference
from jcr.db import Sessions
from jcr.files.model import File
from jcr.files.service import keep
from jcr.web.access import public

TOGETHER = 4


def at_once(sessions: Sessions, act: Callable[[Session], Any]) -> list[Any]:
    """What several get who do the same at one moment, each in a transaction of their own."""
    ready = Barrier(TOGETHER)

    def one(_: int) -> Any:
        ready.wait()
        with sessions.transaction() as session:
            return act(session)

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(one, range(TOGETHER)))


def test_the_same_content_kept_by_several_is_there_once(sessions: Sessions, NOW: datetime) -> None:
    ids = at_once(sessions, lambda session: keep(session, b"a chronology", NOW).id)
    assert len(set(ids)) == 1
    with sessions.reading() as session:
        assert session.scalar(select(func.count(File.id))) == 1


def test_the_first_cases_of_a_year_get_a_number_each(sessions: Sessions) -> None:
    given = at_once(sessions, lambda session: next_reference(session, 2027))
    assert sorted(given) == [f"JCR-2027-000{number}" for number in range(1, TOGETHER + 1)]


def test_whoever_comes_second_is_told_in_words(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken() -> str:
        raise IntegrityError("insert", {}, Exception("duplicate key"))

    monkeypatch.setitem(app.view_functions, "referrals.start", public(taken))
    answer = client.get("/referral")
    assert answer.status_code == 409
    assert "Somebody else changed the same at this moment" in answer.text
