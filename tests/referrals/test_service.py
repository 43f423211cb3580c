"""What happens to a referral between the referrer's draft and triage."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, CaseFile, Route, Source, Status
from jcr.cases.rules import england
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.errors import Incomplete, NotNow
from jcr.files import service as files
from jcr.history.model import Entry
from jcr.people.model import Person
from jcr.referrals import drafts, service, signing
from jcr.referrals.model import Draft, Referral, SignOffHow
from jcr.roles import WORKER, outsider

CALENDAR = england()
LEAD = outsider("Dr Imogen Fairlie")
Drafted = Callable[..., tuple[str, Draft]]


def letters(session: Session, kind: Kind) -> list[Letter]:
    return list(session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def token_in(letter: Letter) -> str:
    found = re.search(r"/(?:referral|sign-off)/(\S+)", letter.body)
    assert found, letter.body
    return found[1]


def history(session: Session, case: Case) -> list[str]:
    return [entry.act for entry in session.scalars(select(Entry).where(Entry.case_id == case.id))]


@pytest.fixture
def sent(session: Session, head: Letterhead, drafted: Drafted, NOW: datetime, partnership: Any) -> Referral:
    return service.send(session, head, CALENDAR, drafted(session)[1], NOW)


def test_sending_opens_a_case_that_waits_for_the_safeguarding_lead(session: Session, sent: Referral) -> None:
    case = sent.case
    assert case.reference == "JCR-2026-0001"
    assert (case.status, case.source) == (Status.AWAITING_SIGN_OFF, Source.WEB)
    assert case.route_names == [Route.CHILD]
    assert case.initials == "KM"
    assert case.received_on is None
    assert "referred the case on the web" in history(session, case)


@pytest.mark.tor("7.2")
def test_the_lead_is_sent_a_link_and_the_referrer_the_reference(session: Session, sent: Referral) -> None:
    (asked,) = letters(session, Kind.SIGN_OFF_REQUEST)
    (told,) = letters(session, Kind.ACKNOWLEDGEMENT)
    assert asked.recipient == "imogen.fairlie@health.example.org"
    assert signing.by_token(session, token_in(asked)) is sent
    assert told.recipient == "rowan.ashdown@health.example.org"
    assert "JCR-2026-0001" in told.body
    assert (
        "Thursday 26 November 2026" in told.body
    )  # three working days, if signed off on the Monday it was sent


def test_no_letter_of_a_referral_names_anybody(
    session: Session, sent: Referral, head: Letterhead, NOW: datetime
) -> None:
    signing.send_back(session, head, sent, "Please add the date of birth.", LEAD, NOW)
    for letter in session.scalars(select(Letter)):
        for name in ("Kestrel", "Marlowe", "Ashdown", "Fairlie", "2022", "Quarry Bank"):
            assert name not in letter.subject + letter.body, letter.kind


@pytest.mark.tor("7.2")
def test_it_counts_as_received_on_the_day_of_the_sign_off(
    session: Session, sent: Referral, head: Letterhead, NOW: datetime
) -> None:
    wednesday = NOW + timedelta(days=2)
    signing.approve(session, head, CALENDAR, sent, LEAD.name, SignOffHow.LINK, LEAD, wednesday)
    assert sent.case.status is Status.TRIAGE
    assert sent.case.received_on == date(2026, 11, 25)
    assert (sent.signed_off_by, sent.signed_off_how) == ("Dr Imogen Fairlie", SignOffHow.LINK)
    (receipt,) = letters(session, Kind.REFERRAL_RECEIVED)
    assert "Monday 30 November 2026" in receipt.body


def test_signing_off_twice_is_refused_with_a_sentence(
    session: Session, sent: Referral, head: Letterhead, NOW: datetime
) -> None:
    signing.approve(session, head, CALENDAR, sent, LEAD.name, SignOffHow.LINK, LEAD, NOW)
    with pytest.raises(NotNow, match="signed off already"):
        signing.approve(session, head, CALENDAR, sent, LEAD.name, SignOffHow.LINK, LEAD, NOW)


@pytest.mark.tor("7.2")
def test_a_lead_who_does_not_approve_returns_it_and_does_not_reject_it(
    session: Session, sent: Referral, head: Letterhead, NOW: datetime
) -> None:
    signing.send_back(session, head, sent, "Please name the school.", LEAD, NOW)
    assert sent.case.status is Status.AWAITING_SIGN_OFF
    (returned,) = letters(session, Kind.SIGN_OFF_REFUSED)
    assert "Please name the school." in returned.body
    draft = drafts.by_token(session, token_in(returned))
    assert draft is not None
    assert draft.answers["referrer_name"] == "Rowan Ashdown"
    assert not draft.is_with_us


def test_a_returned_referral_is_corrected_and_sent_again_under_the_same_reference(
    session: Session, head: Letterhead, drafted: Drafted, NOW: datetime, partnership: Any
) -> None:
    _, draft = drafted(session)
    first = service.send(session, head, CALENDAR, draft, NOW)
    old_link = token_in(letters(session, Kind.SIGN_OFF_REQUEST)[0])
    signing.send_back(session, head, first, "Wrong name.", LEAD, NOW)
    corrected = draft.answers | {"subjects": [draft.answers["subjects"][0] | {"subject_name": "Kes Marlow"}]}
    drafts.save_topic(session, draft, "subjects", corrected, NOW)
    again = service.send(session, head, CALENDAR, draft, NOW + timedelta(days=1))
    assert again is first
    assert [subject.name for subject in again.case.subjects] == ["Kes Marlow"]
    assert again.earlier[0]["answers"]["subjects"][0]["subject_name"] == "Kestrel Marlowe"
    assert signing.by_token(session, old_link) is None
    assert signing.by_token(session, token_in(letters(session, Kind.SIGN_OFF_REQUEST)[1])) is again
    assert session.scalars(select(Case)).all() == [again.case]


def test_a_reason_is_needed_to_send_a_referral_back(
    session: Session, sent: Referral, head: Letterhead, NOW: datetime
) -> None:
    with pytest.raises(Incomplete, match="Say what the referrer should change"):
        signing.send_back(session, head, sent, "  ", LEAD, NOW)


def test_an_unfinished_draft_is_not_sent(
    session: Session, head: Letterhead, drafted: Drafted, NOW: datetime
) -> None:
    _, draft = drafted(session, incident_summary="")
    with pytest.raises(Incomplete, match="not complete"):
        service.send(session, head, CALENDAR, draft, NOW)
    assert session.scalars(select(Case)).all() == []


def test_a_sent_draft_can_no_longer_be_changed(
    session: Session, head: Letterhead, drafted: Drafted, NOW: datetime, partnership: Any
) -> None:
    _, draft = drafted(session)
    service.send(session, head, CALENDAR, draft, NOW)
    with pytest.raises(NotNow, match="was sent"):
        drafts.save_topic(session, draft, "review", {}, NOW)
    with pytest.raises(NotNow, match="sent already"):
        service.send(session, head, CALENDAR, draft, NOW)


def test_files_of_the_draft_go_with_the_case(
    session: Session, head: Letterhead, drafted: Drafted, NOW: datetime, partnership: Any
) -> None:
    _, draft = drafted(session)
    drafts.add_file(session, draft, "C:\\letters\\chrono<logy>.pdf", b"%PDF-1.7 a chronology", NOW)
    referral = service.send(session, head, CALENDAR, draft, NOW)
    (kept,) = service.attachments(session, referral.case)
    assert (kept.name, kept.file.type) == ("chrono logy .pdf", "application/pdf")


def test_a_file_that_is_too_large_or_empty_is_refused_with_what_to_do(
    session: Session, drafted: Drafted, NOW: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_UPLOAD_BYTES", 10)
    _, draft = drafted(session)
    with pytest.raises(Incomplete, match="larger than 25 MB"):
        drafts.add_file(session, draft, "big.bin", b"more than ten bytes", NOW)
    with pytest.raises(Incomplete, match="empty"):
        drafts.add_file(session, draft, "empty.bin", b"", NOW)


def test_the_database_keeps_no_link_that_opens_anything(
    session: Session, drafted: Drafted, NOW: datetime
) -> None:
    token, draft = drafted(session)
    assert token != draft.token_hash
    assert drafts.by_token(session, token) is draft
    assert drafts.by_token(session, draft.token_hash) is None


def test_the_link_is_mailed_a_few_times_and_no_more(
    session: Session, head: Letterhead, drafted: Drafted, NOW: datetime
) -> None:
    _, draft = drafted(session)
    for _ in range(drafts.MAX_LINK_LETTERS):
        drafts.email_link(session, head, draft, "rowan@health.example.org", NOW)
    assert drafts.by_token(session, token_in(letters(session, Kind.DRAFT_LINK)[0])) is draft
    with pytest.raises(NotNow, match="Copy it"):
        drafts.email_link(session, head, draft, "rowan@health.example.org", NOW)


@pytest.mark.tor("7.2")
def test_an_officer_records_an_approval_only_with_how_it_came(
    session: Session, sent: Referral, head: Letterhead, NOW: datetime, partnership: Any
) -> None:
    officer: Person = partnership.officer
    told = SignOffHow.TOLD_OFFICER
    with pytest.raises(Incomplete, match="how the approval reached you"):
        signing.approve(session, head, CALENDAR, sent, LEAD.name, told, officer.as_actor(), NOW)
    signing.approve(
        session, head, CALENDAR, sent, LEAD.name, told, officer.as_actor(), NOW, "By telephone today."
    )
    entry = session.scalars(select(Entry).where(Entry.to_status == Status.TRIAGE)).one()
    assert (entry.actor_name, entry.why) == (officer.name, "By telephone today.")
    assert entry.details["approved_by"] == LEAD.name


class TestByEmail:
    """A referral that was read from a form in an e-mail."""

    @pytest.fixture
    def read(
        self, session: Session, head: Letterhead, answers: dict[str, Any], NOW: datetime, partnership: Any
    ) -> Referral:
        document = files.keep(session, b"PK\x03\x04 a form", NOW)
        arrival = service.Arrival(
            sender="duty@health.example.org",
            arrived_at=NOW - timedelta(days=3),
            message_id="<one@health.example.org>",
            files=[service.Attached("form.docx", document, "From the e-mail the referral came in")],
        )
        reading = {"kind": "referral", "edition": 1, "found": {}}
        return service.open_from_reading(session, head, CALENDAR, answers, reading, arrival, WORKER, NOW)

    def test_it_opens_a_case_whose_reading_waits_for_a_person(
        self, session: Session, read: Referral, partnership: Any
    ) -> None:
        assert (read.case.status, read.case.source) == (Status.REFERRED, Source.EMAIL)
        assert read.case.received_on == date(2026, 11, 20)
        assert read.answers == {}
        assert read.sent_answers["referrer_name"] == "Rowan Ashdown"
        assert [one.name for one in session.scalars(select(CaseFile))] == ["form.docx"]

    def test_the_sender_is_answered_under_their_own_message(self, session: Session, read: Referral) -> None:
        (told,) = letters(session, Kind.ACKNOWLEDGEMENT)
        assert (told.recipient, told.in_reply_to) == ("duty@health.example.org", "<one@health.example.org>")
        assert "Friday 20 November 2026" in told.body

    @pytest.mark.tor("7.2")
    def test_confirmed_with_the_lead_on_the_form_it_goes_to_triage(
        self, session: Session, head: Letterhead, read: Referral, NOW: datetime, partnership: Any
    ) -> None:
        actor = partnership.officer.as_actor()
        corrected = read.sent_answers | {"referrer_agency": "West Mercia Police"}
        service.confirm(session, head, CALENDAR, read, corrected, SignOffHow.ON_FORM, "", actor, NOW)
        assert read.case.status is Status.TRIAGE
        assert read.answers["referrer_agency"] == "West Mercia Police"
        assert read.sent_answers["referrer_agency"] == "Wye Valley NHS Trust"
        assert read.case.received_on == date(2026, 11, 20)

    @pytest.mark.tor("7.2")
    def test_confirmed_without_approval_the_lead_is_asked_by_link(
        self, session: Session, head: Letterhead, read: Referral, NOW: datetime, partnership: Any
    ) -> None:
        actor = partnership.officer.as_actor()
        service.confirm(session, head, CALENDAR, read, read.sent_answers, None, "", actor, NOW)
        assert read.case.status is Status.AWAITING_SIGN_OFF
        (asked,) = letters(session, Kind.SIGN_OFF_REQUEST)
        assert asked.recipient == "imogen.fairlie@health.example.org"

    def test_one_sent_back_is_corrected_on_the_web_with_all_that_was_read(
        self, session: Session, head: Letterhead, read: Referral, NOW: datetime, partnership: Any
    ) -> None:
        actor = partnership.officer.as_actor()
        service.confirm(session, head, CALENDAR, read, read.sent_answers, None, "", actor, NOW)
        signing.send_back(session, head, read, "Please add the school.", LEAD, NOW)
        draft = drafts.by_token(session, token_in(letters(session, Kind.SIGN_OFF_REFUSED)[0]))
        assert draft is not None
        again = service.send(session, head, CALENDAR, draft, NOW)
        assert again is read
        assert read.case.received_on == date(2026, 11, 20)

    def test_an_answer_that_cannot_be_right_stops_it_and_a_missing_one_does_not(
        self, session: Session, head: Letterhead, read: Referral, NOW: datetime, partnership: Any
    ) -> None:
        actor = partnership.officer.as_actor()
        thin = {name: read.sent_answers[name] for name in ("review_type_requested", "subjects")}
        wrong = thin | {"incident_date": "2027-02-30"}
        with pytest.raises(Incomplete, match="must be a real date"):
            service.confirm(session, head, CALENDAR, read, wrong, SignOffHow.ON_FORM, "", actor, NOW)
        with pytest.raises(Incomplete, match="Choose which review"):
            service.confirm(session, head, CALENDAR, read, {}, SignOffHow.ON_FORM, "", actor, NOW)
        service.confirm(session, head, CALENDAR, read, thin, SignOffHow.ON_FORM, "", actor, NOW)
        assert read.case.status is Status.TRIAGE
