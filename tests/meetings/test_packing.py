"""The pack of a meeting as a member fetches it: with their name, their password, and nothing behind their wall."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pikepdf
import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.service import put_up_wall
from jcr.db import Sessions
from jcr.history.model import Entry
from jcr.meetings import service
from jcr.meetings.model import Meeting


@pytest.fixture
def quarterly(session: Session, case: Case, partnership: Any, NOW: datetime) -> Meeting:
    """A business meeting after one held yesterday, which spoke of a case that the police member is walled off from."""
    officer, police = partnership.officer.as_actor(), session.merge(partnership.member)
    before = NOW - timedelta(days=90)
    service.call_business_meeting(session, NOW - timedelta(days=60), "Older Lane", officer, before)
    last = service.call_business_meeting(session, NOW - timedelta(days=1), "Plough Lane", officer, before)
    service.minute(session, last.items[0], f"{case.reference} was discussed at length.", "", "", "")
    service.minute(session, last.items[1], "Nothing was passed on.", "", "", "")
    put_up_wall(session, case, police, "Managed the team in 2019", officer, NOW)
    meeting = service.call_business_meeting(session, NOW + timedelta(days=43), "Plough Lane", officer, NOW)
    session.commit()
    session.close()
    return meeting


@pytest.mark.tor("9.1")
def test_each_reader_gets_their_own_pack_and_it_is_recorded(
    client: FlaskClient, sign_in: Callable[..., None], sessions: Sessions, quarterly: Meeting, case: Case,
    partnership: Any,
) -> None:  # fmt: skip
    address, said = f"/meetings/{quarterly.id}/pack", {}
    for reader in (partnership.member, partnership.officer):
        sign_in(client, reader)
        assert "Minutes to agree" in client.get(address).text.replace(
            "the minutes to agree", "Minutes to agree"
        )
        sent = client.post(address, data={"password": ""})
        assert sent.headers["Content-Disposition"] == "attachment; filename=JCR-business-3-pack.pdf"
        pages = PdfReader(io.BytesIO(sent.data)).pages
        said[reader.email] = " ".join(" ".join(page.extract_text() for page in pages).split())
        assert f"Copy for {reader.name}" in said[reader.email]
        assert f"Page {len(pages)} of {len(pages)}" in said[reader.email]
        assert "Nothing was passed on." in said[reader.email]
        assert "Place Older Lane" in said[reader.email]  # whose minutes wait to be agreed as well
    assert case.reference in said[partnership.officer.email]
    assert case.reference not in said[partnership.member.email]
    with sessions.reading() as session:
        acts = session.scalars(select(Entry.act).where(Entry.act.startswith("fetched their copy"))).all()
    assert len(acts) == 2


def test_a_short_password_is_refused_and_a_good_one_locks_the_file(
    client: FlaskClient, sign_in: Callable[..., None], quarterly: Meeting, partnership: Any
) -> None:
    sign_in(client, partnership.officer)
    address = f"/meetings/{quarterly.id}/pack"
    refused = client.post(address, data={"password": "short"})
    assert refused.status_code == 422
    assert "Use a password of 12 letters or more" in refused.text
    sent = client.post(address, data={"password": "four words of mine"})
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(sent.data))
    assert pikepdf.open(io.BytesIO(sent.data), password="four words of mine").pages
