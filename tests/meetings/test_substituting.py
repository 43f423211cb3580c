"""A substitute chair asked of the boards: only where neither chair can chair, and only whom they name may."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.rules import england
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.errors import Incomplete, NotNow
from jcr.meetings import papers, service, substituting
from jcr.meetings.model import Meeting, Presence
from tests.conftest import on_one_database

pytestmark = [on_one_database, pytest.mark.tor("0.2", "5.3")]


@pytest.fixture
def without_chairs(session: Session, called: Meeting, partnership: Any, NOW: datetime) -> Meeting:
    """The chair is away, the vice chair has a conflict, and a member came."""
    officer, vice = partnership.officer.as_actor(), session.merge(partnership.vice_chair)
    service.note_attendance(session, called, session.merge(partnership.chair), Presence.APOLOGIES)
    service.declare(session, called, vice, True, "Managed the team", "Left the room", officer, NOW)
    service.note_attendance(session, called, session.merge(partnership.member), Presence.PRESENT)
    return called


def test_the_boards_are_asked_once_and_whom_they_name_may_chair(
    session: Session, head: Letterhead, without_chairs: Meeting, partnership: Any, NOW: datetime
) -> None:
    officer, member = partnership.officer.as_actor(), session.merge(partnership.member)
    with pytest.raises(NotNow, match="Whom the boards name"):
        service.take_chair(session, without_chairs, member, officer, NOW)
    letters = substituting.ask_boards(session, head, without_chairs, officer, NOW)
    assert "The chair has sent apologies and the vice chair has declared a conflict" in letters[0].text
    assert len({letter.recipient for letter in letters}) == len(letters) > 1
    with pytest.raises(NotNow, match="asked already"):
        substituting.ask_boards(session, head, without_chairs, officer, NOW)
    with pytest.raises(Incomplete, match="who answered"):
        substituting.record_answer(session, without_chairs, member, " ", officer, NOW)
    vice = session.merge(partnership.vice_chair)
    with pytest.raises(NotNow, match="cannot take the chair"):
        substituting.record_answer(session, without_chairs, vice, "Josephine Lorne", officer, NOW)
    substituting.record_answer(session, without_chairs, member, "Josephine Lorne", officer, NOW)
    service.take_chair(session, without_chairs, member, officer, NOW)
    assert without_chairs.chair is member


def test_the_agenda_names_who_is_to_chair_all_along_the_chain(
    session: Session, called: Meeting, partnership: Any, head: Letterhead, NOW: datetime
) -> None:
    def chair() -> str:
        return papers.agenda_of(called, head, england()).chair

    officer, vice = partnership.officer.as_actor(), session.merge(partnership.vice_chair)
    assert chair() == partnership.chair.name
    service.note_attendance(session, called, session.merge(partnership.chair), Presence.APOLOGIES)
    assert chair() == vice.name
    session.delete(service.place_of(called, vice))
    session.flush()
    session.expire(called)
    assert "The chair has sent apologies and the vice chair is not invited" in (
        service.who_should_chair(called).because
    )
    assert chair() == "to be decided"
    substituting.ask_boards(session, head, called, officer, NOW)
    named = session.merge(partnership.member)
    substituting.record_answer(session, called, named, "Josephine Lorne", officer, NOW)
    assert chair() == named.name


def test_no_substitute_is_asked_for_while_a_chair_can_come(
    session: Session, head: Letterhead, called: Meeting, partnership: Any, NOW: datetime
) -> None:
    with pytest.raises(NotNow, match="No substitute is needed"):
        substituting.ask_boards(session, head, called, partnership.officer.as_actor(), NOW)


def test_the_page_asks_and_records_the_answer(
    client: FlaskClient, session: Session, without_chairs: Meeting, partnership: Any, sign_in: Any, words: Any
) -> None:
    session.commit()
    session.close()
    sign_in(client, partnership.officer)
    page = f"/meetings/{without_chairs.id}/substitute"
    assert page in client.get(f"/meetings/{without_chairs.id}").text
    asked = words(client.post(page, data={"ask": "yes"}, follow_redirects=True).text)
    assert "Their answer" in asked
    assert client.post(page, data={"answered_by": "Josephine Lorne"}).status_code == 422
    answer = {"person": str(partnership.member.id), "answered_by": "Josephine Lorne, chair of the board"}
    done = words(client.post(page, data=answer, follow_redirects=True).text)
    assert f"{partnership.member.name}, named by Josephine Lorne, chair of the board" in done
    came = {f"state-{partnership.chair.id}": "present", f"state-{partnership.member.id}": "present"}
    came |= {"chairing": str(partnership.chair.id)}
    here = words(client.post(f"{page[:-11]}/attendance", data=came, follow_redirects=True).text)
    assert "named by Josephine Lorne" not in here  # the chair has come after all
    assert session.scalars(select(Letter.kind).where(Letter.kind == Kind.SUBSTITUTE_CHAIR)).first()
