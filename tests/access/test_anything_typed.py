"""Whatever anybody sends: no page breaks, no traceback shows, and nobody sees a case behind their wall."""

from __future__ import annotations

import os
from datetime import datetime
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from jcr.cases.service import put_up_wall
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.people.model import Person
from tests.access.fuzzing import Browser
from tests.cases import made
from tests.conftest import on_one_database

REQUESTS = int(os.environ.get("REQUESTS", "200"))
SEED = os.environ.get("SEED", "1")
WALLED = "Zephyrine Oldacre"
SUBJECT = made.ADULT["subjects"][0] | {"subject_name": WALLED}


@pytest.fixture
def everybody(sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime) -> list[Person]:
    """Everybody with a password, all walled off from the second of two cases."""
    with sessions.transaction() as session:
        made.in_ratification(session, head, partnership, NOW)
        officer = session.merge(partnership.officer)
        walled = made.in_triage(session, head, officer, NOW, made.ADULT | {"subjects": [SUBJECT]})
        found = [person for person in partnership.people.values() if person.password_hash]
        for person in session.scalars(select(Person)):
            put_up_wall(session, walled, person, "knows the family", officer.as_actor(), NOW)
    return found


@on_one_database
def test_nothing_that_is_sent_breaks_a_page_or_shows_what_is_behind_a_wall(
    app: Flask, everybody: list[Person], sign_in: Any, caplog: pytest.LogCaptureFixture
) -> None:
    random = Random(SEED)
    browsers = [Browser(app.test_client(), app, random)]
    for person in everybody:
        browsers.append(Browser(app.test_client(), app, random))
        sign_in(browsers[-1].client, person)
    for number in range(REQUESTS):
        browser = browsers[number % len(browsers)]
        answer = browser.do()
        broken = [record.getMessage() for record in caplog.records if record.exc_info]
        assert not broken, (SEED, number, browser.said, broken)
        assert answer.status_code < 500, (SEED, number, browser.said)
        shown = [word for word in (b"Traceback", WALLED.encode()) if word in answer.data]
        assert not shown, (SEED, number, browser.said, shown)
    answers = [status for browser in browsers for status in browser.answers]
    pages, acts = answers.count(200), answers.count(302)
    print(f"\n{len(answers)} requests by {len(browsers)} people: {pages} pages shown, {acts} acts done")
    assert pages > REQUESTS / 10, "hardly a page was reached"
    assert acts > REQUESTS / 100, "hardly anything was done"
