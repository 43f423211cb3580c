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
from jcr.scoping.model import Request
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


def test_agencies_answered_in_every_way(quarter: Quarter, requests: Sequence[Request]) -> None:
    assert len(requests) == len(quarter.behaviour) == 3 * CASES
    assert set(quarter.behaviour.values()) == set(BEHAVIOURS)
    for request in requests:
        ways = BEHAVIOURS[quarter.behaviour[request.id]][1]
        assert len(request.returns) == len(ways), quarter.behaviour[request.id]


@pytest.mark.tor("7.6")
def test_nobody_was_chased_on_a_day_that_is_not_worked_or_twice_on_one_day(session: Session) -> None:
    letters = chasing_letters(session)
    assert len(letters) > CASES
    assert all(is_worked(local_day(letter.written_at)) for letter in letters)
    on_a_day = Counter((letter.recipient.casefold(), local_day(letter.written_at)) for letter in letters)
    assert set(on_a_day.values()) == {1}


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
    for request in requests:
        told = [nudge.sent_on for nudge in request.nudges if nudge.rung == TO_THE_BOARD]
        after, _ = BEHAVIOURS[quarter.behaviour[request.id]]
        escalates = 2 if Route.CHILD in request.case.route_names else 5
        due = working_day(request.round.return_by, escalates)
        assert told == ([due] if after is None or after > escalates else []), quarter.behaviour[request.id]


@pytest.mark.tor("7.7", "7.8")
def test_every_case_was_decided_with_minute_ratifier_letter_and_delivery(session: Session) -> None:
    cases = session.scalars(select(Case)).unique().all()
    assert [case.status for case in cases] == [Status.DECIDED] * CASES
    for case in cases:
        made = session.scalars(select(Recommendation).where(Recommendation.case_id == case.id)).one()
        given = session.scalars(select(Ratification).where(Ratification.recommendation_id == made.id)).all()
        [letter] = decision_letters(session, case)
        assert made.meeting.case_id == case.id
        assert made.rationale
        assert {one.office for one in given} == set(needed(case.route_names))
        assert all(one.person_id != made.chaired_by_id for one in given)
        assert letter.written_at > max(one.at for one in given)
        assert letter.delivery is Delivery.SENT


@pytest.mark.tor("7.8")
def test_every_letter_went_out_once(quarter: Quarter, session: Session) -> None:
    gone = Counter(message["Message-ID"] for _, message in quarter.post.gone)
    written = session.scalars(select(Letter.message_id)).all()
    assert gone == Counter(written)


def decision_letters(session: Session, case: Case) -> Sequence[Letter]:
    mine = select(Letter).where(Letter.case_id == case.id, Letter.kind == Kind.DECISION)
    return session.scalars(mine).all()
