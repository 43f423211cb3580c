"""The second factor: set up at the first sign-in, each code good once, recovery codes for who lost the app."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from jcr.admission import second_factor
from jcr.admission.model import SecondFactor
from jcr.db import Sessions
from jcr.errors import Incomplete
from jcr.people.model import Person
from jcr.settings import SettingsWrong, load
from tests.conftest import PASSWORD

KEY = "a secret for the tests that is long enough"
APP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_at(moment: datetime, secret: str = APP) -> str:
    return pyotp.TOTP(secret).at(moment)


@pytest.fixture
def enrolled(sessions: Sessions, partnership: Any, NOW: datetime) -> list[str]:
    """The officer has set up an app; the recovery codes they were shown."""
    with sessions.transaction() as session:
        officer = session.merge(partnership.officer)
        return list(second_factor.set_up(session, officer, APP, code_at(NOW), KEY, NOW))


@pytest.fixture
def asking(app: Flask) -> Flask:
    """The application as in production: nobody gets in by a password alone."""
    app.extensions["settings"] = app.extensions["settings"].model_copy(update={"second_factor": True})
    return app


def password_given(client: FlaskClient, person: Person, onward: str = "") -> str:
    address = f"/sign-in?next={onward}" if onward else "/sign-in"
    answer = client.post(address, data={"email": person.email, "password": PASSWORD})
    return str(answer.location)


def test_the_first_sign_in_sets_up_an_app_and_shows_the_recovery_codes_once(
    asking: Flask, client: FlaskClient, partnership: Any, NOW: datetime
) -> None:
    assert password_given(client, partnership.officer, "/cases") == "/sign-in/set-up"
    assert client.get("/cases").location.startswith("/sign-in")  # in nowhere yet
    page = client.get("/sign-in/set-up")
    secret = "".join(html.fromstring(page.text).find_class("app-key")[0].text_content().split())
    wrong = client.post("/sign-in/set-up", data={"code": "000000"})
    assert wrong.status_code == 422
    assert secret in re.sub(r"\s", "", wrong.text)  # the app need not be set up again
    shown = client.post("/sign-in/set-up", data={"code": code_at(NOW, secret)})
    codes = html.fromstring(shown.text).xpath("//ul[contains(@class,'app-codes')]/li/text()")
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert 'href="/cases"' in shown.text
    assert client.get("/cases").status_code == 200
    assert codes[0] not in client.get("/account").text


def test_an_app_once_set_up_is_always_asked_for(
    app: Flask, client: FlaskClient, partnership: Any, enrolled: list[str], NOW: datetime
) -> None:
    app.config["CLOCK"] = lambda: NOW + timedelta(minutes=5)
    assert password_given(client, partnership.officer) == "/sign-in/code"
    assert client.post("/sign-in/code", data={"code": "123456"}).status_code == 422
    assert client.get("/").status_code == 302
    code = code_at(NOW + timedelta(minutes=5))
    assert client.post("/sign-in/code", data={"code": f"{code[:3]} {code[3:]}"}).location == "/"
    assert client.get("/").status_code == 200


def test_the_password_holds_for_a_quarter_of_an_hour_on_its_own(
    app: Flask, client: FlaskClient, partnership: Any, enrolled: list[str], NOW: datetime
) -> None:
    password_given(client, partnership.officer)
    later = NOW + timedelta(minutes=16)
    app.config["CLOCK"] = lambda: later
    assert client.post("/sign-in/code", data={"code": code_at(later)}).location == "/sign-in"


@pytest.mark.parametrize(
    ("seconds", "gets_in"), [(-61, False), (-30, True), (0, True), (30, True), (61, False)]
)
def test_a_clock_may_be_wrong_by_one_step(
    sessions: Sessions, partnership: Any, enrolled: list[str], NOW: datetime, seconds: int, gets_in: bool
) -> None:
    at = NOW.replace(second=0) + timedelta(minutes=10)
    with sessions.transaction() as session:
        code = code_at(at + timedelta(seconds=seconds))
        assert second_factor.accept(session, partnership.officer, code, KEY, at) is gets_in


def test_a_code_is_good_once_and_an_older_one_not_after_a_newer(
    sessions: Sessions, partnership: Any, enrolled: list[str], NOW: datetime
) -> None:
    at = NOW + timedelta(minutes=10)
    with sessions.transaction() as session:
        officer = partnership.officer
        assert second_factor.accept(session, officer, code_at(at), KEY, at)
        assert not second_factor.accept(session, officer, code_at(at), KEY, at)
        before = code_at(at - timedelta(seconds=30))
        assert not second_factor.accept(session, officer, before, KEY, at)
        assert not second_factor.accept(
            session, officer, code_at(NOW), KEY, NOW
        )  # the one it was set up with


def test_who_stole_a_password_keeps_nobody_waiting_at_a_browser_of_theirs(
    asking: Flask, client: FlaskClient, partnership: Any, enrolled: list[str], NOW: datetime
) -> None:
    password_given(client, partnership.officer)
    assert client.post("/sign-in/code", data={"code": enrolled[0]}).status_code == 302
    client.post("/sign-out")
    thief = asking.test_client()
    password_given(thief, partnership.officer)
    tried = [thief.post("/sign-in/code", data={"code": "000000"}).text for _ in range(7)]
    assert "Too many wrong codes" in tried[-1]
    password_given(client, partnership.officer)
    assert client.post("/sign-in/code", data={"code": enrolled[1]}).status_code == 302
    client.post("/sign-out")
    password_given(client, partnership.officer)
    tried = [client.post("/sign-in/code", data={"code": "000000"}).text for _ in range(7)]
    assert "Too many wrong codes" in tried[-1]


def test_of_two_who_use_one_code_at_one_moment_one_gets_in(
    sessions: Sessions, partnership: Any, enrolled: list[str], NOW: datetime
) -> None:
    at, together, got_in = NOW + timedelta(minutes=10), Barrier(2), []

    def use() -> None:
        together.wait()
        with sessions.transaction() as session:
            got_in.append(second_factor.accept(session, partnership.officer, code_at(at), KEY, at))

    both = [Thread(target=use) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(got_in) == [False, True]


def test_a_recovery_code_lets_in_once_and_only_its_owner(
    sessions: Sessions, partnership: Any, enrolled: list[str], NOW: datetime
) -> None:
    with sessions.transaction() as session:
        assert not second_factor.accept(session, partnership.manager, enrolled[0], KEY, NOW)
        spoken = enrolled[0].upper().replace("-", " ")
        assert second_factor.accept(session, partnership.officer, spoken, KEY, NOW)
        assert not second_factor.accept(session, partnership.officer, enrolled[0], KEY, NOW)
        assert second_factor.recovery_codes_left(session, partnership.officer) == 9


def test_what_is_kept_gives_no_code_away(
    sessions: Sessions, partnership: Any, enrolled: list[str], NOW: datetime
) -> None:
    with sessions.transaction() as session:
        assert APP not in session.query(SecondFactor).one().secret
        at = NOW + timedelta(minutes=10)
        assert not second_factor.accept(session, partnership.officer, code_at(at), "another key", at)


def test_a_wrong_code_sets_nothing_up(session: Any, partnership: Any, NOW: datetime) -> None:
    with pytest.raises(Incomplete, match="six digits"):
        second_factor.set_up(session, partnership.officer, APP, "abcdef", KEY, NOW)
    assert second_factor.of(session, partnership.officer) is None


def test_who_lost_everything_sets_up_a_new_one(
    sessions: Sessions, partnership: Any, enrolled: list[str], NOW: datetime
) -> None:
    with sessions.transaction() as session:
        administrator = partnership.administrator.as_actor()
        second_factor.take_away(session, partnership.officer, administrator, NOW)
        assert second_factor.of(session, partnership.officer) is None
        assert not second_factor.accept(session, partnership.officer, enrolled[0], KEY, NOW)


def test_a_production_system_cannot_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    production = {"environment": "production", "secret_key": KEY, "base_url": "https://jcr.example.gov.uk"}
    assert load(**production).asks_second_factor
    with pytest.raises(SettingsWrong, match="JCR_SECOND_FACTOR"):
        load(**production, second_factor=False)
