"""A referrer asks for a decision to be looked at again: once, in time, and another answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jcr.cases.model import Case, CaseRoute, Route, Status
from jcr.cases.rules import Calendar, england
from jcr.cases.service import put_up_wall
from jcr.cases.workflow import perform
from jcr.correspondence.model import Delivery, Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.decisions.model import Ground, Looked, Recommendation, Reconsideration
from jcr.decisions.reconsidering import Asked, ask, who_decided, who_may_answer
from jcr.decisions.reconsidering import answer as answer_again
from jcr.decisions.service import brought_back, decided, notify_referrer, report
from jcr.desk.case_page import case_page
from jcr.desk.service import clocks, count_tasks, counted, tasks
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.meetings.model import Presence
from jcr.people.model import Office
from jcr.roles import WORKER
from jcr.triage.service import decline
from tests.cases import made

ASKED = "The GP's letter of October was not read."
REASONS = "The letter was read and changes nothing in the test."
REQUEST = Asked(Ground.NEW, ASKED, date(2026, 11, 30))


@pytest.fixture
def declined(session: Session, head: Letterhead, calendar: Calendar, partnership: Any, NOW: datetime) -> Case:
    """Declined on Monday 23 November 2026 by the officer, with the chair's agreement."""
    case = made.in_triage(session, head, partnership.officer, NOW)
    chair, officer = session.merge(partnership.chair), partnership.officer.as_actor()
    decline(session, head, calendar, case, "Outside every route.", chair, officer, NOW)
    session.flush()
    return case


@pytest.fixture
def asking(
    session: Session, head: Letterhead, calendar: Calendar, partnership: Any, NOW: datetime
) -> Callable[..., Reconsideration]:
    """The officer records the referrer's request a week after the letter."""

    def asked(
        case: Case, request: Asked = REQUEST, at: datetime = NOW + timedelta(days=60)
    ) -> Reconsideration:
        return ask(session, head, calendar, case, request, partnership.officer.as_actor(), at)

    return asked


@pytest.fixture
def tell(
    session: Session, head: Letterhead, calendar: Calendar, partnership: Any, answer: Callable[..., Any]
) -> Callable[[Recommendation], Case]:
    """Ratifies a recommendation and sends the decision letter."""

    def told(found: Recommendation) -> Case:
        at = answer(found, Office.HSAB_CHAIR).at
        officer = partnership.officer.as_actor()
        letter = notify_referrer(session, head, calendar, found.case, officer, at)
        letter.delivery, letter.sent_at = Delivery.SENT, at
        perform(session, found.case, "tell_referrer", WORKER, at)
        session.flush()
        return found.case

    return told


def letter(session: Session, kind: Kind) -> Letter:
    return session.scalars(select(Letter).where(Letter.kind == kind)).one()


@pytest.mark.tor("7.8")
def test_a_request_in_time_is_recorded_and_the_referrer_told_by_when_it_is_answered(
    session: Session, declined: Case, asking: Any
) -> None:
    found = asking(declined)
    assert (found.ground, found.what, found.outcome) == (Ground.NEW, ASKED, None)
    told = letter(session, Kind.RECONSIDERATION_RECEIVED)
    assert "you have a written answer by Monday 21 December 2026" in told.text
    assert ASKED not in told.text + told.body
    assert told.recipient == "p.strickland@wyevalley.example"
    assert declined.status is Status.DECLINED  # it stands meanwhile


@pytest.mark.parametrize("asked_on, in_time", [(date(2026, 12, 21), True), (date(2026, 12, 22), False)])
def test_the_last_day_is_the_twentieth_working_day_after_the_letter(
    declined: Case, asking: Any, asked_on: date, in_time: bool
) -> None:
    request = Asked(Ground.TEST, ASKED, asked_on)
    if in_time:
        assert asking(declined, request).asked_on == asked_on
        return
    with pytest.raises(NotNow, match="last day to ask was Monday 21 December 2026: 20 working days after"):
        asking(declined, request)


def test_it_is_counted_from_the_day_the_letter_went_not_from_when_it_was_written(
    session: Session, declined: Case, asking: Any, NOW: datetime
) -> None:
    sent = letter(session, Kind.DECLINED)
    sent.delivery, sent.sent_at = Delivery.SENT, NOW + timedelta(days=2)
    assert asking(declined, Asked(Ground.TEST, ASKED, date(2026, 12, 23))).asked_on == date(2026, 12, 23)


def test_a_referrer_asks_once(session: Session, declined: Case, asking: Any, NOW: datetime) -> None:
    found = asking(declined)
    with pytest.raises(NotNow, match="asked already, on Monday 30 November 2026, and may ask once"):
        asking(declined)
    session.add(
        Reconsideration(
            case_id=declined.id, letter_id=found.letter_id, ground=Ground.NEW, what="x",
            asked_on=found.asked_on, recorded_by="x", recorded_at=NOW,
        )
    )  # fmt: skip
    with pytest.raises(IntegrityError):  # nor two at one moment
        session.flush()


@pytest.mark.parametrize(
    "request_, sentence",
    [
        (Asked(Ground.NEW, " ", date(2026, 11, 30)), "Write what the referrer asks"),
        (Asked(Ground.NEW, ASKED, date(2027, 6, 1)), "cannot have come in the future"),
        (Asked(Ground.NEW, ASKED, date(2026, 11, 20)), "after this day"),
    ],
)
def test_a_request_that_cannot_be_right_is_refused(
    session: Session, declined: Case, asking: Any, request_: Asked, sentence: str
) -> None:
    with pytest.raises(Incomplete, match=sentence):
        asking(declined, request_)
    assert session.scalars(select(Reconsideration)).all() == []


def test_there_must_be_a_decision_that_the_referrer_knows_of(
    session: Session, head: Letterhead, partnership: Any, declined: Case, asking: Any, NOW: datetime
) -> None:
    with pytest.raises(NotNow, match="“Triage”: there is no decision"):
        asking(made.in_triage(session, head, partnership.officer, NOW))
    letter(session, Kind.DECLINED).delivery = Delivery.BOUNCED
    with pytest.raises(NotNow, match="came back"):
        asking(declined)


def test_whoever_declined_or_agreed_does_not_answer(
    session: Session, head: Letterhead, partnership: Any, declined: Case, asking: Any, NOW: datetime
) -> None:
    found = asking(declined)
    assert who_decided(session, found) == {partnership.officer.id, partnership.chair.id}
    names = {one.name for one in who_may_answer(session, found)}
    assert partnership.vice_chair.name in names
    for key in ("chair", "officer", "member", "hsab_chair"):
        somebody = session.merge(getattr(partnership, key))
        with pytest.raises(NotAllowed, match="had a part in this decision"):
            answer_again(session, head, found, Looked.UPHELD, REASONS, somebody, NOW)
    vice = session.merge(partnership.vice_chair)
    put_up_wall(session, declined, vice, "Knows the family.", vice.as_actor(), NOW)
    with pytest.raises(NotAllowed):
        answer_again(session, head, found, Looked.UPHELD, REASONS, vice, NOW)
    assert found.outcome is None


def test_an_upheld_decision_stands_and_the_letter_says_why_and_who(
    session: Session, head: Letterhead, partnership: Any, declined: Case, asking: Any, NOW: datetime
) -> None:
    found, vice = asking(declined), session.merge(partnership.vice_chair)
    answer_again(session, head, found, Looked.UPHELD, REASONS, vice, NOW + timedelta(days=60))
    told = letter(session, Kind.RECONSIDERATION)
    assert declined.status is Status.DECLINED
    for words in ("The decision stands.", REASONS, vice.name, "Ombudsman", "On Monday 30 November 2026"):
        assert words in told.text
    assert "open again" not in told.text
    assert "Home Office" not in told.text  # nobody says that it is about domestic abuse
    with pytest.raises(NotNow, match="answered already"):
        answer_again(session, head, found, Looked.REOPENED, REASONS, vice, NOW)


def test_a_referrer_of_a_death_related_to_domestic_abuse_is_told_who_may_direct_a_review(
    session: Session, head: Letterhead, partnership: Any, declined: Case, asking: Any, NOW: datetime
) -> None:
    declined.routes.append(CaseRoute(route=Route.DOMESTIC))
    found, vice = asking(declined), session.merge(partnership.vice_chair)
    answer_again(session, head, found, Looked.UPHELD, REASONS, vice, NOW)
    assert "You may write to the Home Office." in letter(session, Kind.RECONSIDERATION).text


@pytest.mark.parametrize(
    "reason, sentence", [(" ", "Give the reasons"), ("Ms Quillfeather was well.", "Write initials")]
)
def test_an_answer_needs_reasons_that_name_nobody(
    session: Session, head: Letterhead, partnership: Any, declined: Case, asking: Any, NOW: datetime,
    reason: str, sentence: str,
) -> None:  # fmt: skip
    found, vice = asking(declined), session.merge(partnership.vice_chair)
    with pytest.raises(Incomplete, match=sentence):
        answer_again(session, head, found, Looked.UPHELD, reason, vice, NOW)
    assert found.outcome is None


def test_a_reopened_decline_is_triaged_anew_and_may_be_declined_and_asked_about_anew(
    session: Session, head: Letterhead, calendar: Calendar, partnership: Any, declined: Case, asking: Any,
    NOW: datetime,
) -> None:  # fmt: skip
    found, vice, later = asking(declined), session.merge(partnership.vice_chair), NOW + timedelta(days=10)
    answer_again(session, head, found, Looked.REOPENED, REASONS, vice, later)
    assert declined.status is Status.TRIAGE
    assert "The case is open again." in letter(session, Kind.RECONSIDERATION).text
    officer = partnership.officer.as_actor()
    decline(session, head, calendar, declined, "Outside it still.", vice, officer, later)
    again = asking(declined, Asked(Ground.TEST, ASKED, later.date()))
    assert who_decided(session, again) == {partnership.officer.id, partnership.vice_chair.id}


def test_a_decision_is_looked_at_by_neither_chair_nor_ratifier_and_goes_back_to_the_review(
    session: Session, head: Letterhead, calendar: Calendar, partnership: Any, recommended: Any, tell: Any,
    asking: Any,
) -> None:  # fmt: skip
    first = recommended()
    case = tell(first)
    perform(session, case, "close", partnership.officer.as_actor(), first.made_at, "Told.")
    at = first.made_at + timedelta(days=3)
    found = asking(case, Asked(Ground.MISSING, ASKED, at.date()), at)
    assert who_decided(session, found) == {partnership.chair.id, partnership.hsab_chair.id}
    vice, manager = session.merge(partnership.vice_chair), session.merge(partnership.manager)
    assert vice in [one.person for one in first.meeting.attendances if one.state is Presence.PRESENT]
    assert who_may_answer(session, found) == [manager]
    put_up_wall(session, case, manager, "Knows the family.", manager.as_actor(), at)
    assert who_may_answer(session, found) == [vice]  # rather than nobody
    answer_again(session, head, found, Looked.REOPENED, REASONS, vice, at)
    assert case.status is Status.RAPID_REVIEW


def test_whoever_recommends_or_ratifies_again_reads_why(
    session: Session, head: Letterhead, partnership: Any, hold: Any, recommended: Any, tell: Any, asking: Any
) -> None:
    held = hold()
    first = recommended(held)
    case, at = tell(first), first.made_at + timedelta(days=3)
    found = asking(case, Asked(Ground.MISSING, ASKED, at.date()), at)
    manager = session.merge(partnership.manager)
    answer_again(session, head, found, Looked.REOPENED, REASONS, manager, at)
    session.flush()
    assert decided(first) == "There is no decision yet: the rapid review is open again."
    asked, opened = brought_back(session, first)
    assert asked.endswith(f"something that matters was missing or overlooked: {ASKED}")
    assert opened.startswith("Tobias Garland opened the rapid review again")
    assert opened.endswith(REASONS)
    again = recommended(replace(held, at=at + timedelta(days=1)))
    [told] = [text for name, text in report(session, again, head).terms if name == "Why it is made again"]
    assert told.split("\n") == [
        "Recommendation 1, of Tuesday 8 December 2026: Safeguarding Adult Review (mandatory).", asked, opened,
    ]  # fmt: skip
    assert "Why it is made again" not in dict(report(session, first, head).terms)
    sent = session.scalars(select(Letter).where(Letter.kind == Kind.RATIFICATION_REQUEST).order_by(Letter.id))
    assert ["The report says why." in one.body for one in sent] == [False, True]
    case.status = Status.RAPID_REVIEW  # once more
    ends = [dict(report(session, one, head).dates)["Ratification"].split(". ")[-1] for one in (first, again)]
    assert ends == [
        "The decision is as recommended.",
        "There is no decision yet: the rapid review is open again.",
    ]


def test_the_clock_of_fifteen_working_days_is_on_the_desk_though_the_case_is_settled(
    session: Session, head: Letterhead, calendar: Calendar, partnership: Any, declined: Case, asking: Any,
    NOW: datetime,
) -> None:  # fmt: skip
    assert clocks(session, NOW.date(), calendar) == []
    found = asking(declined)
    session.flush()
    [clock] = clocks(session, date(2026, 12, 22), calendar)
    assert (clock.label, clock.on, clock.state.value) == (
        "Answer the request to look again", date(2026, 12, 21), "late",
    )  # fmt: skip
    assert clock.because.startswith(
        "15 working days after reconsideration was asked for on Monday 30 November"
    )
    officer = session.merge(partnership.officer)
    [task] = tasks(session, officer, date(2026, 12, 22))
    assert task.path == f"/cases/{declined.reference}/reconsideration"
    lying = counted(session, officer, date(2026, 12, 22), calendar)
    assert count_tasks(session, officer, date(2026, 12, 22), lying) == 1
    vice = session.merge(partnership.vice_chair)
    answer_again(session, head, found, Looked.UPHELD, REASONS, vice, NOW + timedelta(days=9))
    session.flush()
    assert clocks(session, date(2026, 12, 22), calendar) == []
    assert tasks(session, officer, date(2026, 12, 22)) == []
    page = case_page(session, declined, officer, date(2026, 12, 22), calendar)
    assert [one.state.value for one in page.clocks if "look again" in one.label] == ["done"]


@pytest.fixture
def office(
    client: FlaskClient, sign_in: Any, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime
) -> FlaskClient:
    with sessions.transaction() as session:
        case = made.in_triage(session, head, partnership.officer, NOW)
        chair, officer = session.merge(partnership.chair), partnership.officer.as_actor()
        decline(session, head, england(), case, "Outside every route.", chair, officer, NOW)
    sign_in(client, partnership.officer)
    return client


PAGE = "/cases/JCR-2026-0001/reconsideration"


def test_it_is_recorded_by_the_office_and_answered_by_another_on_one_page(
    office: FlaskClient, sign_in: Any, partnership: Any, words: Any
) -> None:
    assert "may ask once, by Monday 21 December 2026" in words(office.get(PAGE).text)
    wrong = office.post(PAGE, data={"asked_on": ["40", "11", "2026"], "what": "A <new> fact"})
    assert wrong.status_code == 422
    assert "A &lt;new&gt; fact" in wrong.text
    assert 'value="40"' in wrong.text
    typed = {"asked_on": ["23", "11", "2026"], "ground": "new", "what": ASKED}
    assert office.post(PAGE, data=typed).location == PAGE
    page = words(office.get(PAGE).text)
    assert "Somebody who neither made the decision nor agreed to it answers:" in page
    assert partnership.vice_chair.name in page
    again = office.post(PAGE, data=typed | {"what": "Once more"})
    assert again.status_code == 422
    assert "may ask once" in again.text
    assert office.post(f"{PAGE}/answer", data={"outcome": "upheld", "reason": REASONS}).status_code == 403
    office.post("/sign-out")
    sign_in(office, partnership.chair)  # who agreed to the decline
    refused = office.post(f"{PAGE}/answer", data={"outcome": "upheld", "reason": REASONS})
    assert refused.status_code == 422
    assert "Somebody else has to answer" in refused.text
    office.post("/sign-out")
    sign_in(office, partnership.vice_chair)
    assert office.post(f"{PAGE}/answer", data={"outcome": "upheld"}).status_code == 422
    done = office.post(f"{PAGE}/answer", data={"outcome": "upheld", "reason": REASONS})
    assert done.location == "/cases/JCR-2026-0001"
    assert REASONS in words(office.get(PAGE).text)
    assert office.post(f"{PAGE}/answer", data={"outcome": "upheld", "reason": REASONS}).status_code == 409
