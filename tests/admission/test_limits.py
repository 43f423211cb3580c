"""Guessing: who fails too often waits, and keeps neither the owner nor anybody else from coming in."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.admission import limits, tries
from jcr.admission.model import Tries
from jcr.app import create_app
from jcr.correspondence.model import Kind, Letter
from jcr.db import Sessions
from jcr.links import hashed, new_token
from jcr.outsiders import service as outsiders
from jcr.outsiders.model import Purpose
from jcr.referrals.model import Draft
from jcr.settings import Settings
from jcr.web.access import Open, openness
from tests.conftest import PASSWORD, on_one_database
from tests.outsider import OutsiderClient

WAIT = "Too many tries"


def guess(client: FlaskClient, email: str, password: str = "a guess", address: str = "198.51.100.1") -> Any:
    form = {"email": email, "password": password}
    return client.post("/sign-in", data=form, environ_base={"REMOTE_ADDR": address})


@pytest.mark.parametrize("email", ["officer@partnership.example", "nobody@partnership.example"])
def test_who_guesses_waits_ever_longer_whether_there_is_such_an_account_or_not(
    app: Flask, client: FlaskClient, partnership: Any, NOW: datetime, email: str
) -> None:
    for _ in range(5):
        assert WAIT not in guess(client, email).text
    assert WAIT in guess(client, email).text
    assert WAIT in guess(app.test_client(), email, PASSWORD).text  # at any browser there
    assert WAIT not in guess(client, email, "a guess", "203.0.113.9").text  # nobody elsewhere is kept out
    app.config["CLOCK"] = lambda: NOW + timedelta(seconds=31)
    assert WAIT not in guess(client, email).text
    app.config["CLOCK"] = lambda: NOW + timedelta(seconds=70)
    assert WAIT in guess(client, email).text


def test_the_owner_gets_in_at_a_browser_they_used_before(
    app: Flask, client: FlaskClient, partnership: Any, sessions: Sessions
) -> None:
    officer = partnership.officer
    assert guess(client, officer.email, PASSWORD).status_code == 302
    client.post("/sign-out")
    stranger = app.test_client()
    for _ in range(8):
        guess(stranger, officer.email)  # behind the same address
    assert WAIT in guess(app.test_client(), officer.email, PASSWORD).text
    for number in range(tries.FREE_FROM_ADDRESS):
        guess(stranger, f"person{number}@partnership.example")
    assert WAIT in guess(stranger, "person99@partnership.example").text
    assert guess(client, officer.email, PASSWORD).status_code == 302
    client.post("/sign-out")
    for _ in range(5):
        guess(client, officer.email)
    assert WAIT in guess(client, officer.email, PASSWORD).text  # nor does a known browser guess on


def test_a_browser_known_for_one_person_is_not_known_for_another(
    app: Flask, client: FlaskClient, partnership: Any
) -> None:
    guess(client, partnership.agency.email, PASSWORD)
    for _ in range(5):
        guess(client, partnership.officer.email)
    assert WAIT in guess(app.test_client(), partnership.officer.email).text


def test_an_account_guessed_at_from_very_many_addresses_waits_at_browsers_that_are_not_known(
    app: Flask, client: FlaskClient, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer
    assert guess(client, officer.email, PASSWORD).status_code == 302
    stranger = app.test_client()
    for number in range(tries.FREE_EVERYWHERE):
        assert WAIT not in guess(stranger, officer.email, address=f"203.0.113.{number}").text
    assert WAIT in guess(stranger, officer.email, PASSWORD, "198.51.100.7").text
    assert guess(client, officer.email, PASSWORD).status_code == 302
    app.config["CLOCK"] = lambda: NOW + timedelta(minutes=61)
    assert guess(app.test_client(), officer.email, PASSWORD, "198.51.100.7").status_code == 302


def test_one_network_of_ipv6_counts_as_one_address(app: Flask, client: FlaskClient, partnership: Any) -> None:
    officer = partnership.officer.email
    for number in range(tries.FREE_EVERYWHERE + 10):
        guess(client, officer, address=f"2001:db8:7:1:{number:x}::{number:x}")
    assert WAIT in guess(client, officer, PASSWORD, "2001:db8:7:1::ffff").text
    assert guess(app.test_client(), officer, PASSWORD, "2001:db8:7:2::1").status_code == 302
    for number in range(6):
        guess(client, partnership.manager.email, address=f"::ffff:203.0.113.{number}")
    assert guess(client, partnership.manager.email, PASSWORD, "::ffff:198.51.100.9").status_code == 302


def test_many_accounts_tried_from_one_address_end_there_and_nowhere_else(
    client: FlaskClient, partnership: Any
) -> None:
    for number in range(tries.FREE_FROM_ADDRESS):
        guess(client, f"person{number}@partnership.example")
    assert WAIT in guess(client, partnership.manager.email, PASSWORD).text
    assert guess(client, partnership.manager.email, PASSWORD, "203.0.113.9").status_code == 302


def test_tries_at_one_moment_are_all_counted(sessions: Sessions, NOW: datetime) -> None:
    together = Barrier(6)

    def one() -> None:
        together.wait()
        with sessions.transaction() as session:
            tries.failed(session, "account:x", NOW)

    all_six = [Thread(target=one) for _ in range(6)]
    for each in all_six:
        each.start()
    for each in all_six:
        each.join()
    with sessions.transaction() as session:
        assert session.scalars(select(Tries.count)).one() == 6
        assert "account" not in session.scalars(select(Tries.key)).one()
        tries.forget_old(session, NOW + timedelta(hours=2))
        assert session.scalars(select(Tries)).all() == []


def test_who_tries_links_that_do_not_exist_is_stopped(
    app: Flask, client: OutsiderClient, NOW: datetime
) -> None:
    client.codes = False
    begun = client.post("/referral").location
    for _ in range(limits.UNKNOWN_LINKS_AN_HOUR):
        assert client.get(f"/scoping/{new_token()}").status_code == 404
    stopped = client.get(f"/sign-off/{new_token()}")
    assert stopped.status_code == 429
    assert "Too many tries" in stopped.text
    assert client.get("/referral").status_code == 200
    assert client.get(begun).status_code == 200  # nobody is kept from a link of theirs
    assert (
        client.get(f"/scoping/{new_token()}", environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code == 404
    )
    app.config["CLOCK"] = lambda: NOW + timedelta(minutes=61)
    assert client.get(f"/scoping/{new_token()}").status_code == 404


@on_one_database
def test_every_page_that_is_open_to_all_has_a_limit(
    sessions: Sessions, settings: Settings, NOW: datetime
) -> None:
    app = create_app(settings.model_copy(update={"public_requests_a_minute": 40}), sessions)
    app.config.update(CLOCK=lambda: NOW, WTF_CSRF_ENABLED=False)
    client = app.test_client()
    assert [client.post("/referral").status_code for _ in range(12)] == [302] * 10 + [429] * 2
    for _ in range(40):
        client.get("/referral")
    for rule in app.url_map.iter_rules():
        if (
            openness(app.view_functions[rule.endpoint]) is Open.TO_EVERYBODY
            and rule.endpoint not in limits.FREE
        ):
            path = rule.build({name: 1 if name.endswith("id") else "x" for name in rule.arguments})
            assert path
            method = "GET" if "GET" in (rule.methods or ()) else "POST"
            assert client.open(path[1], method=method).status_code == 429, rule


@on_one_database
def test_who_was_let_in_by_a_code_is_not_stopped_by_a_stranger_behind_the_same_address(
    app: Flask, sessions: Sessions, NOW: datetime
) -> None:
    app.extensions["settings"] = app.extensions["settings"].model_copy(
        update={"public_requests_a_minute": 20}
    )
    with sessions.transaction() as session:
        token = outsiders.make(session, Purpose.REFERRAL, "w@agency.example", None, NOW)
        session.add(Draft(token_hash=hashed(token), created_at=NOW, changed_at=NOW))
    visitor, stranger = app.test_client(), app.test_client()
    assert visitor.get(f"/referral/{token}").status_code == 200
    begun = [stranger.post("/referral").status_code for _ in range(30)]
    assert begun[-1] == 429  # a draft that somebody begins proves nothing
    assert app.test_client().get("/referral").status_code == 429
    assert visitor.get(f"/referral/{token}").status_code == 200


@on_one_database
def test_what_was_typed_when_too_much_was_asked_for_comes_back(app: Flask, client: FlaskClient) -> None:
    app.extensions["settings"] = app.extensions["settings"].model_copy(
        update={"public_requests_a_minute": 20}
    )
    for _ in range(5):
        client.post("/referral")
    stopped = client.post("/invitation/x", data={"password": "secret words", "note": "Words <typed>"})
    assert stopped.status_code == 429
    assert "Words &lt;typed&gt;" in stopped.text
    assert "Send them again" in stopped.text
    assert "secret words" not in stopped.text
    signing_in = client.post("/invitation/x", data={"password": "secret words", "email": "a@b.example"})
    assert (signing_in.status_code, "Send them again" in signing_in.text) == (429, False)


@on_one_database
def test_a_proxy_says_who_asks_only_where_there_is_one(
    sessions: Sessions, settings: Settings, NOW: datetime
) -> None:
    for proxies, stopped in ((0, True), (1, False)):
        limited = settings.model_copy(update={"public_requests_a_minute": 20, "proxies": proxies})
        app = create_app(limited, sessions)
        app.config["CLOCK"] = lambda: NOW
        client = app.test_client()
        answers = [
            client.get("/referral", headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code
            for number in range(21)
        ]
        assert (429 in answers) is stopped


def test_a_sign_in_at_a_new_browser_is_told_by_e_mail(
    app: Flask, client: FlaskClient, partnership: Any, sessions: Sessions
) -> None:
    firefox = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/140.0"}
    form = {"email": partnership.officer.email, "password": PASSWORD}
    for browser in (client, client, app.test_client()):
        browser.post("/sign-in", data=form, headers=firefox)
    with sessions.reading() as session:
        [letter] = session.scalars(select(Letter).where(Letter.kind == Kind.NEW_BROWSER)).all()
    assert letter.recipient == partnership.officer.email
    assert "Firefox on Windows, on Monday 23 November 2026 at 09:30" in letter.body
    assert "JCR-" not in letter.body


@on_one_database
def test_a_password_asked_again_while_signed_in_is_guessed_no_faster_than_at_signing_in(
    client: FlaskClient, sign_in: Any, partnership: Any
) -> None:
    sign_in(client, partnership.officer)
    wrong, right = {"password": "a guess"}, {"password": PASSWORD}
    for _ in range(tries.FREE_ON_ACCOUNT):
        assert "not your password" in client.post("/account/recovery-codes", data=wrong).text
    assert WAIT in client.post("/account/recovery-codes", data=right).text
    assert (
        WAIT
        in client.post(
            "/account/password", data={**right, "new_password": "another long password indeed"}
        ).text
    )
    client.post("/sign-out")
    sign_in(client, partnership.officer)  # whoever sat at the open browser keeps nobody from signing in
