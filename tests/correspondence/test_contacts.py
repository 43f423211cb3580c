"""A letter that came back names whom to write to next, and goes there at a press."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.correspondence.contacts import next_contacts
from jcr.correspondence.model import Delivery, Kind, Letter
from jcr.correspondence.service import Letterhead, came_back
from jcr.db import Sessions
from jcr.history.model import Entry
from jcr.outsiders.model import OutsideLink
from jcr.people.model import Agency
from jcr.roles import WORKER
from tests.cases.made import in_scoping

TYPED_WRONG = "safegaurding@polcie.example"


@pytest.fixture
def back(sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime) -> int:
    """A scoping request to the police that went to an address with a slip in it."""
    with sessions.transaction() as session:
        in_scoping(session, head, partnership.officer, NOW, partnership.police)
        session.get_one(Agency, partnership.police.id).board_email = "chief@police.example"
        letter = session.scalars(select(Letter).where(Letter.kind == Kind.SCOPING_REQUEST)).one()
        letter.recipient, letter.delivery = TYPED_WRONG, Delivery.SENDING
        session.scalars(select(OutsideLink)).one().address = TYPED_WRONG
        came_back(session, letter, "The mail server does not know the address.", WORKER, NOW)
        return letter.id


def test_the_next_contact_is_of_the_agency_and_the_board_member_comes_last(
    sessions: Sessions, back: int, partnership: Any
) -> None:
    with sessions.reading() as session:
        found = next_contacts(session, session.get_one(Letter, back))
        told = session.scalars(select(Entry).where(Entry.act.contains("came back"))).one()
    assert found[0].email == partnership.police.contact_email
    assert found[-1].email == "chief@police.example"
    assert str(found[0]) in told.why


def test_an_address_that_failed_is_not_proposed_again(sessions: Sessions, back: int) -> None:
    with sessions.transaction() as session:
        letter = session.get_one(Letter, back)
        first = next_contacts(session, letter)[0]
        letter.recipient = first.email.upper()
        assert first not in next_contacts(session, letter)


def test_a_letter_to_nobody_we_know_proposes_nobody(sessions: Sessions, back: int) -> None:
    with sessions.transaction() as session:
        letter = session.get_one(Letter, back)
        letter.agency = None
        assert next_contacts(session, letter) == ()


def test_the_page_sends_it_to_the_next_contact_at_a_press(
    client: FlaskClient, sign_in: Any, sessions: Sessions, back: int, partnership: Any, words: Any
) -> None:
    sign_in(client, partnership.officer)
    assert "Write next to" in words(client.get("/").text)
    assert "Write to somebody else instead" in words(client.get(f"/letters/{back}").text)
    client.post(f"/letters/{back}/again", data={"recipient": partnership.police.contact_email})
    with sessions.reading() as session:
        letter = session.get_one(Letter, back)
        assert (letter.delivery, letter.recipient) == (Delivery.READY, partnership.police.contact_email)
