"""Whoever has an account is told at the address they had when it was changed, by themselves or by an administrator."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.correspondence.model import Kind, Letter
from jcr.db import Sessions
from tests.conftest import PASSWORD, on_one_database
from tests.shown import seen_at


@on_one_database
def test_a_taken_over_account_is_told_to_its_owner_at_the_address_they_had(
    client: FlaskClient, sessions: Sessions, partnership: Any, sign_in: Any
) -> None:
    officer = partnership.officer
    sign_in(client, officer)
    new = {"password": PASSWORD, "new_password": "plough lantern quarry moss"}
    assert client.post("/account/password", data=new).status_code == 302
    sign_in(client, partnership.administrator)
    assert client.post(f"/people/{officer.id}/second-factor").status_code == 302
    page = f"/people/{officer.id}/change"
    said = {
        "name": officer.name,
        "email": "mine@elsewhere.example",
        "role": "officer",
        "post": "",
        "agency": "none",
    }
    assert client.post(page, data=said | seen_at(client, page)).status_code == 302
    named = said | {"name": "R. Maddox"}
    assert (
        client.post(page, data=named | seen_at(client, page)).status_code == 302
    )  # a name alone is told to nobody
    with sessions.reading() as session:
        told = session.scalars(
            select(Letter).where(Letter.kind == Kind.ACCOUNT_CHANGED).order_by(Letter.id)
        ).all()
    assert [letter.recipient for letter in told] == [officer.email] * 3
    for letter, what in zip(told, ("The password", "The second factor", "The e-mail address"), strict=True):
        assert f"{what} of your account was" in letter.body
        assert "elsewhere" not in letter.body
