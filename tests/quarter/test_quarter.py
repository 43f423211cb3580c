"""A quarter of forty cases, its clock moved on by hand: who was written to, when, and never too early."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Route, Status
from jcr.cases.rules import TO_THE_BOARD
from jcr.correspondence.model import Delivery, Kind, Letter
from jcr.decisions.model import Ratification, Recommendation
from jcr.decisions.offices import needed
from jcr.decisions.recommending import describe
from jcr.intake.model import Message, Outcome
from jcr.meetings.minuting import item_called
from jcr.meetings.standing import RECOMMENDATION
from jcr.scoping.model import How, Request
from jcr.wording import local_day
from tests.quarter.conftest import CASES
from tests.quarter.office import BEHAVIOURS, Quarter, is_worked, working_day

CHASING = (Kind.SCOPING_REMINDER, Kind.SCOPING_ESCALATION)


@pytest.fixture
def session(quarter: Quarter) -> Iterator[Session]:
    with quarter.sessions.reading() as session:
        yield session


@pytest.fixture
def requests(session: Session) -> Sequence[Request]:
    return session.scalars(select(Request)).unique().all()


def chasing_letters(session: Session) -> Sequence[Letter]:
    return session.scalars(select(Letter).where(Letter.kind.in_(CHASING))).all()


def test_agencies_answered_in_every_way_and_a_second_answer_waits_for_a_person(
    quarter: Quarter, session: Session, requests: Sequence[Request]
) -> None:
    assert len(requests) == len(quarter.behaviour) == 3 * CASES
    assert set(quarter.behaviour.values()) == set(BEHAVIOURS)
    for request in requests:
        ways = BEHAVIOURS[quarter.behaviour[request.id]][1]
        came = [{How.WEB: "web", How.EMAIL: "mail"}[one.how] for one in request.returns]
        assert came == list(ways[:1]), quarter.behaviour[request.id]
    asked = select(Message).where(Message.outcome == Outcome.TO_SORT)
    reasons = [message.because for message in session.scalars(asked)]
    assert len(reasons) == Counter(quarter.behaviour.values())["twice"]
    assert all("its scoping request has been answered or closed already" in because for because in reasons)


@pytest.mark.tor("7.6")
def test_nobody_was_chased_on_a_day_that_is_not_worked_or_twice_on_one_day(
    quarter: Quarter, session: Session
) -> None:
    letters = chasing_letters(session)
    assert len(letters) > CASES
    assert all(is_worked(local_day(letter.written_at)) for letter in letters)
    ids = {letter.message_id for letter in letters}
    went = [(day, message["To"]) for day, message in quarter.post.gone if message["Message-ID"] in ids]
    assert len(went) == len(letters)
    assert all(is_worked(day) for day, _ in went)
    assert set(Counter(went).values()) == {1}


@pytest.mark.tor("7.6")
def test_nobody_was_chased_for_a_return_that_was_there(session: Session, requests: Sequence[Request]) -> None:
    chased = 0
    for request in requests:
        first = min((one.received_at for one in request.returns), default=None)
        for nudge in request.nudges:
            chased += 1
            written = session.get_one(Letter, nudge.letter_id).written_at
            assert first is None or written < first
    assert chased > CASES


@pytest.mark.tor("7.6")
def test_the_board_member_was_told_on_the_right_day_and_only_of_what_was_missing(
    quarter: Quarter, requests: Sequence[Request]
) -> None:
    recommended_without = 0
    for request in requests:
        told = [nudge.sent_on for nudge in request.nudges if nudge.rung == TO_THE_BOARD]
        after, _ = BEHAVIOURS[quarter.behaviour[request.id]]
        escalates = 2 if Route.CHILD in request.case.route_names else 5
        due = working_day(request.round.return_by, escalates)
        assert told == ([due] if after is None or after > escalates else []), quarter.behaviour[request.id]
        met = request.round.met_at
        recommended_without += bool(told and met and local_day(met) < due)
    assert recommended_without > 5  # the group went on, and the terms of reference let nobody off


@pytest.mark.tor("7.7", "7.8")
def test_every_case_was_decided_with_minute_ratifier_letter_and_delivery(session: Session) -> None:
    cases = session.scalars(select(Case)).unique().all()
    assert [case.status for case in cases] == [Status.DECIDED] * CASES
    for case in cases:
        made = session.scalars(select(Recommendation).where(Recommendation.case_id == case.id)).one()
        given = session.scalars(select(Ratification).where(Ratification.recommendation_id == made.id)).all()
        [letter] = decision_letters(session, case)
        minute = item_called(made.meeting, RECOMMENDATION)
        assert made.meeting.case_id == case.id
        assert minute is not None
        assert (minute.decision, minute.rationale) == (f"{describe(made)}.", made.rationale)
        assert made.rationale
        assert {one.office for one in given} == set(needed(case.route_names))
        assert all(one.person_id != made.chaired_by_id for one in given)
        assert letter.written_at > max(one.at for one in given)
        assert letter.delivery is Delivery.SENT


@pytest.mark.tor("7.8")
def test_no_decision_letter_was_written_before_ratification(quarter: Quarter) -> None:
    assert quarter.refused == CASES  # asked for right after each recommendation


@pytest.mark.tor("7.8")
def test_every_letter_went_out_once(quarter: Quarter, session: Session) -> None:
    gone = Counter(message["Message-ID"] for _, message in quarter.post.gone)
    written = session.scalars(select(Letter.message_id)).all()
    assert gone == Counter(written)


def decision_letters(session: Session, case: Case) -> Sequence[Letter]:
    mine = select(Letter).where(Letter.case_id == case.id, Letter.kind == Kind.DECISION)
    return session.scalars(mine).all()
