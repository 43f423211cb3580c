"""Asking the agencies and taking their returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Status
from jcr.cases.rules import england
from jcr.cases.service import put_up_wall
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.errors import Incomplete, NotNow
from jcr.history.service import of_case
from jcr.meetings.model import Meeting
from jcr.meetings.service import call_rapid_review, open_rapid_review
from jcr.roles import WORKER
from jcr.scoping import service
from jcr.scoping.asking import blank_form
from jcr.scoping.model import How, Request, Round, State
from jcr.scoping.service import Asked, Dates

NIL = {
    "author_name": "Petra Wilmot",
    "author_role": "Named Nurse",
    "author_email": "p.wilmot@wyevalley.example",
    "records_searched": "Electronic patient record, all years",
}
FULL = {
    **NIL,
    "agency_involved": "yes",
    "author_independent": "yes",
    "involvement_from": "2025-02-03",
    "involvement_to": "2026-10-30",
    "involvement_summary": "Eleven contacts.",
    "good_practice": "A welfare check was asked for.",
    "areas_for_improvement": "Missed visits were not followed up.",
    "review_factors": "Agencies did not meet.",
    "formal_investigation": "no",
    "opinion_review_type": "statutory_review",
    "safeguarding_lead_name": "Bethan Ruddock",
}


def request_of(session: Session, agency: Any) -> Request:
    return session.scalars(select(Request).where(Request.agency_id == agency.id)).one()


@pytest.mark.tor("3.2")
def test_everyone_the_referral_names_is_proposed_with_the_reason(
    session: Session, case: Case, referral: dict[str, Any], NOW: datetime
) -> None:
    proposed = {one.name: one for one in service.propose_agencies(session, case, referral, NOW.date())}
    assert "Named in the referral. It is still involved." in proposed["Housing Providers' Forum"].why
    assert "as “West Mercia Police and Crime team”" in proposed["West Mercia Police"].why
    assert "It made the referral." in proposed["Wye Valley NHS Trust"].why
    assert "always asked" in proposed["Herefordshire and Worcestershire ICB"].why
    assert "always asked" in proposed["Adults and Communities, Herefordshire Council"].why
    assert "Education, Herefordshire Council" not in proposed


def test_an_agency_on_no_list_is_shown_and_not_dropped(
    session: Session, case: Case, referral: dict[str, Any], NOW: datetime
) -> None:
    surgery = service.propose_agencies(session, case, referral, NOW.date())[-1]
    assert surgery.agency is None
    assert (surgery.name, surgery.contact) == ("Mill Lane Surgery", "reception@surgery.example")


@pytest.mark.tor("3.2")
def test_age_school_practice_and_address_propose_agencies_too(
    session: Session, case: Case, referral: dict[str, Any], NOW: datetime
) -> None:
    child = case.subjects[0]
    child.dob, child.date_of_death = date(2013, 5, 1), None
    child.details = {
        "subject_address": "2 Canary Row",
        "subject_school": "Mill School",
        "subject_gp": "Mill Surgery",
    }
    proposed = {one.name: one for one in service.propose_agencies(session, case, referral, NOW.date())}
    assert "of an age to be at school" in proposed["Education, Herefordshire Council"].why
    assert "youth justice may know" in proposed["West Mercia Youth Justice Service"].why
    assert "a landlord may hold records" in proposed["Housing Providers' Forum"].why
    for name, what in {
        "Mill School": "The school, college or nursery of CQ",
        "Mill Surgery": "The GP practice",
    }.items():
        assert proposed[name].agency is None
        assert proposed[name].why.startswith(what)
    child.dob, child.details = (
        date(1951, 3, 14),
        {"subject_school": "not known", "subject_gp": "Mill Lane Surgery"},
    )
    listed = [one.name for one in service.propose_agencies(session, case, referral, NOW.date())]
    assert listed.count("Mill Lane Surgery") == 1
    assert "not known" not in listed
    proposed = {one.name: one for one in service.propose_agencies(session, case, referral, NOW.date())}
    assert "West Mercia Youth Justice Service" not in proposed


@pytest.mark.tor("7.4", "3.4")
def test_one_act_sends_return_date_and_meeting_date_together(session: Session, called: Meeting) -> None:
    assert called.case
    assert called.case.status is Status.SCOPING
    letters = session.scalars(select(Letter).where(Letter.kind == Kind.SCOPING_REQUEST)).all()
    assert len(letters) == 3
    for letter in letters:
        assert "Thursday 3 December 2026" in letter.body
        assert "Tuesday 8 December 2026 at 09:30" in letter.body
        assert "Thursday 3 December 2026" in letter.text
        assert "Tuesday 8 December 2026 at 09:30" in letter.text
        assert "section 45" in letter.text
        assert "16H" not in letter.text
        assert [sheet.name.rpartition(".")[2] for sheet in letter.enclosures] == ["pdf", "docx"]


@pytest.mark.tor("7.4")
def test_the_database_itself_refuses_a_round_without_a_meeting(
    session: Session, case: Case, NOW: datetime
) -> None:
    session.add(Round(case_id=case.id, opened_at=NOW, return_by=date(2026, 12, 3), meeting_place="Room 2"))
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_database_itself_refuses_returns_after_the_meeting(
    session: Session, case: Case, NOW: datetime
) -> None:
    late = Round(
        case_id=case.id, opened_at=NOW, return_by=date(2026, 12, 9), meeting_at=NOW, meeting_place="Room 2"
    )
    session.add(late)
    with pytest.raises(IntegrityError):
        session.flush()


def test_names_are_in_the_form_and_nowhere_else(session: Session, called: Meeting) -> None:
    for letter in session.scalars(select(Letter)):
        for shown in (letter.subject, letter.body, letter.text, letter.heading):
            assert "Canary" not in shown
            assert "Quillfeather" not in shown
        assert not any("anary" in sheet.name for sheet in letter.enclosures)
        form = docx.Document(BytesIO(letter.enclosures[-1].file.content))
        assert "Canary Quillfeather" in form.element.xpath("string()")
        assert "anary" not in (form.core_properties.title + form.core_properties.identifier)


def test_facts_the_tests_still_need_become_questions_of_the_request(
    session: Session, called: Meeting
) -> None:
    assert called.round
    request = called.round.requests[0]
    asked = request.known["other_information"].splitlines()
    question = (
        "CQ: Is there reasonable cause for concern about how agencies worked together to safeguard the adult?"
    )
    assert any(line.endswith(question) for line in asked)
    assert not any("18 or over" in line for line in asked)  # her age is known
    letter = session.scalars(select(Letter).where(Letter.kind == Kind.SCOPING_REQUEST)).first()
    assert letter
    assert "please answer each of them from your records" in " ".join(letter.text.split())


def test_the_form_sent_is_known_again_by_its_stamp(
    session: Session, called: Meeting, partnership: Any, head: Letterhead
) -> None:
    request = request_of(session, partnership.housing)
    form = docx.Document(BytesIO(blank_form(request, head)))
    reference, agency, stamp = form.core_properties.identifier.split("/")
    assert (reference, agency) == ("JCR-2026-0001", "housing")
    assert f"Issued by {head.partnership}" in [one.text for one in form.paragraphs]
    assert service.by_stamp(session, f" {stamp.lower()} ") is request


@pytest.mark.parametrize(
    "change, said",
    [
        ({"return_by": date(2026, 12, 9)}, "before the meeting on Tuesday 8 December 2026"),
        ({"return_by": date(2026, 11, 20)}, "must be after today"),
        (
            {"return_by": date(2026, 12, 5)},
            "must be a working day; Saturday 5 December 2026 is not (Saturday)",
        ),
        ({"place": "  "}, "where the meeting is held"),
    ],
)
def test_dates_that_will_not_do_are_refused_and_nothing_is_sent(
    session: Session,
    head: Letterhead,
    case: Case,
    partnership: Any,
    dates: Dates,
    NOW: datetime,
    change: dict[str, Any],
    said: str,
) -> None:
    asked = [Asked(session.merge(partnership.police), "", "safeguarding@police.example")]
    with pytest.raises(Incomplete) as refused:
        call_rapid_review(
            session, head, case, asked, replace(dates, **change), partnership.officer.as_actor(), NOW
        )
    assert said in str(refused.value)
    assert case.status is Status.TRIAGE
    assert session.scalar(select(Letter.id)) is None


def test_an_agency_without_an_address_is_named(
    session: Session, head: Letterhead, case: Case, partnership: Any, dates: Dates, NOW: datetime
) -> None:
    asked = [Asked(session.merge(partnership.police), "", "")]
    with pytest.raises(Incomplete, match="Enter an e-mail address for West Mercia Police"):
        call_rapid_review(session, head, case, asked, dates, partnership.officer.as_actor(), NOW)
    with pytest.raises(Incomplete, match="Choose at least one agency"):
        call_rapid_review(session, head, case, [], dates, partnership.officer.as_actor(), NOW)


@pytest.mark.tor("B.2")
def test_a_nil_return_says_who_looked_and_where(
    session: Session, head: Letterhead, called: Meeting, partnership: Any, NOW: datetime
) -> None:
    request = request_of(session, partnership.wvt)
    with pytest.raises(Incomplete, match="which records were searched"):
        service.nil_return(session, head, request, {**NIL, "records_searched": " "}, NOW)
    found = service.nil_return(session, head, request, NIL, NOW)
    assert (found.nil, found.signed_by, request.state) == (True, "Petra Wilmot", State.RETURNED)
    receipt = session.scalars(select(Letter).where(Letter.kind == Kind.SCOPING_RECEIPT)).one()
    assert receipt.recipient == "p.wilmot@wyevalley.example"
    assert "nil return" in receipt.body


@pytest.mark.tor("3.3", "7.5")
def test_a_return_is_typed_in_pieces_and_sent_when_it_is_all_there(
    session: Session,
    head: Letterhead,
    called: Meeting,
    partnership: Any,
    letter_link: Callable[[Any], str],
    NOW: datetime,
) -> None:
    request = service.by_token(session, letter_link(request_of(session, partnership.wvt)))
    assert request is not None
    service.save_draft(
        session, request, {"agency_involved": "yes", "involvement_from": "the third of nothing"}
    )
    assert request.draft["involvement_from"] == "the third of nothing"
    with pytest.raises(Incomplete):
        service.send_return(session, head, request, NOW)
    service.save_draft(session, request, FULL)
    found = service.send_return(session, head, request, NOW)
    assert (found.how, found.nil, found.signed_by) == (How.WEB, False, "Bethan Ruddock")
    with pytest.raises(NotNow, match="with the Partnership Team"):
        service.save_draft(session, request, {})
    newest = of_case(session, called.case_id or 0)[0:3]
    assert any("sent a scoping return for Wye Valley NHS Trust on the web" in entry.act for entry in newest)


@pytest.mark.tor("B.3")
def test_a_document_by_e_mail_lands_with_what_it_lacks_noted(
    session: Session, head: Letterhead, called: Meeting, partnership: Any, NOW: datetime
) -> None:
    request = request_of(session, partnership.housing)
    answers = {
        **FULL,
        "agency_name": "west mercia police",
        "something_new": "kept",
        "involvement_from": "spring 2025",
    }
    message = {"sender": "lead@housing.example", "message_id": "<a@housing.example>", "arrived_at": NOW}
    found = service.take_return_from_document(
        session, request, {"kind": "scoping"}, answers, message, WORKER, NOW, head
    )
    assert found.answers["something_new"] == "kept"
    assert found.answers["involvement_from"] == "spring 2025"
    assert "Involvement from" in found.note
    assert "It answers for West Mercia Police, which is asked by itself. Send it back." in found.note
    assert found.reading == {"kind": "scoping"}
    receipt = session.scalars(select(Letter).where(Letter.kind == Kind.SCOPING_RECEIPT)).one()
    assert (receipt.recipient, receipt.in_reply_to) == ("lead@housing.example", "<a@housing.example>")


def test_a_nil_return_in_a_document_is_recognised(
    session: Session, called: Meeting, partnership: Any, NOW: datetime
) -> None:
    request = request_of(session, partnership.housing)
    answers = {**NIL, "agency_name": "Housing Providers' Forum", "agency_involved": "no"}
    found = service.take_return_from_document(session, request, {}, answers, {}, WORKER, NOW)
    assert (found.nil, found.note) == (True, "")


@pytest.mark.tor("9.2")
def test_the_officer_accepts_or_sends_back_with_what_is_missing(
    session: Session,
    head: Letterhead,
    called: Meeting,
    partnership: Any,
    letter_link: Callable[[Any], str],
    NOW: datetime,
) -> None:
    request, officer = request_of(session, partnership.wvt), partnership.officer.as_actor()
    old = letter_link(request)
    with pytest.raises(NotNow):
        service.accept_return(session, request, officer, NOW)
    service.nil_return(session, head, request, NIL, NOW)
    with pytest.raises(Incomplete, match="what is missing"):
        service.send_back(session, head, england(), request, " ", officer, NOW)
    service.send_back(
        session, head, england(), request, "Please search the emergency department too.", officer, NOW
    )
    assert request.state is State.SENT_BACK
    assert service.by_token(session, old) is None
    assert service.by_token(session, letter_link(request)) is request
    assert request.draft["records_searched"] == NIL["records_searched"]
    service.nil_return(session, head, request, {**NIL, "records_searched": "All, ED too"}, NOW)
    service.accept_return(session, request, officer, NOW)
    assert request.state is State.ACCEPTED
    assert len(request.returns) == 2
    with pytest.raises(NotNow, match="has been accepted"):
        service.send_link_again(session, head, request, "", "x@wyevalley.example", officer, NOW)


def test_a_link_sent_again_keeps_the_draft_and_goes_to_the_new_address(
    session: Session,
    head: Letterhead,
    called: Meeting,
    partnership: Any,
    letter_link: Callable[[Any], str],
    NOW: datetime,
) -> None:
    request = request_of(session, partnership.wvt)
    service.save_draft(session, request, {"author_name": "Petra"})
    service.send_link_again(
        session, head, request, "Bethan", "bethan@wyevalley.example", partnership.officer.as_actor(), NOW
    )
    found = service.by_token(session, letter_link(request))
    assert found is request
    assert found.draft == {"author_name": "Petra"}
    letter = session.scalars(select(Letter).where(Letter.kind == Kind.SCOPING_LINK)).one()
    assert letter.recipient == "bethan@wyevalley.example"
    assert list(service.by_letter(session, [letter.id])) == [request]


@pytest.mark.tor("7.6")
def test_late_is_counted_in_working_days_and_stops_when_the_return_comes(
    session: Session, head: Letterhead, called: Meeting, partnership: Any, NOW: datetime
) -> None:
    assert called.round
    wvt = request_of(session, partnership.wvt)
    monday_after = NOW + timedelta(days=14)
    service.nil_return(session, head, wvt, NIL, monday_after)
    standing = {
        line.request.agency.code: line.days_late
        for line in service.lines(called.round, date(2026, 12, 9), england())
    }
    assert standing == {"wvt": 2, "housing": 4, "police": 4}
    assert {request.agency.code for request in service.missing(called.round)} == {"housing", "police"}
    police, housing = (request_of(session, one) for one in (partnership.police, partnership.housing))
    service.nil_return(session, head, police, NIL, NOW + timedelta(days=15, hours=1))
    open_rapid_review(session, called, partnership.officer.as_actor(), NOW + timedelta(days=16))
    service.nil_return(session, head, housing, NIL, NOW + timedelta(days=16, hours=1))
    lines = service.lines(called.round, date(2026, 12, 10), england())
    assert [line.request.agency.code for line in lines if line.after_meeting] == ["housing"]


def test_an_agency_contact_sees_their_own_agency_and_a_wall_hides_even_that(
    session: Session, called: Meeting, partnership: Any, NOW: datetime
) -> None:
    contact, officer = partnership.agency, partnership.officer
    seen = session.scalars(service.visible_to(contact)).all()
    assert [request.agency.code for request in seen] == ["wvt"]
    assert len(session.scalars(service.visible_to(officer)).all()) == 3
    assert called.case
    put_up_wall(session, called.case, contact, "Nursed the person", officer.as_actor(), NOW)
    session.flush()
    assert session.scalars(service.visible_to(contact)).all() == []


@pytest.mark.tor("3.4")
def test_a_return_after_the_rapid_review_began_is_told_so_in_its_receipt_and_when_sent_back(
    session: Session, head: Letterhead, called: Meeting, partnership: Any, NOW: datetime
) -> None:
    police, housing = (request_of(session, getattr(partnership, one)) for one in ("police", "housing"))
    officer, now = partnership.officer.as_actor(), NOW + timedelta(days=2)

    def told(kind: Kind) -> str:
        last = select(Letter.body).where(Letter.kind == kind).order_by(Letter.id.desc()).limit(1)
        return session.scalars(last).one()

    service.nil_return(session, head, police, NIL, NOW)
    assert "The rapid review meets on Tuesday 8 December 2026" in told(Kind.SCOPING_RECEIPT)
    open_rapid_review(session, called, officer, now, "The chair rang everybody.")
    service.nil_return(session, head, housing, NIL, now + timedelta(hours=1))
    receipt = told(Kind.SCOPING_RECEIPT)
    assert "The rapid review met on Wednesday 25 November 2026" in receipt
    assert "kept apart" in receipt
    assert "meets on" not in receipt
    service.send_back(session, head, england(), housing, "Search again.", officer, now + timedelta(hours=2))
    assert "meets on" not in told(Kind.SCOPING_SENT_BACK)
