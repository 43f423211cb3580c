"""How long a sign-in holds, how it ends, and that nothing typed is lost when it does."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from jcr.settings import SettingsWrong, load
from tests.conftest import PASSWORD
from tests.shown import seen_at


@pytest.fixture
def signed_in(client: FlaskClient, partnership: Any, sign_in: Any) -> FlaskClient:
    sign_in(client, partnership.officer)
    return client


def test_a_sign_in_left_alone_ends(signed_in: FlaskClient, app: Flask, NOW: datetime) -> None:
    for minutes in (50, 100):  # each page begins the hour anew
        app.config["CLOCK"] = lambda minutes=minutes: NOW + timedelta(minutes=minutes)
        assert signed_in.get("/").status_code == 200
    app.config["CLOCK"] = lambda: NOW + timedelta(minutes=161)
    assert signed_in.get("/").location.startswith("/sign-in")


def test_no_sign_in_holds_longer_than_a_day_of_work(
    signed_in: FlaskClient, app: Flask, NOW: datetime
) -> None:
    for half_hours in range(1, 24):
        app.config["CLOCK"] = lambda half_hours=half_hours: NOW + timedelta(minutes=30 * half_hours)
        assert signed_in.get("/account/stay").status_code == 200
    app.config["CLOCK"] = lambda: NOW + timedelta(hours=12)
    assert signed_in.get("/account/stay").location.startswith("/sign-in")


def test_a_page_says_until_when(signed_in: FlaskClient, app: Flask, NOW: datetime, words: Any) -> None:
    assert "You stay signed in until 10:30" in words(signed_in.get("/").text)
    assert signed_in.get("/account/stay").json == {"seconds": 3600}
    app.config["CLOCK"] = lambda: NOW + timedelta(minutes=30)
    signed_in.get("/")
    assert "until" not in words(app.test_client().get("/sign-in").text)


def test_what_was_typed_when_the_sign_in_had_ended_comes_back_and_can_be_sent(
    signed_in: FlaskClient, app: Flask, NOW: datetime, partnership: Any
) -> None:
    typed = {"name": "West Mercia Police", "sector": "police", "membership": "standing", "quorum_group": "",
             "domains": "police.example", "contact_name": "Duty desk <b>", "contact_email": "duty@police.example",
             "board_email": ""}  # fmt: skip
    typed |= seen_at(signed_in, "/agencies/police")
    app.config["CLOCK"] = lambda: NOW + timedelta(hours=3)
    answer = signed_in.post("/agencies/police", data=typed)
    assert answer.status_code == 401
    form = html.fromstring(answer.text).forms[0]
    kept = {name: value.removeprefix("\n") for name, value in form.fields.items() if name in typed}
    assert kept == typed
    signed_in.post("/sign-in", data={"email": partnership.officer.email, "password": PASSWORD})
    assert signed_in.post("/agencies/police", data=kept).status_code == 302
    assert "Duty desk" in signed_in.get("/agencies").text


def test_a_copied_cookie_opens_nothing_after_signing_out(signed_in: FlaskClient, app: Flask) -> None:
    thief = app.test_client()
    cookie = signed_in.get_cookie("session")
    assert cookie
    thief.set_cookie("session", cookie.value)
    assert thief.get("/").status_code == 200
    signed_in.post("/sign-out")
    assert thief.get("/").location.startswith("/sign-in")


def test_signing_out_everywhere_leaves_this_browser_signed_in(
    signed_in: FlaskClient, app: Flask, partnership: Any, sign_in: Any
) -> None:
    elsewhere, another = app.test_client(), app.test_client()
    sign_in(elsewhere, partnership.officer)
    sign_in(another, partnership.manager)
    assert signed_in.get("/account").text.count("A browser on a computer") == 2
    signed_in.post("/account/sign-out-everywhere")
    assert elsewhere.get("/").status_code == 302
    assert signed_in.get("/").status_code == another.get("/").status_code == 200


def test_a_new_password_signs_out_everywhere_else(
    signed_in: FlaskClient, app: Flask, partnership: Any, sign_in: Any
) -> None:
    elsewhere = app.test_client()
    sign_in(elsewhere, partnership.officer)
    new = {"password": PASSWORD, "new_password": "orchard tramway lantern"}
    assert signed_in.post("/account/password", data={**new, "password": "wrong"}).status_code == 422
    assert signed_in.post("/account/password", data={**new, "new_password": "short"}).status_code == 422
    assert signed_in.post("/account/password", data=new).status_code == 302
    assert elsewhere.get("/").status_code == 302
    assert signed_in.get("/").status_code == 200


@pytest.mark.parametrize(("name", "value"), [("idle_minutes", 2), ("session_hours", 100)])
def test_limits_out_of_reason_are_refused(name: str, value: float) -> None:
    with pytest.raises(SettingsWrong, match=f"JCR_{name.upper()}"):
        load(secret_key="a secret for the tests that is long enough", **{name: value})
