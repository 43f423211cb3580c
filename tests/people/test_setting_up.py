"""A partnership sets itself up: agencies, boards and the holders of offices, each on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.admission import joining
from jcr.db import Sessions
from jcr.errors import NotAllowed, NotNow
from jcr.history.model import Entry
from jcr.people import offices
from jcr.people.model import Agency, Board, Membership, Office, OfficeHolder, Person, Sector
from jcr.people.passwords import set_password
from jcr.people.service import agency_of_address, holders
from jcr.roles import WORKER, Role
from tests.conftest import PASSWORD, on_one_database
from tests.shown import seen_on

NEW = {
    "name": "Marches Ambulance Trust",
    "sector": "health",
    "membership": "when_appropriate",
    "quorum_group": "",
    "domains": "@Ambulance.example, marches.ambulance.example",
    "contact_name": "Duty lead",
    "contact_email": "Duty@ambulance.example",
    "board_email": "",
}


@pytest.mark.tor("5.1")
def test_an_agency_is_added_and_changed_and_its_mail_is_known(
    sessions: Sessions, client: FlaskClient, partnership: Any, sign_in: Any, words: Callable[[str], str]
) -> None:
    sign_in(client, partnership.officer)
    for wrong, said in [
        ({"name": ""}, "Enter the name"),
        ({"domains": "two words@"}, "is no e-mail domain"),
        ({"name": "WYE VALLEY NHS trust"}, "is on the list already"),
        ({"membership": "honorary"}, "Select the place in the group"),
    ]:
        answer = client.post("/agencies/add", data=NEW | wrong)
        assert (answer.status_code, said in words(answer.text), "Duty lead" in answer.text) == (
            422,
            True,
            True,
        )
    assert client.post("/agencies/add", data=NEW).location == "/agencies"
    with sessions.reading() as session:
        added = session.scalars(select(Agency).where(Agency.name == NEW["name"])).one()
        assert (added.code, added.sector, added.membership) == (
            "marches-ambulance-trust", Sector.HEALTH, Membership.WHEN_APPROPRIATE)  # fmt: skip
        assert added.quorum_group == "health"  # ToR 5: all health agencies are one body
        assert agency_of_address(session, "crew@marches.ambulance.example") == added
    page = words(client.get("/agencies").text)
    assert "Member when appropriate Counts towards quorum as health" in page

    path, seen = "/agencies/marches-ambulance-trust", {"seen": "of another time"}
    overtaken = client.post(path, data=NEW | seen | {"contact_name": "Night desk"})
    assert overtaken.status_code == 409
    assert "Duty lead" in words(overtaken.text)
    assert (
        client.post(path, data=NEW | seen_on(overtaken.text) | {"contact_name": "Night desk"}).status_code
        == 302
    )
    with sessions.reading() as session:
        entry = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert entry
    assert entry.act == "changed Marches Ambulance Trust on the agency list"
    assert entry.details["before"] == {"contact_name": "Duty lead"}


def test_a_board_is_added_before_a_chair_comes_from_it(
    sessions: Sessions, client: FlaskClient, partnership: Any, sign_in: Any, words: Callable[[str], str]
) -> None:
    sign_in(client, partnership.officer)
    assert client.post("/boards/add", data={"name": "Marches Criminal Justice Board"}).location == "/chairs"
    again = client.post("/boards/add", data={"name": "marches criminal justice board"})
    assert (again.status_code, "This board is there already" in words(again.text)) == (422, True)
    with sessions.reading() as session:
        made = session.scalars(select(Board.code).where(Board.code.like("marches%"))).all()
    assert made == ["marches-criminal-justice-board"]
    assert "Marches Criminal Justice Board" in client.get("/chairs/appoint").text


@pytest.mark.tor("3.3")
def test_an_office_goes_to_its_next_holder_on_a_day_and_a_delegate_holds_it_beside_them(
    session: Session, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    before, after = session.merge(partnership.hsab_chair), session.merge(partnership.csp_chair)
    other, first = session.merge(partnership.icb_partner), date(2027, 1, 4)
    offices.give(session, Office.HSAB_CHAIR, after, first, None, officer, NOW)
    assert holders(session, Office.HSAB_CHAIR, date(2027, 1, 3)) == [before]
    assert holders(session, Office.HSAB_CHAIR, first) == [after]
    with pytest.raises(NotNow, match="holds this office"):
        offices.give(session, Office.HSAB_CHAIR, after, first, None, officer, NOW)
    with pytest.raises(NotNow, match="must begin after"):
        offices.give(session, Office.HSAB_CHAIR, other, date(2027, 1, 2), None, officer, NOW)
    offices.give(session, Office.HSAB_CHAIR, before, date(2027, 2, 1), date(2027, 2, 5), officer, NOW)
    assert set(holders(session, Office.HSAB_CHAIR, date(2027, 2, 3))) == {before, after}
    assert holders(session, Office.HSAB_CHAIR, date(2027, 2, 6)) == [after]
    with pytest.raises(NotAllowed, match="decision maker"):
        offices.give(session, Office.HSAB_CHAIR, partnership.member, date(2027, 3, 1), None, officer, NOW)


@on_one_database
def test_the_page_names_offices_that_nobody_holds_and_records_a_holder(
    sessions: Sessions, client: FlaskClient, partnership: Any, sign_in: Any, words: Callable[[str], str]
) -> None:
    with sessions.transaction() as session:
        empty = session.scalars(select(OfficeHolder).where(OfficeHolder.office == Office.PARTNER_ICB)).one()
        person = empty.person
        session.delete(empty)
    sign_in(client, partnership.officer)
    missing = "Nobody holds the office “Lead safeguarding partner, integrated care board”"
    assert missing in words(client.get("/offices").text)
    said = {"office": "partner_icb", "person": str(person.id), "since": ["23", "11", "2026"]}
    refused = client.post("/offices/give", data=said | {"until": ["1", "1", "2026"]})
    assert (refused.status_code, "The last day is before the first" in words(refused.text)) == (422, True)
    assert client.post("/offices/give", data=said).location == "/offices"
    page = words(client.get("/offices").text)
    assert missing not in page
    assert person.name in page
    sign_in(client, partnership.member)
    assert client.get("/offices").status_code == 200
    assert client.post("/offices/give", data=said).status_code == 403


@on_one_database
def test_an_empty_installation_is_set_up_to_its_first_meeting(
    app: Flask, sessions: Sessions, sign_in: Any, NOW: datetime, words: Callable[[str], str]
) -> None:
    with sessions.transaction() as session:  # as `jcr administrator` does
        sam = joining.add(session, "Sam Okafor", "sam@jcr.example", Role.ADMINISTRATOR, "", None, WORKER, NOW)
        set_password(sam, PASSWORD)
    administrator, officer = app.test_client(), app.test_client()
    sign_in(administrator, sam)
    rhiannon = _joined(administrator, sessions, "Rhiannon Maddox", "officer", "")
    sign_in(officer, rhiannon)
    for page in ("/", "/cases", "/meetings", "/chairs", "/offices", "/agencies", "/people"):
        assert officer.get(page).status_code == (403 if page == "/people" else 200), page
    assert officer.post("/agencies/add", data=NEW | {"membership": "standing"}).status_code == 302
    assert officer.post("/boards/add", data={"name": "Marches Adults Board"}).status_code == 302
    chair = _joined(administrator, sessions, "Ottoline Farr", "member", "marches-ambulance-trust")
    decides = _joined(administrator, sessions, "Josephine Lorne", "decision_maker", "none")
    today = ["23", "11", "2026"]
    appointed = {"role": "chair", "person": str(chair.id), "board": "marches-adults-board", "since": today}
    assert officer.post("/chairs/appoint", data=appointed).status_code == 302
    held = {"office": "hsab_chair", "person": str(decides.id), "since": today}
    assert officer.post("/offices/give", data=held).status_code == 302
    called = {"meeting_on": ["14", "1", "2027"], "meeting_time": "10:00", "place": "Plough Lane"}
    answer = officer.post("/meetings/new", data=called, follow_redirects=True)
    assert answer.request.path == "/meetings/1"
    assert "Ottoline Farr" in words(answer.text)


def _joined(administrator: FlaskClient, sessions: Sessions, name: str, role: str, agency: str) -> Person:
    """Somebody whom the administrator added, with a password."""
    email = f"{name.split()[0].lower()}@jcr.example"
    said = {"name": name, "email": email, "role": role, "post": "", "agency": agency.replace("none", "")}
    assert administrator.post("/people/add", data=said).status_code == 302
    with sessions.transaction() as session:
        person = session.scalars(select(Person).where(Person.email == email)).one()
        set_password(person, PASSWORD)
    return person
