"""The room: who came, who is conflicted, who chairs, whether they may decide; and the minutes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jcr.actions.service import Agreed, agree
from jcr.cases.model import Case, Status
from jcr.cases.rules import england
from jcr.cases.service import put_up_wall
from jcr.correspondence.service import Letterhead
from jcr.documents import agenda, minutes
from jcr.errors import Incomplete, NotNow
from jcr.history.service import of_case
from jcr.meetings import papers, service
from jcr.meetings.model import Meeting, Presence, Purpose
from jcr.meetings.publishing import publish_agenda
from jcr.meetings.standing import RECOMMENDATION
from jcr.people.model import Person
from jcr.roles import Role
from jcr.scoping.service import Asked, Dates

PRESENT = Presence.PRESENT


def came(session: Session, meeting: Meeting, *people: Any) -> None:
    for person in people:
        service.note_attendance(session, meeting, session.merge(person), PRESENT)


@pytest.fixture
def begun(session: Session, called: Meeting, partnership: Any, NOW: datetime) -> Meeting:
    """The meeting, opened, with the chair, the police and the council in the room."""
    officer = partnership.officer.as_actor()
    service.open_rapid_review(session, called, officer, called.starts_at)
    came(session, called, partnership.chair, partnership.vice_chair, partnership.member)
    service.take_chair(session, called, session.merge(partnership.chair), officer, NOW)
    return called


def test_the_rapid_review_comes_with_its_standing_agenda(called: Meeting) -> None:
    assert [item.position for item in called.items] == list(range(1, 19))
    assert service.item_called(called, RECOMMENDATION)
    assert called.title == "Rapid review of JCR-2026-0001"


@pytest.mark.tor("5.4")
def test_standing_members_are_invited_and_the_team_attends(called: Meeting, partnership: Any) -> None:
    invited = {place.person.name: place.in_attendance for place in called.attendances}
    assert invited[partnership.chair.name] is False
    assert invited[partnership.member.name] is False
    assert invited[partnership.officer.name] is True
    assert partnership.council_partner.name not in invited


@pytest.mark.tor("0.4")
def test_three_agencies_make_a_quorum_and_officers_never_count(
    session: Session, called: Meeting, partnership: Any
) -> None:
    came(session, called, partnership.officer, partnership.manager, partnership.chair, partnership.member)
    assert not service.quorum(called)
    came(session, called, partnership.vice_chair)
    answer = service.quorum(called)
    assert answer.holds
    assert "3 agencies are present" in answer.because
    assert "2 people in attendance not counted" in answer.because


def test_a_deputy_counts_but_must_be_named(session: Session, called: Meeting, partnership: Any) -> None:
    member = session.merge(partnership.member)
    with pytest.raises(Incomplete, match="name of the deputy"):
        service.note_attendance(session, called, member, Presence.DEPUTY, " ")
    service.note_attendance(session, called, member, Presence.DEPUTY, "Ana Whitlow")
    came(session, called, partnership.chair, partnership.vice_chair)
    assert service.quorum(called)


def test_the_database_itself_refuses_a_deputy_without_a_name(session: Session, called: Meeting) -> None:
    called.attendances[0].state = Presence.DEPUTY
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.tor("5.3")
def test_a_conflicted_person_neither_counts_nor_sees_the_case_nor_the_meeting(
    session: Session, begun: Meeting, partnership: Any, NOW: datetime
) -> None:
    member, officer = session.merge(partnership.member), partnership.officer.as_actor()
    assert service.by_id(session, member, begun.id)
    with pytest.raises(Incomplete, match="what the conflict is"):
        service.declare(session, begun, member, True, "", "", officer, NOW)
    service.declare(session, begun, member, True, "Managed the team", "Left the meeting", officer, NOW)
    session.flush()
    assert service.by_id(session, member, begun.id) is None
    answer = service.quorum(begun)
    assert not answer.holds
    assert "1 person with a declared conflict not counted" in answer.because


@pytest.mark.tor("5.3", "0.2")
def test_a_conflicted_chair_gives_way_to_the_vice_chair(
    session: Session, begun: Meeting, partnership: Any, NOW: datetime
) -> None:
    chair, officer = session.merge(partnership.chair), partnership.officer.as_actor()
    assert service.who_should_chair(begun).who == "chair"
    service.declare(session, begun, chair, True, "Cared for the child", "", officer, NOW)
    assert begun.chair is None
    assert service.who_should_chair(begun).who == "vice_chair"
    with pytest.raises(NotNow, match="another person must chair"):
        service.take_chair(session, begun, chair, officer, NOW)
    service.take_chair(session, begun, session.merge(partnership.vice_chair), officer, NOW)
    assert begun.chair.id == partnership.vice_chair.id


def test_a_deputy_s_conflict_shuts_out_the_deputy_and_not_the_member(
    session: Session, begun: Meeting, partnership: Any, NOW: datetime
) -> None:
    member, officer = session.merge(partnership.member), partnership.officer.as_actor()
    service.note_attendance(session, begun, member, Presence.DEPUTY, "Ana Whitlow")
    service.declare(session, begun, member, True, "Her sister’s case", "", officer, NOW, of_deputy=True)
    assert not service.quorum(begun)
    assert service.by_id(session, member, begun.id)


def test_nobody_chairs_who_is_not_in_the_room(
    session: Session, called: Meeting, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer
    with pytest.raises(NotNow, match="not recorded as present"):
        service.take_chair(session, called, session.merge(partnership.chair), officer.as_actor(), NOW)
    came(session, called, officer)
    with pytest.raises(NotNow, match="in attendance do not chair"):
        service.take_chair(session, called, session.merge(officer), officer.as_actor(), NOW)


def test_whoever_had_a_conflict_before_is_not_invited_but_named(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    put_up_wall(session, case, session.merge(partnership.member), "Managed the team", officer, NOW)
    asked = [as_asked(session, partnership.police)]
    meeting = service.call_rapid_review(session, head, case, asked, dates_from(NOW), officer, NOW)
    assert partnership.member.id not in {place.person_id for place in meeting.attendances}
    assert [one.person_id for one in meeting.declarations] == [partnership.member.id]
    with pytest.raises(NotNow, match="cannot be invited"):
        service.invite(session, meeting, session.merge(partnership.member), officer, NOW)


def test_a_recommendation_needs_an_open_quorate_meeting_under_a_chair(
    session: Session, called: Meeting, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    assert "has not been opened" in service.may_recommend(called).because
    service.open_rapid_review(session, called, officer, called.starts_at)
    assert "Record who chairs" in service.may_recommend(called).because
    came(session, called, partnership.chair)
    service.take_chair(session, called, session.merge(partnership.chair), officer, NOW)
    assert "Not quorate" in service.may_recommend(called).because
    came(session, called, partnership.vice_chair, partnership.member)
    assert service.may_recommend(called)


@pytest.mark.tor("9.3")
def test_opening_with_returns_missing_goes_on_record(
    session: Session, called: Meeting, partnership: Any, NOW: datetime
) -> None:
    service.open_rapid_review(session, called, partnership.officer.as_actor(), called.starts_at)
    assert called.case
    assert called.case.status is Status.RAPID_REVIEW
    newest = of_case(session, called.case.id)[0]
    assert "3 returns missing" in newest.why
    assert "West Mercia Police" in newest.why


def test_a_child_s_review_warns_of_an_absent_safeguarding_partner(
    session: Session, called: Meeting, partnership: Any
) -> None:
    came(session, called, partnership.vice_chair, partnership.member)
    warning = service.partners_warning(called)
    assert warning is not None
    assert "integrated care board is not present" in warning.because
    came(session, called, partnership.chair)
    assert service.partners_warning(called)


@pytest.mark.tor("B.5")
def test_the_outcome_comes_into_the_minutes_with_its_actions(
    session: Session, head: Letterhead, begun: Meeting, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    action = agree(
        session, begun.case, Agreed("Brief the staff", "Head of Service", date(2027, 1, 11)), officer, NOW
    )
    service.set_outcome(session, begun, "A review is recommended.", "The criteria are met.", "", [action])
    service.set_outcome(
        session, begun, "A review is recommended.", "The criteria are met.", "None.", [action]
    )
    item = service.item_called(begun, RECOMMENDATION)
    assert item
    assert (item.decision, item.dissent) == ("A review is recommended.", "None.")
    assert item.actions == [action]
    content = minutes.render(papers.minutes_of(begun, service.quorum(begun), head))
    assert content.startswith(b"%PDF-")


@pytest.mark.tor("9.7")
def test_approved_minutes_do_not_change_any_more(
    session: Session, begun: Meeting, partnership: Any, NOW: datetime
) -> None:
    chair = partnership.chair.as_actor()
    with pytest.raises(NotNow, match="has not taken place"):
        service.approve_minutes(session, begun, chair, NOW)
    empty = service.call_business_meeting(session, NOW + timedelta(days=1), "Plough Lane", chair, NOW)
    with pytest.raises(NotNow, match="Record attendance first"):
        service.approve_minutes(session, empty, chair, NOW + timedelta(days=20))
    service.approve_minutes(session, begun, chair, NOW + timedelta(days=20))
    for change in (
        lambda: service.minute(session, begun.items[0], "Later thoughts", "", "", ""),
        lambda: service.note_attendance(session, begun, session.merge(partnership.member), Presence.ABSENT),
        lambda: service.set_outcome(session, begun, "Other", "Other"),
    ):
        with pytest.raises(NotNow, match="minutes are approved"):
            change()


@pytest.mark.tor("B.4", "4.6", "7.9")
def test_a_business_meeting_tells_how_things_stand(
    session: Session, head: Letterhead, begun: Meeting, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    agree(session, begun.case, Agreed("Brief the staff", "Head of Service", date(2027, 1, 11)), officer, NOW)
    meeting = service.call_business_meeting(session, NOW + timedelta(days=60), "Plough Lane", officer, NOW)
    told = {item.key: item.before for item in meeting.items}
    assert "1 referral so far.\n- JCR-2026-0001" in told["new_referrals"]
    assert "A1 (JCR-2026-0001, Head of Service): due 11 Jan 2027" in told["actions"]
    assert "Rapid review: 1" in told["open_cases"]
    assert agenda.render(papers.agenda_of(meeting, head, england())).startswith(b"%PDF-")
    assert meeting.number == 1
    with pytest.raises(Incomplete, match="after now"):
        service.call_business_meeting(session, NOW, "Plough Lane", officer, NOW)


@pytest.mark.tor("9.5", "9.6")
def test_papers_and_minutes_are_due_in_working_days(
    session: Session, partnership: Any, NOW: datetime, called: Meeting
) -> None:
    starts_at = datetime(2027, 1, 14, 10, tzinfo=NOW.tzinfo)
    officer = partnership.officer.as_actor()
    business = service.call_business_meeting(session, starts_at, "Plough Lane", officer, NOW)
    due = papers.papers_due(business, england())
    assert due == "Tuesday 5 January 2027 to the team; Thursday 7 January 2027 to members"
    assert papers.minutes_due(business, england()) == date(2027, 1, 28)
    assert "late papers" in papers.papers_due(called, england())


@pytest.mark.tor("B.4", "9.1")
def test_an_added_item_comes_before_what_closes_a_meeting(
    session: Session, head: Letterhead, called: Meeting, partnership: Any, NOW: datetime
) -> None:
    officer, at = partnership.officer.as_actor(), NOW + timedelta(days=30)
    service.add_item(session, called, "The new provider", Purpose.DISCUSS, "All", 10)
    assert [item.title for item in called.items][-2:] == ["The new provider", "Next steps and dates"]
    business = service.call_business_meeting(session, at, "Plough Lane", officer, NOW)
    service.add_item(session, business, "Winter fires", Purpose.DISCUSS, "All", 10)
    publish_agenda(session, head, business, england(), officer, NOW)
    service.add_item(
        session, business, "The dashboard", Purpose.NOTE, "All", 5
    )  # what was sent keeps its number
    ending = [(item.position, item.title) for item in business.items][-4:]
    assert ending == [
        (15, "Winter fires"), (16, "Any other business"), (17, "The dashboard"), (18, "Dates of the next meetings"),
    ]  # fmt: skip


@pytest.mark.tor("5.4", "6.2")
def test_when_appropriate_members_are_invited_by_name_and_cannot_miss_other_meetings(
    session: Session, partnership: Any, NOW: datetime
) -> None:
    officer, at = partnership.officer.as_actor(), NOW + timedelta(days=30)
    probation = Person(
        name="Ivor Lacey", email="i.lacey@probation.example", role=Role.MEMBER,
        agency=session.merge(partnership.probation),
    )  # fmt: skip
    session.add(probation)
    business = service.call_business_meeting(session, at, "Plough Lane", officer, NOW)
    assert probation.id not in {place.person_id for place in business.attendances}
    service.invite(session, business, probation, officer, NOW)
    assert probation.id in {place.person_id for place in business.attendances}


def test_decision_makers_and_agencies_see_no_meetings(
    session: Session, called: Meeting, partnership: Any
) -> None:
    people: list[Person] = [partnership.hsab_chair, partnership.agency, partnership.administrator]
    for person in people:
        assert session.scalars(service.visible_to(person)).all() == []
    assert service.rapid_review_of(session, called.case) is called


def as_asked(session: Session, agency: Any) -> Asked:
    return Asked(session.merge(agency), "", agency.contact_email)


def dates_from(now: datetime) -> Dates:
    return Dates(date(2026, 12, 3), now + timedelta(days=15), "Council offices")
