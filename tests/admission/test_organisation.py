"""Signing in through the organisation, against a provider that speaks real HTTP: who gets in, and who does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from sqlalchemy import select
from werkzeug.test import TestResponse

from jcr.admission.model import Identity
from jcr.admission.organisation import read
from jcr.db import Sessions
from jcr.people.model import Person
from jcr.settings import Settings, SettingsWrong, load
from tests.conftest import on_one_database
from tests.services.provider import CLIENT, SECRET, Provider, provider

__all__ = ["provider"]  # a fixture
STRONG = {
    "sub": "7f3a",
    "email": "Officer@partnership.example",
    "email_verified": True,
    "amr": ["pwd", "mfa"],
}


@pytest.fixture
def organisation(app: Flask, settings: Settings, partnership: Any, provider: Provider) -> Provider:
    asked = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    _set(app, settings.model_copy(update=asked | {"second_factor": True}))
    return provider


def _set(app: Flask, settings: Settings) -> None:
    app.extensions.update(settings=settings)
    app.jinja_env.globals.update(settings=settings)


def _come_back(client: FlaskClient, provider: Provider, claims: dict[str, Any]) -> TestResponse:
    """Off to the organisation as a browser goes, and back with what it says."""
    provider.claims = claims
    away = client.get("/sign-in/organisation?next=/cases")
    assert away.location.startswith(f"{provider.issuer}/authorize?")
    back = requests.get(away.location, allow_redirects=False, timeout=5).headers["Location"]
    assert back.startswith("http://127.0.0.1:8000/sign-in/organisation/back?")
    return client.get(back.removeprefix("http://127.0.0.1:8000"))


def _refused(client: FlaskClient, answer: TestResponse) -> str:
    assert answer.location == "/sign-in"
    assert client.get("/").status_code == 302
    assert client.post("/sign-in/organisation/enter").location == "/sign-in"
    return client.get("/sign-in").text


@on_one_database
def test_a_known_person_with_a_second_factor_there_is_let_in(
    client: FlaskClient, organisation: Provider, sessions: Sessions, words: Callable[[str], str]
) -> None:
    assert "Sign in with your organisation’s account" in client.get("/sign-in").text
    page = _come_back(client, organisation, STRONG)
    assert "You are Rhiannon Maddox" in words(page.text)
    assert client.get("/").status_code == 302  # looking lets nobody in
    assert client.post("/sign-in/organisation/enter").location == "/cases"
    assert client.get("/cases").status_code == 200
    with sessions.reading() as session:
        [known] = session.scalars(select(Identity)).all()
    assert (known.issuer, known.subject) == (organisation.issuer, "7f3a")


@on_one_database
def test_without_a_second_factor_there_ours_is_asked_for(client: FlaskClient, organisation: Provider) -> None:
    _come_back(client, organisation, STRONG | {"amr": ["pwd"]})
    assert client.post("/sign-in/organisation/enter").location == "/sign-in/set-up"
    assert client.get("/cases").status_code == 302


@on_one_database
def test_it_is_the_subject_that_counts_once_it_is_known(
    client: FlaskClient, organisation: Provider, words: Callable[[str], str]
) -> None:
    _come_back(client, organisation, STRONG)
    client.post("/sign-in/organisation/enter")
    client.post("/sign-out")
    married = _come_back(client, organisation, STRONG | {"email": "new.name@partnership.example"})
    assert "You are Rhiannon Maddox" in words(married.text)
    namesake = _come_back(client, organisation, STRONG | {"sub": "somebody else"})  # given the old address
    assert "nobody has an account here" in _refused(client, namesake)


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email": "stranger@elsewhere.example"},
        {"email": "quill@members.partnership.example"},  # sits in the group, was never given an account
    ],
)
@on_one_database
def test_nobody_unknown_gets_in_and_no_account_is_made(
    client: FlaskClient, organisation: Provider, sessions: Sessions, claims: dict[str, Any]
) -> None:
    with sessions.reading() as session:
        before = session.scalars(select(Person.id)).all()
    assert "nobody has an account here" in _refused(client, _come_back(client, organisation, STRONG | claims))
    with sessions.reading() as session:
        assert session.scalars(select(Person.id)).all() == before


@on_one_database
def test_a_suspended_person_stays_out(
    client: FlaskClient, organisation: Provider, sessions: Sessions
) -> None:
    _come_back(client, organisation, STRONG)
    client.post("/sign-in/organisation/enter")
    with sessions.transaction() as session:
        session.scalars(select(Person).where(Person.email == STRONG["email"].lower())).one().active = False
    again = client.application.test_client()
    assert "nobody has an account here" in _refused(again, _come_back(again, organisation, STRONG))


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://another.example"},
        {"aud": "another"},
        {"aud": []},
        {"exp": 1},
        {"nonce": "another"},
        {"sub": ""},
    ],
)
@on_one_database
def test_a_token_for_somebody_else_or_of_another_time_is_refused(
    client: FlaskClient, organisation: Provider, claims: dict[str, Any]
) -> None:
    assert "did not succeed" in _refused(client, _come_back(client, organisation, STRONG | claims))


@on_one_database
def test_a_forged_signature_a_foreign_answer_and_a_code_used_twice_are_refused(
    client: FlaskClient, organisation: Provider
) -> None:
    organisation.published = RSAKey.generate_key(2048, {"kid": "first"})
    assert "did not succeed" in _refused(client, _come_back(client, organisation, STRONG))
    assert "did not succeed" in _refused(client, client.get("/sign-in/organisation/back?code=x&state=y"))
    assert "did not succeed" in _refused(client, client.get("/sign-in/organisation/back?error=access_denied"))


@pytest.mark.parametrize("token", [None, 5, "", "a.b.c", "é", {"x": 1}])
@on_one_database
def test_an_answer_without_a_token_that_can_be_read_is_refused_in_words(
    client: FlaskClient, organisation: Provider, monkeypatch: pytest.MonkeyPatch, token: Any
) -> None:
    answer = {"access_token": "unused", "token_type": "Bearer", "id_token": token}
    monkeypatch.setattr(Provider, "token", lambda *_: answer)
    assert "did not succeed" in _refused(client, _come_back(client, organisation, STRONG))


@on_one_database
def test_an_organisation_that_is_away_leaves_the_password(
    client: FlaskClient, organisation: Provider
) -> None:
    organisation.away = True
    assert client.get("/sign-in/organisation").location == "/sign-in"
    assert "cannot be reached" in client.get("/sign-in").text


@on_one_database
def test_where_no_organisation_is_set_there_is_no_such_way(client: FlaskClient, partnership: Any) -> None:
    assert client.get("/sign-in/organisation").status_code == 404
    assert "Sign in with" not in client.get("/sign-in").text


@pytest.mark.parametrize(
    ("said", "email", "strong"),
    [
        ({"email": "A@b.example", "email_verified": "true", "acr": "urn:two"}, "a@b.example", True),
        ({"email": "a@b.example", "xms_edov": 1, "amr": "pwd"}, "a@b.example", False),
        ({"email": "a@b.example", "amr": ["otp"]}, "", False),
        ({"amr": [["mfa"]], "acr": {"mfa": 1}}, "", False),
        ({}, "", False),
    ],
)
def test_what_providers_say_in_their_own_ways(said: dict[str, Any], email: str, strong: bool) -> None:
    came = read({"iss": "i", "sub": "s"} | said, ("mfa", "urn:two"), vouches=False)
    assert (came.email, came.is_strong) == (email, strong)


def test_settings_that_cannot_work_are_refused(tmp_path: Any) -> None:
    wrong = {"secret_key": "s" * 40, "oidc_issuer": "http://login.example", "environment": "production"}
    with pytest.raises(SettingsWrong) as said:
        load(tmp_path / "secret", **wrong, base_url="https://jcr.example")
    assert {line.partition(":")[0] for line in said.value.lines} == {
        "JCR_OIDC_CLIENT_ID and JCR_OIDC_CLIENT_SECRET", "JCR_OIDC_ISSUER",
    }  # fmt: skip
