"""A case opened in an emergency: with a reason, for a while, to read only, and told to a chair at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.cases.model import Case
from jcr.cases.service import put_up_wall
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from tests.cases import made
from tests.conftest import on_one_database

CASE = "/cases/JCR-2026-0001"
WHY = "A sister of C.Q. may come to harm tonight, and nobody of the team can be reached."
TYPED = {"reference": "jcr-2026-0001", "why": WHY}
pytestmark = on_one_database


@pytest.fixture
def walled(sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime) -> None:
    """A recommended case on which the chair and the decision maker declared a conflict."""
    with sessions.transaction() as session:
        case = made.in_ratification(session, head, partnership, NOW).case
        for who in (partnership.chair, partnership.hsab_chair):
            put_up_wall(
                session, case, session.merge(who), "knows the family", partnership.manager.as_actor(), NOW
            )


def _told(sessions: Sessions) -> list[str]:
    with sessions.reading() as session:
        return list(session.scalars(select(Letter.recipient).where(Letter.kind == Kind.CASE_OPENED)))


@pytest.mark.usefixtures("walled")
def test_somebody_behind_a_wall_reads_the_case_for_a_while_and_it_is_on_record(
    app: Flask, client: FlaskClient, sign_in: Any, sessions: Sessions, partnership: Any, NOW: datetime,
    words: Callable[[str], str],
) -> None:  # fmt: skip
    sign_in(client, partnership.chair)
    assert client.get(CASE).status_code == 404
    done = client.post("/cases/emergency", data=TYPED)
    assert done.location == CASE
    page = words(client.get(CASE).text)
    assert "You opened this case in an emergency and read it until 13:30." in page
    for path in ("/referral", "/returns", "/returns/police", "/chronology", "/triage", "/recommendation.pdf"):
        assert client.get(CASE + path).status_code == 200, path
    listed = words(client.get("/cases").text)
    assert "Opened in an emergency, to read only JCR-2026-0001 , CQ, until Monday 23 November" in listed
    assert "There are no cases for you to see yet." in listed  # it stands apart, and is not counted
    assert "JCR-2026-0001" not in client.get("/").text
    assert client.get("/meetings/1").status_code == 404
    assert _told(sessions) == [partnership.vice_chair.email]
    app.config["CLOCK"] = lambda: NOW + timedelta(hours=5)
    sign_in(client, partnership.chair)
    assert client.get(CASE).status_code == 404
    sign_in(client, partnership.officer)
    seen = words(client.get(f"{CASE}/seen").text)
    assert f"{partnership.chair.name} Chair {WHY}" in seen
    assert f"{partnership.chair.name} Chair Returns, police" in seen
    assert "End it now" not in seen


@pytest.mark.usefixtures("walled")
@pytest.mark.parametrize("who", ["chair", "hsab_chair"])
def test_whoever_opened_it_only_reads(
    client: FlaskClient, sign_in: Any, sessions: Sessions, partnership: Any, who: str
) -> None:
    sign_in(client, getattr(partnership, who))
    client.post("/cases/emergency", data=TYPED)
    page = client.get(CASE).text
    assert "<form" not in page.partition("<main")[2]
    for path in ("/close", "/seen", "/scoping", "/triage/decline", "/costs", "/letters"):
        assert client.get(CASE + path).status_code in (403, 404), path
    for path in (
        "/recommendation",
        "/close",
        "/ratify/hsab_chair",
        "/ratify/conflict",
        "/chronology",
        "/triage",
    ):
        assert client.post(CASE + path, data={"why": "Because."}).status_code in (403, 404), path
    with sessions.reading() as session:
        assert session.scalars(select(Case)).one().status == "recommended"


@pytest.mark.usefixtures("walled")
def test_a_chair_without_a_conflict_or_an_officer_ends_it_early(
    client: FlaskClient, sign_in: Any, partnership: Any, words: Callable[[str], str]
) -> None:
    sign_in(client, partnership.chair)
    client.post("/cases/emergency", data=TYPED)
    assert client.post(f"{CASE}/openings/1/end").status_code == 404  # not their own
    sign_in(client, partnership.vice_chair)
    assert "End it now" in client.get(f"{CASE}/seen").text
    client.post(f"{CASE}/openings/1/end")
    assert f"ended by {partnership.vice_chair.name}" in words(client.get(f"{CASE}/seen").text)
    sign_in(client, partnership.chair)
    assert client.get(CASE).status_code == 404


@pytest.mark.usefixtures("walled")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"why": ""}, "Say what the emergency is"),
        ({"why": "Canary Quillfeather may come to harm."}, "Write initials."),
        ({"reference": "JCR-2026-0999"}, "There is no case with this reference."),
    ],
)
def test_without_a_good_reason_nothing_opens_and_nothing_typed_is_lost(
    client: FlaskClient, sign_in: Any, sessions: Sessions, partnership: Any, typed: dict[str, str], said: str
) -> None:
    sign_in(client, partnership.chair)
    refused = client.post("/cases/emergency", data=TYPED | typed)
    assert refused.status_code == 422
    assert said in refused.text
    assert (TYPED | typed)["why"] in refused.text
    assert client.get(CASE).status_code == 404
    assert _told(sessions) == []


def test_nothing_opens_that_nobody_would_be_told_of(
    client: FlaskClient, sign_in: Any, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    with sessions.transaction() as session:
        case, officer = made.in_ratification(session, head, partnership, NOW).case, partnership.officer
        for who in (partnership.chair, partnership.vice_chair, partnership.manager, partnership.member):
            put_up_wall(session, case, session.merge(who), "knows the family", officer.as_actor(), NOW)
    sign_in(client, partnership.member)
    assert client.post("/cases/emergency", data=TYPED).location == CASE
    assert _told(sessions) == [officer.email]
    with sessions.transaction() as session:
        case = session.scalars(select(Case)).one()
        put_up_wall(session, case, session.merge(officer), "knows the family", officer.as_actor(), NOW)
    sign_in(client, partnership.chair)
    refused = client.post("/cases/emergency", data=TYPED)
    assert "so it is not opened unseen" in refused.text
    assert WHY in refused.text
    assert client.get(CASE).status_code == 404


@pytest.mark.usefixtures("walled")
def test_whoever_sees_the_case_needs_no_emergency_and_others_have_none(
    client: FlaskClient, sign_in: Any, partnership: Any
) -> None:
    sign_in(client, partnership.officer)
    assert "You see JCR-2026-0001 already" in client.post("/cases/emergency", data=TYPED).text
    for who in (partnership.administrator, partnership.auditor, partnership.agency):
        sign_in(client, who)
        assert client.post("/cases/emergency", data=TYPED).status_code == 403
