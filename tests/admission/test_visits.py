"""Links to people outside: the code lets in whom the link was made for, and nobody else whatever they try."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from jcr.admission import visits
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.history.model import Entry
from jcr.outsiders import service as outsiders
from jcr.outsiders.model import OutsideLink
from jcr.scoping.model import Request
from tests.cases import made
from tests.conftest import on_one_database
from tests.outsider import OutsiderClient
from tests.scoping.conftest import token_in

ADDRESS = "Enter the code"
ASKED = "Scoping request"


@pytest.fixture
def token(sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime) -> str:
    """Of a link to a scoping request that went to the police."""
    with sessions.transaction() as session:
        made.in_scoping(session, head, partnership.officer, NOW, partnership.police)
        return token_in(session.scalars(select(Letter.body).where(Letter.kind == Kind.SCOPING_REQUEST)).one())


@pytest.fixture
def browser(app: Flask) -> Callable[[], OutsiderClient]:
    """A browser of somebody who has the link; whether they have the mailbox, the test says."""

    def opened() -> OutsiderClient:
        made = app.test_client()
        made.codes = False
        return made

    return opened


def _at(app: Flask, moment: datetime) -> None:
    app.config["CLOCK"] = lambda: moment


def _link(sessions: Sessions, token: str) -> OutsideLink:
    with sessions.reading() as session:
        link = outsiders.by_token(session, token)
    assert link
    return link


Browser = Callable[[], OutsiderClient]


def test_link_code_form_and_no_more(browser: Browser, token: str, sessions: Sessions) -> None:
    mine = browser()
    assert ADDRESS in mine.get(f"/scoping/{token}").text
    code = mine.code_posted()
    assert mine.enter(token, code).location == f"/scoping/{token}"
    assert ASKED in mine.get(f"/scoping/{token}").text
    with sessions.reading() as session:
        kept = session.scalars(select(Letter).where(Letter.kind == Kind.LINK_CODE)).one()
        acts = session.scalars(select(Entry.act).where(Entry.act.contains("opened the link"))).all()
    assert code not in kept.body
    assert code not in str(kept.values)
    assert len(acts) == 1


def test_a_code_is_good_for_its_own_browser_link_and_time(
    app: Flask, browser: Browser, token: str, NOW: datetime
) -> None:
    mine, stranger = browser(), browser()
    mine.get(f"/scoping/{token}")
    code = mine.code_posted()
    stranger.get(f"/scoping/{token}")  # forwarded: the code it asks for goes to the right mailbox
    assert stranger.enter(token, code).status_code == 422
    assert ASKED not in stranger.get(f"/scoping/{token}").text
    for skew in (timedelta(minutes=16), timedelta(minutes=-16)):  # later, and by a clock put back
        _at(app, NOW + skew)
        assert mine.enter(token, code).status_code == 422
    _at(app, NOW)
    assert mine.enter(token, code).status_code == 302
    _at(app, NOW + timedelta(minutes=2))
    with mine.session_transaction() as cookie:
        del cookie[visits.VISITS]
    assert mine.enter(token, code).status_code == 422  # replayed


@on_one_database
def test_the_visit_ends_and_nothing_typed_is_lost(
    app: Flask, browser: Browser, token: str, sessions: Sessions, NOW: datetime
) -> None:
    mine = browser()
    mine.get(f"/scoping/{token}")
    mine.enter(token, mine.code_posted())
    _at(app, NOW + timedelta(minutes=61))
    sent = {"author_name": "Ada <Quill>", "csrf_token": "x"}
    page = mine.post(f"/scoping/{token}/agency", data=sent)
    assert 'name="author_name" value="Ada &lt;Quill&gt;"' in page.text
    answer = mine.post(f"/scoping/{token}/agency", data={**sent, "link_code": mine.code_posted()})
    assert answer.status_code == 302
    with sessions.reading() as session:
        assert "Ada <Quill>" in str(session.scalars(select(Request.draft)).one())


def test_guessing_ends_the_code_and_then_the_link_but_keeps_nobody_out(
    browser: Browser, token: str, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outsiders, "WRONG_CODES_A_LINK", outsiders.TRIES_A_CODE + 2)
    mine, stranger = browser(), browser()
    mine.get(f"/scoping/{token}")
    mines = mine.code_posted()
    stranger.get(f"/scoping/{token}")
    theirs = stranger.code_posted()
    wrong = "000000" if theirs != "000000" else "000001"
    assert {stranger.enter(token, wrong).status_code for _ in range(outsiders.TRIES_A_CODE)} == {422}
    assert stranger.enter(token, theirs).status_code == 422  # too late for the right one
    assert mine.enter(token, mines).status_code == 302
    stranger.get(f"/scoping/{token}")
    for _ in range(2):
        stranger.enter(token, "12345x")
    assert _link(sessions, token).ended_at
    assert stranger.get(f"/scoping/{token}").status_code == 410


def test_codes_are_sent_a_few_times_an_hour(
    app: Flask, browser: Browser, token: str, sessions: Sessions, NOW: datetime
) -> None:
    mine = browser()
    asked = [mine.post(f"/open/{token}", data={"another_code": "yes"}).status_code for _ in range(8)]
    assert asked == [200] * visits.CODES_FROM_ADDRESS + [429] * 2
    with sessions.reading() as session:
        sent = session.scalars(select(Letter).where(Letter.kind == Kind.LINK_CODE)).all()
    assert len(sent) == visits.CODES_FROM_ADDRESS
    elsewhere = browser()
    elsewhere.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    assert elsewhere.get(f"/scoping/{token}").status_code == 200  # one place kept asking; another still may


def test_a_button_pressed_twice_at_once_lets_its_own_browser_in_twice(
    app: Flask, browser: Browser, token: str
) -> None:
    mine = browser()
    mine.get(f"/scoping/{token}")
    code = mine.code_posted()
    with mine.session_transaction() as cookie:
        kept = dict(cookie)

    def press(_: int) -> int:
        again = browser()
        with again.session_transaction() as cookie:
            cookie.update(kept)
        return again.enter(token, code).status_code

    with ThreadPoolExecutor(2) as both:
        assert list(both.map(press, range(2))) == [302, 302]
    assert browser().enter(token, code).status_code == 422


def test_an_expired_link_sends_a_new_one_to_the_same_address_and_says_to_nobody_where(
    app: Flask, browser: Browser, token: str, sessions: Sessions, partnership: Any, NOW: datetime
) -> None:
    _at(app, NOW + timedelta(days=29))
    stranger = browser()
    page = stranger.get(f"/scoping/{token}")
    assert page.status_code == 410
    answers = [stranger.post(f"/open/{token}", data={"new_link": "yes"}).text for _ in range(5)]
    assert len(set(answers)) == 1
    address = _link(sessions, token).address
    assert address not in page.text + answers[0]
    with sessions.reading() as session:
        sent = session.scalars(select(Letter).where(Letter.kind == Kind.LINK_ANEW)).all()
    assert [one.recipient for one in sent] == [address] * visits.NEW_LINKS_A_DAY
    mine, new = browser(), token_in(sent[0].body)
    mine.get(f"/scoping/{new}")
    mine.enter(new, mine.code_posted())
    assert ASKED in mine.get(f"/scoping/{new}").text
    assert stranger.get(f"/scoping/{token}").status_code == 410


def test_handed_on_the_form_goes_to_the_colleague_and_the_old_link_ends_for_good(
    browser: Browser, token: str, sessions: Sessions
) -> None:
    mine = browser()
    mine.get(f"/scoping/{token}")
    mine.enter(token, mine.code_posted())
    domain = _link(sessions, token).address.rpartition("@")[2]
    colleague, door = f"colleague@{domain}", f"/scoping/{token}/hand-on"
    said = {"name": "A colleague", "email": "colleague@evil.example", "why": "On leave."}
    assert "at your own organisation" in mine.post(door, data=said).text
    masked = (
        f"=?utf-8?q?colleague=40evil.example=3E=00?=x@{domain}"  # which mail programs read as the one before
    )
    assert "must be an e-mail address" in mine.post(door, data={**said, "email": masked}).text
    assert "with your colleague" in mine.post(door, data={**said, "email": colleague}).text
    assert mine.get(f"/scoping/{token}").status_code == 410
    assert "Send a new link" not in mine.get(f"/scoping/{token}").text
    mine.post(f"/open/{token}", data={"new_link": "yes"})
    with sessions.reading() as session:
        assert session.scalars(select(Letter).where(Letter.kind == Kind.LINK_ANEW)).all() == []
        new = session.scalars(select(Letter).where(Letter.kind == Kind.SCOPING_LINK)).one()
    assert new.recipient == colleague
    assert ADDRESS in mine.get(f"/scoping/{token_in(new.body)}").text  # the visit was to the old one


def test_a_link_opens_nothing_of_another_purpose(browser: Browser, token: str) -> None:
    mine = browser()
    mine.get(f"/scoping/{token}")
    mine.enter(token, mine.code_posted())
    for elsewhere in (f"/sign-off/{token}", f"/referral/{token}", f"/letters/by-link/{token}"):
        assert mine.get(elsewhere).status_code == 404
    onward = {"link_code": "", "onward": f"//evil.example/scoping/{token}"}
    assert mine.post(f"/open/{token}", data=onward).location == f"/scoping/{token}"


@on_one_database
def test_the_office_takes_a_link_back_with_a_reason_and_no_visit_or_new_link_outlives_it(
    app: Flask, browser: Browser, token: str, sessions: Sessions, partnership: Any, sign_in: Any
) -> None:
    mine, officer = browser(), app.test_client()
    mine.get(f"/scoping/{token}")
    mine.enter(token, mine.code_posted())
    sign_in(officer, partnership.officer)
    link = _link(sessions, token)
    assert link.address in officer.get("/cases/JCR-2026-0001/seen").text
    away = f"/cases/JCR-2026-0001/seen/links/{link.id}/take-back"
    assert "Say why" in officer.post(away, data={"why": " "}).text
    assert officer.post(away, data={"why": "She has left."}).status_code == 302
    assert officer.post(away.replace(f"/{link.id}/", "/999/"), data={"why": "x"}).status_code == 404
    assert mine.get(f"/scoping/{token}").status_code == 410
    mine.post(f"/open/{token}", data={"new_link": "yes"})
    with sessions.reading() as session:
        assert session.scalars(select(Letter).where(Letter.kind == Kind.LINK_ANEW)).all() == []
        assert session.scalars(select(Entry.why).where(Entry.act.startswith("took back a link"))).all() == [
            "She has left."
        ]
