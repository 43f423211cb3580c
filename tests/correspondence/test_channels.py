"""Letters travel to each domain as the office set it: marked for a gateway, or as a link only."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.correspondence.channels import channel_to, set_channel
from jcr.correspondence.model import Kind, Letter, Way
from jcr.correspondence.posting import post_ready
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.history.model import Entry
from jcr.outsiders.service import LINK_HOLDS
from tests.cases.made import in_scoping


class Tray:
    """A post that keeps what it is given."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    def deliver(self, message: EmailMessage) -> None:
        self.messages.append(message)

    def request(self) -> EmailMessage:
        return next(one for one in self.messages if "scoping request" in one["Subject"])


@pytest.fixture
def posted(sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime) -> Any:
    """Sets how letters to the police travel, asks the police for scoping, and returns the e-mail that went."""

    def post(way: Way, prefix: str = "") -> EmailMessage:
        with sessions.transaction() as session:
            set_channel(session, "police.example", way, prefix, partnership.officer.as_actor(), NOW)
            in_scoping(session, head, partnership.officer, NOW, partnership.police)
        tray = Tray()
        post_ready(sessions, tray, head, NOW + timedelta(days=1))
        return tray.request()

    return post


@pytest.fixture
def link(posted: Any) -> str:
    message = posted(Way.LINK)
    found: str = message.get_content().partition("/letters/by-link/")[2].split()[0]
    return f"/letters/by-link/{found}"


def the_request(sessions: Sessions) -> Letter:
    with sessions.reading() as session:
        return session.scalars(select(Letter).where(Letter.kind == Kind.SCOPING_REQUEST)).one()


def test_a_gateway_is_told_by_the_subject_and_the_letter_goes_whole(posted: Any) -> None:
    message = posted(Way.GATEWAY, "[SECURE]")
    assert message["Subject"].startswith("[SECURE] JCR-2026-0001: scoping request")
    assert len(list(message.iter_attachments())) == 2


def test_as_a_link_only_nothing_is_attached(posted: Any) -> None:
    message = posted(Way.LINK)
    assert list(message.iter_attachments()) == []
    assert "so nothing is attached to this e-mail" in message.get_content()


def test_the_letter_is_read_by_its_link_after_a_press_and_the_case_knows(
    client: FlaskClient, link: str, sessions: Sessions, words: Any
) -> None:
    letter = the_request(sessions)
    before = words(client.get(link).text)
    assert letter.heading not in before
    assert the_request(sessions).opened_at is None
    page = client.post(link)
    assert letter.heading in words(page.text)
    answer = client.get(f"{link}/{letter.enclosures[0].id}")
    assert answer.data.startswith(b"%PDF-")
    assert the_request(sessions).opened_at is not None
    with sessions.reading() as session:
        assert session.scalars(select(Entry).where(Entry.act.contains("opened by its link"))).one().case_id


def test_a_link_ends_and_a_guessed_one_opens_nothing(
    app: Flask, client: FlaskClient, link: str, NOW: datetime
) -> None:
    assert client.get(link[:-1] + ("0" if link[-1] != "0" else "1")).status_code == 404
    app.config["CLOCK"] = lambda: NOW + LINK_HOLDS + timedelta(days=1)
    assert client.get(link).status_code == 410


def test_a_domain_holds_for_those_below_it_and_for_no_other(
    sessions: Sessions, partnership: Any, NOW: datetime
) -> None:
    with sessions.transaction() as session:
        set_channel(session, "@Police.Example", Way.GATEWAY, "", partnership.officer.as_actor(), NOW)
        assert channel_to(session, "a@WEST.police.example").way is Way.GATEWAY
        assert channel_to(session, "a@notpolice.example").way is Way.DIRECT


def test_the_page_lists_sets_and_removes(
    client: FlaskClient, sign_in: Any, partnership: Any, words: Any
) -> None:
    sign_in(client, partnership.officer)
    said = {"domain": "police.example", "way": "gateway", "prefix": "[SECURE]"}
    page = words(client.post("/letters/channels", data=said, follow_redirects=True).text)
    assert "police.example through a secure gateway [SECURE]" in page
    client.post("/letters/channels/remove", data={"domain": "police.example"})
    assert "No domain is listed yet." in words(client.get("/letters/channels").text)


@pytest.mark.parametrize(
    "said, sentence",
    [
        ({"domain": "the police"}, "Enter a domain"),
        ({"domain": "a.example", "prefix": "x" * 31}, "Write the prefix"),
    ],
)
def test_what_will_not_do_comes_back_as_typed(
    client: FlaskClient, sign_in: Any, partnership: Any, words: Any, said: dict[str, str], sentence: str
) -> None:
    sign_in(client, partnership.officer)
    answer = client.post("/letters/channels", data={"way": "link", **said})
    assert answer.status_code == 422
    assert sentence in words(answer.text)
    assert f'value="{said["domain"]}"' in answer.text


def test_how_letters_travel_is_not_for_members(client: FlaskClient, sign_in: Any, partnership: Any) -> None:
    sign_in(client, partnership.member)
    assert client.get("/letters/channels").status_code == 403
