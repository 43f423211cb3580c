"""Who has seen or been sent what of a case: noted as part of the history, once a day, and shown to the office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.cases.model import Case
from jcr.cases.service import put_up_wall
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.desk.seen import in_words
from jcr.history.model import Entry
from jcr.history.proof import verify
from jcr.history.service import READ, of_case
from jcr.meetings.service import call_business_meeting
from tests.cases.made import in_scoping, in_triage

CASE = "/cases/JCR-2026-0001"


@pytest.fixture
def scoped(sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime) -> None:
    with sessions.transaction() as session:
        in_scoping(session, head, partnership.officer, NOW, partnership.police, partnership.wvt)


def _reads(sessions: Sessions) -> list[tuple[str, str]]:
    with sessions.reading() as session:
        found = session.scalars(select(Entry).where(Entry.act == READ).order_by(Entry.id))
        return [(entry.actor_name, entry.details["page"]) for entry in found]


@pytest.mark.usefixtures("scoped")
def test_each_page_is_noted_once_a_day_for_each_person(
    app: Flask, client: FlaskClient, sign_in: Any, partnership: Any, sessions: Sessions, NOW: datetime
) -> None:
    sign_in(client, partnership.officer)
    for _ in range(2):
        assert client.get(CASE).status_code == 200
    client.get(f"{CASE}/referral.pdf")
    app.config["CLOCK"] = lambda: NOW + timedelta(hours=2)
    sign_in(client, partnership.chair)
    client.get(CASE)
    officer, chair = partnership.officer.name, partnership.chair.name
    assert _reads(sessions) == [(officer, ""), (officer, "referral.pdf"), (chair, "")]
    app.config["CLOCK"] = lambda: NOW + timedelta(days=1)
    sign_in(client, partnership.chair)
    client.get(CASE)
    assert _reads(sessions)[3:] == [(chair, "")]
    with sessions.reading() as session:
        verify(session)


@pytest.mark.usefixtures("scoped")
def test_a_meetings_agenda_and_page_are_read_like_the_cases_they_tell_of(
    client: FlaskClient, sign_in: Any, partnership: Any, sessions: Sessions, head: Letterhead,
    NOW: datetime, words: Callable[[str], str],
) -> None:  # fmt: skip
    with sessions.transaction() as session:
        officer = partnership.officer.as_actor()
        other = in_triage(session, head, session.merge(partnership.officer), NOW)
        put_up_wall(session, other, session.merge(partnership.chair), "knows the family", officer, NOW)
        later = NOW + timedelta(days=60)
        business = call_business_meeting(session, later, "Plough Lane", officer, NOW)
        business.items[0].before = "JCR-2026-0001 is in scoping.\nJCR-2026-0002 is in triage."
        number = business.id
    sign_in(client, partnership.chair)
    for page in ("meetings/1", "meetings/1/agenda.pdf", f"meetings/{number}", f"meetings/{number}"):
        assert client.get(f"/{page}").status_code == 200
    with sessions.reading() as session:
        read = session.execute(
            select(Entry.case_id, Entry.details).where(Entry.act == READ).order_by(Entry.id)
        )
        found = [(case_id, details["page"]) for case_id, details in read]
    assert found == [(1, "meetings/1"), (1, "meetings/1/agenda.pdf"), (1, f"meetings/{number}")]
    sign_in(client, partnership.officer)
    assert "Chair Meeting 1, agenda (PDF)" in words(client.get(f"{CASE}/seen").text)


@pytest.mark.usefixtures("scoped")
def test_the_office_sees_who_read_and_who_was_written_to(
    client: FlaskClient, sign_in: Any, partnership: Any, words: Callable[[str], str]
) -> None:
    sign_in(client, partnership.member)
    client.get(f"{CASE}/returns")
    assert client.get(f"{CASE}/seen").status_code == 403
    sign_in(client, partnership.officer)
    page = words(client.get(f"{CASE}/seen").text)
    assert f"{partnership.member.name} Member Returns 23 Nov 2026 23 Nov 2026 1" in page
    assert "Scoping request" in page
    assert partnership.police.contact_email in page


@pytest.mark.usefixtures("scoped")
def test_what_was_refused_counts_for_no_reading_and_the_history_of_acts_stays_short(
    client: FlaskClient, sign_in: Any, partnership: Any, sessions: Sessions, NOW: datetime
) -> None:
    with sessions.transaction() as session:
        case = session.scalars(select(Case)).one()
        put_up_wall(session, case, partnership.chair, "knows the family", partnership.officer.as_actor(), NOW)
    sign_in(client, partnership.chair)
    assert client.get(CASE).status_code == 404
    sign_in(client, partnership.administrator)
    assert client.get(CASE).status_code == 403
    assert _reads(sessions) == []
    sign_in(client, partnership.officer)
    client.get(CASE)
    with sessions.reading() as session:
        assert all(entry.act != READ for entry in of_case(session, case.id))


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("", "The case"),
        ("triage/record.pdf", "Triage, record (PDF)"),
        ("returns/POL", "Returns, POL"),
        ("criteria/12/adult", "Criteria, adult"),
        ("meetings/3/attendance", "Meeting 3, attendance"),
    ],
)
def test_a_page_is_named_in_words(page: str, words: str) -> None:
    assert in_words(page) == words
