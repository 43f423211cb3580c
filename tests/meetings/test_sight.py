"""Nothing about a case reaches whoever declared a conflict of interest in it, by letter or by page."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.rules import england
from jcr.cases.service import put_up_wall
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.meetings import publishing, service
from jcr.meetings.model import Meeting
from tests.conftest import on_one_database


@pytest.fixture
def walled(session: Session, case: Case, partnership: Any, NOW: datetime) -> Meeting:
    """A business meeting that deals with a case in which the police member has a conflict."""
    officer, police = partnership.officer.as_actor(), session.merge(partnership.member)
    put_up_wall(session, case, police, "Managed the team in 2019", officer, NOW)
    meeting = service.call_business_meeting(session, NOW + timedelta(days=43), "Plough Lane", officer, NOW)
    service.add_item(session, meeting, f"Terms of reference of {case.reference}", "discuss", "Chair", 10)
    return meeting


def said(letter: Letter) -> str:
    pages = PdfReader(io.BytesIO(letter.enclosures[0].file.content)).pages
    return letter.body + " ".join(page.extract_text() for page in pages)


@pytest.mark.tor("9.1")
def test_agenda_supplement_and_minutes_leave_a_walled_case_out_of_one_members_copy_only(
    session: Session, head: Letterhead, walled: Meeting, case: Case, partnership: Any, NOW: datetime
) -> None:
    officer, quorum = partnership.officer.as_actor(), service.quorum(walled)
    publishing.publish_agenda(session, head, walled, england(), officer, NOW)
    service.add_item(session, walled, f"More of {case.reference}", "discuss", "Chair", 10)
    publishing.publish_agenda(session, head, walled, england(), officer, NOW)
    service.minute(session, walled.items[0], f"{case.reference.lower()} was spoken of.", "Yes", "", "")
    publishing.circulate_minutes(session, head, walled, quorum, england(), officer, NOW + timedelta(days=44))
    kinds = Letter.kind.in_([Kind.AGENDA_SENT, Kind.MINUTES_SENT])
    sent = session.scalars(select(Letter).where(kinds).order_by(Letter.id)).all()
    theirs = [letter for letter in sent if letter.recipient == partnership.member.email]
    others = [letter for letter in sent if letter.recipient == partnership.officer.email]
    assert len(theirs) == len(others) == 3
    assert not [letter.kind for letter in theirs if case.reference in said(letter).upper()]
    assert all(case.reference in said(letter).upper() for letter in others)
    assert "left out of your copy" in " ".join(said(theirs[0]).split())


def test_nothing_of_a_meeting_about_the_case_itself_is_sent_to_them(
    session: Session, head: Letterhead, called: Meeting, partnership: Any, NOW: datetime
) -> None:
    officer, police = partnership.officer.as_actor(), called.attendances[0].person
    service.declare(session, called, police, True, "A cousin", "", officer, NOW)
    publishing.publish_agenda(session, head, called, england(), officer, NOW)
    sent = session.scalars(select(Letter.recipient).where(Letter.kind == Kind.AGENDA_SENT)).all()
    assert len(sent) == len(called.attendances) - 1
    assert police.email not in sent


@on_one_database
def test_no_page_of_the_meeting_names_the_case(
    client: FlaskClient, sign_in: Callable[..., None], session: Session, head: Letterhead, walled: Meeting,
    case: Case, partnership: Any, NOW: datetime,
) -> None:  # fmt: skip
    officer, meeting, reference = partnership.officer.as_actor(), f"/meetings/{walled.id}", case.reference
    publishing.publish_agenda(session, head, walled, england(), officer, NOW)
    for person, *told in (
        (partnership.chair, f"{reference}: her niece", "Left the room"),
        (partnership.vice_chair, "A colleague", f"Took no part in {reference}"),
    ):
        service.declare(session, walled, session.merge(person), True, *told, officer, NOW)
    sent = f"{meeting}/sent/{walled.publications[0].id}"
    session.commit()
    session.close()
    seen = {}
    for reader in (partnership.member, partnership.officer):
        sign_in(client, reader)
        pages = [client.get(f"{meeting}{page}").text for page in ("", "/minutes")]
        papers = [client.get(page, follow_redirects=True).data for page in (f"{meeting}/agenda.pdf", sent)]
        words = [page.extract_text() for paper in papers for page in PdfReader(io.BytesIO(paper)).pages]
        seen[reader.email] = " ".join([*pages, *words])
    assert reference in seen[partnership.officer.email]
    assert reference not in seen[partnership.member.email]
    assert "Nobody declared an interest" not in seen[partnership.member.email]


@on_one_database
def test_an_officer_behind_the_wall_fills_in_the_sheet_around_what_was_declared_of_the_case(
    client: FlaskClient, sign_in: Callable[..., None], session: Session, walled: Meeting, case: Case,
    partnership: Any, NOW: datetime,
) -> None:  # fmt: skip
    officer, chair = session.merge(partnership.officer), session.merge(partnership.chair)
    told = f"{case.reference}: her niece"
    service.declare(session, walled, chair, True, told, "Left the room", officer.as_actor(), NOW)
    put_up_wall(session, case, officer, "A cousin", partnership.manager.as_actor(), NOW)
    session.commit()
    sign_in(client, officer)
    sheet = f"/meetings/{walled.id}/attendance"
    assert case.reference not in client.get(sheet).text
    sent = client.post(sheet, data={f"state-{chair.id}": "present", f"what-{chair.id}": "Overwritten"})
    assert sent.status_code == 302
    session.expire_all()
    [kept] = walled.declarations
    assert (kept.conflicted, kept.what, kept.handled) == (True, told, "Left the room")


@on_one_database
def test_an_officer_behind_the_wall_finds_no_page_of_an_item_about_the_case(
    client: FlaskClient, sign_in: Callable[..., None], session: Session, walled: Meeting, case: Case,
    partnership: Any, NOW: datetime,
) -> None:  # fmt: skip
    officer = partnership.officer
    about = next(one for one in walled.items if case.reference in one.title)
    item = f"/meetings/{walled.id}/items/{about.id}"
    walled.items[0].before = f"Open: {case.reference}"
    other = f"/meetings/{walled.id}/items/{walled.items[0].id}"
    put_up_wall(session, case, session.merge(officer), "A cousin", partnership.manager.as_actor(), NOW)
    session.commit()
    session.close()
    for reader, status in ((officer, 404), (partnership.manager, 200)):
        sign_in(client, reader)
        assert client.get(item).status_code == status
        assert client.get(f"{item}/correct").status_code == status
        assert (case.reference in client.get(other).text) == (status == 200)
    sign_in(client, officer)
    assert client.post(item, data={"summary": "Read by the wrong person"}).status_code == 404
