"""What browsers and attackers send that no form asks for: odd characters, huge numbers, addresses of elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from tests.cases import made
from tests.conftest import PASSWORD, on_one_database

HUGE = "9" * 20


@pytest.mark.parametrize("page", ["/meetings/{}", "/letters/{}", "/pile/{}", "/actions/{}/done"])
def test_a_number_that_no_row_can_have_is_a_page_not_found(
    client: FlaskClient, partnership: Any, sign_in: Any, page: str
) -> None:
    sign_in(client, partnership.officer)
    assert client.get(page.format(HUGE)).status_code == 404


@pytest.mark.parametrize("page", ["/ledger", "/dates", "/cases", "/pile"])
@pytest.mark.parametrize("number", [HUGE, "-1", "0", "x"])
def test_a_page_past_the_end_shows_the_last_one(
    client: FlaskClient, partnership: Any, sign_in: Any, page: str, number: str
) -> None:
    sign_in(client, partnership.officer)
    assert client.get(f"{page}?page={number}").status_code == 200


def test_characters_no_database_holds_are_left_out_of_what_is_typed(
    client: FlaskClient, partnership: Any, sign_in: Any
) -> None:
    assert client.post("/sign-in", data={"email": "a\x00b@c.example", "password": "x\x00"}).status_code == 422
    sign_in(client, partnership.officer)
    found = client.post("/cases", data={"words": "Har\x00castle"})
    assert found.status_code == 200
    assert 'value="Harcastle"' in found.text


def test_an_address_with_such_a_character_is_not_found(
    client: FlaskClient, partnership: Any, sign_in: Any
) -> None:
    sign_in(client, partnership.officer)
    assert client.get("/cases/%00").status_code == 404


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "/\\evil.example", "https://evil.example", "/cases\r\nSet-Cookie: a=b", "/\t/evil"],
)
def test_signing_in_goes_on_to_our_own_pages_only(client: FlaskClient, partnership: Any, target: str) -> None:
    typed = {"email": partnership.officer.email, "password": "correct horse battery staple"}
    answer = client.post("/sign-in", query_string={"next": target}, data=typed)
    assert (answer.status_code, answer.location) == (302, "/")


@pytest.mark.parametrize("chosen", ["²", HUGE, "-1", "", "x"])
def test_inviting_somebody_who_is_not_on_the_list_is_answered_in_words(
    client: FlaskClient, partnership: Any, sign_in: Any, session: Any, head: Any, NOW: Any, chosen: str
) -> None:
    made.in_scoping(session, head, partnership.officer, NOW, partnership.police)
    session.commit()
    sign_in(client, partnership.officer)
    answer = client.post("/meetings/1/invite", data={"person": chosen}, follow_redirects=True)
    assert answer.status_code == 200
    assert "Choose somebody to invite first." in answer.text


def test_a_password_is_never_written_into_a_page(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    lapsed = client.post("/sign-in", data={"email": "a@b.example", "password": "open sesame"})
    assert lapsed.status_code == 400
    assert "a@b.example" in lapsed.text
    assert "open sesame" not in lapsed.text


def test_the_chair_is_shown_no_way_to_a_page_of_the_team_alone(
    client: FlaskClient, partnership: Any, sign_in: Any, session: Any, head: Any, NOW: Any
) -> None:
    case = made.referred(session, head, NOW)
    session.commit()
    sign_in(client, partnership.chair)
    assert f"/cases/{case.reference}/reading" not in client.get("/").text
    assert f"/cases/{case.reference}/reading" not in client.get(f"/cases/{case.reference}").text


@on_one_database
def test_a_form_goes_through_over_https_without_a_referer_and_not_from_another_sites_page(
    app: Flask, client: FlaskClient, partnership: Any
) -> None:
    """Browsers send no Referer from our pages: we tell them so."""
    app.config["WTF_CSRF_ENABLED"] = True
    secure: dict[str, Any] = {"base_url": "https://jcr.example.gov.uk"}
    page = client.get("/sign-in", **secure)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    token = html.fromstring(page.text).forms[0].fields["csrf_token"]
    typed = {"email": partnership.officer.email, "password": PASSWORD, "csrf_token": token}
    for site in ("cross-site", "same-site"):
        assert (
            client.post("/sign-in", data=typed, headers={"Sec-Fetch-Site": site}, **secure).status_code == 400
        )
    assert client.post("/sign-in", data=typed | {"csrf_token": ""}, **secure).status_code == 400
    sent = client.post("/sign-in", data=typed, headers={"Sec-Fetch-Site": "same-origin"}, **secure)
    assert sent.status_code == 302
