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
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jcr.cases.service import next_reference
from jcr.db import Sessions
from jcr.files.model import File
from jcr.files.service import keep
from jcr.web.access import public
from jcr.web.request import db

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


@pytest.mark.parametrize(
    ("wrong", "status", "told"),
    [
        (insert(File).values(sha256="none"), 409, "Somebody else changed the same at this moment"),
        (select(text("no_such_thing")), 500, "there is a problem with the service"),
    ],
)
def test_whoever_is_signed_in_is_told_too_when_a_statement_fails(
    app: Flask, client: FlaskClient, sign_in: Any, partnership: Any, monkeypatch: pytest.MonkeyPatch,
    wrong: Any, status: int, told: str,
) -> None:  # fmt: skip
    def fails() -> str:
        return str(db().execute(wrong))

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "referrals.begin", public(fails))
    sign_in(client, partnership.officer)
    answer = client.post("/referral", data={"words": "A sentence that was typed."})
    assert (answer.status_code, told in answer.text) == (status, True)
    assert "Sign out" in answer.text


def test_what_fails_only_when_it_is_to_be_kept_is_told_on_a_page_too(
    app: Flask, client: FlaskClient, sign_in: Any, partnership: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> str:
        db().add(File(sha256="none"))
        return "done"

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "referrals.begin", public(fails))
    sign_in(client, partnership.officer)
    answer = client.post("/referral")
    assert (answer.status_code, "Sign out" in answer.text) == (500, True)
