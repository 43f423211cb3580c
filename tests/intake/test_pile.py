"""The pile as the Partnership Team works through it; every decision is recorded and none is taken twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import select

from forms.reading import read
from jcr.cases.model import Case, CaseFile, Status
from jcr.db import Sessions
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.model import Entry
from jcr.intake import service
from jcr.intake.filing import Office
from jcr.intake.model import Message, Outcome, Resolution
from jcr.people.model import Agency
from jcr.referrals.model import Referral

Write = Callable[..., EmailMessage]


@pytest.fixture
def waiting(mailroom: Any, write: Write, form: bytes) -> Message:
    """A referral from somebody nobody listed."""
    stranger = write("Please see attached.", ("referral.docx", form), From="outreach@shelter.example")
    row: Message = mailroom.take_in(stranger)
    return row


def test_the_team_sees_the_pile_and_nobody_else_does(
    sessions: Sessions, waiting: Message, partnership: Any
) -> None:
    with sessions.reading() as session:
        assert [row.id for row in service.to_sort(session, partnership.officer)] == [waiting.id]
        assert [row.id for row in service.to_sort(session, partnership.manager)] == [waiting.id]
        for other in (partnership.chair, partnership.member, partnership.hsab_chair):
            assert service.to_sort(session, other) == []
            assert service.by_id(session, other, waiting.id) is None


def test_the_officer_decides_that_a_strangers_form_is_a_referral(
    sessions: Sessions, office: Office, waiting: Message, partnership: Any, NOW: datetime
) -> None:
    actor = partnership.officer.as_actor()
    with sessions.transaction() as session:
        row = session.get_one(Message, waiting.id)
        case = service.open_as_referral(session, office, row, "referral.docx", "A known charity.", actor, NOW)
        assert case.status is Status.REFERRED
    with sessions.reading() as session:
        row = session.get_one(Message, waiting.id)
        assert (row.waiting, row.resolved_how, row.case_id) == (False, Resolution.REFERRAL, case.id)
        entry = session.scalars(select(Entry).where(Entry.act.contains("on the pile"))).one()
        assert (entry.actor_name, entry.why) == (partnership.officer.name, "A known charity.")
        referral = session.scalars(select(Referral)).one()
        assert referral.sent_answers["subjects"][0]["subject_name"] == "Corwin Marlowe"


def test_a_message_is_settled_once(
    sessions: Sessions, office: Office, waiting: Message, partnership: Any, NOW: datetime
) -> None:
    actor = partnership.officer.as_actor()
    with sessions.transaction() as session:
        row = session.get_one(Message, waiting.id)
        service.not_ours(session, row, "An advertisement.", actor, NOW)
        with pytest.raises(NotNow, match="settled this message already"):
            service.open_as_referral(session, office, row, "", "Changed my mind.", actor, NOW)


def test_taking_a_message_off_the_pile_needs_a_reason_and_the_team(
    sessions: Sessions, waiting: Message, partnership: Any, NOW: datetime
) -> None:
    with sessions.transaction() as session:
        row = session.get_one(Message, waiting.id)
        with pytest.raises(Incomplete, match="Say why"):
            service.not_ours(session, row, " ", partnership.officer.as_actor(), NOW)
        with pytest.raises(NotAllowed, match="Only the Partnership Team"):
            service.not_ours(session, row, "Spam.", partnership.member.as_actor(), NOW)


def test_a_letter_without_any_form_can_become_a_referral_all_the_same(
    mailroom: Any, sessions: Sessions, office: Office, write: Write, partnership: Any, NOW: datetime
) -> None:
    row = mailroom.take_in(write("I want to refer a man.\nHe lives in Ledbury.", From="a@shelter.example"))
    with sessions.transaction() as session:
        message = session.get_one(Message, row.id)
        service.open_as_referral(
            session, office, message, "", "By letter.", partnership.officer.as_actor(), NOW
        )
    with sessions.reading() as session:
        referral = session.scalars(select(Referral)).one()
        assert referral.reading is not None
        assert referral.reading["unplaced"] == ["I want to refer a man.", "He lives in Ledbury."]


def test_a_message_is_put_with_a_case(
    mailroom: Any,
    sessions: Sessions,
    write: Write,
    form: bytes,
    waiting: Message,
    partnership: Any,
    NOW: datetime,
) -> None:
    mailroom.take_in(write("Please see attached.", ("another.docx", form)))
    with sessions.transaction() as session:
        case = session.scalars(select(Case)).one()
        row = session.get_one(Message, waiting.id)
        service.file_to_case(session, row, case, "More about the same.", partnership.officer.as_actor(), NOW)
    with sessions.reading() as session:
        names = [one.name for one in session.scalars(select(CaseFile).order_by(CaseFile.id))]
        assert names == ["message.eml", "another.docx", "message.eml", "referral.docx"]
        assert session.get_one(Message, waiting.id).resolved_how is Resolution.CASE


def test_once_the_sender_is_listed_reading_again_opens_the_case(
    sessions: Sessions, office: Office, waiting: Message, partnership: Any, NOW: datetime
) -> None:
    with sessions.transaction() as session:
        session.get_one(Agency, partnership.housing.id).domains = ["shelter.example"]
    with sessions.transaction() as session:
        row = session.get_one(Message, waiting.id)
        outcome = service.read_again(session, office, row, read, partnership.officer.as_actor(), NOW)
    assert outcome is Outcome.REFERRAL
    with sessions.reading() as session:
        row = session.get_one(Message, waiting.id)
        assert (row.waiting, row.resolved_how) == (False, Resolution.READ_AGAIN)
        assert session.scalars(select(Case)).one().reference == "JCR-2026-0001"


def test_the_ledger_accounts_for_every_message(
    mailroom: Any, sessions: Sessions, write: Write, form: bytes, waiting: Message, partnership: Any
) -> None:
    mailroom.take_in(write("Please see attached.", ("another.docx", form)))
    mailroom.take_in(write("I am away.", Auto_Submitted="auto-replied", Message_ID="<3@health.example>"))
    with sessions.reading() as session:
        rows = service.ledger(session)
        counts = service.counts(session, partnership.officer)
    assert [(row["outcome"], row["case"]) for row in rows] == [
        ("to_sort", ""),
        ("referral", "JCR-2026-0001"),
        ("auto_reply", ""),
    ]
    assert all(row["because"] for row in rows)
    assert counts == {"to_sort": 1, "referral": 1, "auto_reply": 1}
