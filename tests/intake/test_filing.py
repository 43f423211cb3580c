"""What becomes of a message in the mailbox: a case, a return, a bounce, an entry of the ledger, or the pile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import select, text

from forms import ReferralForm, ScopingForm, Stamp, word
from forms import text as text_form
from forms.reading.sandbox import Reader
from jcr.cases.model import Case, CaseFile, Source, Status
from jcr.correspondence.model import Delivery, Kind, Letter
from jcr.db import Sessions
from jcr.files.model import File
from jcr.history.model import Entry
from jcr.intake import filing as filing_of_messages
from jcr.intake import keeping, service
from jcr.intake.filing import Office
from jcr.intake.model import Message, Outcome
from jcr.intake.poll import poll_once
from jcr.intake.registry import Ledger
from jcr.people.model import Agency
from jcr.referrals.model import Referral
from jcr.scoping.asking import Asked, open_round
from jcr.scoping.model import Request, State
from jcr.scoping.rules import Dates
from jcr.settings import Settings
from jcr.worker import opened
from mail_intake.registry import Arrived
from mail_intake.source import Waiting
from tests.conftest import on_one_database
from tests.intake.conftest import REFERRAL
from tests.services.dovecot import PASSWORD, Dovecot

Write = Callable[..., EmailMessage]


def one(sessions: Sessions, table: type[Any]) -> Any:
    with sessions.reading() as session:
        return session.scalars(select(table)).one()


def count(sessions: Sessions, table: type[Any]) -> int:
    with sessions.reading() as session:
        return len(session.scalars(select(table)).all())


@pytest.mark.tor("B.3")
@pytest.mark.parametrize("stray", [b"", b"\r\n"])
def test_a_referral_from_a_listed_sender_opens_its_case_at_once(
    mailroom: Any, sessions: Sessions, write: Write, form: bytes, stray: bytes
) -> None:
    row = mailroom.take_in(write("Please see attached.", ("referral.docx", stray + form)))
    case = one(sessions, Case)
    assert (row.outcome, row.waiting, row.case_id) == (Outcome.REFERRAL, False, case.id)
    assert (case.status, case.source, case.initials) == (Status.REFERRED, Source.EMAIL, "CM")
    assert "the sender is on the list of agency addresses" in row.because
    assert mailroom.resting_in("Filed") == 1


@pytest.mark.parametrize(("vouched", "outcome"), [(True, Outcome.REFERRAL), (False, Outcome.TO_SORT)])
def test_a_listed_sender_for_whom_our_server_does_not_vouch_waits(
    mailroom: Any, office: Office, write: Write, form: bytes, vouched: bool, outcome: Outcome
) -> None:
    mailroom.ledger.office = replace(office, receiving_servers=frozenset({"mx.partnership.example"}))
    said = "Authentication-Results: mx.partnership.example; dmarc=pass\r\n" if vouched else ""
    row = mailroom.take_in(said.encode() + write("Please see attached.", ("referral.docx", form)).as_bytes())
    assert (row.outcome, row.waiting) == (outcome, not vouched)


@pytest.mark.tor("B.3")
def test_the_message_its_files_and_the_reading_are_kept_with_the_case(
    mailroom: Any, sessions: Sessions, write: Write, form: bytes
) -> None:
    message = write("Please see attached.", ("referral.docx", form), ("photo.bin", b"\x00\x01"))
    mailroom.take_in(message)
    with sessions.reading() as session:
        kept = {one.name: one.file.content for one in session.scalars(select(CaseFile))}
    assert kept == {"message.eml": message.as_bytes(), "referral.docx": form, "photo.bin": b"\x00\x01"}
    referral = one(sessions, Referral)
    assert referral.sent_answers["subjects"][0]["subject_name"] == "Corwin Marlowe"
    assert referral.answers == {}
    assert referral.reading["kind"] == "referral"


def test_the_sender_is_sent_an_acknowledgement_without_names(
    mailroom: Any, sessions: Sessions, write: Write, form: bytes
) -> None:
    mailroom.take_in(write("Please see attached.", ("referral.docx", form)))
    letter = one(sessions, Letter)
    assert (letter.kind, letter.recipient) == (Kind.ACKNOWLEDGEMENT, "rowan.ashdown@health.example")
    assert letter.in_reply_to == "<first@health.example>"
    assert "JCR-2026-0001" in letter.body
    for name in ("Corwin", "Marlowe", "Ashdown", "Fairlie", "1951"):
        assert name not in letter.body + letter.subject


@pytest.mark.tor("B.3")
def test_a_sender_is_acknowledged_once_a_day_and_every_referral_becomes_a_case(
    mailroom: Any, write: Write, form: bytes, sessions: Sessions, NOW: datetime
) -> None:
    for number in range(3):
        words = text_form.blank(
            ReferralForm, REFERRAL | {"case_summary": f"Matter {number}"}, Stamp("referral", 1)
        )
        mailroom.take_in(write(words, Message_ID=f"<{number}@health.example>"))
    mailroom.ledger.clock = lambda: NOW + timedelta(days=1, minutes=1)
    mailroom.take_in(write("Please see attached.", ("referral.docx", form), Message_ID="<4@health.example>"))
    with sessions.reading() as session:
        letters = session.scalars(select(Letter).order_by(Letter.id)).all()
        told = session.scalars(
            select(Entry).where(Entry.act.startswith("did not acknowledge")).order_by(Entry.id)
        ).all()
        assert [letter.case_id for letter in letters] == [1, 4]
        assert [entry.case_id for entry in told] == [2, 3]


def test_the_same_message_twice_makes_one_case(
    mailroom: Any, sessions: Sessions, write: Write, form: bytes
) -> None:
    message = write("Please see attached.", ("referral.docx", form))
    mailroom.take_in(message)
    again = mailroom.take_in(message)
    assert count(sessions, Case) == 1
    assert (again.outcome, again.same_as_id) == (Outcome.REPEATED, 1)
    assert count(sessions, Letter) == 1


@pytest.mark.tor("B.3")
def test_the_same_message_by_another_way_makes_one_case(
    mailroom: Any, sessions: Sessions, write: Write, form: bytes
) -> None:
    raw = write("Please see attached.", ("referral.docx", form)).as_bytes()
    mailroom.take_in(raw)
    again = mailroom.take_in(b"Received: from elsewhere.example\r\n" + raw)
    assert count(sessions, Case) == 1
    assert again.outcome is Outcome.REPEATED


def test_the_same_form_in_another_message_is_a_persons_to_judge(
    mailroom: Any, sessions: Sessions, write: Write, form: bytes
) -> None:
    mailroom.take_in(write("Please see attached.", ("referral.docx", form)))
    again = mailroom.take_in(
        write("Did you get it?", ("referral.docx", form), Message_ID="<2@health.example>")
    )
    assert count(sessions, Case) == 1
    assert again.waiting
    assert again.because[0] == "the same form came before (number 1) and opened JCR-2026-0001"


def test_a_form_from_a_sender_nobody_listed_waits_on_the_pile(
    mailroom: Any, sessions: Sessions, write: Write, form: bytes
) -> None:
    stranger = write("Please see attached.", ("referral.docx", form), From="someone@elsewhere.example")
    row = mailroom.take_in(stranger)
    assert count(sessions, Case) == 0
    assert (row.outcome, row.waiting) == (Outcome.TO_SORT, True)
    assert "the sender is not on the list of agency addresses" in row.because
    assert mailroom.resting_in("To sort") == 1


def test_an_automatic_reply_is_in_the_ledger_and_not_on_the_pile(mailroom: Any, write: Write) -> None:
    row = mailroom.take_in(write("I am away.", Auto_Submitted="auto-replied", Subject="Out of office"))
    assert (row.outcome, row.waiting) == (Outcome.AUTO_REPLY, False)


@pytest.mark.tor("B.3")
@pytest.mark.parametrize(
    "raw", [b"", b"\x00\xff\xfe nonsense", b"Subject: \x00 a null\n\n\x00text\x00", b"\n" * 50]
)
def test_whatever_arrives_is_kept_and_waits_with_a_reason(
    mailroom: Any, sessions: Sessions, raw: bytes
) -> None:
    row = mailroom.take_in(raw)
    assert row.waiting
    assert row.because
    with sessions.reading() as session:
        assert session.get_one(Message, row.id).file.content == raw


def test_a_message_that_could_not_be_filed_stays_on_the_pile_with_the_reason(
    mailroom: Any, write: Write, form: bytes
) -> None:
    def breaks(name: str, content: bytes) -> Any:
        raise RuntimeError("the reader has a fault")

    mailroom.drop(write("Please see attached.", ("referral.docx", form)))
    tally = mailroom.empty(breaks)
    (row,) = mailroom.rows()
    assert (tally.failed, row.outcome, row.waiting) == (1, Outcome.FAILED, True)
    assert "could not be filed" in row.because[0]
    assert mailroom.resting_in("Failed") == 1


def test_what_a_crash_left_unfiled_is_filed_at_the_next_look(
    mailroom: Any, sessions: Sessions, write: Write, form: bytes, NOW: datetime
) -> None:
    raw = write("Please see attached.", ("referral.docx", form)).as_bytes()
    mailroom.ledger.keep([Arrived(Waiting("maildir:x", "one", lambda: raw, arrived_at=NOW), raw)])
    assert count(sessions, Case) == 0
    mailroom.empty()
    assert count(sessions, Case) == 1
    mailroom.empty()
    assert count(sessions, Case) == 1


@pytest.mark.tor("B.3")
def test_a_death_counts_and_neither_a_look_nor_what_another_mailbox_has_in_hand(
    mailroom: Any, sessions: Sessions, NOW: datetime
) -> None:
    ledger, others = mailroom.ledger, "maildir:others"
    waiting = (Arrived(Waiting(box, "one", lambda: b""), box.encode()) for box in ("maildir:ours", others))
    ledger.keep(list(waiting))
    ledger.mailboxes = frozenset({"maildir:ours", others})
    (kept,) = ledger.unfiled("maildir:ours")
    assert [ledger.started(kept) for _ in range(3)] == [0, 0, 0]
    next_worker = Ledger(Sessions(sessions.engine), ledger.office, ledger.clock, ["maildir:ours"])
    assert [next_worker.started(kept) for _ in range(3)] == [1, 1, 1]
    assert len(list(next_worker.unfiled("maildir:ours"))) == 2  # nobody reads the other mailbox any more


@pytest.mark.tor("B.3")
@pytest.mark.parametrize("sessions", ["postgresql"], indirect=True)
def test_who_keeps_a_copy_and_who_files_the_first_do_not_wait_for_each_other(
    mailroom: Any, sessions: Sessions, NOW: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = b"From: rowan.ashdown@health.example\r\n\r\nCould somebody ring me?"
    first, copy = (Arrived(Waiting("imap://x", handle, lambda: raw), raw) for handle in ("1.1", "1.2"))
    kept = mailroom.ledger.keep([first])["1.1"]
    impatient = text("SET LOCAL lock_timeout = '2s'")

    def meanwhile_a_copy_comes(*_: object) -> None:
        with sessions.transaction() as session, sessions.transaction() as filing:
            session.execute(impatient)
            assert keeping.keep(session, [copy], NOW)["1.2"].repeated
            filing.execute(impatient)
            filing.execute(
                select(File.id).with_for_update(read=True, key_share=True)
            )  # as a foreign key does

    monkeypatch.setattr(filing_of_messages, "act_on", meanwhile_a_copy_comes)
    mailroom.ledger.file([(kept, None)])
    assert [row.same_as_id for row in mailroom.rows()] == [None, kept.id]


def test_the_day_it_arrived_counts_and_not_the_day_it_was_read(
    mailroom: Any, sessions: Sessions, write: Write, form: bytes, NOW: datetime
) -> None:
    raw = write("Please see attached.", ("referral.docx", form)).as_bytes()
    friday = NOW - timedelta(days=3)
    mailroom.ledger.keep([Arrived(Waiting("maildir:x", "one", lambda: raw, arrived_at=friday), raw)])
    mailroom.empty()
    assert one(sessions, Case).received_on == date(2026, 11, 20)


def test_a_bounce_of_our_letter_is_noted_on_the_letter_and_in_the_history(
    mailroom: Any, sessions: Sessions, write: Write, form: bytes
) -> None:
    mailroom.take_in(write("Please see attached.", ("referral.docx", form)))
    letter = one(sessions, Letter)
    row = mailroom.take_in(bounce_of(letter.message_id))
    assert (row.outcome, row.waiting, row.case_id) == (Outcome.BOUNCE, False, letter.case_id)
    returned = one(sessions, Letter)
    assert returned.delivery is Delivery.BOUNCED
    assert "5.1.1" in returned.last_error
    with sessions.reading() as session:
        acts = session.scalars(select(Entry.act).where(Entry.case_id == letter.case_id)).all()
    assert "found that the acknowledgement came back undelivered" in acts


def test_a_bounce_of_somebody_elses_letter_waits_on_the_pile(mailroom: Any) -> None:
    row = mailroom.take_in(bounce_of("<not-ours@elsewhere.example>"))
    assert (row.outcome, row.waiting) == (Outcome.BOUNCE, True)
    assert "it reports on a letter, but on none of ours" in row.because


def bounce_of(message_id: str) -> bytes:
    return f"""From: MAILER-DAEMON@health.example
To: jcr@partnership.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce@health.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

The address is not known.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; health.example

Final-Recipient: rfc822; rowan.ashdown@health.example
Action: failed
Status: 5.1.1
--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: ours
--b--
""".encode()


@pytest.fixture
def request_of_police(
    mailroom: Any,
    sessions: Sessions,
    office: Office,
    write: Write,
    form: bytes,
    partnership: Any,
    NOW: datetime,
) -> Request:
    """A scoping request to the police about a referral that came by e-mail."""
    mailroom.take_in(write("Please see attached.", ("referral.docx", form)))
    dates = Dates(date(2026, 12, 3), NOW + timedelta(days=15), "Council offices")
    with sessions.transaction() as session:
        case = session.scalars(select(Case)).one()
        police = session.get_one(Agency, partnership.police.id)
        asked = [Asked(police, "Safeguarding lead", "scoping@police.example")]
        round = open_round(
            session, office.head, case, asked, dates, {}, partnership.officer.as_actor(), NOW, office.calendar
        )
        return round.requests[0]


def scoping_form(request: Request, stamp: str | None = None) -> bytes:
    told = {
        "agency_name": "West Mercia Police",
        "author_name": "Elin Caradoc",
        "author_role": "Inspector",
        "author_email": "elin.caradoc@police.example",
        "agency_involved": "no",
        "records_searched": "Crime and intelligence records",
    }
    token = request.stamp if stamp is None else stamp
    return word.blank(ScopingForm, told, Stamp("scoping", 1, "JCR-2026-0001", "police", token))


@pytest.mark.tor("B.3")
def test_a_returned_document_lands_on_the_request_it_was_sent_for(
    mailroom: Any, sessions: Sessions, write: Write, request_of_police: Request
) -> None:
    content = scoping_form(request_of_police)
    row = mailroom.take_in(
        write("Nil.", ("return.docx", content), From="elin@police.example", Message_ID="<r@police.example>")
    )
    assert (row.outcome, row.request_id) == (Outcome.SCOPING_RETURN, request_of_police.id)
    request = one(sessions, Request)
    assert request.state is State.RETURNED
    assert request.latest is not None
    assert request.latest.nil


@on_one_database
@pytest.mark.parametrize(
    ("said", "outcome", "waits"),
    [
        ("Thank you. Our scoping return will follow next week.", Outcome.REPLY, False),
        ("Re the scoping request: we hold records. The scoping form comes by Friday.", Outcome.REPLY, False),
        ("Scoping return\nAgency: West Mercia Police\nWas your agency involved? No", Outcome.TO_SORT, True),
    ],
)
def test_words_that_speak_of_a_return_are_none(
    mailroom: Any,
    sessions: Sessions,
    write: Write,
    request_of_police: Request,
    said: str,
    outcome: Outcome,
    waits: bool,
) -> None:
    with sessions.reading() as session:
        ours = session.scalars(select(Letter.message_id).where(Letter.kind == Kind.SCOPING_REQUEST)).one()
    row = mailroom.take_in(
        write(said, From="elin@police.example", In_Reply_To=ours, Message_ID="<r@police.example>")
    )
    assert (row.outcome, row.waiting) == (outcome, waits)
    assert one(sessions, Request).state is State.ASKED


def test_a_return_without_our_stamp_waits_and_is_put_on_its_request_by_a_person(
    mailroom: Any,
    sessions: Sessions,
    office: Office,
    write: Write,
    request_of_police: Request,
    partnership: Any,
    NOW: datetime,
) -> None:
    content = scoping_form(request_of_police, stamp="")
    row = mailroom.take_in(
        write("Nil.", ("return.docx", content), From="elin@police.example", Message_ID="<r@police.example>")
    )
    assert row.waiting
    assert row.details["suggestions"][0]["case"] == "JCR-2026-0001"
    actor = partnership.officer.as_actor()
    with sessions.transaction() as session:
        message, request = session.get_one(Message, row.id), session.scalars(select(Request)).one()
        service.land_on_request(session, office, message, request, "return.docx", "It is theirs.", actor, NOW)
    assert one(sessions, Request).state is State.RETURNED
    assert mailroom.rows()[-1].resolved_by == partnership.officer.name


def test_a_reply_to_our_letter_is_filed_to_its_case(
    mailroom: Any, sessions: Sessions, write: Write, form: bytes
) -> None:
    mailroom.take_in(write("Please see attached.", ("referral.docx", form)))
    ours = one(sessions, Letter).message_id
    row = mailroom.take_in(write("Thank you.", In_Reply_To=ours, Message_ID="<2@health.example>"))
    assert (row.outcome, row.waiting) == (Outcome.REPLY, False)
    assert row.case_id == one(sessions, Case).id


def test_one_look_at_the_mailbox_of_the_settings_uses_the_safe_reader(
    sessions: Sessions,
    settings: Settings,
    partnership: Any,
    write: Write,
    form: bytes,
    NOW: datetime,
    tmp_path: Any,
) -> None:
    (tmp_path / "in" / "new").mkdir(parents=True)
    message = write("Please see attached.", ("referral.docx", form))
    (tmp_path / "in" / "new" / "one").write_bytes(message.as_bytes())
    with Reader() as reader, opened(settings, sessions) as [mailbox]:
        tally = poll_once(sessions, settings, mailbox, reader, lambda: NOW)
    assert (tally.met, tally.filed) == (1, 1)
    assert one(sessions, Case).reference == "JCR-2026-0001"


@pytest.mark.tor("B.3")
def test_a_real_mail_server_is_emptied_into_cases_and_the_pile_exactly_once(
    dovecot: Dovecot,
    sessions: Sessions,
    settings: Settings,
    partnership: Any,
    write: Write,
    form: bytes,
    NOW: datetime,
) -> None:
    account = f"jcr-{sessions.engine.name}"
    here = {"mailbox_url": dovecot.url(account), "mailbox_password": PASSWORD}
    settings = settings.model_copy(update=here)
    referral = write("Please see attached.", ("referral.docx", form), Message_ID="<1@health.example>")
    question = write("When does the group meet?", Message_ID="<2@health.example>")
    for message in (referral, question, referral):
        dovecot.deliver(account, message.as_bytes())
    with Reader() as reader, opened(settings, sessions) as [mailbox]:
        first = poll_once(sessions, settings, mailbox, reader, lambda: NOW)
        again = poll_once(sessions, settings, mailbox, reader, lambda: NOW)
    assert (first.met, first.filed, first.to_sort, first.repeated, first.failed) == (3, 1, 1, 1, 0)
    assert again.met == 0
    assert one(sessions, Case).reference == "JCR-2026-0001"
    assert count(sessions, Message) == 3
