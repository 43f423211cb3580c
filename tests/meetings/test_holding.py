"""A meeting called, moved and cancelled: who decided and why, whom it is told to, and what calendars make of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Status
from jcr.cases.rules import england
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.posting import as_message
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.errors import Incomplete, NotNow
from jcr.meetings import holding, service
from jcr.meetings.chairs_model import Holding
from jcr.meetings.holding import Decided
from jcr.meetings.invitations import send_invitations
from jcr.meetings.model import Meeting, Presence
from jcr.wording import LONDON
from tests.services.verapdf import verapdf

LATER = datetime(2026, 12, 15, 14, 0, tzinfo=LONDON)
WHY = "Two returns are missing."


@pytest.fixture
def invited(session: Session, head: Letterhead, called: Meeting, partnership: Any, NOW: datetime) -> Meeting:
    """The rapid review, with three people invited by e-mail so far."""
    places = [one for one in called.attendances if one.person.name in WANTED]
    send_invitations(session, head, called, partnership.officer.as_actor(), NOW, places)
    return called


WANTED = ("Ottoline Farr", "Nasreen Holloway", "Bethan Ruddock")


def letters(session: Session, kind: Kind) -> list[Letter]:
    return list(session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def entry(letter: Letter) -> Any:
    """The calendar entry that a mail program finds in the message: method, and the event."""
    content = next(one for one in letter.enclosures if one.name == "meeting.ics").file.content
    calendar = Calendar.from_ical(content)
    [event] = calendar.walk("VEVENT")
    return calendar, event


@pytest.mark.tor("6.1")
def test_everybody_invited_gets_an_entry_that_names_nobody_of_the_case(
    session: Session, head: Letterhead, invited: Meeting, partnership: Any, NOW: datetime
) -> None:
    sent = letters(session, Kind.MEETING_INVITATION)
    wanted = [place.person for place in invited.attendances if place.person.name in WANTED]
    assert [letter.recipient for letter in sent] == [person.email for person in wanted]
    calendar, event = entry(sent[0])
    assert calendar["METHOD"] == "REQUEST"
    assert event["SUMMARY"] == "Rapid review of JCR-2026-0001"
    assert event["SEQUENCE"] == 0
    assert event.decoded("DTSTART").astimezone(UTC) == invited.starts_at
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    assert event["ATTENDEE"] == f"mailto:{sent[0].recipient}"
    assert event["ORGANIZER"] == f"mailto:{head.address}"
    assert "Quillfeather" not in sent[0].enclosures[0].file.content.decode()
    others = send_invitations(session, head, invited, partnership.officer.as_actor(), NOW)
    assert len(others) == len(invited.attendances) - len(WANTED)
    assert send_invitations(session, head, invited, partnership.officer.as_actor(), NOW) == []


def test_the_e_mail_carries_the_entry_as_mail_programs_want_it(
    session: Session, head: Letterhead, invited: Meeting
) -> None:
    message = as_message(letters(session, Kind.MEETING_INVITATION)[0], head)
    assert message.get_content_type() == "multipart/alternative"
    words, calendar = message.iter_parts()
    assert words.get_content_type() == "text/plain"
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_content().startswith("BEGIN:VCALENDAR")


@pytest.mark.tor("9.3")
def test_a_move_updates_the_same_entry_and_keeps_the_old_day(
    session: Session, head: Letterhead, invited: Meeting, partnership: Any, NOW: datetime
) -> None:
    before = entry(letters(session, Kind.MEETING_INVITATION)[0])[1]
    was, officer = invited.starts_at, partnership.officer.as_actor()
    holding.rearrange(
        session, head, invited, LATER, "Online", Decided(partnership.chair, WHY), [], officer, NOW, england()
    )
    moved = letters(session, Kind.MEETING_MOVED)
    assert invited.round
    asked = {request.contact_email for request in invited.round.requests}
    assert len(moved) == len(WANTED) + len(asked)
    assert asked <= {letter.recipient for letter in moved}  # agencies are asked to send somebody
    calendar, event = entry(moved[0])
    assert (calendar["METHOD"], event["UID"], event["SEQUENCE"]) == ("REQUEST", before["UID"], 1)
    assert event.decoded("DTSTART") == LATER
    assert invited.round
    assert invited.round.meeting_at == LATER
    [kept] = invited.holdings
    assert (kept.was_at, kept.became_at, kept.decided_by, kept.why) == (
        was,
        LATER,
        partnership.chair.name,
        WHY,
    )
    assert send_invitations(session, head, invited, officer, NOW) == []


@pytest.mark.tor("9.3", "9.4")
def test_cancelling_takes_it_out_of_calendars_and_tells_executive_leads(
    session: Session, head: Letterhead, invited: Meeting, partnership: Any, NOW: datetime, tmp_path: Path
) -> None:
    officer, decided = partnership.officer.as_actor(), Decided(partnership.chair, WHY)
    told = [agency for agency in holding.leads(invited) if agency.code in ("csc", "icb")]
    holding.cancel(session, head, invited, decided, told, officer, NOW)
    calendar, event = entry(letters(session, Kind.MEETING_CANCELLED)[0])
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    reports = {letter.recipient: letter for letter in letters(session, Kind.CANCELLATION_REPORT)}
    assert all("- Meeting: Rapid review of JCR-2026-0001\n" in letter.text for letter in reports.values())
    assert set(reports) == {"board@council.example", "board@icb.example"}
    owing = reports["board@council.example"].text
    assert "Two returns are missing." in owing
    assert f"Decided by {partnership.chair.name}" in owing
    assert "The scoping return of Children and Families, Herefordshire Council has not come" in owing
    assert "The scoping return of" not in reports["board@icb.example"].text
    assert "no new day is set" in owing
    (tmp_path / "report.pdf").write_bytes(reports["board@council.example"].enclosures[0].file.content)
    assert verapdf([tmp_path / "report.pdf"]) == []


def test_a_cancelled_meeting_is_not_held_and_another_may_be_called(
    session: Session, head: Letterhead, case: Case, invited: Meeting, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    with pytest.raises(NotNow):
        service.call_again(session, case, LATER, "Online", officer, NOW)
    holding.cancel(session, head, invited, Decided(partnership.chair, WHY), [], officer, NOW)
    for act in (
        lambda: service.open_rapid_review(session, invited, officer, NOW),
        lambda: service.note_attendance(session, invited, session.merge(partnership.chair), Presence.PRESENT),
        lambda: service.minute(session, invited.items[0], "Said", "", "", ""),
        lambda: holding.cancel(session, head, invited, Decided(partnership.chair, WHY), [], officer, NOW),
        lambda: send_invitations(session, head, invited, officer, NOW),
    ):
        with pytest.raises(NotNow, match="cancelled"):
            act()
    other = service.call_again(session, case, LATER, "Online", officer, NOW)
    assert service.rapid_review_of(session, case) is other
    assert other.round
    assert other.round.meeting_at == LATER
    service.open_rapid_review(session, other, officer, LATER)
    assert case.status is Status.RAPID_REVIEW


@pytest.mark.tor("9.3")
def test_a_decision_needs_a_chair_a_reason_without_names_and_a_day_after_the_returns(
    session: Session, head: Letterhead, invited: Meeting, partnership: Any, NOW: datetime
) -> None:
    officer, chair = partnership.officer.as_actor(), partnership.chair
    for decided, told in (
        (Decided(partnership.member, WHY), "Choose the chair"),
        (Decided(chair, " "), "Say why"),
        (Decided(chair, "The family of Quillfeather asked."), "names a subject"),
    ):
        with pytest.raises(Incomplete, match=told):
            holding.cancel(session, head, invited, decided, [], officer, NOW)
    for day, told in ((3, "must be after that day"), (13, r"Sunday 13 December 2026 is not \(Sunday\)")):
        at, decided = datetime(2026, 12, day, 10, tzinfo=LONDON), Decided(chair, WHY)
        with pytest.raises(Incomplete, match=told):
            holding.rearrange(session, head, invited, at, "Online", decided, [], officer, NOW, england())
    holding.go_ahead(session, invited, Decided(chair, "Enough is known."), officer, NOW)
    assert [one.outcome for one in invited.holdings] == [Holding.GO_AHEAD]
    assert invited.sequence == 0


@pytest.mark.tor("9.3", "9.4")
def test_the_officer_moves_and_cancels_on_the_page(
    client: FlaskClient, session: Session, sessions: Sessions, invited: Meeting, partnership: Any, sign_in: Any,
    words: Callable[[str], str],
) -> None:  # fmt: skip
    session.commit()
    session.close()
    sign_in(client, partnership.officer)
    address = f"/meetings/{invited.id}/holding"
    assert "Scoping returns are missing from" in words(client.get(address).text)
    said = {"outcome": "rearranged", "by": str(partnership.chair.id), "why": WHY}
    early = {"meeting_on": ["3", "12", "2026"], "meeting_time": "10:00", "place": "Online"}
    refused = client.post(address, data={**said, **early})
    assert refused.status_code == 422
    assert "must be after that day" in refused.text
    assert WHY in refused.text
    moved = client.post(
        address, data={**said, **early, "meeting_on": ["16", "12", "2026"]}, follow_redirects=True
    )
    assert "It was to be on Tuesday 8 December 2026" in words(moved.text)
    gone = {**said, "outcome": "cancelled", "leads": [str(partnership.csc.id)]}
    cancelled = client.post(address, data=gone, follow_redirects=True)
    assert "This meeting is cancelled" in cancelled.text
    agencies_asked, leads = 3, 1
    assert f"{len(invited.attendances) + agencies_asked + leads} letters written" in cancelled.text
    assert "Cancelled" in client.get("/meetings").text
    assert client.post(address, data=gone).status_code == 409
    sign_in(client, partnership.member)
    assert client.get(address).status_code == 403


def test_a_calendar_fetches_the_meetings_its_owner_may_see_by_a_private_link(
    client: FlaskClient, session: Session, invited: Meeting, partnership: Any, sign_in: Any, NOW: datetime
) -> None:
    starts_at = NOW + timedelta(days=60)
    service.call_business_meeting(session, starts_at, "Plough Lane", partnership.officer.as_actor(), NOW)
    session.commit()
    sign_in(client, partnership.member)
    first, second = (link_in(client.post("/meetings/feed").text) for _ in range(2))
    client.get("/sign-out")
    assert client.get(first).status_code == 404
    found = Calendar.from_ical(client.get(second).data)
    assert {str(event["SUMMARY"]) for event in found.walk("VEVENT")} == {
        "Rapid review of JCR-2026-0001",
        "Joint Case Review business meeting, Friday 22 January 2027",
    }
    member = session.merge(partnership.member)
    service.declare(
        session, invited, member, True, "Managed the team", "", partnership.officer.as_actor(), NOW
    )
    session.commit()
    assert len(Calendar.from_ical(client.get(second).data).walk("VEVENT")) == 1


def link_in(page: str) -> str:
    return "/calendar/" + page.split("/calendar/")[1].split("<")[0]


def test_a_quarter_is_not_met_by_a_cancelled_meeting(
    client: FlaskClient, session: Session, head: Letterhead, partnership: Any, sign_in: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    held = service.call_business_meeting(
        session, datetime(2027, 1, 14, 10, tzinfo=UTC), "Plough Lane", officer, NOW
    )
    session.commit()
    sign_in(client, partnership.officer)
    flagged = "No business meeting is held or planned from Friday 1 January 2027"
    assert flagged not in client.get("/meetings").text
    holding.cancel(session, head, held, Decided(partnership.chair, WHY), [], officer, NOW)
    session.commit()
    assert flagged in client.get("/meetings").text
    assert held.starts_at.date() == date(2027, 1, 14)
