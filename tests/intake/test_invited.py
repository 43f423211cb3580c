"""An answer that a calendar sends back to an invitation counts as if it were given behind the link."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Source
from jcr.cases.service import open_case
from jcr.cases.workflow import perform
from jcr.correspondence.service import Letterhead
from jcr.documents.ics import invitation
from jcr.intake.model import Message, Outcome, Resolution
from jcr.meetings.invitations import entry_of
from jcr.meetings.model import Attendance, Meeting, Presence, Reply
from jcr.meetings.room import declare, place_of
from jcr.meetings.service import call_rapid_review
from jcr.roles import WORKER
from jcr.scoping.service import Asked, Dates
from tests.conftest import on_one_database

SERVER = "mx.partnership.example"


@pytest.fixture
def called(session: Session, head: Letterhead, partnership: Any, NOW: datetime) -> Meeting:
    officer = partnership.officer.as_actor()
    answers = {"review_type_requested": ["child"], "subjects": [{"subject_name": "Canary Quillfeather"}]}
    case: Case = open_case(session, Source.EMAIL, answers, officer, NOW, NOW.date())
    case.received_on = case.incident_notified_on = NOW.date()
    perform(session, case, "confirm", officer, NOW)
    session.flush()
    asked = [Asked(session.merge(partnership.police), "", partnership.police.contact_email)]
    dates = Dates(date(2026, 12, 3), NOW + timedelta(days=15), "Room 2")
    found = call_rapid_review(session, head, case, asked, dates, officer, NOW)
    session.commit()
    return found


def answer(head: Letterhead, meeting: Meeting, guest: str, said: str, **other: str) -> EmailMessage:
    """What Outlook sends when somebody presses Accept or Decline, vouched for by our own server."""
    calendar: Any = Calendar.from_ical(invitation(entry_of(meeting, head), head.address, "JCR", guest))
    calendar["method"] = "REPLY"
    (event,) = calendar.walk("VEVENT")
    event["attendee"].params["PARTSTAT"] = said
    event.add("comment", "The train may be late")
    if "sequence" in other:
        event["sequence"] = int(other["sequence"])
    message = EmailMessage()
    message["Authentication-Results"] = f"{SERVER}; dmarc={other.get('dmarc', 'pass')}"
    message["From"], message["To"] = other.get("sender", guest), head.address
    message["Subject"] = f"{said.title()}: Rapid review"
    message.set_content("")
    message.add_attachment(calendar.to_ical(), maintype="text", subtype="calendar", filename="a.ics")
    return message


@pytest.mark.tor("5.4", "9.3")
@on_one_database
def test_a_calendars_answer_counts_when_its_sender_is_proven(
    session: Session, mailroom: Any, head: Letterhead, called: Meeting, partnership: Any, NOW: datetime
) -> None:
    mailroom.ledger.office = replace(mailroom.ledger.office, receiving_servers=frozenset({SERVER}))
    guest, number, case_number = partnership.weatherby, called.id, called.case_id
    declare(session, called, place_of(called, guest).person, True, "A cousin", "", WORKER, NOW)
    session.commit()

    def take_in(said: str, **other: str) -> tuple[Message, Attendance]:
        sent = answer(head, session.get_one(Meeting, number), guest.email, said, **other)
        session.rollback()  # or the poller waits for this session
        row = mailroom.take_in(sent)
        session.expire_all()
        return row, place_of(session.get_one(Meeting, number), guest)

    unproven, place = take_in("ACCEPTED", dmarc="fail")
    assert (unproven.waiting, place.reply) == (True, None)
    assert "nothing proves who sent it" in unproven.because[0]

    taken, place = take_in("ACCEPTED")
    assert (mailroom.tallies[-1].filed, mailroom.resting_in("Filed"), mailroom.resting_in("To sort")) == (
        1,
        1,
        1,
    )
    assert (taken.outcome, taken.waiting, taken.case_id) == (Outcome.REPLY, False, case_number)
    assert (place.reply, place.reply_note) == (Reply.COMING, "The train may be late")
    assert place.meeting.declarations[0].conflicted  # an answer by calendar takes nothing back

    _, place = take_in("DECLINED")
    assert (place.reply, place.state) == (Reply.APOLOGIES, Presence.APOLOGIES)

    for said, other, why in (
        ("TENTATIVE", {}, "neither that they come"),
        ("ACCEPTED", {"sequence": "-1"}, "before the meeting was moved"),
        ("ACCEPTED", {"sender": "rowan.ashdown@health.example"}, "another address"),
    ):
        row, place = take_in(said, **other)
        assert (row.waiting, why in row.because[0], place.reply) == (True, True, Reply.APOLOGIES)


@pytest.mark.tor("5.4", "9.3")
@on_one_database
def test_an_unproven_answer_of_a_calendar_is_recorded_at_one_press(
    session: Session, mailroom: Any, head: Letterhead, called: Meeting, partnership: Any, client: FlaskClient,
    sign_in: Any, words: Any,
) -> None:  # fmt: skip
    guest, number = partnership.weatherby, called.id
    sent = [
        answer(head, called, guest.email, "DECLINED"),
        answer(head, called, guest.email, "ACCEPTED", sender="pa@health.example"),
        answer(head, called, guest.email, "TENTATIVE"),
    ]
    session.rollback()
    declined, by_another, undecided = (mailroom.take_in(one) for one in sent)
    sign_in(client, partnership.officer)

    page = client.get(f"/pile/{by_another.id}").text
    assert "it was sent from pa@health.example" in words(page)
    assert f"Record that {guest.name} comes" in words(page)
    assert "Record that" not in client.get(f"/pile/{undecided.id}").text

    page = client.get(f"/pile/{declined.id}").text
    assert f"1. Record that {guest.name} cannot come: Rapid review" in words(page)
    key = page.split('name="proposal" value="')[1][:16]
    assert (
        client.post(f"/pile/{declined.id}/agree", data={"proposal": key}).location == f"/pile/{by_another.id}"
    )
    session.expire_all()
    row, place = session.get_one(Message, declined.id), place_of(session.get_one(Meeting, number), guest)
    assert (place.reply, place.reply_note, place.replied_how) == (
        Reply.APOLOGIES,
        "The train may be late",
        "by e-mail",
    )
    assert (row.waiting, row.resolved_how, row.case_id) == (False, Resolution.ANSWER, place.meeting.case_id)
    session.rollback()
    assert client.post(f"/pile/{declined.id}/agree", data={"proposal": key}).status_code == 409
