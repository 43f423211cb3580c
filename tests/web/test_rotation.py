"""A new secret: whoever is signed in, in a draft or at an open form goes on, and sealed secrets are sealed anew."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from jcr.admission import second_factor
from jcr.app import create_app
from jcr.db import Sessions
from jcr.sealing import sealed, unsealed
from jcr.settings import Settings, SettingsWrong, load
from tests.admission.test_second_factor import APP, code_at
from tests.conftest import MONDAY, PASSWORD, on_one_database

OLD, NEW = "the secret that stood before this", "the secret that stands from now on"


def _client(settings: Settings, sessions: Sessions, cookies: FlaskClient | None = None) -> FlaskClient:
    """A browser at a server that was started anew, with the cookies of another browser."""
    app = create_app(settings, sessions)
    app.config["CLOCK"] = lambda: MONDAY
    client = app.test_client()
    if cookies:
        client._cookies = dict(cookies._cookies)
    return client


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


@on_one_database
def test_nobody_is_signed_out_and_an_open_form_goes_through(
    settings: Settings, sessions: Sessions, partnership: Any
) -> None:
    old = _client(settings.model_copy(update={"secret_key": OLD}), sessions)
    given = {"email": partnership.officer.email, "password": PASSWORD}
    old.post("/sign-in", data=given | {"csrf_token": _token(old.get("/sign-in").text)})
    form = _token(old.get("/bank-holidays").text)
    rotated = settings.model_copy(update={"secret_key": NEW, "former_secret_keys": (OLD,)})
    new = _client(rotated, sessions, old)
    assert new.get("/cases").status_code == 200
    assert new.post("/account/sign-out-everywhere", data={"csrf_token": form}).status_code == 302
    stranger = _client(settings.model_copy(update={"secret_key": NEW}), sessions, old)
    assert stranger.get("/cases").status_code != 200


@on_one_database
def test_an_app_set_up_under_the_former_secret_is_accepted_and_sealed_anew(
    sessions: Sessions, partnership: Any, NOW: datetime
) -> None:
    officer, before = partnership.officer, NOW.replace(minute=0)
    with sessions.transaction() as session:
        second_factor.set_up(session, officer, APP, code_at(before), OLD, before)
    with sessions.transaction() as session:
        assert not second_factor.accept(session, officer, code_at(NOW), NEW, NOW)
        assert second_factor.accept(session, officer, code_at(NOW), NEW, NOW, [OLD])
    with sessions.reading() as session:
        factor = second_factor.of(session, officer)
        assert factor
        assert unsealed(factor.secret, second_factor.PURPOSE, NEW) == APP


def test_what_another_secret_sealed_stays_closed() -> None:
    assert unsealed(sealed("a token", "mail", OLD), "mail", NEW, ["a third one", OLD]) == "a token"
    assert unsealed(sealed("a token", "mail", OLD), "mail", NEW, ["a third one"]) == ""


def test_former_secrets_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JCR_SECRET_KEY", NEW)
    monkeypatch.setenv("JCR_FORMER_SECRET_KEYS", f"{OLD}, {OLD[::-1]}")
    assert load().former_secret_keys == (OLD, OLD[::-1])
    monkeypatch.setenv("JCR_FORMER_SECRET_KEYS", "short")
    with pytest.raises(SettingsWrong, match="JCR_FORMER_SECRET_KEYS: write them whole"):
        load()
