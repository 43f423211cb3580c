"""A letter that went holds no link any more; sent again, it carries a new one for whoever it goes to."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.admission import joining
from jcr.correspondence.delivery import send_again
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.posting import post_one
from jcr.correspondence.service import Letterhead, came_back
from jcr.db import Sessions
from jcr.errors import NotNow
from jcr.links import hashed
from jcr.outsiders.model import OutsideLink
from jcr.outsiders.service import key, make
from jcr.roles import WORKER
from tests.cases.made import in_scoping
from tests.conftest import on_one_database
from tests.outsider import Mailbox

TOKEN = re.compile(r"[0-9a-f]{48}")


@pytest.fixture
def asked(sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime) -> int:
    with sessions.transaction() as session:
        in_scoping(session, head, partnership.officer, NOW, partnership.police)
        return session.scalars(select(Letter.id).where(Letter.kind == Kind.SCOPING_REQUEST)).one()


def _posted(sessions: Sessions, head: Letterhead, letter: int, now: datetime) -> str:
    """The link in the e-mail that went out."""
    mailbox = Mailbox()
    assert post_one(sessions, letter, mailbox, head, now)
    body = mailbox[0].get_body(("plain",))
    assert body
    (token,) = set(TOKEN.findall(body.get_content()))
    return str(token)


def _bounced(session: Session, letter: Letter, now: datetime) -> None:
    came_back(session, letter, "No such user.", WORKER, now)


def test_the_link_goes_out_and_is_kept_nowhere(
    sessions: Sessions, head: Letterhead, asked: int, NOW: datetime, client: FlaskClient,
    sign_in: Callable[..., None], partnership: Any,
) -> None:  # fmt: skip
    token = _posted(sessions, head, asked, NOW)
    with sessions.reading() as session:
        letter = session.get_one(Letter, asked)
        link = session.scalars(select(OutsideLink).where(OutsideLink.token_hash == hashed(token))).one()
        assert f"/scoping/[link sent {link.id}]" in letter.body
        assert not TOKEN.search(letter.body + letter.text + str(letter.values))
    sign_in(client, partnership.officer)
    assert "/scoping/[link sent]" in client.get(f"/letters/{asked}").text


def test_sent_again_to_another_address_it_carries_a_link_for_that_address(
    sessions: Sessions, head: Letterhead, asked: int, NOW: datetime
) -> None:
    first = _posted(sessions, head, asked, NOW)
    with sessions.transaction() as session:
        letter = session.get_one(Letter, asked)
        _bounced(session, letter, NOW)
        send_again(session, letter, "desk@police.example", WORKER, NOW)
    second = _posted(sessions, head, asked, NOW)
    assert second != first
    with sessions.reading() as session:
        links = {one.token_hash: one for one in session.scalars(select(OutsideLink))}
        assert links[hashed(first)].ended_at == NOW
        assert links[hashed(second)].address == "desk@police.example"
        purpose = links[hashed(second)].purpose
        assert key(session, second, purpose) == links[hashed(first)].opens
        assert key(session, first, purpose) == ""


@on_one_database
def test_a_link_that_ended_meanwhile_or_is_kept_nowhere_is_not_sent_again(
    sessions: Sessions, head: Letterhead, partnership: Any, asked: int, NOW: datetime
) -> None:
    _posted(sessions, head, asked, NOW)
    with sessions.transaction() as session:
        person = session.merge(partnership.member)
        joining.invite(session, head, person, partnership.administrator.as_actor(), NOW)
        invitation = session.scalars(select(Letter.id).where(Letter.kind == Kind.INVITATION)).one()
    _posted(sessions, head, invitation, NOW)
    with sessions.transaction() as session:
        letter = session.get_one(Letter, invitation)
        assert "/invitation/[link sent]" in letter.body
        _bounced(session, letter, NOW)
        with pytest.raises(NotNow, match="a link that is not kept"):
            send_again(session, letter, person.email, WORKER, NOW)
        letter = session.get_one(Letter, asked)
        _bounced(session, letter, NOW)
        for link in session.scalars(select(OutsideLink)):
            link.ended_at, link.ended_because = NOW, "A newer link took its place."
        with pytest.raises(NotNow, match="A newer link took its place"):
            send_again(session, letter, letter.recipient, WORKER, NOW)


@on_one_database
def test_a_mark_typed_into_a_letter_gives_no_link_of_somebody_else(
    sessions: Sessions, head: Letterhead, asked: int, NOW: datetime
) -> None:
    _posted(sessions, head, asked, NOW)
    with sessions.transaction() as session:
        theirs = session.scalars(select(OutsideLink)).one()
        make(session, theirs.purpose, "somebody@else.example", None, NOW)
        another = session.scalars(select(OutsideLink.id).where(OutsideLink.id != theirs.id)).one()
        letter = session.get_one(Letter, asked)
        _bounced(session, letter, NOW)
        for number in (another, 999):
            letter.body = f"See [link sent {number}]"
            with pytest.raises(NotNow, match="was not sent with it"):
                send_again(session, letter, letter.recipient, WORKER, NOW)
