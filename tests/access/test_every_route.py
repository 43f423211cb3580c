"""Every route for every role and every kind of case, against a table written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from jcr.cases.model import Case
from jcr.correspondence.model import Letter
from jcr.correspondence.service import letterhead
from jcr.meetings.model import Meeting
from jcr.permissions import PERMISSIONS, Permission, roles_with
from jcr.roles import SIGNING_IN, Role
from jcr.web.access import Open, openness
from tests.access import world as made_world
from tests.access.world import ASKED, CLOSED, CONFLICTED, EVERY_CASE, NEW, OWN, UNSIGNED, World
from tests.conftest import MONDAY, PASSWORD, Rows, put_into, settings_in, with_tables

SETTLING = {"officer", "manager"}
TEAM = SETTLING | {"support_officer"}
CHAIRS = {"chair", "vice_chair"}
OFFICE = TEAM | CHAIRS
GROUP = OFFICE | {"member"}
REVIEWERS = {"panel_member", "independent_reviewer"}
OTHERS = {"decision_maker", "safeguarding_lead", "agency_contact", "auditor", "administrator"}
EVERY_ROLE = GROUP | REVIEWERS | OTHERS
WHO = {
    "everybody": EVERY_ROLE,
    "signed-in": EVERY_ROLE,
    "team": TEAM,
    "deciding-team": SETTLING,
    "deciding-team+chairs": SETTLING | CHAIRS,
    "office": OFFICE,
    "group": GROUP,
    "group+reviewers": GROUP | REVIEWERS,
    "group+reviewers+leads": GROUP | REVIEWERS | {"safeguarding_lead"},
    "group+decision-makers": GROUP | {"decision_maker"},
    "group+decision-makers+reviewers": GROUP | REVIEWERS | {"decision_maker"},
    "team+administrator": TEAM | {"administrator"},
    "chairs+manager": {"manager"} | CHAIRS,
    "chairs": CHAIRS,
    "decision-makers": {"decision_maker"},
    "manager": {"manager"},
    "agency-contact": {"agency_contact"},
    "auditor": {"auditor"},
    "administrator": {"administrator"},
}
# Which cases each sees: of those that are not in conflict, their own and no other's
SEES = {role: {OWN, NEW, UNSIGNED, ASKED, CLOSED} for role in OFFICE} | {
    "member": {OWN, ASKED, CLOSED},
    "decision_maker": {OWN, CLOSED},
    "panel_member": {OWN},
    "independent_reviewer": {OWN},
    "safeguarding_lead": {UNSIGNED},
    "agency_contact": {ASKED},
}
# What stands in an address where it names one of several things; of each there is one with the first number
NAMED = {
    "agency": "POL", "code": "POL", "route": "adult", "key": "sar_decision",
    "body": "board", "office": "sab_chair", "kind": "paper", "medium": "pdf", "token": "nothing",
}  # fmt: skip
TABLE = Path(__file__).with_name("permissions.txt")
Row = tuple[str, str, str]


def _rows() -> Iterator[Row]:
    """Address, method and who may, of each line of the table."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            address, methods, who = line.split()
            yield from ((address, method, who) for method in methods.split("/"))


ROWS = list(_rows())
OF_A_CASE = [row for row in ROWS if "<reference>" in row[0]]
PAGES_OF_A_CASE = [row for row in OF_A_CASE if row[1] == "GET"]


@pytest.fixture(scope="module")
def world(_app: Flask, tmp_path_factory: pytest.TempPathFactory, partnership_rows: Rows) -> Iterator[World]:
    """One application and one database for the whole walk: nothing that is asked for changes a case."""
    folder = tmp_path_factory.mktemp("walk")
    sessions = with_tables(f"sqlite:///{folder}/jcr.db")
    settings = settings_in(folder)
    head = letterhead(settings)
    _app.extensions.update(settings=settings, sessions=sessions, letterhead=head)
    _app.jinja_env.globals.update(settings=settings)
    _app.config.update(TESTING=False, CLOCK=lambda: MONDAY, WTF_CSRF_ENABLED=False)
    partnership = put_into(sessions, partnership_rows)
    with sessions.transaction() as session:
        made_world.fill(session, head, partnership, MONDAY)
    with_password = [person for person in partnership.people.values() if person.password_hash]
    people = {person.role.value: person for person in with_password}
    yield World(_app, people | {"decision_maker": partnership.hsab_chair})  # the cases are adults'
    sessions.engine.dispose()


def _signed_in(world: World, role: str) -> FlaskClient:
    """The browser of somebody of this role, signed in once."""
    if role not in world.browsers:
        client = world.app.test_client()
        typed = {"email": world.people[role].email, "password": PASSWORD}
        assert client.post("/sign-in", data=typed).status_code == 302
        world.browsers[role] = client
    return world.browsers[role]


def _address(rule: str, reference: str = OWN, number: str = "1") -> str:
    address = rule.replace("<reference>", reference)
    for piece in rule.split("<")[1:]:
        argument = piece.partition(">")[0]
        address = address.replace(f"<{argument}>", NAMED.get(argument.partition(":")[2] or argument, number))
    return address


def _status(client: FlaskClient, row: Row, reference: str = OWN) -> int:
    return client.open(_address(row[0], reference), method=row[1]).status_code


def _may_open(row: Row, role: str) -> bool:
    return role in WHO[row[2]]


def test_the_table_has_a_row_for_every_route(world: World) -> None:
    routes = {
        (rule.rule, method)
        for rule in world.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static" and not rule.endpoint.startswith("govuk")
    }
    assert {(address, method) for address, method, _ in ROWS} == routes
    assert len({(address, method) for address, method, _ in ROWS}) == len(ROWS)


def test_the_table_knows_every_role_that_signs_in() -> None:
    assert {role.value for role in SIGNING_IN} == EVERY_ROLE
    assert set(SEES) | {"auditor", "administrator"} == EVERY_ROLE


def test_every_permission_is_somebodys_and_its_rule_stands_in_one_table() -> None:
    assert set(PERMISSIONS) == set(Permission)
    assert [one for one in Permission if not roles_with(one)] == []


def test_each_role_has_the_permission_of_what_the_table_says_and_of_nothing_else(world: World) -> None:
    asked = {
        (rule.rule, method): openness(world.app.view_functions[rule.endpoint])
        for rule in world.app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    for address, method, who in ROWS:
        permission = asked[address, method]
        if isinstance(permission, Open):
            assert (permission, who) == (Open.TO_EVERYBODY, "everybody"), address
            continue
        having = {role.value for role in roles_with(permission)} - {Role.OUTSIDER, Role.SYSTEM}
        assert having == WHO[who], (address, method)
        assert who != "everybody", address


@pytest.mark.parametrize("role", ["auditor"])
def test_whoever_lacks_the_permission_is_refused(world: World, role: str) -> None:
    client = _signed_in(world, role)
    denied = [row for row in ROWS if not _may_open(row, role)]
    assert [row for row in denied if _status(client, row) != 403] == []


def test_nobody_opens_anything_but_the_public_pages_without_signing_in(world: World) -> None:
    client = world.app.test_client()
    guarded = [row for row in ROWS if row[2] != "everybody"]
    assert [row for row in guarded if _status(client, row) != (302 if row[1] == "GET" else 401)] == []
    assert "/sign-in" in client.get("/cases").headers["Location"]


@pytest.mark.parametrize("role", sorted(set(SEES) - {"panel_member"}))  # who sees what the reviewer does
def test_a_case_that_is_not_theirs_is_not_there(world: World, role: str) -> None:
    """Neither any page nor any act of it; a conflict hides it from everybody."""
    client = _signed_in(world, role)
    mine = [row for row in OF_A_CASE if _may_open(row, role)]
    unseen = [CONFLICTED] if role in OFFICE else sorted(set(EVERY_CASE) - SEES[role])
    there = [(row, case) for case in unseen for row in mine if _status(client, row, case) != 404]
    assert mine
    assert there == []


# An officer may what the manager may, but for costs; the vice chair what the chair may
@pytest.mark.parametrize("role", sorted(EVERY_ROLE - {"officer", "vice_chair", "panel_member"}))
def test_what_somebody_may_open_shows_no_case_that_is_not_theirs_and_no_button_they_may_not_press(
    world: World, role: str
) -> None:
    client = _signed_in(world, role)
    seen = SEES.get(role, set())
    hidden = [CONFLICTED] if role == "auditor" else sorted(set(EVERY_CASE) - seen)
    pages = {
        _address(row[0]) for row in ROWS if row[1] == "GET" and _may_open(row, role) and "<" not in row[0]
    }
    pages |= {
        _address(row[0], case) for row in PAGES_OF_A_CASE if _may_open(row, role) for case in _walked(role)
    }
    if role in GROUP:
        pages |= {_address(row[0]) for row in ROWS if row[:2] == ("/meetings/<int:meeting_id>", "GET")}
    opened = 0
    for page in sorted(page for page in pages if not page.endswith(".pdf")):  # which are dear to make
        answer = client.get(page)
        assert answer.status_code not in (401, 403, 500), page
        if answer.status_code == 200 and answer.mimetype == "text/html":
            opened += 1
            assert [case for case in hidden if case in answer.text] == [], page
            assert _not_for(world, role, answer.text) == [], page
    assert opened >= 3


def _walked(role: str) -> list[str]:
    """Of the cases somebody sees, those whose every page is opened."""
    return [OWN] if OWN in SEES.get(role, ()) else sorted(SEES.get(role, ()))


def _not_for(world: World, role: str, html: str) -> list[str]:
    """The links and forms of a page that lead where this role may not go."""
    links = [(href, "GET") for href in re.findall(r'<a [^>]*href="(/[^"#?]*)', html)]
    forms = re.findall(r'<form [^>]*method="post"[^>]*action="(/[^"#?]*)', html)
    return [f"{method} {path}" for path, method in [*links, *((path, "POST") for path in forms)]
            if not _leads(world.app, role, path, method)]  # fmt: skip


def _leads(app: Flask, role: str, path: str, method: str) -> bool:
    try:
        endpoint, _ = app.url_map.bind("localhost").match(path, method)
    except HTTPException:
        return False
    asked = openness(app.view_functions[endpoint])
    is_open = endpoint == "static" or asked is Open.TO_EVERYBODY
    return is_open or (isinstance(asked, Permission) and Role(role) in roles_with(asked))


@pytest.mark.parametrize("role", ["officer", "chair", "member"])
def test_files_letters_and_meetings_of_a_case_in_conflict_are_not_there(world: World, role: str) -> None:
    client = _signed_in(world, role)
    with world.app.extensions["sessions"].reading() as session:
        case = session.scalars(select(Case).where(Case.reference == CONFLICTED)).one()
        letters = session.scalars(select(Letter.id).where(Letter.case_id == case.id)).all()
        meetings = session.scalars(select(Meeting.id).where(Meeting.case_id == case.id)).all()
    of_letters = [row for row in ROWS if "<int:letter_id>" in row[0] and _may_open(row, role)]
    of_meetings = [row for row in ROWS if "<int:meeting_id>" in row[0] and _may_open(row, role)]
    tried = [(row, id) for row in of_letters for id in letters[:3]]
    tried += [(row, id) for row in of_meetings for id in meetings]
    assert letters
    assert of_meetings
    there = [(row, id) for row, id in tried
             if client.open(_address(row[0], number=str(id)), method=row[1]).status_code != 404]  # fmt: skip
    assert there == []


def test_no_form_is_taken_without_the_token_of_its_own_session(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = _signed_in(world, "manager")
    monkeypatch.setitem(world.app.config, "WTF_CSRF_ENABLED", True)
    posts = [row for row in ROWS if row[1] == "POST" and _may_open(row, "manager")]
    assert len(posts) > 50
    assert [row for row in posts if _status(client, row) != 400] == []
