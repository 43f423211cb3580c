"""Chasing: the right rung on the right working day, once, to one person at most once a day, never after a return."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Route, Status
from jcr.cases.rules import england
from jcr.cases.service import set_routes
from jcr.correspondence.model import Kind
from jcr.correspondence.service import Letterhead
from jcr.history.service import of_case
from jcr.meetings.calling import open_rapid_review
from jcr.meetings.model import Meeting
from jcr.people.model import Agency
from jcr.roles import WORKER
from jcr.scoping import chasing, service
from jcr.scoping.extending import give_date
from jcr.scoping.model import Request

CALENDAR = england()
NIL = {"agency_name": "x", "agency_involved": "no", "author_name": "P", "records_searched": "All"}
# the return date of the round is Thursday 3 December 2026, the meeting Tuesday 8 December


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=UTC)


def due_on(session: Session, day: date) -> list[chasing.Due]:
    return list(chasing.due_on(session, day, CALENDAR))


def tomorrow(session: Session, day: date) -> tuple[date, list[chasing.Due]]:
    following, coming = chasing.tomorrow(session, day, CALENDAR)
    return following, list(coming)


@pytest.fixture
def round(session: Session, called: Meeting, partnership: Any) -> list[Request]:
    """Police and hospital still owe their return; housing has answered."""
    requests = session.scalars(select(Request).order_by(Request.id)).all()
    answered = next(one for one in requests if one.agency_id == partnership.housing.id)
    service.take_return_from_document(session, answered, {}, NIL, {}, WORKER, at(1))
    return [one for one in requests if one is not answered]


@pytest.mark.tor("7.6")
def test_the_ladder_is_climbed_on_its_days_and_ends_with_the_board_member(
    session: Session, head: Letterhead, round: list[Request]
) -> None:
    said = {}
    for day in range(1, 18):
        letters = chasing.chase(session, head, at(day), CALENDAR)
        if letters:
            said[day] = {letter.kind for letter in letters}
            assert len(letters) == len(round)
    reminder, escalation = {Kind.SCOPING_REMINDER}, {Kind.SCOPING_ESCALATION}
    assert said == {1: reminder, 3: reminder, 4: reminder, 10: escalation}


@pytest.mark.tor("7.6")
def test_the_letter_to_the_board_member_tells_what_was_done_before(
    session: Session, head: Letterhead, round: list[Request], partnership: Any
) -> None:
    for day in (1, 3, 4):
        chasing.chase(session, head, at(day), CALENDAR)
    letter = next(
        one
        for one in chasing.chase(session, head, at(10), CALENDAR)
        if one.recipient == partnership.police.board_email
    )
    assert "Late by 5 working days" in letter.text
    for said in ("Tuesday 1 December", "Thursday 3 December", "Friday 4 December", "section 45"):
        assert said in letter.text
    assert "Quillfeather" not in letter.subject + letter.body + letter.text
    acts = [entry.act for entry in of_case(session, round[0].case.id)]
    assert "chased the return of West Mercia Police: wrote to the Board or Partnership member" in acts


@pytest.mark.parametrize(("meets", "by"), [(11, "Friday 11 December"), (16, "Monday 14 December")])
def test_the_board_member_is_not_given_longer_than_until_the_rapid_review(
    session: Session, head: Letterhead, round: list[Request], meets: int, by: str
) -> None:
    round[0].round.meeting_at = at(meets)
    letters = chasing.chase(session, head, at(10), CALENDAR)
    assert len(letters) == 2
    assert all(f"reaches us by {by} 2026" in letter.text for letter in letters)


def test_nothing_goes_on_a_day_that_is_not_worked_or_in_the_night(
    session: Session, head: Letterhead, round: list[Request]
) -> None:
    assert chasing.chase(session, head, at(5), CALENDAR) == []  # a Saturday
    assert chasing.chase(session, head, at(1, hour=5), CALENDAR) == []
    assert len(chasing.chase(session, head, at(1, hour=8), CALENDAR)) == 2
    assert chasing.chase(session, head, at(1, hour=15), CALENDAR) == []


def test_a_rung_missed_while_the_worker_stood_still_goes_late_and_only_the_highest(
    session: Session, head: Letterhead, round: list[Request]
) -> None:
    letters = chasing.chase(session, head, at(7), CALENDAR)
    assert {letter.kind for letter in letters} == {Kind.SCOPING_REMINDER}
    assert {nudge.rung for request in round for nudge in request.nudges} == {"agency_lead"}


@pytest.mark.parametrize("how", ["web", "email"])
def test_a_return_stops_it_whichever_way_it_came(
    session: Session, head: Letterhead, round: list[Request], how: str
) -> None:
    one, other = round
    chasing.chase(session, head, at(1), CALENDAR)
    if how == "email":
        service.take_return_from_document(session, one, {}, NIL, {}, WORKER, at(2))
    else:
        answers = {
            "author_name": "Petra Wilmot",
            "author_role": "Named Nurse",
            "author_email": "p.wilmot@agency.example",
            "records_searched": "All records",
        }
        service.nil_return(session, head, one, answers, at(2))
    letters = chasing.chase(session, head, at(3), CALENDAR)
    assert [letter.recipient for letter in letters] == [other.contact_email]


def test_one_person_gets_one_letter_a_day_over_all_that_is_owed(
    session: Session, head: Letterhead, round: list[Request]
) -> None:
    for request in round:
        request.contact_email = "Shared.Desk@agency.example"
    (letter,) = chasing.chase(session, head, at(1), CALENDAR)
    assert letter.case_id is None
    assert letter.subject == "JCR-2026-0001: scoping returns we are waiting for"
    for request in round:
        assert request.agency.name in letter.body
        assert [nudge.letter_id for nudge in request.nudges] == [letter.id]


def test_an_agency_without_a_board_member_is_a_task_and_not_forgotten(
    session: Session, head: Letterhead, round: list[Request], partnership: Any
) -> None:
    session.get_one(Agency, partnership.police.id).board_email = ""
    letters = chasing.chase(session, head, at(10), CALENDAR)
    assert [letter.recipient for letter in letters] == [partnership.wvt.board_email]
    assert [due.request.agency.name for due in due_on(session, at(10).date()) if not due.address] == [
        "West Mercia Police"
    ]


def test_tomorrow_is_shown_before_it_comes(session: Session, head: Letterhead, round: list[Request]) -> None:
    assert tomorrow(session, date(2026, 11, 27)) == (date(2026, 11, 30), [])
    following, coming = tomorrow(session, date(2026, 11, 30))
    assert following == date(2026, 12, 1)
    promised = sorted(due.address for due in coming)
    letters = chasing.chase(session, head, at(1), CALENDAR)
    assert sorted(letter.recipient for letter in letters) == promised


def test_a_request_that_went_out_late_is_not_reminded_at_once(
    session: Session, head: Letterhead, round: list[Request]
) -> None:
    round[0].round.opened_at = at(1) + timedelta(hours=1)
    assert chasing.chase(session, head, at(1, hour=16), CALENDAR) == []
    assert len(chasing.chase(session, head, at(3), CALENDAR)) == 2


def test_the_day_of_the_asking_is_the_day_in_london(
    session: Session, head: Letterhead, round: list[Request]
) -> None:
    """Half past midnight in a British summer is still the day before by Greenwich."""
    round[0].round.opened_at = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)  # 1 August in London
    assert round[0].return_by_since == date(2026, 8, 1)


@pytest.mark.tor("7.6")
def test_a_return_that_was_sent_back_is_chased_like_one_that_never_came(
    session: Session, head: Letterhead, round: list[Request], partnership: Any
) -> None:
    one, other = round
    for day in (1, 3):
        chasing.chase(session, head, at(day), CALENDAR)
    for request in round:
        service.take_return_from_document(session, request, {}, NIL, {}, WORKER, at(3, 15))
    service.accept_return(session, other, partnership.officer.as_actor(), at(3, 16))
    service.send_back(
        session, head, CALENDAR, one, "Search the archive.", partnership.officer.as_actor(), at(3, 16)
    )
    assert one.return_by == date(2026, 12, 7)  # two working days on, the day before the meeting
    went = {}
    for day in range(4, 16):
        for letter in chasing.chase(session, head, at(day), CALENDAR):
            assert letter.recipient in (one.contact_email, one.agency.board_email)
            went[day] = letter.kind
    assert went == {
        7: Kind.SCOPING_REMINDER,
        8: Kind.SCOPING_REMINDER,
        14: Kind.SCOPING_ESCALATION,
    }


@pytest.mark.tor("7.6")
@pytest.mark.parametrize(
    ("began", "goes"),
    [
        (2, {1: Kind.SCOPING_REMINDER}),  # before the return date: nobody is late
        (4, {1: Kind.SCOPING_REMINDER, 3: Kind.SCOPING_REMINDER, 10: Kind.SCOPING_ESCALATION}),
    ],
)
def test_once_the_rapid_review_began_only_a_return_late_by_then_is_told_the_board_member(
    session: Session, head: Letterhead, called: Meeting, partnership: Any, began: int, goes: dict[int, Kind]
) -> None:
    went = {}
    for day in range(1, 19):
        if day == began:
            officer = partnership.officer.as_actor()
            open_rapid_review(session, called, officer, at(day, 8), "The chair rang everybody.")
        for letter in chasing.chase(session, head, at(day), CALENDAR):
            went[day] = letter.kind
            text = letter.text
    assert went == goes
    if began == 4:
        assert "The rapid review met on Friday 4 December 2026" in text


@pytest.mark.tor("7.6")
@pytest.mark.parametrize("status", [Status.RECOMMENDED, Status.SENT_BACK, Status.RATIFIED, Status.DECIDED])
def test_what_the_group_recommended_without_is_told_the_board_member_all_the_same(
    session: Session,
    head: Letterhead,
    round: list[Request],
    called: Meeting,
    partnership: Any,
    status: Status,
) -> None:
    """The terms of reference (7.iv) let no return off because the group went on without it."""
    one, other = round
    service.take_return_from_document(session, other, {}, NIL, {}, WORKER, at(4, 12))  # late, and there
    open_rapid_review(session, called, partnership.officer.as_actor(), at(8, 10))
    session.execute(update(Case).values(status=status))
    session.expire_all()
    assert chasing.chase(session, head, at(9), CALENDAR) == []
    assert [due.request for due in tomorrow(session, at(9).date())[1]] == [one]
    (letter,) = chasing.chase(session, head, at(10), CALENDAR)
    assert [letter.kind, letter.recipient] == [Kind.SCOPING_ESCALATION, one.agency.board_email]
    assert "met on Tuesday 8 December 2026 at 10:00 without this return" in letter.text
    assert "At risk" not in letter.text
    assert [chasing.chase(session, head, at(day), CALENDAR) for day in (11, 14)] == [[], []]


def test_a_closed_case_is_chased_no_more(
    session: Session, head: Letterhead, round: list[Request], called: Meeting, partnership: Any
) -> None:
    open_rapid_review(session, called, partnership.officer.as_actor(), at(8, 10))
    session.execute(update(Case).values(status=Status.CLOSED))
    session.expire_all()
    assert chasing.chase(session, head, at(10), CALENDAR) == []


@pytest.mark.tor("7.6")
def test_on_its_day_the_rapid_review_begins_when_it_is_opened_not_at_its_hour(
    session: Session, head: Letterhead, round: list[Request], called: Meeting, partnership: Any
) -> None:
    """Reminder, receipt and the state of the returns say the same on the day, before and after the opening."""
    one, other = round
    give_date(
        one, date(2026, 12, 7), date(2026, 12, 3)
    )  # one working day late on the day of the rapid review
    assert one.round.meeting_at == at(8, 9) + timedelta(minutes=30)
    noon = at(8, 12)  # its hour has passed; nobody opened it
    assert not one.round.has_begun
    assert one.round.meets(noon) == "was to meet"
    reminders = chasing.chase(session, head, noon, CALENDAR)
    assert [letter.kind for letter in reminders] == [Kind.SCOPING_REMINDER] * 2
    assert all("was to meet on Tuesday 8 December 2026" in letter.body for letter in reminders)
    service.take_return_from_document(session, one, {}, NIL, {}, WORKER, noon)
    open_rapid_review(session, called, partnership.officer.as_actor(), at(8, 13))
    assert one.round.has_begun
    assert one.round.meets(at(8, 13)) == "met"
    service.take_return_from_document(session, other, {}, NIL, {}, WORKER, at(8, 14))
    assert [request.answered_only_after_meeting for request in round] == [False, True]


@pytest.mark.tor("7.6")
def test_a_return_sent_back_after_the_rapid_review_began_is_chased_anew(
    session: Session, head: Letterhead, round: list[Request], called: Meeting, partnership: Any
) -> None:
    one, other = round
    officer = partnership.officer.as_actor()
    for request in round:
        service.take_return_from_document(session, request, {}, NIL, {}, WORKER, at(3))
    open_rapid_review(session, called, officer, at(4, 8), "The chair rang everybody.")
    service.accept_return(session, other, officer, at(4, 9))
    service.send_back(session, head, CALENDAR, one, "Search the archive.", officer, at(9, 10))
    went = {day: letter for day in range(9, 12) for letter in chasing.chase(session, head, at(day), CALENDAR)}
    assert [one.return_by, *went] == [date(2026, 12, 11), 11]
    assert "met on Friday 4 December 2026" in went[11].body


@pytest.mark.tor("7.6")
def test_the_letter_to_the_board_member_tells_which_day_owed_by_law_is_at_risk(
    session: Session, head: Letterhead, round: list[Request]
) -> None:
    case = round[0].case
    set_routes(case, [Route.CHILD, Route.DOMESTIC])
    case.incident_notified_on, case.received_on = date(2026, 11, 23), date(2026, 11, 23)
    session.flush()
    for day in (1, 3, 4):
        chasing.chase(session, head, at(day), CALENDAR)
    text = chasing.chase(session, head, at(7), CALENDAR)[0].text
    assert "At risk: the rapid review has to reach the national Panel by Monday 14 December 2026" in text
    assert "At risk: the decision whether a review is held is owed by Wednesday 23 December 2026" in text
    assert "section 16H of the Children Act 2004" in text
    assert "section 9 of the Domestic Violence, Crime and Victims Act 2004" in text
    assert "section 45" not in text
