"""Messages of the pile agreed to at a press, parted, put together, opened and read again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from forms import ReferralForm, Stamp, pdf, word
from jcr.cases.model import Case, CaseFile
from jcr.db import Sessions
from jcr.intake import parting, service
from jcr.intake.model import Message, Outcome, Resolution
from jcr.people.model import Agency
from tests.intake.conftest import REFERRAL

Write = Callable[..., EmailMessage]
STRANGER = "outreach@shelter.example"


def about(name: str) -> bytes:
    """A referral form about somebody."""
    subject = REFERRAL["subjects"][0] | {"subject_name": name}
    return word.blank(ReferralForm, REFERRAL | {"subjects": [subject]}, Stamp("referral", 1))


def locked(content: bytes) -> bytes:
    """The same PDF under a password."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="o", user="a password"))
    return out.getvalue()


@pytest.fixture
def officer(client: FlaskClient, partnership: Any, sign_in: Any) -> FlaskClient:
    sign_in(client, partnership.officer)
    return client


@pytest.fixture
def row(sessions: Sessions) -> Callable[[int], Message]:
    def look(id: int) -> Message:
        with sessions.reading() as session:
            return session.get_one(Message, id)

    return look


@pytest.fixture
def two_forms(mailroom: Any, write: Write) -> Message:
    found: Message = mailroom.take_in(
        write(
            "Two of them.",
            ("one.docx", about("Ann Alder")),
            ("two.docx", about("Ben Beech")),
            ("plan.bin", b"x"),
        )
    )
    return found


def files_of_cases(sessions: Sessions) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    with sessions.reading() as session:
        for file in session.scalars(select(CaseFile).order_by(CaseFile.id)):
            found.setdefault(file.case_id, []).append(file.name)
    return found


def test_what_is_proposed_is_done_at_a_press_and_the_next_message_comes_up(
    officer: FlaskClient, mailroom: Any, write: Write, form: bytes, sessions: Sessions, row: Any, words: Any
) -> None:
    first = mailroom.take_in(write("Attached.", ("referral.docx", form), From=STRANGER))
    second = mailroom.take_in(write("When do you meet?", From=STRANGER, Message_ID="<2@shelter.example>"))
    page = officer.get(f"/pile/{first.id}").text
    assert "1. Open a new case from referral.docx" in words(page)
    assert 'accesskey="1"' in page
    answer = officer.post(
        f"/pile/{first.id}/agree", data={"proposal": page.split('name="proposal" value="')[1][:16]}
    )
    assert answer.location == f"/pile/{second.id}"
    settled = row(first.id)
    assert (settled.resolved_how, settled.resolved_why) == (
        Resolution.REFERRAL,
        "Referral.docx is a referral.",
    )
    assert settled.case.reference == "JCR-2026-0001"


def test_what_the_sender_of_a_locked_form_wrote_next_is_shown_with_it(
    officer: FlaskClient, mailroom: Any, write: Write, words: Any
) -> None:
    form = mailroom.take_in(write("Locked.", ("form.pdf", locked(pdf.blank(ReferralForm))), From=STRANGER))
    headers = {"Subject": "The password", "Message_ID": "<2@shelter.example>"}
    password = mailroom.take_in(write("It is spring.", From=STRANGER.title(), **headers))
    mailroom.take_in(
        write("Hello.", From="somebody@else.example", Subject="Other", Message_ID="<3@else.example>")
    )
    page = words(officer.get(f"/pile/{form.id}").text)
    assert f"From this sender within a day Message {password.id} : The password" in page
    assert "Other" not in page


def test_what_is_proposed_no_longer_is_refused(
    officer: FlaskClient, mailroom: Any, write: Write, row: Any
) -> None:
    waiting = mailroom.take_in(write("When do you meet?", From=STRANGER))
    answer = officer.post(f"/pile/{waiting.id}/agree", data={"proposal": "made up"})
    assert answer.status_code == 409
    assert row(waiting.id).waiting


def test_a_message_with_two_forms_is_split_and_each_case_gets_its_own_files_only(
    officer: FlaskClient, two_forms: Message, sessions: Sessions, row: Any, words: Any
) -> None:
    assert two_forms.outcome is Outcome.TO_SORT
    page = officer.get(f"/pile/{two_forms.id}/split")
    assert page.status_code == 200
    data = {"file0": "1", "file1": "2", "file2": "every", "why": "Two people."}
    first = officer.post(f"/pile/{two_forms.id}/split", data=data).location
    parts = [int(first.rpartition("/")[2]), int(first.rpartition("/")[2]) + 1]
    for id, path in zip(parts, ("one.docx", "two.docx"), strict=True):
        said = {"act": "referral", "path": path, "why": "It is a referral."}
        assert officer.post(f"/pile/{id}", data=said).status_code == 302
    assert files_of_cases(sessions) == {1: ["one.docx", "plan.bin"], 2: ["two.docx", "plan.bin"]}
    whole = row(two_forms.id)
    assert (whole.waiting, whole.resolved_how) == (False, Resolution.SPLIT)
    assert "Split into" in words(officer.get(f"/pile/{two_forms.id}").text)


def test_two_forms_are_split_at_a_press_and_neither_is_filed_over_the_other(
    officer: FlaskClient, two_forms: Message, sessions: Sessions, partnership: Any, words: Any
) -> None:
    page = officer.get(f"/pile/{two_forms.id}").text
    assert "1. Split it into 2 parts, one form each" in words(page)
    assert "Open a new case from" not in page
    officer.post(
        f"/pile/{two_forms.id}/agree", data={"proposal": page.split('name="proposal" value="')[1][:16]}
    )
    with sessions.reading() as session:
        parts = service.to_sort(session, partnership.officer)
        assert [part.part_files for part in parts] == [["one.docx", "plan.bin"], ["two.docx", "plan.bin"]]


def test_a_split_message_counts_once_in_the_ledger(
    two_forms: Message, sessions: Sessions, partnership: Any, NOW: datetime
) -> None:
    with sessions.transaction() as session:
        whole, actor = session.get_one(Message, two_forms.id), partnership.officer.as_actor()
        parting.split(session, whole, [["one.docx"], ["two.docx", "plan.bin"]], "Two people.", actor, NOW)
    with sessions.reading() as session:
        assert service.counts(session, partnership.officer) == {"to_sort": 1}
        assert len(service.ledger(session)) == 1
        assert len(service.to_sort(session, partnership.officer)) == 2


def test_a_split_that_forgets_a_file_comes_back_with_a_sentence(
    officer: FlaskClient, two_forms: Message, row: Any, words: Any
) -> None:
    data = {"file0": "1", "file1": "1", "file2": "1", "why": "Two people."}
    answer = officer.post(f"/pile/{two_forms.id}/split", data=data)
    assert answer.status_code == 422
    assert "Give each part at least one file." in words(answer.text)
    assert row(two_forms.id).waiting


def test_two_messages_go_on_together_and_the_clock_starts_with_the_first(
    officer: FlaskClient,
    mailroom: Any,
    write: Write,
    form: bytes,
    sessions: Sessions,
    NOW: datetime,
    row: Any,
) -> None:
    mailroom.ledger.clock = lambda: NOW - timedelta(days=3)
    first = mailroom.take_in(write("The form follows.", ("plan.bin", b"x"), From=STRANGER))
    mailroom.ledger.clock = lambda: NOW
    second = mailroom.take_in(
        write("Here.", ("f.docx", form), From=STRANGER, Message_ID="<2@shelter.example>")
    )
    answer = officer.post(f"/pile/{first.id}/merge", data={"into": str(second.id), "why": "One matter."})
    assert answer.location == f"/pile/{second.id}"
    officer.post(f"/pile/{second.id}", data={"act": "referral", "path": "f.docx", "why": "A referral."})
    with sessions.reading() as session:
        case = session.scalars(select(Case)).one()
    assert case.received_on == (NOW - timedelta(days=3)).date()
    assert files_of_cases(sessions) == {case.id: ["message.eml", "f.docx", "message.eml", "plan.bin"]}
    assert row(first.id).case_id == case.id


def test_the_opened_copy_of_an_encrypted_form_is_read_and_the_first_arrival_counts(
    officer: FlaskClient, mailroom: Any, write: Write, sessions: Sessions, NOW: datetime, row: Any, words: Any
) -> None:
    opened = pdf.blank(ReferralForm, REFERRAL, Stamp("referral", 1))
    mailroom.ledger.clock = lambda: NOW - timedelta(days=3)
    shell = mailroom.take_in(write("Password follows.", ("referral.pdf", locked(opened)), From=STRANGER))
    assert shell.outcome is Outcome.ENCRYPTED
    still = {"opened": (BytesIO(locked(opened)), "referral.pdf")}
    answer = officer.post(f"/pile/{shell.id}/opened", data=still, follow_redirects=True)
    assert "still protected by a password" in words(answer.text)
    assert row(shell.id).readings == []
    officer.post(f"/pile/{shell.id}/opened", data={"opened": (BytesIO(opened), "referral.pdf")})
    page = words(officer.get(f"/pile/{shell.id}").text)
    assert "1. Open a new case from opened/referral.pdf" in page
    assert row(shell.id).because == [
        "Rhiannon Maddox opened it and added referral.pdf",
        "referral.pdf is protected by a password",
    ]
    officer.post(
        f"/pile/{shell.id}", data={"act": "referral", "path": "opened/referral.pdf", "why": "Opened."}
    )
    with sessions.reading() as session:
        case = session.scalars(select(Case)).one()
        assert case.received_on == (NOW - timedelta(days=3)).date()
        assert case.initials == "CM"


def test_the_opened_copy_of_a_locked_part_goes_with_that_part_alone(
    officer: FlaskClient,
    mailroom: Any,
    write: Write,
    row: Any,
    sessions: Sessions,
    partnership: Any,
    NOW: datetime,
) -> None:
    opened = pdf.blank(ReferralForm, REFERRAL, Stamp("referral", 1))
    both = mailroom.take_in(
        write("Two.", ("locked.pdf", locked(opened)), ("two.docx", about("Ben Beech")), From=STRANGER)
    )
    with sessions.transaction() as session:
        whole, actor = session.get_one(Message, both.id), partnership.officer.as_actor()
        part = parting.split(session, whole, [["locked.pdf"], ["two.docx"]], "Two people.", actor, NOW)[0]
    officer.post(f"/pile/{part.id}/opened", data={"opened": (BytesIO(opened), "locked.pdf")})
    assert [one["path"] for one in row(part.id).readings] == ["opened/locked.pdf"]


def test_reading_again_shows_what_reads_differently(
    officer: FlaskClient, mailroom: Any, write: Write, form: bytes, sessions: Sessions, words: Any
) -> None:
    waiting = mailroom.take_in(write("Attached.", ("referral.docx", form), From=STRANGER))
    with sessions.transaction() as session:  # as a poorer reader would have left it
        row = session.get_one(Message, waiting.id)
        poor = dict(row.readings[0]["answers"], incident_summary="He was found", referrer_role="")
        row.readings = [row.readings[0] | {"answers": poor}]
    answer = officer.post("/pile/again", follow_redirects=True)
    assert f"1 gave something else than before: message {waiting.id}." in words(answer.text)
    page = words(officer.get(f"/pile/{waiting.id}").text)
    assert "What reads differently now" in page
    assert "He was found at home with injuries" in page
    assert "nothing Named nurse" in page


def test_reading_again_files_what_is_clear_now_and_nothing_else(
    officer: FlaskClient,
    mailroom: Any,
    write: Write,
    form: bytes,
    sessions: Sessions,
    partnership: Any,
    row: Any,
) -> None:
    listed_now = mailroom.take_in(write("Attached.", ("referral.docx", form), From=STRANGER))
    question = mailroom.take_in(write("When?", From="a@nowhere.example", Message_ID="<2@nowhere.example>"))
    with sessions.transaction() as session:
        session.get_one(Agency, partnership.housing.id).domains = ["shelter.example"]
    officer.post("/pile/again")
    assert row(listed_now.id).resolved_how is Resolution.READ_AGAIN
    assert row(question.id).waiting


def test_the_pile_says_which_messages_have_waited_too_long(
    officer: FlaskClient, mailroom: Any, write: Write, NOW: datetime, words: Any
) -> None:
    mailroom.ledger.clock = lambda: NOW - timedelta(days=6)
    mailroom.take_in(write("When do you meet?", From=STRANGER))
    page = words(officer.get("/pile").text)
    assert "1 has waited for more than 1 working day." in page
    assert "4 working days" in page
