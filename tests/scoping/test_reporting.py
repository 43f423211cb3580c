"""A poor return is reported to the executive lead by itself, and the agency confirms that its staff are briefed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.rules import england
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.errors import Incomplete, NotNow
from jcr.meetings.model import Meeting
from jcr.scoping import reporting, service
from jcr.scoping.model import Request
from tests.conftest import on_one_database

WHY = "It does not say which records were searched, nor by whom."


@pytest.fixture
def asked(session: Session, called: Meeting, partnership: Any) -> Request:
    return session.scalars(select(Request).where(Request.agency_id == partnership.wvt.id)).one()


def returned(session: Session, head: Letterhead, asked: Request, now: datetime) -> None:
    answers = {"agency_name": "Wye Valley NHS Trust", "author_name": "Petra Wilmot", "author_role": "Nurse"}
    service.nil_return(
        session,
        head,
        asked,
        answers | {"author_email": "p@wyevalley.example", "records_searched": "Some"},
        now,
    )


@pytest.mark.tor("9.4")
def test_a_poor_return_is_reported_once_to_the_executive_lead(
    session: Session, head: Letterhead, asked: Request, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    with pytest.raises(NotNow, match="chased by itself"):
        reporting.report_poor(session, head, asked, WHY, officer, NOW)
    returned(session, head, asked, NOW)
    for why, told in ((" ", "Say what the return lacks"), ("Quillfeather is missing", "names a subject")):
        with pytest.raises(Incomplete, match=told):
            reporting.report_poor(session, head, asked, why, officer, NOW)
    asked.agency.board_email = ""
    with pytest.raises(Incomplete, match="no executive lead on record"):
        reporting.report_poor(session, head, asked, WHY, officer, NOW)
    asked.agency.board_email = "board@wyevalley.example"
    letter = reporting.report_poor(session, head, asked, WHY, officer, NOW)
    assert (letter.kind, letter.recipient) == (Kind.SCOPING_REPORT, "board@wyevalley.example")
    assert WHY in letter.text
    assert "went back" not in letter.text
    with pytest.raises(NotNow, match="already"):
        reporting.report_poor(session, head, asked, WHY, officer, NOW)
    service.send_back(session, head, england(), asked, "Which records", officer, NOW)
    returned(session, head, asked, NOW)
    again = reporting.report_poor(
        session, head, asked, WHY, officer, NOW
    )  # the next return is another matter
    assert again.id != letter.id


@on_one_database
@pytest.mark.tor("9.4", "6.4")
def test_the_agency_confirms_the_briefing_behind_its_link_and_the_officer_reports_on_a_page(
    client: FlaskClient,
    session: Session,
    sessions: Sessions,
    head: Letterhead,
    asked: Request,
    partnership: Any,
    sign_in: Any,
    link: Callable[[Any], str],
    words: Callable[[str], str],
    NOW: datetime,
) -> None:
    letter = session.scalars(select(Letter).where(Letter.kind == Kind.SCOPING_REQUEST)).first()
    assert letter
    assert "brief and prepare the staff who contribute" in letter.text
    asked_id = asked.id
    session.commit()
    session.close()
    key = link(asked)
    page = f"/scoping/{key}/briefed"
    assert "Confirm that they are" in client.get(f"/scoping/{key}").text
    assert client.post(page, data={"who": " "}).status_code == 422
    assert client.post(page, data={"who": "Bethan Ruddock"}).status_code == 302
    assert "Bethan Ruddock has confirmed" in words(client.get(f"/scoping/{key}").text)
    with sessions.transaction() as writing:
        returned(writing, head, writing.get_one(Request, asked_id), NOW)
    sign_in(client, partnership.officer)
    read = f"/cases/JCR-2026-0001/returns/{partnership.wvt.code}"
    assert "Confirmed by Bethan Ruddock" in words(client.get(read).text)
    assert "Staff briefed: Bethan Ruddock" in client.get("/cases/JCR-2026-0001/returns").text
    assert client.post(f"{read}/report", data={"why": ""}).status_code == 422
    named = client.post(f"{read}/report", data={"why": "Canary Quillfeather is missing"})
    assert (named.status_code, "Write initials instead" in named.text) == (422, True)
    assert client.post(f"{read}/report", data={"why": WHY}).status_code == 302
    assert "was written to on" in words(client.get(read).text)
