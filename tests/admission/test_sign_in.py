"""Signing in: who gets in, who does not, and what nobody learns from trying."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.db import Sessions
from jcr.history.model import Entry
from jcr.people import service
from jcr.people.model import Office, Person
from jcr.wording import local_day

PASSWORD = "correct horse battery staple"


def test_an_officer_signs_in_and_the_history_says_so(
    client: FlaskClient, partnership: Any, sessions: Sessions
) -> None:
    answer = client.post("/sign-in", data={"email": "OFFICER@partnership.example", "password": PASSWORD})
    assert (answer.status_code, answer.location) == (302, "/")
    with sessions.reading() as session:
        assert "signed in" in session.scalars(select(Entry.act)).all()


@pytest.mark.parametrize("email", ["officer@partnership.example", "nobody@partnership.example"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client: FlaskClient, partnership: Any, email: str
) -> None:
    answer = client.post("/sign-in", data={"email": email, "password": "wrong"})
    assert answer.status_code == 422
    assert "The e-mail address or the password is not right" in answer.text
    assert email in answer.text


def test_a_member_without_a_password_cannot_sign_in(client: FlaskClient, partnership: Any) -> None:
    assert (
        client.post(
            "/sign-in", data={"email": "quill@members.partnership.example", "password": ""}
        ).status_code
        == 422
    )


def test_a_suspended_person_is_out_at_once(
    client: FlaskClient, partnership: Any, sessions: Sessions, sign_in: Any
) -> None:
    sign_in(client, partnership.officer)
    with sessions.transaction() as session:
        session.get_one(Person, partnership.officer.id).active = False
    assert client.get("/").location.startswith("/sign-in")


def test_after_signing_in_a_person_goes_on_to_our_own_pages_only(
    client: FlaskClient, partnership: Any
) -> None:
    form = {"email": "officer@partnership.example", "password": PASSWORD}
    assert client.post("/sign-in?next=/cases", data=form).location == "/cases"
    for elsewhere in ("https://bad.example", "//bad.example", "/\\bad.example"):
        assert client.post("/sign-in", query_string={"next": elsewhere}, data=form).location == "/"


def test_an_office_is_held_from_a_day(session: Any, partnership: Any, NOW: Any) -> None:
    today = local_day(NOW)
    assert [p.id for p in service.holders(session, Office.HSAB_CHAIR, today)] == [partnership.hsab_chair.id]
    assert service.holders(session, Office.HSAB_CHAIR, today.replace(year=2020)) == []


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("m.hartigan@police.example", "police"),
        ("Safeguarding@FIRE.example", "fire"),
        ("x@elsewhere.example", None),
    ],
)
def test_an_address_is_known_by_its_domain(
    session: Any, partnership: Any, address: str, code: str | None
) -> None:
    agency = service.agency_of_address(session, address)
    assert (agency.code if agency else None) == code
