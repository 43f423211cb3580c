"""More time for a return: asked behind the link, answered with a reason, the old date kept beside the new one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import ImmutableMultiDict

from jcr.cases.rules import england
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.desk import service as desk
from jcr.desk.clock import State as ClockState
from jcr.errors import Incomplete, NotNow
from jcr.history.service import of_case
from jcr.meetings.model import Meeting
from jcr.people.model import Agency
from jcr.scoping import chasing, extending, service
from jcr.scoping.extension_pages import AnswerForm
from jcr.scoping.model import Extension, Request, State
from tests.shown import seen_at

CALENDAR = england()
NIL = {
    "author_name": "Petra Wilmot",
    "author_role": "Named Nurse",
    "author_email": "p.wilmot@agency.example",
    "records_searched": "All records",
}
WHY = "Two records are held on paper."
ASKED = {"who": "Petra Wilmot", "until": ["4", "12", "2026"], "why": WHY}
# the return date of the round is Thursday 3 December 2026, the meeting Tuesday 8 December


@pytest.fixture
def asked(session: Session, called: Meeting, partnership: Any) -> Request:
    return session.scalars(select(Request).where(Request.agency_id == partnership.wvt.id)).one()


@pytest.fixture
def question(session: Session, asked: Request, NOW: datetime) -> Extension:
    return extending.ask_for_more_time(session, asked, "Petra Wilmot", date(2026, 12, 7), WHY, NOW, CALENDAR)


@pytest.mark.tor("7.6")
def test_a_granted_extension_keeps_the_old_date_and_moves_the_reminders(
    session: Session, head: Letterhead, question: Extension, asked: Request, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    letter = extending.grant(
        session, head, question, date(2026, 12, 4), "The records matter.", officer, NOW, CALENDAR
    )
    assert (asked.return_by, asked.round.return_by, question.was) == (
        date(2026, 12, 4), date(2026, 12, 3), date(2026, 12, 3),
    )  # fmt: skip
    assert asked.known["return_deadline"] == "2026-12-04"
    assert letter.recipient == asked.contact_email
    assert "until now the return was due on Thursday 3 December 2026." in letter.body
    assert "The return date is Friday 4 December 2026." in letter.body
    assert of_case(session, asked.case.id)[1].act == (
        "gave Wye Valley NHS Trust until Friday 4 December 2026 for its return, "
        "instead of Thursday 3 December 2026"
    )
    reminded = [
        (day, one.recipient)
        for day in (1, 2)
        for one in chasing.chase(session, head, datetime(2026, 12, day, 9, tzinfo=UTC), CALENDAR)
    ]
    assert (2, asked.contact_email) in reminded
    assert (1, asked.contact_email) not in reminded


def test_the_case_is_late_when_a_missing_return_is_by_its_own_day(
    session: Session, head: Letterhead, question: Extension, asked: Request, partnership: Any, NOW: datetime
) -> None:
    day, officer = date(2026, 12, 4), partnership.officer.as_actor()
    extending.grant(session, head, question, day, "The records matter.", officer, NOW, CALENDAR)
    session.flush()

    def due() -> tuple[date | None, ClockState]:
        clocks = desk.clocks_of_case(session, asked.case, day, CALENDAR)
        return next((one.on, one.state) for one in clocks if one.label == "Scoping returns")

    assert due() == (date(2026, 12, 3), ClockState.LATE)  # others were given no more time
    for other in asked.round.requests:
        if other is not asked:
            other.state = State.ACCEPTED
    session.flush()
    assert due() == (day, ClockState.DUE)


def test_a_refusal_lets_the_date_stand_and_says_why(
    session: Session, head: Letterhead, question: Extension, asked: Request, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    with pytest.raises(Incomplete, match="Give the reason"):
        extending.refuse(session, head, question, " ", officer, NOW)
    letter = extending.refuse(session, head, question, "The meeting cannot move.", officer, NOW)
    assert asked.return_by == date(2026, 12, 3)
    assert "The meeting cannot move" not in letter.body  # shown behind the link only
    with pytest.raises(NotNow, match="has answered this already"):
        extending.refuse(session, head, question, "Again.", officer, NOW)


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (date(2026, 12, 3), "must be after the present one"),
        (date(2026, 12, 5), "must be a working day"),
        (date(2026, 12, 8), "The rapid review meets on Tuesday 8 December 2026: give a day before it"),
        (date(2026, 11, 20), "must be after today"),
    ],
)
def test_a_day_that_will_not_do_is_refused_with_what_to_do(
    session: Session, asked: Request, NOW: datetime, until: date, said: str
) -> None:
    with pytest.raises(Incomplete, match=said):
        extending.ask_for_more_time(session, asked, "Petra Wilmot", until, WHY, NOW, CALENDAR)


def test_more_time_may_be_refused_when_the_day_asked_for_is_over(asked: Request) -> None:
    given = [("until", "4"), ("until", "12"), ("until", "2026"), ("why", "It met."), ("answer", "refuse")]
    form = AnswerForm(ImmutableMultiDict(given), asked, CALENDAR, today=date(2026, 12, 20))
    assert form.validate(), form.errors


def test_a_return_that_comes_settles_the_question(
    session: Session, head: Letterhead, question: Extension, partnership: Any, NOW: datetime
) -> None:
    request = question.request
    service.nil_return(session, head, request, NIL, NOW)
    assert request.extension_asked is None
    assert question.answer == "The return came in the meantime."
    service.send_back(session, head, CALENDAR, request, "Who looked?", partnership.officer.as_actor(), NOW)
    extending.ask_for_more_time(session, request, "Petra Wilmot", date(2026, 12, 4), WHY, NOW, CALENDAR)
    assert request.extension_asked is not None


def test_the_same_question_is_not_put_twice(session: Session, question: Extension, NOW: datetime) -> None:
    with pytest.raises(NotNow, match="asked for more time already"):
        extending.ask_for_more_time(
            session, question.request, "Petra Wilmot", date(2026, 12, 4), WHY, NOW, CALENDAR
        )


def test_asked_behind_the_link_and_granted_from_the_desk(
    session: Session,
    client: FlaskClient,
    asked: Request,
    link: Callable[[Any], str],
    partnership: Any,
    sign_in: Any,
    words: Callable[[str], str],
    sessions: Sessions,
) -> None:
    session.commit()
    token = link(asked)
    assert "/more-time" in client.get(f"/scoping/{token}").text
    late = client.post(f"/scoping/{token}/more-time", data={**ASKED, "until": ["9", "12", "2026"]})
    assert late.status_code == 422
    assert "give a day before it" in late.text
    assert WHY in late.text
    assert client.post(f"/scoping/{token}/more-time", data=ASKED).status_code == 302
    assert "You asked for time until Friday 4 December 2026" in words(client.get(f"/scoping/{token}").text)
    sign_in(client, partnership.officer)
    page = f"/cases/{asked.case.reference}/returns/wvt/more-time"
    assert page in client.get("/").text
    assert "Answer Wye Valley NHS Trust: more time is asked for" in words(client.get("/").text)
    assert client.post(page, data={"answer": "grant", "until": ["", "", ""], "why": "x"}).status_code == 422
    given = client.post(page, data={"answer": "grant", "until": ["4", "12", "2026"], "why": "It helps."})
    assert given.status_code == 302
    assert "Due 4 Dec 2026, instead of 3 Dec 2026" in words(
        client.get(f"/cases/{asked.case.reference}/returns").text
    )
    assert "The reason: It helps." in words(client.get(f"/scoping/{token}").text)
    assert page not in client.get("/").text
    with sessions.reading() as later:
        assert later.scalar(select(Letter.kind).where(Letter.kind == Kind.SCOPING_EXTENSION))


def test_an_agency_without_a_board_member_is_a_task_on_the_desk(
    session: Session, client: FlaskClient, asked: Request, partnership: Any, sign_in: Any
) -> None:
    session.get_one(Agency, partnership.wvt.id).board_email = ""
    session.flush()
    officer = partnership.officer
    late, path = date(2026, 12, 4), "/agencies/wvt"
    [task] = [one for one in desk.tasks(session, officer, late) if one.path == path]
    assert task.text == "Add the board member’s address of Wye Valley NHS Trust"
    counted = desk.counted(session, officer, late, england())
    assert desk.count_tasks(session, officer, late, counted) == 1
    assert desk.tasks(session, officer, date(2026, 12, 3)) == []
    session.commit()
    sign_in(client, officer)
    given = {"name": "Wye Valley NHS Trust", "sector": "health", "membership": "standing", "contact_name": "Lead",
             "contact_email": "lead@wvt.example", "board_email": "not an address"}  # fmt: skip
    given |= seen_at(client, path)
    assert client.post(path, data=given).status_code == 422
    given["board_email"] = "board@wvt.example"
    assert client.post(path, data=given).status_code == 302
    assert "board@wvt.example" in client.get("/agencies").text
    session.expire_all()
    assert desk.tasks(session, officer, late) == []
