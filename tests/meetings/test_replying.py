"""Invitations are answered by whoever got one: behind a link, or on the pages of those who have an account."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.rules import england
from jcr.cases.service import is_walled_off
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.errors import NotAllowed
from jcr.meetings import interests, papers, publishing, service
from jcr.meetings.attendance_form import as_recorded
from jcr.meetings.forecast import forecast
from jcr.meetings.invitations import send_invitations, tell_of_change
from jcr.meetings.item_room import quorum_at, whole_quorum
from jcr.meetings.model import Meeting, Presence, Reply
from jcr.meetings.replying import ask_again
from jcr.meetings.room import is_conflicted, place_of, who_should_chair
from jcr.meetings.sight import Sight
from tests.conftest import on_one_database

Words = Callable[[str], str]


@pytest.fixture
def letters_of(
    session: Session, head: Letterhead, called: Meeting, partnership: Any, NOW: Any
) -> dict[str, str]:
    """What was written to each person invited, by their address."""
    officer = partnership.officer.as_actor()
    sent = {one.recipient: one.body for one in send_invitations(session, head, called, officer, NOW)}
    session.commit()
    session.close()
    return sent


def link_in(body: str) -> str:
    return re.findall(r"/meeting/[0-9a-f]{48}", body)[0]


@pytest.mark.tor("5.4", "9.3")
@on_one_database
def test_whoever_has_no_account_answers_behind_the_link_and_may_change_it(
    app: Flask, client: FlaskClient, sessions: Sessions, called: Meeting, partnership: Any, NOW: Any, words: Words,
    letters_of: dict[str, str],
) -> None:  # fmt: skip
    link, guest = link_in(letters_of[partnership.weatherby.email]), partnership.weatherby
    page = client.get(link).text
    assert "Will you come?" in page
    assert "Canary" not in page  # initials only: a name is not needed to declare
    assert "Say whether you come" in words(client.post(link).text)
    none = {"has_interest": "no", "note": "The train is late"}
    elsewhere = {"reply": "deputy", "deputy_name": "Joan Ellwood", "deputy_email": "je@elsewhere.example"}
    assert "at an agency that works with us" in words(client.post(link, data=none | elsewhere).text)
    address = f"je@{guest.email.partition('@')[2]}"
    deputy = {
        "reply": "deputy",
        "deputy_name": "Joan Ellwood",
        "deputy_post": "Group Manager",
        "deputy_email": address,
    }
    unnamed = client.post(link, data=none | deputy | {"deputy_name": ""})
    assert (unnamed.status_code, "Enter the name of the deputy" in unnamed.text) == (422, True)
    assert "The train is late" in unnamed.text
    assert "Answer received" in client.post(link, data=none | deputy).text
    assert 'value="Joan Ellwood"' in client.get(link).text
    with sessions.reading() as reading:
        place = place_of(reading.get_one(Meeting, called.id), guest)
        assert (place.reply, place.state, place.reply_note) == (
            Reply.DEPUTY,
            Presence.INVITED,
            "The train is late",
        )
        [line] = [one for one in as_recorded(place.meeting, Sight()) if one.place is place]
        assert line.deputy_name == "Joan Ellwood"  # so that the sheet need not be typed once more
        invited = select(Letter).where(Letter.recipient == address, Letter.kind == Kind.MEETING_INVITATION)
        deputys = link_in(reading.scalars(invited).one().body)
    own = words(client.get(deputys).text)
    assert f"Joan Ellwood, deputy for {guest.name}" in own
    assert "Will you come?" not in own
    said = {"has_interest": "yes", "interest": "My team answered the call"}
    assert "Answer received" in client.post(deputys, data=said).text
    client.post(link, data=none | deputy)  # the same deputy is not invited twice
    client.post(link, data=none | {"reply": "apologies"})
    with sessions.reading() as reading:
        place = place_of(reading.get_one(Meeting, called.id), guest)
        assert (place.state, place.deputy_name, place.deputy_email) == (Presence.APOLOGIES, "", "")
        assert len(reading.scalars(invited).all()) == 1
        freed = reading.scalars(select(Letter).where(Letter.kind == Kind.DEPUTY_FREED)).one()
        assert freed.recipient == address
        assert b"METHOD:CANCEL" in freed.enclosures[0].file.content
        assert not [one for one in place.interests if one.of_deputy]  # what they declared goes with them
    assert client.get(deputys).status_code == 410
    app.config["CLOCK"] = lambda: called.starts_at - timedelta(minutes=1)
    assert "Will you come?" in client.get(link).text
    app.config["CLOCK"] = lambda: called.starts_at
    begun = client.post(link, data=none | deputy)
    assert "This meeting has begun" in words(begun.text)
    assert "This meeting has begun" in client.get(link).text


@pytest.mark.tor("5.3", "7.8")
@on_one_database
def test_a_conflict_declared_beforehand_closes_the_case_at_once(
    client: FlaskClient, sessions: Sessions, called: Meeting, partnership: Any, words: Words,
    letters_of: dict[str, str], sign_in: Any,
) -> None:  # fmt: skip
    link = link_in(letters_of[partnership.weatherby.email])
    said = {"reply": "coming", "has_interest": "yes", "interest": "My sister was the social worker"}
    assert "until then you are sent nothing about this case" in words(client.post(link, data=said).text)
    assert client.get(link).status_code == client.get(f"{link}/agenda.pdf").status_code == 403
    with sessions.reading() as reading:
        meeting = reading.get_one(Meeting, called.id)
        [declared] = [one for one in meeting.declarations if one.person_id == partnership.weatherby.id]
        assert (declared.conflicted, declared.what) == (True, "My sister was the social worker")
    sign_in(client, partnership.officer)
    shown = words(client.get(f"/meetings/{called.id}").text)
    assert "My sister was the social worker" in shown
    with sessions.reading() as reading:
        [one] = interests.declared(reading, reading.get_one(Meeting, called.id))
        assert is_walled_off(reading, called.case_id, partnership.weatherby.email)
    path = f"/meetings/{called.id}/interests/{one.id}"
    assert "Say why" in client.post(path, data={"decision": "none"}, follow_redirects=True).text
    client.post(path, data={"decision": "none", "why": "It was another team of that name"})
    assert "It was another team of that name" in client.get(f"/meetings/{called.id}").text
    with sessions.reading() as reading:
        meeting = reading.get_one(Meeting, called.id)
        assert not is_walled_off(reading, called.case_id, partnership.weatherby.email)
        assert not is_conflicted(meeting, place_of(meeting, partnership.weatherby).person)


@pytest.mark.tor("0.4", "5.4")
def test_a_member_with_an_account_answers_on_the_meetings_page_and_the_forecast_follows(
    client: FlaskClient, sessions: Sessions, called: Meeting, partnership: Any, sign_in: Any, words: Words,
    letters_of: dict[str, str],
) -> None:  # fmt: skip
    chair = partnership.chair
    assert f"/meetings/{called.id}/reply" in letters_of[chair.email]
    sign_in(client, chair)
    assert "Say whether I come" in client.get(f"/meetings/{called.id}").text
    said = {"reply": "deputy", "deputy_name": "Ana Whitlow", "has_interest": "no"}
    page = client.post(f"/meetings/{called.id}/reply", data=said, follow_redirects=True)
    assert "Your answer is recorded" in page.text
    assert "signed in" in page.text  # who answered, when and how
    assert "A deputy comes Ana Whitlow" in words(page.text)
    assert "1 of " in words(page.text)
    with sessions.reading() as reading:
        meeting = reading.get_one(Meeting, called.id)
        assert who_should_chair(meeting).who == "vice_chair"  # a deputy counts to quorum and does not chair
        assert forecast(meeting).answer.holds
    client.post(f"/meetings/{called.id}/reply", data={"reply": "apologies", "has_interest": "no"})
    with sessions.reading() as reading:
        assert place_of(reading.get_one(Meeting, called.id), chair).state is Presence.APOLOGIES


@pytest.mark.tor("9.3")
@on_one_database
def test_after_a_move_everybody_is_asked_again_and_the_deputy_is_told(
    session: Session, head: Letterhead, called: Meeting, partnership: Any, NOW: Any
) -> None:
    place = place_of(called, partnership.weatherby)
    place.reply, place.deputy_name, place.deputy_email = Reply.DEPUTY, "Joan Ellwood", "je@fire.example"
    facts = {"was_at": NOW, "decided_by": "The chair"}
    written = tell_of_change(session, head, called, facts, partnership.officer.as_actor(), NOW)
    assert "je@fire.example" in [one.recipient for one in written]
    ask_again(called)
    assert (place.reply, place.deputy_name) == (None, "")


@pytest.mark.tor("5.3", "0.1")
@on_one_database
def test_at_a_business_meeting_an_interest_is_of_one_case_and_recuses_from_its_item(
    client: FlaskClient,
    session: Session,
    head: Letterhead,
    case: Case,
    partnership: Any,
    NOW: Any,
    words: Words,
) -> None:
    officer, reference, number = partnership.officer.as_actor(), case.reference, case.id
    initials = case.initials
    meeting = service.call_business_meeting(session, NOW + timedelta(days=43), "Plough Lane", officer, NOW)
    service.add_item(session, meeting, f"Terms of reference of {reference}", "discuss", "Chair", 10)
    written = {one.recipient: one.body for one in send_invitations(session, head, meeting, officer, NOW)}
    publishing.publish_agenda(session, head, meeting, england(), officer, NOW)
    guest = place_of(meeting, partnership.weatherby)
    session.commit()
    link = link_in(written[partnership.weatherby.email])
    asked = words(client.get(link).text)
    assert f"{reference} ({initials})" in asked
    assert "Yes if you, or anybody you manage, took part in a case" in asked
    assert client.get(f"{link}/agenda.pdf").status_code == 404  # before that is answered
    none = {"reply": "coming", "has_interest": "no"}
    assert f"{link}/agenda.pdf" in client.post(link, data=none).text
    assert reference in pdf_text(client.get(f"{link}/agenda.pdf").data)
    declared = none | {"has_interest": "yes", "interest": "I led the crew"}
    assert "Say what the interest is in" in client.post(link, data=declared).text
    client.post(link, data=declared | {"interest_in": [str(number)]})
    assert reference not in pdf_text(client.get(f"{link}/agenda.pdf").data)
    session.expire_all()
    for place in meeting.attendances:
        service.note_attendance(session, meeting, place.person, Presence.PRESENT)
    [item] = [one for one in meeting.items if reference in one.title]
    for at, apart in ((meeting.items[0], False), (item, True)):
        assert ("1 person with a declared conflict not counted" in quorum_at(at).because) is apart
    told = f"took no part in item {item.position}, for a conflict of interest"
    assert told in whole_quorum(meeting).because
    [row] = papers.minutes_of(meeting, whole_quorum(meeting), head).declarations
    assert (row.declared, row.handled) == (
        f"{reference}: I led the crew", "Not decided on: they took no part in the case.",
    )  # fmt: skip
    [one] = interests.declared(session, meeting)
    with pytest.raises(NotAllowed):
        interests.decide(session, one, False, "It is my own", guest.person.as_actor(), NOW)
    interests.decide(session, one, False, "Another crew", officer, NOW)
    assert told not in whole_quorum(meeting).because


def pdf_text(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
