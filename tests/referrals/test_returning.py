"""A referral goes back for what is missing, and comes on again when it is answered."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Status
from jcr.cases.rules import england
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.desk.owing import owing
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import of_case as history
from jcr.people.model import Person
from jcr.referrals import drafts, returning, service
from jcr.referrals.model import Referral
from tests.cases.made import ADULT, in_triage, referred
from tests.habits.test_canaries import COMPLETE

WHY = "We cannot tell which agencies were involved."
TODAY = date(2026, 11, 23)


@pytest.fixture
def case(session: Session, head: Letterhead, partnership: Any, NOW: datetime) -> Case:
    return in_triage(session, head, partnership.officer, NOW)


def referral_of(session: Session, case: Case) -> Referral:
    found = service.of_case(session, case)
    assert found is not None
    return found


def give_back(session: Session, head: Letterhead, case: Case, actor: Person, now: datetime) -> Letter:
    questions = {"incident_summary": "Enter what happened"}
    referral = referral_of(session, case)
    returning.give_back(session, head, referral, WHY, questions, ["Who was her GP?"], actor.as_actor(), now)
    return session.scalars(select(Letter).where(Letter.kind == Kind.REFERRAL_RETURNED)).one()


def link_in(letter: Letter) -> str:
    return next(word.rpartition("/")[2] for word in letter.body.split() if "/referral/" in word)


@pytest.mark.tor("7.2")
def test_the_letter_asks_each_question_and_says_that_nothing_is_rejected(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime
) -> None:
    letter = give_back(session, head, case, partnership.officer, NOW)
    assert case.status is Status.RETURNED
    assert letter.recipient == "p.strickland@wyevalley.example"
    for words in (WHY, "- Enter what happened.", "- Who was her GP?", "It has not been rejected"):
        assert words in letter.text
    assert [one.name for one in letter.enclosures] == [f"{case.reference}-referral-returned.pdf"]
    assert "Quillfeather" not in letter.subject + letter.body + letter.text
    entry = next(one for one in history(session, case.id) if one.to_status == "returned")
    assert entry.why == WHY
    assert entry.details["questions"] == ["Enter what happened.", "Who was her GP?"]


def test_the_desk_waits_for_the_referrer(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime
) -> None:
    give_back(session, head, case, partnership.officer, NOW)
    [waiting] = owing(session, session.merge(partnership.officer)).first
    assert (waiting.who, waiting.what) == ("Perpetua Strickland", "Correction of the referral")
    assert waiting.path == f"/cases/{case.reference}/return"


def test_an_answer_by_the_link_brings_an_approved_referral_back_to_triage(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime
) -> None:
    letter = give_back(session, head, case, partnership.officer, NOW)
    draft = drafts.by_token(session, link_in(letter))
    assert draft is not None
    assert draft.answers["subjects"] == ADULT["subjects"]  # nothing has to be typed again
    draft.answers = COMPLETE
    later = NOW + timedelta(days=1)
    service.send(session, head, england(), draft, later)
    assert case.status is Status.TRIAGE
    given = returning.latest(session, case)
    assert given is not None
    assert (given.answered_at, given.answered_how) == (later, "by the link in the letter")
    referral = referral_of(session, case)
    assert not referral.is_returned
    assert referral.earlier[0]["answers"]["subjects"] == ADULT["subjects"]


def test_what_was_never_confirmed_or_approved_goes_to_the_safeguarding_lead(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    case = referred(session, head, NOW)
    letter = give_back(session, head, case, partnership.officer, NOW)
    draft = drafts.by_token(session, link_in(letter))
    assert draft is not None
    draft.answers = COMPLETE
    service.send(session, head, england(), draft, NOW)
    assert case.status is Status.AWAITING_SIGN_OFF


@pytest.mark.parametrize("made, then", [(in_triage, Status.TRIAGE), (referred, Status.REFERRED)])
def test_an_answer_that_came_otherwise_is_recorded_and_the_case_goes_on_where_it_stood(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime, made: Any, then: Status
) -> None:
    officer = partnership.officer
    case = made(session, head, NOW) if made is referred else made(session, head, officer, NOW)
    letter = give_back(session, head, case, officer, NOW)
    referral = referral_of(session, case)
    with pytest.raises(Incomplete, match="how it reached you"):
        returning.take_up(session, referral, " ", officer.as_actor(), NOW)
    returning.take_up(session, referral, "By telephone: Dr Rees.", officer.as_actor(), NOW)
    assert case.status is then
    assert not referral.is_returned
    draft = drafts.by_token(session, link_in(letter))
    assert draft is not None
    assert draft.is_with_us  # the link no longer changes anything
    with pytest.raises(NotNow, match="not with the referrer"):
        returning.take_up(session, referral, "Again.", officer.as_actor(), NOW)


@pytest.mark.parametrize(
    "why, questions, others, sentence",
    [
        (" ", {"a": "Enter it"}, [], "Give the reasons"),
        (WHY, {}, ["  "], "Say what is missing"),
        ("Ms Quillfeather’s GP is not named.", {"a": "Enter it"}, [], "Write initials"),
        (WHY, {}, ["Was 14 March 1951 the day?"], "Write initials"),
    ],
)
def test_a_return_that_says_too_little_or_too_much_is_refused(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime,
    why: str, questions: dict[str, str], others: list[str], sentence: str,
) -> None:  # fmt: skip
    officer, referral = partnership.officer.as_actor(), referral_of(session, case)
    with pytest.raises(Incomplete, match=sentence):
        returning.give_back(session, head, referral, why, questions, others, officer, NOW)
    assert case.status is Status.TRIAGE


def test_only_the_team_returns_a_referral_and_not_once_scoping_began(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime
) -> None:
    with pytest.raises(NotAllowed):
        give_back(session, head, case, partnership.chair, NOW)
    give_back(session, head, case, partnership.officer, NOW)
    with pytest.raises(NotNow, match="Returned to the referrer"):
        give_back(session, head, case, partnership.officer, NOW)


@pytest.fixture
def officer(
    client: FlaskClient, sign_in: Any, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime
) -> FlaskClient:
    with sessions.transaction() as session:
        in_triage(session, head, partnership.officer, NOW)
    sign_in(client, partnership.officer)
    return client


PAGE = "/cases/JCR-2026-0001/return"


def test_the_page_asks_what_the_form_finds_missing_and_keeps_what_was_typed(
    officer: FlaskClient, words: Any, sessions: Sessions
) -> None:
    page = words(officer.get(PAGE).text)
    assert "Questions the form finds unanswered or wrong" in page
    assert "Person 1: Enter the ethnicity." in page
    wrong = officer.post(PAGE, data={"why": "Ms Quillfeather’s <GP>", "others": "Who was the GP?"})
    assert wrong.status_code == 422
    assert "Write initials instead" in wrong.text
    assert "Ms Quillfeather’s &lt;GP&gt;" in wrong.text
    assert "Who was the GP?" in wrong.text
    typed = {"why": WHY, "others": "Who was the GP?\n\nWhen did she last see anybody?"}
    assert officer.post(PAGE, data=typed).status_code == 302
    page = words(officer.get(PAGE).text)
    assert "When did she last see anybody?" in page
    assert officer.post(f"{PAGE}/answered", data={}).status_code == 422
    assert officer.post(f"{PAGE}/answered", data={"how": "By e-mail: Dr Rees."}).status_code == 302
    with sessions.reading() as session:
        assert session.scalars(select(Case)).one().status is Status.TRIAGE


def test_the_letter_asks_in_the_order_of_the_form_and_its_link_is_bound_to_no_browser(
    officer: FlaskClient, words: Any, sessions: Sessions
) -> None:
    with sessions.reading() as session:
        found = returning.open_questions(service.of_case(session, session.scalars(select(Case)).one()), TODAY)
    assert officer.post(PAGE, data={"why": WHY, "missing": sorted(found)}).status_code == 302
    with sessions.reading() as session:
        letter = session.scalars(select(Letter).where(Letter.kind == Kind.REFERRAL_RETURNED)).one()
        asked = [line.removeprefix("- ") for line in letter.text.splitlines() if line.startswith("- ")]
        link = link_in(letter)
    assert asked == list(found.values())
    page = words(officer.application.test_client().get(f"/referral/{link}", follow_redirects=True).text)
    assert "It came back for correction" in page
    assert "opens in this browser only" not in page
