"""The front page of each role, the list of cases and the page of a case, as people see them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from jcr import paging
from jcr.cases.model import Case, Route
from jcr.cases.service import put_up_wall, set_routes
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.desk.next_steps import OFF_TRIAGE, STEPS
from jcr.history.model import Entry
from jcr.people.model import Agency, Person
from tests.cases.made import ADULT, CHILD, in_scoping, in_triage, referred
from tests.conftest import on_one_database

Words = Callable[[str], str]
CASE = "/cases/JCR-2026-0001"
LINK = re.compile(r'href="(/[^"]*)"')


@pytest.fixture
def scoped(sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime) -> None:
    with sessions.transaction() as session:
        in_scoping(session, head, partnership.officer, NOW, partnership.police, partnership.wvt)


@pytest.fixture
def as_person(client: FlaskClient, sign_in: Any) -> Callable[[Person], FlaskClient]:
    def signed(person: Person) -> FlaskClient:
        client.post("/sign-out")
        sign_in(client, person)
        return client

    return signed


@pytest.mark.usefixtures("scoped")
def test_the_officer_sees_what_is_due_and_who_is_waited_for(
    as_person: Any, partnership: Any, words: Words
) -> None:
    page = words(as_person(partnership.officer).get("/").text)
    assert "West Mercia Police Scoping return from West Mercia Police" in page
    assert "3 Dec 2026 In 10 days Scoping returns" in page
    assert "The return date that the scoping requests gave to every agency, or a later one" in page
    assert "Every letter has gone or is on its way." in page


@pytest.mark.usefixtures("partnership")
def test_an_empty_desk_is_a_quiet_one(as_person: Any, partnership: Any, words: Words) -> None:
    page = words(as_person(partnership.officer).get("/").text)
    assert "Nothing. New referrals show up here as they arrive." in page
    assert "Nobody owes the office anything." in page


@pytest.mark.usefixtures("scoped")
@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("chair", "Waiting for others"),
        ("vice_chair", "Meetings ahead"),
        ("member", "Rapid review of JCR-2026-0001"),
        ("hsab_chair", "None. You are written to when one is made."),
        ("agency", "We wait for your return"),
        ("administrator", "Cases are not shown to an administrator."),
    ],
)
def test_each_role_has_its_own_front_page(
    as_person: Any, partnership: Any, words: Words, who: str, sentence: str
) -> None:
    answer = as_person(getattr(partnership, who)).get("/")
    assert answer.status_code == 200
    assert sentence in words(answer.text)
    assert "Quillfeather" not in answer.text


def test_the_navigation_offers_what_the_role_may_open(as_person: Any, partnership: Any) -> None:
    for who in ("officer", "chair", "member", "hsab_chair", "agency", "administrator"):
        client = as_person(getattr(partnership, who))
        page = client.get("/").text
        for path in ("/cases", "/pile", "/ledger"):
            offered = f'class="govuk-service-navigation__link" href="{path}"' in page
            assert offered == (client.get(path).status_code == 200), (who, path)


@pytest.mark.usefixtures("scoped")
def test_the_page_of_a_case_tells_its_story(as_person: Any, partnership: Any, words: Words) -> None:
    page = words(as_person(partnership.officer).get(CASE).text)
    for sentence in (
        "Case of CQ",
        "Canary Quillfeather",
        "0 of 2 have returned. Return date: Thursday 3 December 2026.",
        "Perpetua Strickland, Wye Valley NHS Trust",
        "Bartholomew Vane, Monday 23 November 2026",
        "Rhiannon Maddox opened scoping and called the rapid review",
        "Rapid review Tuesday 8 December 2026",
        "See the scoping returns",
        "Wye Valley NHS Trust Safeguarding lead",
    ):
        assert sentence in page, sentence


@pytest.mark.tor("1.1")
@pytest.mark.usefixtures("scoped")
def test_the_page_of_a_case_names_the_boards_it_answers_to(
    as_person: Any, partnership: Any, sessions: Sessions, words: Words
) -> None:
    officer = as_person(partnership.officer)
    assert "Answers to Herefordshire Safeguarding Adults Board" in words(officer.get(CASE).text)
    with sessions.transaction() as session:
        set_routes(session.scalars(select(Case)).one(), [Route.CHILD, Route.DOMESTIC])
    page = words(officer.get(CASE).text)
    both = "Herefordshire Safeguarding Children Partnership, Community Safety Partnership"
    assert f"Answers to {both}" in page


@pytest.mark.usefixtures("scoped")
def test_a_members_page_has_no_letters_and_no_button(as_person: Any, partnership: Any, words: Words) -> None:
    page = words(as_person(partnership.member).get(CASE).text)
    assert "Nothing is asked of you now" in page
    assert "Letters" not in page


@pytest.mark.usefixtures("scoped")
@pytest.mark.tor("5.3")
def test_a_conflicted_person_finds_no_case(
    as_person: Any, partnership: Any, sessions: Sessions, NOW: datetime
) -> None:
    with sessions.transaction() as session:
        chair = session.get_one(Person, partnership.chair.id)
        case = session.scalars(select(Case)).one()
        put_up_wall(session, case, chair, "Line manager.", partnership.officer.as_actor(), NOW)
    client = as_person(partnership.chair)
    for path in (CASE, f"{CASE}/triage", f"{CASE}/criteria", f"{CASE}/close"):
        assert client.get(path).status_code == 404
    assert "JCR-2026-0001" not in client.get("/cases").text
    assert "JCR-2026-0001" not in client.get("/").text


def test_a_search_keeps_names_out_of_addresses(
    as_person: Any, partnership: Any, sessions: Sessions, head: Letterhead, NOW: datetime, words: Words
) -> None:
    with sessions.transaction() as session:
        in_triage(session, head, partnership.officer, NOW)
    client = as_person(partnership.officer)
    found = client.post("/cases", data={"words": "quillfeather"})
    assert "1 case" in words(found.text)
    assert 'value="quillfeather"' in found.text
    assert "0 cases" in words(client.post("/cases", data={"words": "nobody"}).text)
    assert "quillfeather" not in client.get("/cases?words=quillfeather").text


def test_all_dates_are_on_a_page_of_their_own(
    as_person: Any, partnership: Any, sessions: Sessions, head: Letterhead, NOW: datetime, words: Words
) -> None:
    with sessions.transaction() as session:
        referred(session, head, NOW)
    page = words(as_person(partnership.officer).get("/dates").text)
    assert "26 Nov 2026 In 3 days Finish triage" in page
    assert "3 working days after the referral was received on Monday 23 November 2026." in page
    assert "Set by the partnership" in page


def test_a_case_still_under_way_cannot_be_closed(
    as_person: Any, partnership: Any, sessions: Sessions, head: Letterhead, NOW: datetime
) -> None:
    with sessions.transaction() as session:
        in_triage(session, head, partnership.officer, NOW)
    client = as_person(partnership.officer)
    assert client.post(f"{CASE}/close", data={}).status_code == 422
    answer = client.post(f"{CASE}/close", data={"why": "Tidy up."})
    assert answer.status_code == 409
    assert "at the stage “Triage”" in answer.text


@pytest.mark.parametrize("path", ["/accessibility", "/privacy"])
def test_everybody_may_read_the_statements(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.usefixtures("scoped")
def test_every_link_of_the_desk_and_of_a_case_leads_to_a_page(
    app: Flask, as_person: Any, partnership: Any
) -> None:
    addresses = app.url_map.bind("localhost")
    client = as_person(partnership.officer)
    offered = {link for path in ("/", CASE, "/cases") for link in LINK.findall(client.get(path).text)}
    paths = {link.partition("#")[0].partition("?")[0] for link in offered} - {""}
    paths |= {f"{CASE}/{step.path}" for step in (*STEPS.values(), *OFF_TRIAGE.values()) if step.path}
    assert [path for path in sorted(paths) if not addresses.test(path, "GET")] == []


@pytest.mark.usefixtures("scoped")
def test_the_list_is_taken_out_as_it_is_shown_and_that_is_noted(
    as_person: Any, partnership: Any, sessions: Sessions
) -> None:
    officer = as_person(partnership.officer)
    asked = {"words": "quillfeather", "status": "scoping"}
    taken = officer.post("/cases/taken-out", data={**asked, "format": "csv"})
    lines = list(csv.reader(io.StringIO(taken.data.decode("utf-8-sig"))))
    assert lines[0][:4] == ["Reference", "People", "Kind of review", "Status"]
    assert lines[1][:4] == ["JCR-2026-0001", "CQ", "Adult", "Scoping"]
    assert taken.headers["Content-Disposition"] == "attachment; filename=cases-2026-11-23.csv"
    sheet = load_workbook(io.BytesIO(officer.post("/cases/taken-out", data={"format": "xlsx"}).data)).active
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == lines
    assert officer.post("/cases/taken-out", data={"format": "exe"}).status_code == 400
    with sessions.reading() as session:
        noted = [(one.act, one.why) for one in session.scalars(select(Entry)) if one.case_id is None]
    assert ("took out a list of 1 case as CSV", "scoping, found by words") in noted
    assert ("took out a list of 1 case as XLSX", "") in noted


def test_what_is_taken_out_is_exactly_what_the_list_shows(
    as_person: Any, partnership: Any, sessions: Sessions, head: Letterhead, NOW: datetime
) -> None:
    with sessions.transaction() as session:
        in_triage(session, head, partnership.officer, NOW, CHILD)
        case = in_triage(session, head, partnership.officer, NOW)
        session.get_one(Agency, case.agency_id).name = "=Trust"
        referred(session, head, NOW, ADULT | {"referrer_agency": "Nobody listed"}).routes.clear()
    officer = as_person(partnership.officer)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", officer.get("/cases").text, re.S)
    shown = [
        [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in rows
    ]
    taken = officer.post("/cases/taken-out", data={"format": "csv"}).data.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(taken)))
    assert [[cell.replace("'=", "=") for cell in line] for line in lines] == shown
    assert [line[4] for line in lines[1:]] == ["Not on the list of agencies", "'=Trust", "'=Trust"]


def test_a_person_keeps_views_of_their_own_and_the_address_is_the_view(
    as_person: Any, partnership: Any, sessions: Sessions, head: Letterhead, NOW: datetime, words: Any
) -> None:
    with sessions.transaction() as session:
        in_triage(session, head, partnership.officer, NOW)
        in_triage(session, head, partnership.officer, NOW, CHILD)
    officer = as_person(partnership.officer)
    asked = {"status": "triage", "route": "adult"}
    address = "/cases?status=triage&route=adult"
    assert officer.post("/cases", data=asked).location == address
    unnamed = officer.post("/cases/views", data=asked)
    assert (unnamed.status_code, "Give the view a name" in unnamed.text) == (422, True)
    unchosen = officer.post("/cases/views", data={"name": "All", "words": "quillfeather"})
    assert (unchosen.status_code, 'value="All"' in unchosen.text) == (422, True)
    assert officer.post("/cases/views", data=asked | {"name": " Adults  in triage "}).location == address
    page = officer.get("/cases").text
    assert "Adults in triage 1" in words(page)
    assert address.replace("&", "&amp;") in page
    manager = as_person(partnership.manager)
    assert "Adults in triage" not in manager.get("/cases").text
    assert manager.post("/cases/views/1/remove").status_code == 404
    officer = as_person(partnership.officer)
    assert officer.post("/cases/views/1/remove").status_code == 302
    assert "Adults in triage 1" not in words(officer.get("/cases").text)


def test_nobody_takes_out_what_they_do_not_see(
    as_person: Any, partnership: Any, sessions: Sessions, head: Letterhead, NOW: datetime
) -> None:
    with sessions.transaction() as session:
        in_triage(session, head, partnership.officer, NOW)
    taken = as_person(partnership.member).post("/cases/taken-out", data={"format": "csv"})
    assert taken.data.decode("utf-8-sig").splitlines() == [
        "Reference,People,Kind of review,Status,Referred by,Opened"
    ]


@on_one_database
def test_an_agency_that_was_asked_often_pages_through_what_it_was_asked(
    as_person: Any,
    sessions: Sessions,
    head: Letterhead,
    partnership: Any,
    NOW: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(paging, "PAGE", 2)
    with sessions.transaction() as session:
        for _ in range(3):
            in_scoping(session, head, partnership.officer, NOW, partnership.wvt)
    first, second = (as_person(partnership.agency).get(path).text for path in ("/", "/?page=2"))
    assert re.findall(r"JCR-2026-\d{4}(?=</a>)", first) == ["JCR-2026-0003", "JCR-2026-0002"]
    assert 'rel="next" href="/?page=2"' in first
    assert re.findall(r"JCR-2026-\d{4}(?=</a>)", second) == ["JCR-2026-0001"]
