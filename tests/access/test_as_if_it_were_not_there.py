"""To whoever is behind its walls a case is not there at all: each list, count and figure is as if it did not exist."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.actions.service import Agreed, agree
from jcr.cases.model import Status
from jcr.cases.rules import england
from jcr.cases.service import put_up_wall
from jcr.correspondence.service import Letterhead
from jcr.costs import service as costs
from jcr.db import Sessions
from jcr.desk.keeping import bring_up_to_date
from jcr.meetings.service import call_business_meeting
from jcr.people.model import Person
from jcr.records import inquiring, keeping
from jcr.records.inquiry_model import Kind
from jcr.settings import RETENTION_YEARS
from tests.access.test_every_route import ROWS
from tests.cases import made
from tests.conftest import on_one_database

# Not the pages that show a new secret, nor the history, whose entries are numbered over all cases
CHANGING = ("/account", "/sign-in", "/healthz", "/history")
LISTS = sorted(
    row for row, method, _ in ROWS if method == "GET" and "<" not in row and not row.startswith(CHANGING)
)
PAGES = [*LISTS, "/cases?q=quillfeather", "/cases/JCR-2026-0001", "/cases/JCR-2026-0001/known", "/meetings/1"]
NEVER_THE_SAME = re.compile(r'name="csrf_token"[^>]*>|"[0-9a-f]{40,}"|value="[\w.-]{60,}"|Last read .*?\.')


@pytest.mark.tor("5.3")
@on_one_database
def test_what_somebody_in_conflict_sees_does_not_depend_on_the_case(
    app: Flask, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime, sign_in: Any
) -> None:
    later = NOW + timedelta(days=20)
    app.config["CLOCK"] = lambda: later
    with sessions.transaction() as session:
        made.in_ratification(session, head, partnership, NOW)
        call_business_meeting(session, NOW + timedelta(days=40), "Hall", partnership.officer.as_actor(), NOW)
        bring_up_to_date(session, later.date(), england())
    seen = []
    for _ in range(2):
        browsers = {who: app.test_client() for who in ("officer", "chair", "member", "hsab_chair")}
        for who, browser in browsers.items():
            sign_in(browser, getattr(partnership, who))
        seen.append({(who, page): NEVER_THE_SAME.sub("", browser.get(page).text)
                     for page in PAGES for who, browser in browsers.items()})  # fmt: skip
        with sessions.transaction() as session:
            _add_walled_cases(session, head, partnership, NOW)
            bring_up_to_date(session, later.date(), england())
    assert any("JCR-2026-0001" in page for page in seen[0].values())
    assert [where for where, page in seen[0].items() if seen[1][where] != page] == []


def _add_walled_cases(session: Session, head: Letterhead, partnership: Any, now: datetime) -> None:
    """Of every kind that some list or figure is about; everybody is behind the wall of each."""
    officer, due = partnership.officer.as_actor(), (now + timedelta(days=3)).date()
    cases = [
        made.in_ratification(session, head, partnership, now).case,
        made.in_scoping(session, head, partnership.officer, now, partnership.police, partnership.wvt),
        made.referred(session, head, now),
        made.referred(session, head, now),
    ]
    cases[3].status, cases[3].closed_on = Status.CLOSED, now.date().replace(year=2000)
    keeping.hold(
        session, cases[2], keeping.keeping_of(session, cases[2], RETENTION_YEARS), "Inquest", officer, now
    )
    for case in cases:
        costs.estimate(session, head, case, "Reviewer", 10_000, 0, officer, now)
        inquiring.enter(
            session, Kind.FOI, now.date(), "A. Person", "", "All of it", case, england(), officer, now
        )
        agree(session, case, Agreed("Tell the family", "Officer", due), officer, now)
        for person in session.scalars(select(Person).where(Person.password_hash != "")):
            put_up_wall(session, case, person, "knows the family", officer, now)
