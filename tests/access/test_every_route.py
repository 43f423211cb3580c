"""Every route for every role, against a table written by hand: who may open it, and whose case it shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.cases.model import Case
from jcr.cases.service import put_up_wall
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.people.model import Person
from jcr.roles import Role
from tests.cases import made
from tests.conftest import on_one_database

TEAM = {"officer", "manager"}
OFFICE = TEAM | {"chair", "vice_chair"}
GROUP = OFFICE | {"member"}
EVERY_ROLE = GROUP | {"decision_maker", "agency_contact", "administrator"}
WHO = {
    "everybody": EVERY_ROLE,
    "signed-in": EVERY_ROLE,
    "team": TEAM,
    "office": OFFICE,
    "group": GROUP,
    "group+decision-makers": GROUP | {"decision_maker"},
    "team+administrator": TEAM | {"administrator"},
    "chairs+manager": {"manager", "chair", "vice_chair"},
    "chairs": {"chair", "vice_chair"},
    "decision-makers": {"decision_maker"},
    "manager": {"manager"},
    "administrator": {"administrator"},
}
# What stands in an address where it names one of several things; of each there is one with the first number
NAMED = {
    "agency": "POL", "code": "POL", "route": "adult", "key": "sar_decision",
    "body": "board", "office": "sab_chair", "kind": "paper", "medium": "pdf", "token": "nothing",
}  # fmt: skip
REFERENCE = "JCR-2026-0001"
TABLE = Path(__file__).with_name("permissions.txt")
NEVER_DENIED = {401, 403}
Row = tuple[str, str, str]


def _rows() -> Iterator[Row]:
    """Address, method and who may, of each line of the table."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            address, methods, who = line.split()
            yield from ((address, method, who) for method in methods.split("/"))


ROWS = list(_rows())
OF_A_CASE = [row for row in ROWS if "<reference>" in row[0]]


@pytest.fixture
def people(sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime) -> dict[str, Person]:
    """Somebody of each role, beside a case on which everything up to the recommendation was done."""
    with sessions.transaction() as session:
        made.in_ratification(session, head, partnership, NOW)
    with_password = [person for person in partnership.people.values() if person.password_hash]
    return {person.role.value: person for person in with_password} | {
        "decision_maker": partnership.hsab_chair  # the case is an adult's
    }


def _address(rule: str, reference: str = REFERENCE) -> str:
    address = rule.replace("<reference>", reference)
    for piece in rule.split("<")[1:]:
        argument = piece.partition(">")[0]
        address = address.replace(f"<{argument}>", NAMED.get(argument.partition(":")[2] or argument, "1"))
    return address


def _status(client: FlaskClient, row: Row, reference: str = REFERENCE) -> int:
    address, method, _ = row
    return client.open(_address(address, reference), method=method).status_code


def test_the_table_has_a_row_for_every_route(app: Flask) -> None:
    routes = {
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static" and not rule.endpoint.startswith("govuk")
    }
    assert {(address, method) for address, method, _ in ROWS} == routes
    assert len({(address, method) for address, method, _ in ROWS}) == len(ROWS)


def test_the_table_knows_every_role_that_signs_in() -> None:
    assert {role.value for role in Role} - {"outsider", "system"} == EVERY_ROLE


@on_one_database
@pytest.mark.parametrize("role", sorted(EVERY_ROLE))
def test_each_role_opens_what_the_table_says_and_nothing_else(
    client: FlaskClient, sign_in: Any, people: dict[str, Person], role: str
) -> None:
    sign_in(client, people[role])
    no_case = "JCR-2026-0999"  # whether a page is open is asked before its case is looked for
    denied = [row for row in ROWS if role not in WHO[row[2]]]
    opened = [row for row in ROWS if role in WHO[row[2]] and row[1] == "GET"]
    assert [row for row in denied if _status(client, row) != 403] == []
    assert [row for row in opened if _status(client, row, no_case) in NEVER_DENIED] == []


@on_one_database
def test_nobody_opens_anything_but_the_public_pages_without_signing_in(
    client: FlaskClient, people: dict[str, Person]
) -> None:
    guarded = [row for row in ROWS if row[2] != "everybody"]
    assert [row for row in guarded if _status(client, row) != (302 if row[1] == "GET" else 401)] == []
    assert "/sign-in" in client.get("/cases").headers["Location"]


@on_one_database
@pytest.mark.parametrize("role", ["chair", "decision_maker"])
def test_a_case_behind_a_wall_is_nowhere_for_that_person(
    app: Flask,
    client: FlaskClient,
    sign_in: Any,
    sessions: Sessions,
    people: dict[str, Person],
    NOW: datetime,
    role: str,
) -> None:
    sign_in(client, people[role])
    mine = [row for row in OF_A_CASE if role in WHO[row[2]]]
    seen = [row for row in mine if row[1] == "GET" and _status(client, row) == 200]
    assert seen
    with sessions.transaction() as session:
        case = session.scalars(select(Case)).one()
        put_up_wall(session, case, people[role], "knows the family", people["manager"].as_actor(), NOW)
        reference = case.reference
    assert [row for row in mine if _status(client, row) != 404] == []
    for address in (
        "/",
        "/cases",
        "/dates",
        "/actions",
        "/chasing",
        "/meetings",
        "/meetings/1",
        "/letters/1",
    ):
        assert reference not in client.get(address).text, address


@on_one_database
def test_a_case_that_is_not_yet_theirs_is_nowhere_for_members_and_decision_makers(
    app: Flask,
    client: FlaskClient,
    sign_in: Any,
    sessions: Sessions,
    head: Letterhead,
    people: dict[str, Person],
    NOW: datetime,
) -> None:
    with sessions.transaction() as session:
        made.in_triage(session, head, session.merge(people["officer"]), NOW)
    for role in ("member", "decision_maker"):
        sign_in(client, people[role])
        answers = [
            client.get(_address(address, "JCR-2026-0002")).status_code
            for address, method, who in OF_A_CASE
            if method == "GET" and role in WHO[who]
        ]
        assert set(answers) == {404}
        assert "JCR-2026-0002" not in client.get("/cases").text
