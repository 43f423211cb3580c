"""The sign-off passed on to a colleague, how long drafts hold, and the links that belong to no case yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.rules import england
from jcr.correspondence.model import Kind
from jcr.correspondence.service import Letterhead, letterhead
from jcr.db import Sessions
from jcr.errors import Incomplete
from jcr.outsiders.model import OutsideLink, Purpose
from jcr.outsiders.rules import same_organisation
from jcr.referrals import drafts, service, signing
from jcr.referrals.model import Referral
from jcr.settings import Settings
from tests.conftest import on_one_database
from tests.referrals.test_service import history, letters, token_in

HANDED = {"name": "Dr Ana Whitlow", "email": "ana.whitlow@health.example.org", "why": "On leave"}


@pytest.fixture
def sent(session: Session, head: Letterhead, drafted: Any, NOW: datetime, partnership: Any) -> Referral:
    return service.send(session, head, england(), drafted(session)[1], NOW)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a@police.example", "B@POLICE.example", True),
        ("a@police.example", "a@police.example.net", False),
        ("a@gmail.com", "b@gmail.com", False),
        ("a@hotmail.co.uk", "b@hotmail.co.uk", False),
        ("a@nhs.net", "b@nhs.net", True),
    ],
)
def test_a_domain_open_to_all_is_no_organisation(one: str, other: str, same: bool) -> None:
    assert same_organisation(one, other) is same


@pytest.mark.tor("7.2")
def test_the_colleague_gets_a_link_and_the_leads_own_ends(
    session: Session,
    sent: Referral,
    head: Letterhead,
    NOW: datetime,
) -> None:
    before = token_in(letters(session, Kind.SIGN_OFF_REQUEST)[0])
    signing.hand_on(session, head, sent, *HANDED.values(), NOW)
    asked = letters(session, Kind.SIGN_OFF_REQUEST)[1]
    assert (asked.recipient, sent.lead_name) == (HANDED["email"], HANDED["name"])
    assert signing.by_token(session, token_in(asked)) is sent
    assert signing.by_token(session, before) is None
    assert "handed the sign-off on to a colleague" in history(session, sent.case)


@on_one_database
@pytest.mark.parametrize(
    ("email", "why"),
    [
        ("somebody@elsewhere.example", "your own organisation"),
        ("imogen.fairlie@health.example.org", "with that address already"),
        ("Rowan.Ashdown@health.example.org", "the referrer’s address"),
    ],
)
def test_it_goes_to_no_other_organisation_and_not_to_who_wrote_it(
    session: Session,
    sent: Referral,
    head: Letterhead,
    NOW: datetime,
    email: str,
    why: str,
) -> None:
    with pytest.raises(Incomplete, match=why):
        signing.hand_on(session, head, sent, "Somebody", email, "On leave", NOW)
    assert len(letters(session, Kind.SIGN_OFF_REQUEST)) == 1


@on_one_database
def test_the_lead_passes_it_on_by_a_page(
    app: Flask, client: FlaskClient, sessions: Sessions, head: Letterhead, partnership: Any, drafted: Any,
    NOW: datetime,
) -> None:  # fmt: skip
    with sessions.transaction() as session:
        service.send(session, head, england(), drafted(session)[1], NOW)
        token = token_in(letters(session, Kind.SIGN_OFF_REQUEST)[0])
    door = f"/sign-off/{token}/hand-on"
    answer = client.post(door, data=HANDED | {"email": "ana@gmail.com"})
    assert (answer.status_code, "On leave" in answer.text) == (422, True)
    assert "The sign-off is with your colleague" in client.post(door, data=HANDED).text


@on_one_database
def test_a_draft_holds_as_long_as_links_do_and_the_office_can_take_its_link_back(
    client: FlaskClient, app: Flask, sessions: Sessions, settings: Settings, partnership: Any,
    sign_in: Callable[..., None], NOW: datetime,
) -> None:  # fmt: skip
    app.extensions["letterhead"] = letterhead(settings.model_copy(update={"link_days": 7}))
    begun = client.post("/referral").location
    with sessions.reading() as session:
        (link,) = session.scalars(select(OutsideLink).where(OutsideLink.purpose == Purpose.REFERRAL))
        assert link.expires_at == NOW + timedelta(days=7)
    sign_in(client, partnership.officer)
    assert "No address yet" in client.get("/referral-links").text
    assert client.post(f"/referral-links/{link.id}/take-back", data={"why": ""}).status_code == 422
    assert client.post(f"/referral-links/{link.id}/take-back", data={"why": "Spam"}).status_code == 302
    assert client.post(f"/referral-links/{link.id}/take-back", data={"why": "Spam"}).status_code == 404
    with sessions.reading() as session:
        assert drafts.by_token(session, begun.rpartition("/")[2]) is None
