"""What goes out: the agenda, then numbered supplements; minutes in time, corrected in the open, and closed."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.rules import england
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.documents import minutes as minute_sheets
from jcr.errors import Incomplete, NotNow
from jcr.meetings import agreeing, papers, publishing, service
from jcr.meetings.model import Meeting, Presence
from jcr.meetings.paper_model import Publication
from jcr.meetings.sight import Sight
from tests.services.verapdf import verapdf


@pytest.fixture
def business(session: Session, partnership: Any, NOW: datetime) -> Meeting:
    """A business meeting in six weeks, with three people invited."""
    at, officer = NOW + timedelta(days=43), partnership.officer.as_actor()
    meeting = service.call_business_meeting(session, at, "Plough Lane", officer, NOW)
    for place in meeting.attendances[3:]:
        session.delete(place)
    session.flush()
    session.refresh(meeting, ["attendances"])
    return meeting


@pytest.fixture
def publish(session: Session, head: Letterhead, business: Meeting, partnership: Any, NOW: datetime) -> Any:
    def send(at: datetime = NOW) -> Publication:
        return publishing.publish_agenda(
            session, head, business, england(), partnership.officer.as_actor(), at
        )

    return send


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def letters(session: Session, kind: Kind) -> list[Letter]:
    return list(session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


@pytest.mark.tor("9.1", "B.4")
def test_one_act_publishes_the_agenda_and_sends_it_to_everybody(
    session: Session, business: Meeting, publish: Any
) -> None:
    made = publish()
    sent = letters(session, Kind.AGENDA_SENT)
    assert [letter.recipient for letter in sent] == [place.person.email for place in business.attendances]
    assert {letter.enclosures[0].file.sha256 for letter in sent} == {made.file.sha256}
    assert sent[0].enclosures[0].name == "JCR-business-1-agenda.pdf"
    assert not made.late
    with pytest.raises(NotNow, match="Nothing on the agenda has changed"):
        publish()


@pytest.mark.tor("9.1")
def test_what_changes_goes_out_as_a_numbered_supplement_that_goes_on_with_the_pages(
    session: Session, business: Meeting, publish: Any, tmp_path: Path
) -> None:
    first = publish()
    before = words_of(first.file.content)
    service.add_item(session, business, "The new provider", "discuss", "Chair", 10)
    second = publish()
    said = words_of(second.file.content)
    assert "Supplement 1 to the agenda" in said
    assert "The new provider" in said
    assert "Welcome, introductions" not in said
    assert f"Page {first.pages + 1} of {first.pages + second.pages}" in said
    assert words_of(first.file.content) == before
    letter = letters(session, Kind.AGENDA_SENT)[-1]
    assert letter.subject.endswith("supplement 1 to the agenda")
    assert "- 16. The new provider" in letter.body
    business.items[3].title = "Minutes of the last two meetings"
    third = publish()
    assert third.number == 2
    assert f"Page {first.pages + second.pages + 1} of" in words_of(third.file.content)
    (tmp_path / "supplement.pdf").write_bytes(second.file.content)
    assert verapdf([tmp_path / "supplement.pdf"]) == []


@pytest.mark.tor("9.5")
def test_an_agenda_sent_within_five_working_days_is_marked_late_but_not_of_a_rapid_review(
    business: Meeting, called: Meeting, publish: Any
) -> None:
    assert publishing.is_late_agenda(business, england(), business.starts_at - timedelta(days=3))
    assert not publishing.is_late_agenda(
        business, england(), business.starts_at - timedelta(days=14)
    )  # over Christmas
    assert not publishing.is_late_agenda(called, england(), called.starts_at - timedelta(days=1))
    assert publish(business.starts_at - timedelta(days=3)).late
    with pytest.raises(NotNow, match="has begun"):
        publish(business.starts_at)


@pytest.fixture
def held(session: Session, business: Meeting, partnership: Any) -> Meeting:
    for place in business.attendances:
        service.note_attendance(session, business, place.person, Presence.PRESENT)
    service.minute(session, business.items[4], "Two actions are late.", "To ask again", "", "")
    return business


@pytest.mark.tor("9.7", "B.5")
def test_minutes_go_to_members_as_a_draft_and_late_ones_say_so(
    session: Session, head: Letterhead, held: Meeting, partnership: Any
) -> None:
    officer, after = partnership.officer.as_actor(), held.starts_at + timedelta(days=5)
    made = publishing.circulate_minutes(session, head, held, service.quorum(held), england(), officer, after)
    assert not made.late
    assert "Draft" in words_of(made.file.content)
    assert "They are a draft" in letters(session, Kind.MINUTES_SENT)[0].body
    with pytest.raises(NotNow, match="nothing has changed"):
        publishing.circulate_minutes(session, head, held, service.quorum(held), england(), officer, after)
    assert publishing._too_late(held, england(), held.starts_at + timedelta(days=15))
    early = held.starts_at - timedelta(days=1)
    with pytest.raises(NotNow, match="has not taken place"):
        publishing.circulate_minutes(session, head, held, service.quorum(held), england(), officer, early)


@pytest.mark.tor("9.7")
def test_approved_minutes_are_corrected_in_the_open_and_closed_once_agreed(
    session: Session, head: Letterhead, held: Meeting, partnership: Any, tmp_path: Path
) -> None:
    officer, chair, item = partnership.officer.as_actor(), partnership.chair.as_actor(), held.items[4]
    after = held.starts_at + timedelta(days=5)
    with pytest.raises(NotNow, match="draft still"):
        agreeing.correct(session, item, "summary", "Three actions are late.", "Miscounted", officer, after)
    service.approve_minutes(session, held, chair, after)
    with pytest.raises(Incomplete, match="Say why"):
        agreeing.correct(session, item, "summary", "Three actions are late.", " ", officer, after)
    agreeing.correct(session, item, "summary", "Three actions are late.", "Miscounted", officer, after)
    later = service.call_business_meeting(
        session, held.starts_at + timedelta(days=91), "Plough Lane", officer, after
    )
    quorum, at = service.quorum(held), later.starts_at + timedelta(hours=3)
    with pytest.raises(NotNow, match="held after this one"):
        agreeing.agree(session, head, held, held, quorum, officer, at)
    made = agreeing.agree(session, head, held, later, quorum, officer, at)
    assert held.agreement
    said = words_of(made.file.content)
    assert f"SHA-256 {held.agreement.sha256}" in said
    assert "Two actions are late." in said  # what it said before the correction
    assert f"Agreed by the group at the {later.name} on Tuesday 6 April 2027" in said
    sheet = papers.minutes_of(held, quorum, head, publishing.coming(session, held))
    theirs = minute_sheets.render(Sight(frozenset({"JCR-2026-0009"})).minutes(sheet))
    assert f"SHA-256 {held.agreement.sha256}" in words_of(theirs)  # the copy of a reader behind a wall too
    assert agreeing.fingerprint(sheet) == held.agreement.sha256
    with pytest.raises(NotNow, match="closed"):
        agreeing.correct(session, item, "summary", "Four", "Miscounted", officer, at)
    with pytest.raises(NotNow, match="agreed and closed"):
        publishing.circulate_minutes(session, head, held, quorum, england(), officer, at)
    (tmp_path / "agreed.pdf").write_bytes(made.file.content)
    assert verapdf([tmp_path / "agreed.pdf"]) == []


@pytest.mark.tor("9.1", "9.7")
def test_publishing_sending_correcting_and_agreeing_on_the_pages(
    app: Flask, client: FlaskClient, session: Session, business: Meeting, partnership: Any, sign_in: Any,
    words: Callable[[str], str],
) -> None:  # fmt: skip
    at, officer = business.starts_at, partnership.officer.as_actor()
    later = service.call_business_meeting(session, at + timedelta(days=30), "Online", officer, at)
    session.commit()
    session.close()
    sign_in(client, partnership.officer)
    page = f"/meetings/{business.id}"
    sent = client.post(f"{page}/publish", follow_redirects=True)
    assert "The agenda is in the post" in sent.text
    assert ">Absent<" not in client.get(f"{page}/minutes").text  # nobody is, before anything was recorded
    assert client.get(f"{page}/sent/1").data.startswith(b"%PDF-")
    assert client.post(f"{page}/publish").status_code == 409
    app.config["CLOCK"] = lambda: at + timedelta(days=31)
    sign_in(client, partnership.chair)
    item = business.items[4]
    client.post(f"{page}/items/{item.id}", data={"summary": "Two actions are late."})
    client.post(f"{page}/attendance", data={f"state-{business.attendances[0].person_id}": "present"})
    client.post(f"{page}/approve")
    correction = {"part": "summary", "words": "Three actions are late.", "why": "Miscounted"}
    assert client.get(f"{page}/items/{item.id}/correct").status_code == 200
    assert client.post(f"{page}/items/{item.id}/correct", data={**correction, "why": ""}).status_code == 422
    assert client.post(f"{page}/items/{item.id}/correct", data=correction).status_code == 302
    assert ">Three actions are late.</textarea>" in client.get(f"{page}/items/{item.id}/correct").text
    other = words(client.get(f"{page}/items/{item.id}/correct?part=decision").text)
    assert (
        "What it should say under “what was decided”" in other
    )  # one part does not begin with another's words
    assert client.get(f"{page}/items/{item.id}/correct?part=decision").text.count("Three actions") == 1
    unfit = client.post(
        f"{page}/items/{item.id}/correct", data=correction | {"part": "decision", "words": "A review"}
    )
    assert (unfit.status_code, "may note but cannot recommend" in words(unfit.text)) == (422, True)
    assert "Not yet" in client.get(f"{page}/minutes").text
    assert "Late" in client.post(f"{page}/minutes/send", follow_redirects=True).text
    assert client.post(f"{page}/minutes/agree", data={}).status_code == 422
    done = client.post(f"{page}/minutes/agree", data={"agreed_at": str(later.id)}, follow_redirects=True)
    said = words(done.text)
    assert "agreed and closed" in said
    assert "It said It says now Why Item 5, summary Two actions are late." in said
    assert client.get(f"{page}/minutes.pdf").data == client.get(f"{page}/sent/3").data
    assert "differs" not in said
