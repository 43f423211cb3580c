"""People with an account: invited, suspended, let in again; and what an invitation's link is good for."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.admission import joining
from jcr.admission.model import Identity
from jcr.correspondence.model import Kind, Letter
from jcr.db import Sessions
from jcr.errors import Incomplete, NotNow
from jcr.history.model import Entry
from jcr.people.model import Person
from tests.conftest import on_one_database

NEW = {
    "name": "Ione Prosser",
    "email": " I.Prosser@Fire.Example ",
    "role": "member",
    "post": "Station Manager",
    "agency": "fire",
}
GOOD = "orchard tramway lantern"


@pytest.fixture
def administrator(client: FlaskClient, partnership: Any, sign_in: Any) -> FlaskClient:
    sign_in(client, partnership.administrator)
    return client


def links(sessions: Sessions) -> list[str]:
    """The address in each invitation, the oldest first."""
    with sessions.reading() as session:
        found = session.scalars(select(Letter.body).where(Letter.kind == Kind.INVITATION).order_by(Letter.id))
        return [match[0] for match in map(re.compile(r"/invitation/\w+").search, found) if match]


def test_somebody_added_chooses_a_password_by_the_link_and_signs_in(
    administrator: FlaskClient, app: Flask, sessions: Sessions
) -> None:
    assert administrator.post("/people/add", data=NEW).location == "/people"
    [link], newcomer = links(sessions), app.test_client()
    assert "i.prosser@fire.example" in newcomer.get(link).text
    assert newcomer.post(link, data={"new_password": "short"}).status_code == 422
    assert newcomer.post(link, data={"new_password": "ione prosser"}).status_code == 422
    assert newcomer.post(link, data={"new_password": GOOD}).location == "/sign-in"
    form = {"email": "i.prosser@fire.example", "password": GOOD}
    assert newcomer.post("/sign-in", data=form).status_code == 302
    assert newcomer.post(link, data={"new_password": GOOD}).status_code == 404  # used up
    page = administrator.get("/people").text
    assert "Ione Prosser" in page
    assert "Hereford &amp; Worcester Fire" in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "Enter the name"),
        ({"email": "nobody"}, "Enter one e-mail address"),
        ({"email": "officer@partnership.example"}, "Somebody has this e-mail address already"),
        ({"role": "system"}, "Not a valid choice"),
        ({"agency": "elsewhere"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_added_is_told_and_what_was_typed_stays(
    administrator: FlaskClient, changed: dict[str, str], said: str
) -> None:
    answer = administrator.post("/people/add", data={**NEW, **changed})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Station Manager" in answer.text


def test_a_link_holds_a_week_and_only_the_newest(
    sessions: Sessions, head: Any, partnership: Any, NOW: datetime, app: Flask, client: FlaskClient
) -> None:
    with sessions.transaction() as session:
        officer = session.merge(partnership.officer)
        for _ in range(2):
            joining.invite(session, head, officer, partnership.administrator.as_actor(), NOW)
    first, second = links(sessions)
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    app.config["CLOCK"] = lambda: NOW + timedelta(days=7)
    assert client.get(second).status_code == 404


def test_a_suspended_person_is_out_and_their_history_stays(
    administrator: FlaskClient, app: Flask, partnership: Any, sign_in: Any, sessions: Sessions
) -> None:
    officer, page = app.test_client(), f"/people/{partnership.officer.id}"
    sign_in(officer, partnership.officer)
    administrator.post(f"{page}/invite")
    assert administrator.post(f"{page}/suspend", data={"why": " "}).status_code == 422
    administrator.post(f"{page}/suspend", data={"why": "Left the council."})
    assert officer.get("/").status_code == 302
    assert officer.get(links(sessions)[0]).status_code == 404
    assert administrator.post(f"{page}/invite").status_code == 409
    with sessions.reading() as session:
        assert "Left the council." in session.scalars(select(Entry.why)).all()
        assert session.scalars(select(Entry).where(Entry.actor_id == partnership.officer.id)).all()
    administrator.post(f"{page}/let-in")
    sign_in(officer, partnership.officer)


@on_one_database
def test_the_administrator_sees_who_signs_in_through_the_organisation(
    administrator: FlaskClient, sessions: Sessions, partnership: Any, NOW: datetime
) -> None:
    said = "Signs in through the organisation"
    pages = ("/people", f"/people/{partnership.csp_chair.id}")
    assert not [page for page in pages if said in administrator.get(page).text]
    with sessions.transaction() as session:
        chair = session.get_one(Person, partnership.csp_chair.id)
        chair.password_hash = ""
        session.add(Identity(issuer="https://login.example", subject="7f3a", person_id=chair.id, since=NOW))
    assert [page for page in pages if said in administrator.get(page).text] == list(pages)


def test_the_last_administrator_stays(session: Any, partnership: Any, NOW: datetime) -> None:
    only = session.get(Person, partnership.administrator.id)
    with pytest.raises(NotNow, match="only administrator"):
        joining.suspend(session, only, "Left.", only.as_actor(), NOW)
    with pytest.raises(Incomplete, match="Say why"):
        joining.suspend(session, only, "", only.as_actor(), NOW)


@pytest.mark.parametrize("who", ["officer", "chair", "agency"])
def test_nobody_but_an_administrator_sees_or_changes_people(
    client: FlaskClient, partnership: Any, sign_in: Any, who: str
) -> None:
    sign_in(client, getattr(partnership, who))
    page = f"/people/{partnership.manager.id}"
    assert [client.get(path).status_code for path in ("/people", "/people/add", page)] == [403] * 3
    acts = ("invite", "suspend", "let-in", "second-factor")
    assert [client.post(f"{page}/{act}").status_code for act in acts] == [403] * 4
