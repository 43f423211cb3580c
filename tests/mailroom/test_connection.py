"""The page of the mail connection, and what the desk says when the mail is silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from jcr.app import create_app
from jcr.db import Sessions
from jcr.mailroom.rules import secret_in_words
from jcr.mailroom.service import beat
from jcr.settings import Settings
from tests.services.dovecot import PASSWORD, Dovecot
from tests.services.smtp import Received

SignIn = Callable[[FlaskClient, Any], None]


@pytest.fixture
def office(
    settings: Settings, sessions: Sessions, partnership: Any, dovecot: Dovecot, NOW: datetime
) -> Callable[..., FlaskClient]:
    """Somebody's browser, where the first mailbox is on a real server."""

    def opened(password: str = PASSWORD) -> FlaskClient:
        changes = {"mailbox_url": dovecot.url("connected"), "mailbox_password": password}
        app: Flask = create_app(settings.model_copy(update=changes), sessions)
        app.config.update(CLOCK=lambda: NOW, WTF_CSRF_ENABLED=False)
        return app.test_client()

    return opened


def test_the_connection_is_tried_at_a_press(
    office: Callable[..., FlaskClient], partnership: Any, sign_in: SignIn, words: Callable[[str], str]
) -> None:
    client = office()
    sign_in(client, partnership.administrator)
    assert "Never watched" in client.get("/mail-connection").text
    page = words(client.post("/mail-connection/1").text)
    assert "Reach the server: works." in page
    assert "Open the folder: works. INBOX is there, and 0 messages wait in it." in page
    assert client.post("/mail-connection/2").status_code == 404


def test_the_page_works_while_the_mailbox_does_not(
    office: Callable[..., FlaskClient], partnership: Any, sign_in: SignIn, words: Callable[[str], str],
    sessions: Sessions, dovecot: Dovecot, NOW: datetime,
) -> None:  # fmt: skip
    client = office("not the password")
    name = client.application.extensions["settings"].mailbox_names[0]
    with sessions.transaction() as session:
        beat(session, name, NOW - timedelta(minutes=20))
        beat(session, name, NOW - timedelta(minutes=5), "127.0.0.1 refuses the account connected.")
    sign_in(client, partnership.administrator)
    page = words(client.get("/mail-connection").text)
    assert "Silent" in page
    assert "127.0.0.1 refuses the account connected." in page
    tried = words(client.post("/mail-connection/1").text)
    assert "Sign in: Does not work 127.0.0.1 refuses the account connected: check user name" in tried
    assert "has not been read since Monday 23 November 2026 at 09:10" in words(client.get("/").text)


def test_the_post_is_tried_at_a_press_and_says_what_is_wrong(
    settings: Settings, sessions: Sessions, partnership: Any, sign_in: SignIn, words: Callable[[str], str],
    smtp: Received, NOW: datetime,
) -> None:  # fmt: skip
    def tried_at(url: str) -> str:
        app: Flask = create_app(settings.model_copy(update={"smtp_url": url}), sessions)
        app.config.update(CLOCK=lambda: NOW, WTF_CSRF_ENABLED=False)
        client = app.test_client()
        sign_in(client, partnership.administrator)
        return words(client.post("/mail-connection/post").text)

    assert "Sign in: works. No name is asked for." in tried_at(smtp.url)
    with sessions.transaction() as session:
        beat(session, "post", NOW - timedelta(minutes=20), "127.0.0.1 does not answer.")
    page = tried_at("smtp://127.0.0.1:1")
    assert "Reach the server: Does not work Nothing listens at that address of 127.0.0.1" in page
    assert "What is wrong 127.0.0.1 does not answer." in page


def test_the_officer_sees_it_on_the_desk_and_others_do_not_open_the_page(
    client: FlaskClient, settings: Settings, partnership: Any, sign_in: SignIn, sessions: Sessions, NOW: datetime
) -> None:  # fmt: skip
    sign_in(client, partnership.officer)
    assert "See what is wrong with the mail" not in client.get("/").text
    with sessions.transaction() as session:
        beat(session, "post", NOW - timedelta(hours=1))
    desk = client.get("/").text
    assert "The post has not been looked through since Monday 23 November 2026 at 08:30." in desk
    assert client.get("/mail-connection").status_code == 200
    client.post("/sign-out")
    sign_in(client, partnership.chair)
    assert client.get("/mail-connection").status_code == 403


@pytest.mark.parametrize(
    ("days", "words"),
    [(15, ""), (14, "in 14 days"), (1, "in 1 day."), (0, "today"), (-1, "ended on 22 November 2026")],
)
def test_a_secret_about_to_end_is_told_a_fortnight_ahead(days: int, words: str) -> None:
    today = date(2026, 11, 23)
    told = secret_in_words(today + timedelta(days=days), today)
    assert words in told
    assert bool(told) == bool(words)


def test_without_a_date_nothing_is_said_of_the_secret() -> None:
    assert secret_in_words(None, date(2026, 11, 23)) == ""
