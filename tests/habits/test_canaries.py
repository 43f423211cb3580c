"""Nothing personal where it does not belong: invented people walk through the whole work, and are looked for."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.actions.chasing import chase as chase_actions
from jcr.actions.service import Agreed
from jcr.cases.model import CaseFile
from jcr.cases.rules import england
from jcr.correspondence import codes
from jcr.correspondence.model import Enclosure, Kind, Letter
from jcr.correspondence.posting import post_ready
from jcr.correspondence.service import letterhead
from jcr.costs import service as costs
from jcr.db import Sessions
from jcr.decisions import interim, reconsidering
from jcr.decisions.model import Answered, Ground, Looked
from jcr.decisions.service import notify_referrer, ratify
from jcr.history.model import Entry
from jcr.meetings import attendance_letters as letters
from jcr.meetings import holding, publishing, replying, substituting
from jcr.meetings import service as meetings
from jcr.meetings.holding import Decided
from jcr.meetings.invitations import send_invitations
from jcr.meetings.model import Presence, Reply
from jcr.outsiders import service as outsiders
from jcr.people.model import Office
from jcr.referrals import drafts, returning, service, signing
from jcr.scoping.chasing import chase
from jcr.scoping.extending import ask_for_more_time, grant
from jcr.scoping.model import Request, Round
from jcr.scoping.reporting import report_poor
from jcr.scoping.service import nil_return, send_back
from jcr.scoping.signing import ask as ask_lead
from jcr.submissions import service as submissions
from jcr.submissions.model import Submission
from jcr.triage.redirecting import Onward, redirect
from jcr.triage.service import decline
from tests.cases import made
from tests.conftest import MONDAY, Partnership, Rows, put_into, settings_in, with_tables

SUBJECTS = ("Quillfeather", "Tolland", "Wren Canary")
BIRTHDAYS = ("1951-03-14", "14 March 1951", "14/03/1951", "14.03.1951", "2009-12-01", "1 December 2009")
CANARIES = (*SUBJECTS, *BIRTHDAYS)
COMPLETE = {
    **made.ADULT,
    "subjects": [
        {
            **made.ADULT["subjects"][0],
            "subject_gender": "female",
            "subject_ethnicity": "White British",
            "subject_address": "2 Quillfeather Row",
        }
    ],
    "incident_summary": "Ms Quillfeather was found at home.",
    "case_summary": "Visits to Ms Quillfeather had stopped.",
    "criteria_evidence": "The records of three agencies.",
    "agency_concerns": "No agency took the lead.",
}
NIL = {
    "agency_name": "West Mercia Police",
    "author_name": "Ada Pemberton",
    "author_role": "Reviewing officer",
    "author_email": "a.pemberton@westmercia.example",
    "records_searched": ["police_systems"],
}


def canaries_in(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary.lower() in text.lower()]


class Collecting:
    """A post that keeps what it is given, but for the first, which it refuses."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refused = False

    def deliver(self, message: EmailMessage) -> None:
        if not self.refused:
            self.refused = True
            raise ConnectionRefusedError(message.as_string())
        self.messages.append(message)


class Log(logging.Handler):
    """What is logged, whatever its level."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith("sqlalchemy"):
            self.lines.append(record.getMessage())


@dataclass(frozen=True)
class Walk:
    """What came of it: the e-mails that went out, and what was logged meanwhile."""

    messages: list[EmailMessage]
    logged: list[str]


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Sessions:
    """One database for all these tests, which only look: the walk takes longer than they do."""
    return with_tables(f"sqlite:///{tmp_path_factory.mktemp('canaries')}/jcr.db")


@pytest.fixture(scope="module")
def partnership(sessions: Sessions, partnership_rows: Rows) -> Partnership:
    return put_into(sessions, partnership_rows)


@pytest.fixture(scope="module")
def walked(sessions: Sessions, partnership: Any, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """An adult's case to the decision letter, a child's declined, one returned, one chased; all posted."""
    head, now, root = letterhead(settings_in(tmp_path_factory.mktemp("post"))), MONDAY, logging.getLogger()
    post, log, level = Collecting(), Log(), root.level
    root.addHandler(log)
    root.setLevel(logging.DEBUG)
    with sessions.transaction() as session:
        _decided(session, head, partnership, now)
        _declined(session, head, partnership, now)
        _returned(session, head, now)
        _given_back_and_sent_elsewhere(session, head, partnership, now)
        _chased(session, head, partnership, now)
        _more_time(session, head, partnership, now)
        _missed_meetings(session, head, partnership, now)
        _moved_and_cancelled(session, head, partnership, now)
        _sent_back(session, head, partnership, now)
    for days in (20, 21):
        post_ready(sessions, post, head, now + timedelta(days=days))
    root.removeHandler(log)
    root.setLevel(level)
    return Walk(post.messages, log.lines)


def _decided(session: Session, head: Any, partnership: Any, now: datetime) -> None:
    found = made.in_ratification(session, head, partnership, now)
    [asked] = session.scalars(select(Request)).all()
    nil_return(session, head, asked, NIL, now)
    report_poor(session, head, asked, "It does not say who searched.", partnership.officer.as_actor(), now)
    assert asked.latest
    ask_lead(session, head, asked.latest, asked.contact_email, "", partnership.officer.as_actor(), now)
    send_back(session, head, england(), asked, "Search the archive too.", partnership.officer.as_actor(), now)
    chair, at = session.merge(partnership.hsab_chair), found.made_at + timedelta(days=1)
    ratify(session, found.case, Office.HSAB_CHAIR, Answered.ACCEPT, "The reasons are sound.", chair, at)
    notify_referrer(session, head, england(), found.case, partnership.officer.as_actor(), at)


def _sent_back(session: Session, head: Any, partnership: Any, now: datetime) -> None:
    found = made.in_ratification(session, head, partnership, now)
    chair, at = session.merge(partnership.hsab_chair), found.made_at + timedelta(days=1)
    ratify(session, found.case, Office.HSAB_CHAIR, Answered.SEND_BACK, "Ask the archive.", chair, at)
    officer, awaited = partnership.officer.as_actor(), "The record of one more agency."
    interim.tell_it_waits(session, head, found.case, awaited, "", officer, at)


def _declined(session: Session, head: Any, partnership: Any, now: datetime) -> None:
    case = made.in_triage(session, head, partnership.officer, now, made.CHILD)
    officer = partnership.officer.as_actor()
    why, chair = "It is a concern for children's social care.", session.merge(partnership.chair)
    decline(session, head, england(), case, why, chair, officer, now)
    words = "Ms Quillfeather, born on 14 March 1951, was overlooked."  # what a referrer writes stays with us
    asked = reconsidering.Asked(Ground.TEST, words, now.date())
    again = reconsidering.ask(session, head, england(), case, asked, officer, now)
    vice = session.merge(partnership.vice_chair)
    reconsidering.answer(session, head, again, Looked.UPHELD, "The test was applied rightly.", vice, now)


def _returned(session: Session, head: Any, now: datetime) -> None:
    draft = drafts.by_token(session, drafts.start(session, now))
    assert draft
    draft.answers = COMPLETE
    drafts.add_file(session, draft, "chronology.docx", b"PK\x03\x04", now)
    drafts.email_link(session, head, draft, "p.strickland@wyevalley.example", now)
    referral = service.send(session, head, england(), draft, now)
    signing.send_back(session, head, referral, "Add what you know of the carers.", made.WORKER, now)


def _given_back_and_sent_elsewhere(session: Session, head: Any, partnership: Any, now: datetime) -> None:
    case, officer = made.referred(session, head, now), partnership.officer.as_actor()
    referral = service.of_case(session, case)
    assert referral is not None
    asked = returning.open_questions(referral, now.date())
    returning.give_back(session, head, referral, "The form has gaps.", asked, [], officer, now)
    onward = Onward("lado", "The designated officer, 01432 000000", True, "It is an allegation.")
    redirect(session, head, case, onward, officer, now)


def _chased(session: Session, head: Any, partnership: Any, now: datetime) -> None:
    case = made.in_scoping(session, head, partnership.officer, now, partnership.police)
    due = session.scalars(select(Round.return_by).where(Round.case_id == case.id)).one()
    for days in (-2, 7):  # calendar days: a reminder, then the letter to the board member
        chase(session, head, datetime.combine(due, now.time(), now.tzinfo) + timedelta(days=days), england())


def _more_time(session: Session, head: Any, partnership: Any, now: datetime) -> None:
    case = made.in_scoping(session, head, partnership.officer, now, partnership.wvt)
    [asked] = session.scalars(select(Request).join(Round).where(Round.case_id == case.id)).all()
    until, why = date(2026, 12, 4), "Two of Canary Quillfeather's records are on paper."
    wish = ask_for_more_time(session, asked, "Petra Wilmot", until, why, now, england())
    for link in outsiders.of_case(session, case.id):
        codes.send_code(session, head, link, "a browser", now)
        codes.send_anew(session, head, link, now, outsiders.LINK_HOLDS)
    grant(session, head, wish, until, why, partnership.officer.as_actor(), now, england())


def _missed_meetings(session: Session, head: Any, partnership: Any, now: datetime) -> None:
    absent, chair = Presence.ABSENT, partnership.chair.as_actor()
    made.held(session, partnership.officer, partnership.member, now, {200: absent, 100: absent})
    [first] = letters.owed(session, now)
    letters.send(session, head, first, chair, now - timedelta(days=90))
    made.held(session, partnership.officer, partnership.member, now, {10: absent})
    [second] = letters.owed(session, now)
    letters.send(session, head, second, chair, now, letters.board_chairs(session, now)[0])


def _moved_and_cancelled(session: Session, head: Any, partnership: Any, now: datetime) -> None:
    case, officer = (
        made.in_scoping(session, head, partnership.officer, now, partnership.csc),
        partnership.officer,
    )
    meeting = meetings.rapid_review_of(session, case)
    assert meeting is not None
    send_invitations(session, head, meeting, officer.as_actor(), now, meeting.attendances[:2])
    publishing.publish_agenda(session, head, meeting, england(), officer.as_actor(), now)
    quorum, after = meetings.quorum(meeting), now + timedelta(days=16)
    publishing.circulate_minutes(session, head, meeting, quorum, england(), officer.as_actor(), after)
    _deputy_named_and_freed(session, head, meeting.attendances[0], officer.as_actor(), now)
    _paper_sent_back(session, head, meeting, partnership, now)
    costs.estimate(
        session, head, meeting.case, "A reviewer for Ms Tolland", 900_000, 0, officer.as_actor(), now
    )
    for chair in (partnership.chair, partnership.vice_chair):
        meetings.note_attendance(session, meeting, session.merge(chair), Presence.APOLOGIES)
    substituting.ask_boards(session, head, meeting, officer.as_actor(), now)
    due, owner = (now + timedelta(days=28)).date(), "head@service.example"
    agreed = Agreed("Visit Ms Tolland", "Head", due, owner_email=owner)
    meetings.add_action(session, meeting.items[5], agreed, officer.as_actor(), now)
    chase_actions(session, head, now + timedelta(days=28), england())
    decided, later = Decided(partnership.chair, "A return is missing."), now + timedelta(days=17)
    told = holding.leads(meeting)[:1]
    holding.rearrange(
        session, head, meeting, later, "Online", decided, [], officer.as_actor(), now, england()
    )
    holding.cancel(session, head, meeting, decided, told, officer.as_actor(), now)


def _deputy_named_and_freed(session: Session, head: Any, place: Any, actor: Any, now: datetime) -> None:
    address = f"joan.ellwood@{place.person.email.partition('@')[2]}"
    named = replying.Answered(
        Reply.DEPUTY, replying.Deputy("Joan Ellwood", email=address), note="I visit Ms Tolland that day."
    )
    replying.answer(session, head, place, named, actor, now)
    replying.answer(session, head, place, replace(named, reply=Reply.COMING), actor, now)


def _paper_sent_back(session: Session, head: Any, meeting: Any, partnership: Any, now: datetime) -> None:
    paper = Submission(
        kind="paper", meeting=meeting, case=meeting.case, sender="i.marsh@westmercia.example", received_at=now,
        reading={}, answers={"paper_title": "What Ms Tolland’s carers say"},
    )  # fmt: skip
    session.add(paper)
    session.flush()
    officer = partnership.officer.as_actor()
    submissions.send_back(session, head, paper, "Two pages are missing.", england(), officer, now)


def test_every_kind_of_letter_is_walked_past(walked: Walk, sessions: Sessions) -> None:
    with sessions.reading() as session:
        kinds = set(session.scalars(select(Letter.kind)))
    assert set(Kind) - kinds == {
        Kind.SCOPING_LINK,
        Kind.MAILBOX_ALARM,
        Kind.NEW_BROWSER,
        Kind.ACCOUNT_CHANGED,
        Kind.CASE_OPENED,
        Kind.INVITATION,
        Kind.HISTORY_SEAL,
    }  # none knows of anybody


def test_no_letter_names_a_subject_in_its_subject_line_or_file_names(walked: Walk) -> None:
    for message in walked.messages:
        names = [part.get_filename() or "" for part in message.iter_attachments()]
        assert canaries_in(" ".join([*names, *(f"{k}: {v}" for k, v in message.items())])) == []


def test_no_e_mail_names_a_subject_in_its_words(walked: Walk) -> None:
    for message in walked.messages:
        body = message.get_body(("plain",))
        assert body is not None
        assert canaries_in(body.get_content()) == [], message["Subject"]


def test_no_formal_letter_but_the_request_to_search_records_names_a_subject(
    walked: Walk, sessions: Sessions
) -> None:
    with sessions.reading() as session:
        formal = session.scalars(select(Letter).where(Letter.kind != Kind.SCOPING_REQUEST)).all()
    for letter in formal:
        assert canaries_in(letter.heading + letter.text) == [], letter.kind


def test_no_act_in_the_history_and_no_file_of_ours_names_a_subject(walked: Walk, sessions: Sessions) -> None:
    with sessions.reading() as session:
        told = [
            *session.scalars(select(Entry.act)),
            *session.scalars(select(Enclosure.name)),
            *session.scalars(select(CaseFile.name)),
        ]
    assert canaries_in(" ".join(told)) == []


def test_no_log_line_names_a_subject(walked: Walk) -> None:
    assert walked.logged  # that one letter did not go at once
    assert canaries_in("\n".join(walked.logged)) == []


def test_no_error_page_names_a_subject(
    walked: Walk, app: Flask, client: FlaskClient, partnership: Any, sign_in: Any
) -> None:
    sign_in(client, partnership.member)
    for address in ("/cases/JCR-2026-0002", "/cases/JCR-2026-9999", "/pile", "/letters/1", "/cases/Quill"):
        answer = client.get(address)
        assert answer.status_code in (403, 404)
        assert canaries_in(answer.text) == []


def test_no_address_offered_on_a_page_names_a_subject(
    walked: Walk, client: FlaskClient, partnership: Any, sign_in: Any, links: Any
) -> None:
    sign_in(client, partnership.officer)
    for address in ("/", "/cases", "/cases/JCR-2026-0001", "/cases/JCR-2026-0001/referral", "/meetings/1"):
        assert canaries_in(" ".join(links(client.get(address).text))) == []


@pytest.fixture
def links() -> Any:
    """The addresses of a page's links and forms."""
    return lambda page: html.fromstring(page).xpath("//@href | //@action")
