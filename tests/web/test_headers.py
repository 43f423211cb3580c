"""Every answer carries the headers that keep it safe, and only pages carry a cookie."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from tests.cases import made
from tests.conftest import on_one_database

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
STYLES = "/static/app.css"
ASKED = {
    ("GET", "/cases"): 200, ("GET", "/people"): 403, ("GET", "/nothing"): 404, ("POST", "/privacy"): 405,
    ("GET", "/cases/JCR-2026-0001/referral.pdf"): 200, ("GET", "/referral/form.docx"): 200, ("GET", STYLES): 200,
    ("GET", "/static/none.css"): 404, ("GET", "/healthz"): 200, ("GET", f"/scoping/{'0' * 48}"): 404,
    ("GET", "/calendar/nobody.ics"): 404, ("TRACE", "/cases"): 405, ("POST", "/sign-in"): 422,
}  # fmt: skip


@pytest.fixture
def over_tls(
    app: Flask, client: FlaskClient, sign_in: Callable[..., None], sessions: Sessions, head: Letterhead,
    partnership: Any,
    NOW: datetime, monkeypatch: pytest.MonkeyPatch,
) -> FlaskClient:  # fmt: skip
    with sessions.transaction() as session:
        made.in_triage(session, head, session.merge(partnership.officer), NOW)
    sign_in(client, partnership.officer)
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    return client


@on_one_database
@pytest.mark.parametrize(("method", "address"), ASKED)
@pytest.mark.parametrize("who", ["officer", "nobody"])
def test_every_answer_carries_them(
    app: Flask, over_tls: FlaskClient, method: str, address: str, who: str
) -> None:
    browser = over_tls if who == "officer" else app.test_client()
    answer = browser.open(address, method=method, base_url="https://localhost")
    assert who == "nobody" or answer.status_code == ASKED[method, address]
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    wanted = "public, max-age=604800" if address == STYLES else "no-store"
    assert answer.headers["Cache-Control"] == wanted
    if answer.headers.get("Set-Cookie"):
        assert all(word in answer.headers["Set-Cookie"] for word in ("Secure", "HttpOnly", "SameSite=Lax"))


@on_one_database
def test_what_may_be_cached_for_others_never_carries_somebodys_cookie(over_tls: FlaskClient) -> None:
    assert "Set-Cookie" in over_tls.get("/cases", base_url="https://localhost").headers
    for address in (STYLES, "/healthz"):
        assert "Set-Cookie" not in over_tls.get(address, base_url="https://localhost").headers
