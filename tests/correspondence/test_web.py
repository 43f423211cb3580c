"""A letter is read as a page, and sent again when it did not go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.correspondence.model import Delivery, Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.correspondence.shown import Block, blocks
from jcr.db import Sessions
from jcr.history.model import Entry
from tests.cases.made import in_scoping

Words = Callable[[str], str]


@pytest.fixture
def officer(
    client: FlaskClient, sign_in: Any, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime
) -> FlaskClient:
    with sessions.transaction() as session:
        in_scoping(session, head, partnership.officer, NOW, partnership.police)
    sign_in(client, partnership.officer)
    return client


def the_letter(sessions: Sessions, kind: Kind = Kind.SCOPING_REQUEST) -> Letter:
    with sessions.reading() as session:
        return session.scalars(select(Letter).where(Letter.kind == kind)).one()


def has_failed(sessions: Sessions, letter: Letter) -> None:
    with sessions.transaction() as session:
        found = session.get_one(Letter, letter.id)
        found.delivery, found.attempts, found.last_error = Delivery.FAILED, 5, "The server did not answer."


def test_a_letter_is_text_in_blocks() -> None:
    assert blocks("Dear Ann\n\n## Why\n\nFirst.\nSecond.\n\n- one\n- two\nAfter.") == [
        Block("paragraph", ("Dear Ann",)),
        Block("heading", ("Why",)),
        Block("paragraph", ("First.", "Second.")),
        Block("list", ("one", "two")),
        Block("paragraph", ("After.",)),
    ]


def test_the_page_says_the_words_of_the_pdf_and_offers_it(
    officer: FlaskClient, sessions: Sessions, words: Words
) -> None:
    letter = the_letter(sessions)
    page = officer.get(f"/letters/{letter.id}").text
    first_words = letter.text.split("\n\n")[1][:60]
    assert first_words in words(page)
    enclosed = letter.enclosures[0]
    answer = officer.get(f"/letters/{letter.id}/enclosures/{enclosed.id}")
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"] == f"attachment; filename={enclosed.name}"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_does_not_show_the_secret_part_of_a_link(officer: FlaskClient, sessions: Sessions) -> None:
    letter = the_letter(sessions)
    token = letter.body.partition("/scoping/")[2].split()[0]
    assert len(token) >= 32
    page = officer.get(f"/letters/{letter.id}").text
    assert token not in page
    assert "/scoping/[secret part not shown]" in page


def test_a_failed_letter_is_sent_again_to_a_corrected_address(
    officer: FlaskClient, sessions: Sessions, words: Words
) -> None:
    letter = the_letter(sessions)
    has_failed(sessions, letter)
    assert "The server did not answer." in words(officer.get("/").text)
    officer.post(f"/letters/{letter.id}/again", data={"recipient": "lead@police.example"})
    again = the_letter(sessions)
    assert (again.delivery, again.attempts, again.recipient) == (Delivery.READY, 0, "lead@police.example")
    with sessions.reading() as session:
        told = session.scalars(select(Entry).where(Entry.act == "had a letter sent again")).one()
    assert told.why == "The address was safeguarding@police.example and is now lead@police.example."


def test_an_address_that_will_not_do_comes_back(officer: FlaskClient, sessions: Sessions) -> None:
    letter = the_letter(sessions)
    has_failed(sessions, letter)
    answer = officer.post(f"/letters/{letter.id}/again", data={"recipient": "lead at police"})
    assert answer.status_code == 422
    assert 'value="lead at police"' in answer.text
    assert the_letter(sessions).delivery is Delivery.FAILED


def test_a_letter_that_went_is_not_sent_twice(officer: FlaskClient, sessions: Sessions) -> None:
    letter = the_letter(sessions)
    answer = officer.post(f"/letters/{letter.id}/again", data={"recipient": "lead@police.example"})
    assert answer.status_code == 409


def test_letters_are_for_the_office(
    officer: FlaskClient, sessions: Sessions, sign_in: Any, partnership: Any
) -> None:
    letter = the_letter(sessions)
    for who, status in ((partnership.member, 403), (partnership.agency, 403), (partnership.chair, 200)):
        officer.post("/sign-out")
        sign_in(officer, who)
        assert officer.get(f"/letters/{letter.id}").status_code == status
