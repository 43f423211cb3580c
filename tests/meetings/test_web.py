"""The officer calls the rapid review, fills in the room, minutes the items and hands out the papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Status
from jcr.correspondence.model import Kind, Letter
from jcr.db import Sessions
from jcr.meetings.model import Meeting
from jcr.people.model import Agency
from jcr.referrals.model import Referral
from tests.bench.pages import counted

DATES = {
    "return_by": ["3", "12", "2026"],
    "meeting_on": ["8", "12", "2026"],
    "meeting_time": "10:00",
    "place": "Council offices, room 2",
}
EARLY = {"why": "The chair rang everybody."}


@pytest.fixture
def triaged(session: Session, case: Case) -> Case:
    session.commit()
    session.close()
    return case


@pytest.fixture
def meeting(session: Session, called: Meeting) -> Meeting:
    session.commit()
    session.close()
    return called


def ask(agency: Any, email: str = "") -> dict[str, str]:
    return {f"ask-{agency.id}": "yes", f"email-{agency.id}": email or agency.contact_email}


@pytest.mark.tor("7.4", "3.2")
def test_the_page_suggests_dates_with_reasons_and_agencies_with_reasons(
    client: FlaskClient,
    triaged: Case,
    partnership: Any,
    sign_in: Callable[..., None],
    words: Callable[[str], str],
) -> None:
    sign_in(client, partnership.officer)
    said = words(client.get("/cases/JCR-2026-0001/scoping").text)
    assert "11 working days after the serious incident notification was sent" in said
    assert "The police are always asked." in said


@pytest.mark.tor("7.4")
def test_one_press_sends_everything(
    client: FlaskClient,
    sessions: Sessions,
    triaged: Case,
    partnership: Any,
    sign_in: Callable[..., None],
) -> None:
    sign_in(client, partnership.officer)
    posted = {**DATES, **ask(partnership.police), **ask(partnership.csc)}
    answer = client.post("/cases/JCR-2026-0001/scoping", data=posted, follow_redirects=True)
    assert "2 requests written" in answer.text
    with sessions.reading() as session:
        assert session.scalars(select(Case.status)).one() is Status.SCOPING
        letters = session.scalars(select(Letter).where(Letter.kind == Kind.SCOPING_REQUEST)).all()
        assert {letter.recipient for letter in letters} == {
            "safeguarding@police.example",
            "safeguarding@council.example",
        }
        invited = session.scalars(select(Letter).where(Letter.kind == Kind.MEETING_INVITATION)).all()
        for letter in letters:  # the calendar entry goes out in the same act (ToR 7.ii)
            [invitation] = [one for one in invited if one.recipient == letter.recipient]
            assert [one.name for one in invitation.enclosures] == ["meeting.ics"]
        assert session.scalars(select(Meeting.title)).all() == ["Rapid review of JCR-2026-0001"]
    assert client.get("/cases/JCR-2026-0001/scoping").status_code == 302


def test_mistakes_come_back_with_every_word(
    client: FlaskClient, triaged: Case, partnership: Any, sign_in: Callable[..., None]
) -> None:
    sign_in(client, partnership.officer)
    posted = {**DATES, "return_by": ["9", "12", "2026"], **ask(partnership.police, "not-an-address")}
    page = client.post("/cases/JCR-2026-0001/scoping", data=posted)
    assert page.status_code == 422
    assert "must be before the meeting on Tuesday 8 December 2026" in page.text
    assert "Enter an e-mail address for West Mercia Police" in page.text
    assert 'value="not-an-address"' in page.text
    assert 'value="Council offices, room 2"' in page.text
    assert client.post("/cases/JCR-2026-0001/scoping", data=DATES).status_code == 422


def test_members_do_not_call_rapid_reviews(
    client: FlaskClient, triaged: Case, partnership: Any, sign_in: Callable[..., None]
) -> None:
    sign_in(client, partnership.member)
    assert client.get("/cases/JCR-2026-0001/scoping").status_code == 403


@pytest.mark.tor("0.4", "5.3", "B.4", "B.5")
def test_a_meeting_from_opening_to_draft_minutes(
    client: FlaskClient,
    meeting: Meeting,
    partnership: Any,
    sign_in: Callable[..., None],
    words: Callable[[str], str],
) -> None:
    sign_in(client, partnership.officer)
    page = words(client.get(f"/meetings/{meeting.id}").text)
    assert "3 of the returns are still missing" in page
    too_soon = client.post(f"/meetings/{meeting.id}/open", data={"why": " "})
    assert too_soon.status_code == 422
    assert "Say why it is opened before its day" in too_soon.text
    assert client.post(f"/meetings/{meeting.id}/open", data=EARLY).status_code == 302
    history = words(client.get("/cases/JCR-2026-0001").text)
    assert (
        "Opened before Tuesday 8 December 2026, the day it was called for: The chair rang everybody."
        in history
    )
    for empty in ("", "/attendance", "/minutes"):
        unrecorded = words(client.get(f"/meetings/{meeting.id}{empty}").text)
        assert "uorate" not in unrecorded
        assert "The chair is present" not in unrecorded
    taking = words(client.get(f"/meetings/{meeting.id}/attendance").text)
    assert "Whoever took part in the case, or manages anybody who did, has a conflict" in taking
    sheet = {
        f"state-{partnership.chair.id}": "present",
        f"state-{partnership.vice_chair.id}": "present",
        f"state-{partnership.member.id}": "deputy",
        f"deputy-{partnership.member.id}": "Ana Whitlow",
        "chairing": str(partnership.chair.id),
    }
    done = words(client.post(f"/meetings/{meeting.id}/attendance", data=sheet, follow_redirects=True).text)
    assert "Quorate 3 agencies are present" in done  # a heading, and then the reason without it
    assert "Ana Whitlow" in done
    assert "recorded attendance: 3 people in the room" in client.get("/cases/JCR-2026-0001").text
    item = next(one for one in meeting.items if one.key == "timeline")
    address = f"/meetings/{meeting.id}/items/{item.id}"
    minuted = client.post(address, data={"summary": "Three visits\nwere missed.", "next": "yes"})
    assert minuted.status_code == 302
    action = {
        "task": "Ask for the rota",
        "owner": "Head of Service",
        "owner_agency": "police",
        "due_on": ["11", "1", "2027"],
    }
    faulty = client.post(address, data=action | {"owner_agency": ""})
    assert faulty.status_code == 422
    assert '<p id="owner_agency-error" class="govuk-error-message">' in faulty.text
    assert client.post(address, data=action).status_code == 302
    agreed = words(client.get(f"/meetings/{meeting.id}").text)
    assert "Action A1: Ask for the rota (Head of Service, West Mercia Police, by 11 Jan" in agreed
    for paper in ("agenda", "minutes"):
        found = client.get(f"/meetings/{meeting.id}/{paper}.pdf")
        assert found.data.startswith(b"%PDF-")
        assert f"JCR-2026-0001-rapid-review-1-{paper}.pdf" in found.headers["Content-Disposition"]


def test_a_room_with_a_mistake_is_not_recorded_and_keeps_what_was_typed(
    client: FlaskClient, meeting: Meeting, partnership: Any, sign_in: Callable[..., None]
) -> None:
    sign_in(client, partnership.officer)
    chair, member = partnership.chair.id, partnership.member.id
    sheet = {f"state-{chair}": "present", f"state-{member}": "deputy", f"conflict-{chair}": "yes"}
    page = client.post(f"/meetings/{meeting.id}/attendance", data=sheet)
    assert page.status_code == 422
    assert f"name of the deputy who came for {partnership.member.name}" in page.text
    assert f"Say what the conflict of {partnership.chair.name} is" in page.text
    absent_chair = {f"state-{chair}": "apologies", f"state-{member}": "present", "chairing": str(chair)}
    page = client.post(f"/meetings/{meeting.id}/attendance", data=absent_chair)
    assert page.status_code == 422
    assert "is not recorded as present, so cannot chair" in page.text
    assert "Attendance is not recorded yet" in client.get(f"/meetings/{meeting.id}").text


@pytest.mark.tor("5.3")
def test_after_a_declared_conflict_the_member_finds_neither_meeting_nor_case(
    app: Flask, client: FlaskClient, meeting: Meeting, partnership: Any, sign_in: Callable[..., None]
) -> None:
    member = app.test_client()
    sign_in(member, partnership.member)
    assert member.get(f"/meetings/{meeting.id}").status_code == 200
    sign_in(client, partnership.officer)
    key = partnership.member.id
    sheet = {f"conflict-{key}": "yes", f"what-{key}": "Managed the team", f"handled-{key}": "Left"}
    assert client.post(f"/meetings/{meeting.id}/attendance", data=sheet).status_code == 302
    for address in ("", "/agenda.pdf", "/minutes.pdf"):
        assert member.get(f"/meetings/{meeting.id}{address}").status_code == 404
    assert "Rapid review of" not in member.get("/meetings").text


@pytest.mark.tor("6.1")
def test_a_business_meeting_is_called_and_brought_up_to_date(
    client: FlaskClient, triaged: Case, partnership: Any, sign_in: Callable[..., None]
) -> None:
    sign_in(client, partnership.officer)
    past = {"meeting_on": ["2", "11", "2026"], "meeting_time": "10:00", "place": "Plough Lane"}
    refused = client.post("/meetings/new", data=past)
    assert refused.status_code == 422
    assert "must be after today" in refused.text
    ahead = {**past, "meeting_on": ["14", "1", "2027"]}
    page = client.post("/meetings/new", data=ahead, follow_redirects=True)
    assert "1 referral so far" in page.text
    assert client.post("/meetings/1/refresh").status_code == 302
    assert client.get("/meetings/1/agenda.pdf").data.startswith(b"%PDF-")
    added = {"title": "The new provider", "purpose": "discuss", "minutes": "10"}
    assert client.post("/meetings/1/items/new", data=added).status_code == 302
    assert client.post("/meetings/1/items/new", data={**added, "minutes": "ten"}).status_code == 422


@pytest.mark.tor("9.7")
def test_only_a_chair_approves_minutes_and_then_a_further_meeting_may_be_called(
    app: Flask,
    client: FlaskClient,
    meeting: Meeting,
    partnership: Any,
    sign_in: Callable[..., None],
    NOW: Any,
) -> None:
    sign_in(client, partnership.officer)
    client.post(f"/meetings/{meeting.id}/open", data=EARLY)
    assert client.post(f"/meetings/{meeting.id}/approve").status_code == 403
    sign_in(client, partnership.chair)
    assert client.post(f"/meetings/{meeting.id}/approve").status_code == 409
    app.config["CLOCK"] = lambda: NOW.replace(month=12, day=9)
    sign_in(client, partnership.chair)  # the session has lapsed
    assert "Record attendance first" in client.post(f"/meetings/{meeting.id}/approve").text
    client.post(f"/meetings/{meeting.id}/attendance", data={f"state-{partnership.chair.id}": "present"})
    assert client.post(f"/meetings/{meeting.id}/approve").status_code == 302
    item = meeting.items[0]
    late = client.post(f"/meetings/{meeting.id}/items/{item.id}", data={"summary": "Later"})
    assert late.status_code == 409
    again = {"meeting_on": ["16", "12", "2026"], "meeting_time": "14:00", "place": "Online"}
    assert client.get("/cases/JCR-2026-0001/meetings/new").status_code == 200
    page = client.post("/cases/JCR-2026-0001/meetings/new", data=again, follow_redirects=True)
    assert "Further rapid review of JCR-2026-0001" in page.text
    assert "Open the rapid review" in page.text


@pytest.mark.tor("4.6")
def test_the_action_log_takes_what_was_done(
    client: FlaskClient, meeting: Meeting, partnership: Any, sign_in: Callable[..., None], sessions: Sessions
) -> None:
    sign_in(client, partnership.officer)
    address = f"/meetings/{meeting.id}/items/{meeting.items[0].id}"
    late = {
        "task": "Ask for the rota",
        "owner": "Head of Service",
        "owner_agency": "police",
        "due_on": ["11", "1", "2026"],
    }
    page = client.post(address, data=late)
    assert page.status_code == 422
    assert "Ask for the rota" in page.text
    client.post(address, data={**late, "due_on": ["11", "1", "2027"]})
    with counted(sessions.engine) as said:
        assert "Ask for the rota" in client.get("/actions").text
    assert not [one for one in said if "WHERE meeting_items.id =" in one]  # looked up for all actions at once
    assert client.post("/actions/1/done", data={"what_was_done": ""}).status_code == 422
    assert client.post("/actions/1/done", data={"what_was_done": "The rota came"}).status_code == 302
    assert "No action is open" in client.get("/actions").text


def test_an_agency_on_no_list_is_put_on_it_and_asked(
    client: FlaskClient,
    session: Session,
    sessions: Sessions,
    case: Case,
    partnership: Any,
    sign_in: Callable[..., None],
) -> None:
    answers = {"agencies_involved": [{"agency": "Mill Lane Surgery"}]}
    session.add(Referral(case_id=case.id, form_edition=1, answers=answers, sent_answers=answers))
    session.commit()
    session.close()
    sign_in(client, partnership.officer)
    posted = {**DATES, "ask-new0": "yes", "email-new0": "reception@surgery.example"}
    assert client.post("/cases/JCR-2026-0001/scoping", data=posted).status_code == 302
    with sessions.reading() as reading:
        surgery = reading.scalars(select(Agency).where(Agency.name == "Mill Lane Surgery")).one()
        assert surgery.contact_email == "reception@surgery.example"
