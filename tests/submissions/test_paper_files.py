"""Papers as files: dangerous ones refused and kept, Word made into PDF, late ones with the chair's leave only."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pikepdf
import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.reading import conversion
from forms.reading.result import Reading
from jcr.cases.rules import england
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.errors import Incomplete, NotAllowed
from jcr.files.model import File
from jcr.meetings import service, submitted
from jcr.meetings.invitations import paper_link, send_invitations, tell_of_change
from jcr.meetings.model import Attendance, Meeting
from jcr.meetings.model import Kind as MeetingKind
from jcr.meetings.paper_model import MeetingPaper
from jcr.meetings.sight import Sight
from jcr.submissions.model import Submission
from tests.conftest import on_one_database
from tests.documents.samples import letters, odd
from tests.documents.test_pack import scan


def word(macro: bool = False) -> bytes:
    file = io.BytesIO()
    document = Document()
    document.add_heading("The dashboard", 1)
    document.add_paragraph("Fewer late returns.")
    document.save(file)
    if macro:
        with zipfile.ZipFile(file, "a") as packed:
            packed.writestr("word/vbaProject.bin", b"Sub AutoOpen()")
    return file.getvalue()


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * (29 << 20))
    return file.getvalue()


REFUSED = {
    "a macro": (word(macro=True), "It holds macros"),
    "a password": (odd.locked(), "Save it without one"),
    "a script": (scan(1), "It holds scripts"),
    "a script among its names": (odd.with_a_script_among_its_names(), "It holds scripts"),
    "a file pinned to it": (odd.with_a_file_pinned_to_it(), "Other files are packed into it"),
    "a form of Adobe's": (odd.form_of_adobe(), "only Adobe Reader shows"),
    "a program": (b"MZ\x90\0\3\0\0\0", "neither a Word"),
    "a bomb": (bomb(), "suspicious size"),
    "a damaged file": (b"%PDF-1.7 and no more", "It is damaged"),
    "an empty file": (b" ", "It is empty"),
}


def test_what_could_do_harm_is_refused_in_words_that_say_what_to_do() -> None:
    for what, (content, said) in REFUSED.items():
        with pytest.raises(Incomplete, match=said) as refused:
            submitted.as_pdf(content)
        assert (
            "Choose" in str(refused.value)
            or "ave it" in str(refused.value)
            or "rint it" in str(refused.value)
        ), what


def test_word_becomes_a_tagged_pdf_without_what_was_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    made = submitted.as_pdf(word())
    assert "Fewer late returns." in PdfReader(io.BytesIO(made)).pages[0].extract_text()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert "/StructTreeRoot" in pdf.Root
    monkeypatch.setattr(conversion, "_office", lambda: None)
    with pytest.raises(Incomplete, match="Save it as PDF, and send that"):
        submitted.as_pdf(word())


@pytest.fixture
def meeting(session: Session, partnership: Any, NOW: datetime) -> Meeting:
    officer = partnership.officer.as_actor()
    made = service.call_business_meeting(session, NOW + timedelta(days=5), "Plough Lane", officer, NOW)
    session.commit()
    session.close()
    return made


@pytest.mark.tor("9.1", "9.2")
def test_a_late_paper_is_sent_checked_and_reaches_members_once_the_chair_gives_leave(
    client: FlaskClient, sign_in: Callable[..., None], sessions: Sessions, meeting: Meeting, partnership: Any
) -> None:
    day = meeting.starts_at
    typed = {
        "meeting_date": [str(day.day), str(day.month), str(day.year)], "late_paper": "yes",
        "late_reasons": "The figures came today", "agency_name": "West Mercia Police", "author_name": "Ian Marsh",
        "author_role": "Superintendent", "author_email": "i.marsh@westmercia.example", "paper_title": "The dashboard",
        "paper_purpose": "information", "paper_summary": "Returns by quarter", "documents_sent": "One",
        "paper_circulation": "members", "checked_by": "The inspector",
    }  # fmt: skip

    def post(content: bytes) -> Any:
        return client.post("/forms/paper", data={**typed, "file": (io.BytesIO(content), "paper.pdf")})

    sign_in(client, partnership.member)
    assert "Choose the paper itself" in client.post("/forms/paper", data=typed).text
    refused = post(odd.locked())
    assert refused.status_code == 422
    assert "protected with a password" in refused.text
    assert "Returns by quarter" in refused.text
    assert post(letters.plain()).status_code == 302
    with sessions.reading() as session:
        kept = session.scalars(select(File)).all()
        assert {len(odd.locked()), len(letters.plain())} & {file.size for file in kept}
        taken = session.scalars(select(MeetingPaper)).one()
        assert (taken.late, taken.accepted_at) == (True, None)
    sign_in(client, partnership.officer)
    accepted = client.post("/submissions/1", data={**typed, "confirm": "yes"})
    assert accepted.status_code == 302, accepted.text
    page, paper = f"/meetings/{meeting.id}", f"/meetings/{meeting.id}/papers/{taken.id}"
    assert client.get(paper).data == letters.plain()
    sign_in(client, partnership.member)
    assert client.get(paper).status_code == 404
    sign_in(client, partnership.chair)
    assert "once the chair gives leave" in client.get(page).text
    client.post(f"{paper}/leave", data={"why": "It bears on the decision"})
    sign_in(client, partnership.member)
    assert client.get(paper).data == letters.plain()
    assert "It bears on the decision" in client.get(page).text
    pack = client.post(f"{page}/pack", data={})
    said = " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(pack.data)).pages).split())
    assert f"This paper came late, taken with the leave of {partnership.chair.name}." in said


@pytest.mark.tor("9.5", "9.6")
@on_one_database
def test_only_the_chair_gives_leave_with_a_reason_and_a_rapid_review_needs_none(
    session: Session, meeting: Meeting, partnership: Any, NOW: datetime
) -> None:
    here = session.merge(meeting)
    paper = submitted.take(session, here, None, b"%PDF-1", b"%PDF-1", england(), NOW)
    with pytest.raises(NotAllowed):
        submitted.give_leave(session, paper, "I say so", partnership.officer.as_actor(), NOW)
    with pytest.raises(Incomplete):
        submitted.give_leave(session, paper, " ", partnership.chair.as_actor(), NOW)
    assert paper.needs_leave
    with session.no_autoflush:
        here.kind = MeetingKind.RAPID_REVIEW
        assert paper.late
        assert not paper.needs_leave
        session.expire(here)
    assert not submitted.is_late(here, england(), here.starts_at - timedelta(days=15))
    assert list(submitted.of_meeting(session, here, Sight())) == []


@on_one_database
def test_a_paper_only_for_those_named_goes_to_nobody_else(
    client: FlaskClient, sign_in: Callable[..., None], sessions: Sessions, meeting: Meeting, partnership: Any
) -> None:
    answers = {
        "paper_title": "The dashboard", "paper_purpose": "information", "paper_summary": "Names of two staff",
        "paper_circulation": "restricted", "circulation_named": "Somebody else",
    }  # fmt: skip
    with sessions.transaction() as session:
        here = session.get_one(Meeting, meeting.id)
        taken = submitted.take(
            session, here, None, letters.plain(), letters.plain(), england(), here.called_at
        )
        taken.late = False
        read = Reading("paper", "A paper", 1, fields=answers).as_json()
        session.add(
            Submission(
                kind="paper",
                meeting=here,
                paper=taken,
                answers=answers,
                reading=read,
                received_at=here.called_at,
            )
        )
    sign_in(client, partnership.officer)
    refused = client.post("/submissions/1", data=answers | {"confirm": "yes"})
    assert "nobody of that name, post or agency is invited" in refused.text
    named = answers | {"circulation_named": f"{partnership.vice_chair.name}, Health", "confirm": "yes"}
    assert client.post("/submissions/1", data=named).status_code == 302
    page = f"/meetings/{meeting.id}"
    for reader, gets in (
        (partnership.vice_chair, True),
        (partnership.member, False),
        (partnership.officer, True),
    ):
        sign_in(client, reader)
        assert (client.get(f"{page}/papers/1").status_code == 200) is gets
        assert ("Paper 15 (PDF)" in client.get(page).text) is gets
        pack = PdfReader(io.BytesIO(client.post(f"{page}/pack", data={}).data))
        assert ("Paper 15: The dashboard" in str(pack.outline)) is gets
    assert "Names of two staff" not in client.get(page).text  # the agenda goes to everybody


@pytest.mark.tor("9.2")
def test_a_paper_that_does_not_pass_goes_back_by_letter_with_what_is_to_be_put_right(
    client: FlaskClient, sign_in: Callable[..., None], sessions: Sessions, meeting: Meeting, partnership: Any
) -> None:
    with sessions.transaction() as session:
        answers = {
            "paper_title": "The dashboard",
            "author_name": "Ian Marsh",
            "agency_name": "West Mercia Police",
        }
        session.add(
            Submission(
                kind="paper", meeting_id=meeting.id, sender="i.marsh@westmercia.example", answers=answers,
                reading=Reading("paper", "A paper", 1, fields=answers).as_json(), received_at=meeting.called_at,
            )
        )  # fmt: skip
    sign_in(client, partnership.officer)
    refused = client.post("/submissions/1", data={"back": "yes", "back_why": " "})
    assert refused.status_code == 422
    assert "Say what is to be put right" in refused.text
    assert "Send it back by letter" in client.get("/submissions/1").text
    posted = {"back": "yes", "back_why": "The figures of two quarters are missing."}
    assert client.post("/submissions/1", data=posted).status_code == 302
    shown = client.get("/submissions/1").text
    assert "Sent back by Rhiannon Maddox. The figures of two quarters" in shown
    assert "Send it back by letter" not in shown
    with sessions.reading() as session:
        letter = session.scalars(select(Letter).where(Letter.kind == Kind.PAPER_SENT_BACK)).one()
        assert letter.recipient == "i.marsh@westmercia.example"
        assert "The figures of two quarters are missing." in letter.text
        assert "The dashboard" not in letter.text + letter.body  # a title may name somebody
        assert letter.enclosures[0].name == "JCR-paper-sent-back.pdf"
    assert "/forms/paper" in letter.text


@on_one_database
@pytest.mark.tor("9.2", "9.6")
def test_a_member_without_an_account_sends_a_paper_by_the_link_in_the_invitation(
    app: Flask, client: FlaskClient, head: Letterhead, sessions: Sessions, meeting: Meeting, partnership: Any,
    sign_in: Callable[..., None], words: Callable[[str], str], NOW: datetime,
) -> None:  # fmt: skip
    officer = partnership.officer.as_actor()
    with sessions.transaction() as session:
        here = session.get_one(Meeting, meeting.id)
        letters_of = {one.recipient: one.body for one in send_invitations(session, head, here, officer, NOW)}
    link = re.findall(r"/meeting/[0-9a-f]{48}/paper", letters_of[partnership.weatherby.email])[0]
    assert "/forms/paper" in letters_of[partnership.member.email]  # who signs in needs no link of their own
    page = client.get(link).text
    assert "Send a paper" in page
    assert f'value="{partnership.weatherby.name}"' in page
    typed = {
        "late_paper": "yes", "late_reasons": "The figures came today", "agency_name": "Fire", "author_name": "C. W.",
        "author_role": "Group Manager", "author_email": partnership.weatherby.email, "paper_title": "Winter fires",
        "paper_purpose": "information", "paper_summary": "Three fires", "documents_sent": "One",
        "paper_circulation": "members", "checked_by": "The chief", "meeting_date": ["1", "2", "2027"],
    }  # fmt: skip

    def post(content: bytes, **more: str) -> Any:
        return client.post(link, data=typed | more | {"file": (io.BytesIO(content), "paper.pdf")})

    assert "There is no such case" in post(letters.plain(), case_reference="JCR-2026-0099").text
    refused = post(odd.locked())
    assert (refused.status_code, "protected with a password" in refused.text) == (422, True)
    assert "Three fires" in refused.text
    assert "Paper received" in post(letters.plain()).text
    with sessions.transaction() as session:
        [sent] = session.scalars(select(Submission)).all()
        assert (sent.sender, sent.meeting_id) == (partnership.weatherby.email, meeting.id)
        assert sent.answers["meeting_date"] == str(meeting.starts_at.date())  # whatever day was typed
        assert sent.paper
        assert sent.paper.late
        here = session.get_one(Meeting, meeting.id)
        tell_of_change(session, head, here, {"was_at": NOW, "decided_by": "The chair"}, officer, NOW)
    assert client.get(link).status_code == 410  # a newer link took its place
    sign_in(client, partnership.officer)
    assert "Winter fires" in client.get("/submissions/1").text
    app.config["CLOCK"] = lambda: meeting.starts_at
    with sessions.transaction() as session:
        place = session.scalars(select(Attendance).where(Attendance.person_id == partnership.quill.id)).one()
        late = paper_link(session, head, place, NOW + timedelta(days=1))
    assert "This meeting has begun" in words(client.get(re.findall(r"/meeting/\w+/paper", late)[0]).text)
