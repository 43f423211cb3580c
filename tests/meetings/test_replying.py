"""Invitations are answered by whoever got one: behind a link, or on the pages of those who have an account."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.meetings.attendance_form import as_recorded
from jcr.meetings.forecast import forecast
from jcr.meetings.invitations import send_invitations, tell_of_change
from jcr.meetings.model import Meeting, Presence, Reply
from jcr.meetings.replying import ask_again
from jcr.meetings.room import place_of, who_should_chair
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
    deputy = {
        "reply": "deputy",
        "deputy_name": "Joan Ellwood",
        "deputy_post": "Group Manager",
        "deputy_email": "je@fire.example",
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
        [line] = [one for one in as_recorded(place.meeting) if one.place is place]
        assert line.deputy_name == "Joan Ellwood"  # so that the sheet need not be typed once more
        invited = select(Letter).where(Letter.recipient == "je@fire.example")
        assert reading.scalars(invited).one().kind is Kind.MEETING_INVITATION
    client.post(link, data=none | deputy)  # the same deputy is not invited twice
    client.post(link, data=none | {"reply": "apologies"})
    with sessions.reading() as reading:
        place = place_of(reading.get_one(Meeting, called.id), guest)
        assert (place.state, place.deputy_name, place.deputy_email) == (Presence.APOLOGIES, "", "")
        assert len(reading.scalars(invited).all()) == 1
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
    assert "you are sent nothing about it from now on" in words(client.post(link, data=said).text)
    assert client.get(link).status_code == 403
    with sessions.reading() as reading:
        meeting = reading.get_one(Meeting, called.id)
        [declared] = [one for one in meeting.declarations if one.person_id == partnership.weatherby.id]
        assert (declared.conflicted, declared.what) == (True, "My sister was the social worker")
    sign_in(client, partnership.officer)
    shown = words(client.get(f"/meetings/{called.id}").text)
    assert "My sister was the social worker" in shown


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
