"""The dates of meetings on the desk: papers in and out, minutes; and what waits for the chair's word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from jcr.cases.rules import england
from jcr.correspondence.service import Letterhead
from jcr.desk import service
from jcr.desk.clocks import State
from jcr.meetings import holding, publishing, submitted
from jcr.meetings import service as meetings
from jcr.meetings.holding import Decided
from jcr.meetings.model import Meeting, Presence
from jcr.meetings.papers import minutes_due, minutes_of
from jcr.meetings.rules import minutes_by
from jcr.scoping import service as scoping
from jcr.submissions import service as submissions
from jcr.submissions.placing import Place
from jcr.wording import long_date
from tests.cases import made
from tests.conftest import on_one_database

pytestmark = on_one_database
ON = datetime(2027, 1, 14, 10, tzinfo=UTC)


@pytest.fixture
def business(session: Session, partnership: Any, NOW: datetime) -> Meeting:
    return meetings.call_business_meeting(session, ON, "Plough Lane", partnership.officer.as_actor(), NOW)


@pytest.fixture
def open_on(session: Session, partnership: Any) -> Callable[[date], list[tuple[str, str, State]]]:
    def shown(day: date) -> list[tuple[str, str, State]]:
        clocks = service.dates_page(session, partnership.officer, day, england()).clocks
        return [(one.label, str(one.on), one.state) for one in clocks if one.page]

    return shown


@pytest.mark.tor("9.5", "9.6")
def test_the_desk_counts_the_days_for_papers_until_the_act_that_sends_them(
    session: Session, head: Letterhead, business: Meeting, open_on: Any, partnership: Any, NOW: datetime
) -> None:
    papers_in, papers_out = "Papers to the team", "Agenda and papers to members"
    assert open_on(NOW.date()) == [
        (papers_in, "2027-01-05", State.DUE),
        (papers_out, "2027-01-07", State.DUE),
    ]
    assert open_on(date(2027, 1, 8)) == [(papers_out, "2027-01-07", State.LATE)]
    publishing.publish_agenda(session, head, business, england(), partnership.officer.as_actor(), NOW)
    assert open_on(date(2027, 1, 4)) == [(papers_in, "2027-01-05", State.DUE)]
    assert open_on(date(2027, 1, 6)) == []


@pytest.mark.tor("9.7")
def test_the_desk_counts_ten_working_days_for_the_minutes_until_they_went(
    session: Session, head: Letterhead, business: Meeting, open_on: Any, partnership: Any, NOW: datetime
) -> None:
    officer, quorum = partnership.officer.as_actor(), meetings.quorum(business)
    assert open_on(date(2027, 1, 15)) == [("Minutes to members", "2027-01-28", State.DUE)]
    assert open_on(date(2027, 1, 29)) == [("Minutes to members", "2027-01-28", State.LATE)]
    day = date(2027, 1, 29)
    counted = service.counted(session, partnership.officer, day, england())
    ahead = service.dates_ahead(session, partnership.officer, day, england(), counted, 20)
    assert (ahead.late, [clock.page for clock in ahead.clocks]) == (1, [f"/meetings/{business.id}"])
    after = ON + timedelta(days=2)
    publishing.circulate_minutes(session, head, business, quorum, england(), officer, after)
    assert open_on(date(2027, 1, 29)) == []


@pytest.mark.tor("9.5", "9.7")
def test_a_rapid_review_has_a_date_for_minutes_once_held_and_none_for_papers(
    session: Session, head: Letterhead, open_on: Any, partnership: Any, NOW: datetime
) -> None:
    case = made.in_scoping(session, head, partnership.officer, NOW, partnership.csc)
    meeting = meetings.rapid_review_of(session, case)
    assert meeting
    assert open_on(NOW.date()) == []
    assert open_on(meeting.starts_at.date()) == []
    meetings.open_rapid_review(session, meeting, partnership.officer.as_actor(), meeting.starts_at)
    [(label, _, state)] = open_on(meeting.starts_at.date())
    assert (label, state) == ("Minutes to members", State.DUE)


@pytest.mark.tor("9.7")
def test_the_minutes_of_a_meeting_held_before_its_day_are_counted_from_the_day_it_was_held(
    session: Session, head: Letterhead, open_on: Any, partnership: Any, NOW: datetime
) -> None:
    case = made.in_scoping(session, head, partnership.officer, NOW, partnership.csc)
    meeting = meetings.rapid_review_of(session, case)
    assert meeting
    early, tomorrow = meeting.starts_at - timedelta(days=7), meeting.starts_at.date() - timedelta(days=6)
    assert service.meetings_ahead(session, partnership.officer, tomorrow, 9) == [meeting]
    meetings.open_rapid_review(session, meeting, partnership.officer.as_actor(), early, "All can come today.")
    round = meeting.round
    assert round
    nil = {
        "agency_name": round.requests[0].agency.name, "author_name": "N. Pugh", "author_role": "Nurse",
        "author_email": "n.pugh@nhs.example", "agency_involved": "no", "records_searched": "All.",
    }  # fmt: skip
    scoping.nil_return(session, head, round.requests[0], nil, early + timedelta(hours=1))
    assert round.requests[0].answered_only_after_meeting  # though before the day that the agencies were told
    due = minutes_by(early.date(), england()).on
    assert open_on(tomorrow) == [("Minutes to members", str(due), State.DUE)]
    assert minutes_due(meeting, england()) == due
    session.expunge_all()  # as a page of its own finds it
    held = session.get_one(Meeting, meeting.id)
    told = minutes_of(held, meetings.quorum(held), head)
    assert told.date == long_date(early.date())
    assert service.meetings_ahead(session, partnership.officer, tomorrow, 9) == []


def test_a_cancelled_meeting_has_no_dates(
    session: Session, head: Letterhead, business: Meeting, open_on: Any, partnership: Any, NOW: datetime
) -> None:
    decided = Decided(session.merge(partnership.chair), "Too few can come.")
    holding.cancel(session, head, business, decided, [], partnership.officer.as_actor(), NOW)
    assert open_on(NOW.date()) == []


@pytest.mark.tor("6.2")
def test_letters_about_missed_meetings_are_tasks_of_the_chair_alone(
    session: Session, client: FlaskClient, sign_in: Any, words: Any, partnership: Any, NOW: datetime
) -> None:
    absent = Presence.ABSENT
    made.held(session, partnership.officer, partnership.member, NOW, {200: absent, 100: absent, 10: absent})
    counted = service.counted(session, partnership.chair, NOW.date(), england())
    assert service.count_tasks(session, partnership.chair, NOW.date(), counted) == 1
    session.commit()
    session.close()
    sign_in(client, partnership.chair)
    desk = words(client.get("/").text)
    assert f"Say whether a letter goes to {partnership.member.name} about missed meetings" in desk
    sign_in(client, partnership.officer)
    desk = words(client.get("/").text)
    assert "Say whether a letter goes" not in desk
    assert "Business meeting 1" in desk  # whose minutes never went out


@pytest.mark.tor("9.2", "9.5", "9.7")
def test_papers_wait_on_the_desk_of_the_team_and_leave_and_minutes_on_that_of_the_chair(
    session: Session, head: Letterhead, business: Meeting, partnership: Any
) -> None:
    officer, late = partnership.officer.as_actor(), ON - timedelta(days=1)
    paper = submitted.take(session, business, None, b"%PDF-1.7", b"%PDF-1.7", england(), late)
    read = {"reading": {}, "answers": {"paper_title": "Winter fires"}}
    sent = submissions.take(
        session, "paper", Place(meeting=business), read, "m@x.example", late, officer, late, paper
    )

    def told(person: Any, day: date) -> list[str]:
        found = service.tasks(session, person, day)
        counted = service.counted(session, person, day, england())
        assert service.count_tasks(session, person, day, counted) == len(found)
        return [f"{task.text} {task.path}" for task in found]

    page = f"/meetings/{business.id}"
    assert told(partnership.officer, late.date()) == [f"Check a paper for a meeting /submissions/{sent.id}"]
    assert told(partnership.chair, late.date()) == []
    submissions.accept(session, sent, sent.answers, officer, late)
    assert told(partnership.officer, late.date()) == []
    assert told(partnership.chair, late.date()) == [
        f"Say whether a late paper may go to members {page}#papers"
    ]
    submitted.give_leave(session, paper, "It cannot wait.", partnership.chair.as_actor(), late)
    assert told(partnership.chair, late.date()) == []
    after = date(2027, 1, 15)
    assert told(partnership.chair, after) == []  # nothing to approve before attendance is recorded
    meetings.note_attendance(session, business, session.merge(partnership.chair), Presence.PRESENT)
    assert told(partnership.chair, ON.date()) == []
    assert told(partnership.chair, after) == [f"Approve the minutes: {business.title} {page}/minutes"]
    meetings.approve_minutes(session, business, partnership.chair.as_actor(), ON + timedelta(days=1))
    assert not any("minutes" in one for one in told(partnership.vice_chair, after))
