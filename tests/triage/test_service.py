"""What the office records at triage, and what happens when a referral is declined."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.actions import service as actions
from jcr.cases.model import Case, Route, Status
from jcr.cases.rules import england
from jcr.cases.service import put_up_wall
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.criteria.service import record_facts
from jcr.desk.service import clocks_of_case
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.model import Entry
from jcr.meetings import actions_seen
from jcr.meetings.service import call_rapid_review
from jcr.people.model import Person
from jcr.scoping.service import Asked, Dates, round_of
from jcr.triage import notifying, service
from jcr.triage.model import StepAnswer
from jcr.web.reasoned import Given
from tests.cases.made import CHILD, in_triage, referred

WHY = "The person died of natural causes in a hospice. No agency raised a concern."


@pytest.fixture
def case(session: Session, head: Letterhead, partnership: Any, NOW: datetime) -> Case:
    return in_triage(session, head, partnership.officer, NOW)


def entry(session: Session, act: str) -> Entry:
    return session.scalars(select(Entry).where(Entry.act == act)).one()


def all_through(answer_last: str) -> dict[str, Given]:
    """The flowchart answered up to its last question."""
    answers = {"is_concern": "no", "lead_approved": "yes", "complete": "yes", "immediate_risk": "no"}
    answers |= {"looks_notifiable": "no", "outside_every_route": answer_last}
    return {step: Given(answer, "As the referral says.") for step, answer in answers.items()}


@pytest.mark.tor("7.3")
def test_each_answer_is_kept_with_its_reason_and_the_path_shows_where_it_leads(
    session: Session, case: Case, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    service.record_answers(session, case, all_through("no"), officer, NOW)
    path = service.path_of(session, case)
    assert path.outcome == "scope"
    assert [taken.step.key for taken in path.steps][:2] == ["is_concern", "lead_approved"]
    assert entry(session, "worked through triage").actor_name == "Rhiannon Maddox"


def test_a_changed_answer_counts_and_the_earlier_one_stays_on_record(
    session: Session, case: Case, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    service.record_answers(session, case, {"is_concern": Given("yes", "It reads so.")}, officer, NOW)
    later = NOW + timedelta(hours=1)
    service.record_answers(session, case, {"is_concern": Given("no", "They rang: a review.")}, officer, later)
    assert service.answers(session, case)["is_concern"].answer == "no"
    assert [one.answer for one in session.scalars(select(StepAnswer))] == ["yes", "no"]


def test_saving_the_same_answers_again_adds_nothing(
    session: Session, case: Case, partnership: Any, NOW: datetime
) -> None:
    officer, given = partnership.officer.as_actor(), all_through("no")
    assert service.record_answers(session, case, given, officer, NOW) == 6
    assert service.record_answers(session, case, given, officer, NOW) == 0


def test_a_yes_without_a_reason_is_not_recorded(
    session: Session, case: Case, partnership: Any, NOW: datetime
) -> None:
    with pytest.raises(Incomplete, match="Say why"):
        service.record_answers(
            session, case, {"is_concern": Given("yes", " ")}, partnership.officer.as_actor(), NOW
        )


def test_triage_waits_until_the_referral_is_confirmed(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    case = referred(session, head, NOW)
    with pytest.raises(NotNow, match="Referred"):
        service.record_answers(session, case, all_through("no"), partnership.officer.as_actor(), NOW)


def test_a_member_does_not_work_on_triage(
    session: Session, case: Case, partnership: Any, NOW: datetime
) -> None:
    with pytest.raises(NotAllowed):
        service.record_answers(session, case, all_through("no"), partnership.member.as_actor(), NOW)


@pytest.mark.tor("7.3")
def test_declining_writes_to_the_referrer_with_the_reasons(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime
) -> None:
    chair = session.get_one(Person, partnership.chair.id)
    letter = service.decline(session, head, england(), case, WHY, chair, partnership.officer.as_actor(), NOW)
    assert case.status is Status.DECLINED
    assert letter.recipient == "p.strickland@wyevalley.example"
    assert WHY in letter.text
    assert "Monday 21 December 2026" in letter.text  # 20 working days to ask for another look
    assert "the chair of the Joint Case Review group" in letter.text
    assert [enclosed.name for enclosed in letter.enclosures] == [f"{case.reference}-declined.pdf"]
    declined = entry(session, "declined the referral")
    assert (declined.why, declined.details["agreed_by"]) == (WHY, "Ottoline Farr")
    [judged] = declined.details["criteria"]  # what it was judged by stays with it
    assert (judged["route"], judged["regime"], judged["met"]) == ("adult", "adult-2014", "not_known")


def test_the_decline_names_nobody_the_case_is_about(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime
) -> None:
    chair = session.get_one(Person, partnership.chair.id)
    service.decline(session, head, england(), case, WHY, chair, partnership.officer.as_actor(), NOW)
    letter = session.scalars(select(Letter).where(Letter.kind == Kind.DECLINED)).one()
    assert "C.Q." in letter.text or "CQ" in letter.text
    for words in (letter.subject, letter.body, letter.text, letter.enclosures[0].name):
        assert "Canary" not in words
        assert "Quillfeather" not in words


@pytest.mark.parametrize("why", ["Ms Quillfeather is well.", "Born on 14 March 1951, outside the Act."])
def test_reasons_for_the_referrer_that_name_the_subject_are_refused(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime, why: str
) -> None:
    chair = session.get_one(Person, partnership.chair.id)
    with pytest.raises(Incomplete, match="Write initials"):
        service.decline(session, head, england(), case, why, chair, partnership.officer.as_actor(), NOW)
    assert case.status is Status.TRIAGE


@pytest.mark.tor("7.3")
def test_no_decline_without_a_rationale(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime
) -> None:
    chair = session.get_one(Person, partnership.chair.id)
    with pytest.raises(Incomplete, match="rationale"):
        service.decline(session, head, england(), case, "  ", chair, partnership.officer.as_actor(), NOW)
    assert case.status is Status.TRIAGE


def test_only_a_chair_can_agree_to_a_decline(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime
) -> None:
    member = session.get_one(Person, partnership.member.id)
    with pytest.raises(Incomplete, match="chair or the vice chair"):
        service.decline(session, head, england(), case, WHY, member, partnership.officer.as_actor(), NOW)


@pytest.mark.tor("5.3")
def test_a_chair_with_a_conflict_cannot_agree_to_a_decline(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime
) -> None:
    chair, officer = session.get_one(Person, partnership.chair.id), partnership.officer.as_actor()
    put_up_wall(session, case, chair, "Managed the team.", officer, NOW)
    session.flush()
    assert [one.name for one in service.who_may_agree(session, case)] == ["DI Corin Ashdown"]
    with pytest.raises(NotAllowed, match="conflict"):
        service.decline(session, head, england(), case, WHY, chair, officer, NOW)


@pytest.mark.tor("1.3")
def test_the_notification_date_is_recorded_and_a_change_needs_a_reason(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    case, officer = in_triage(session, head, partnership.officer, NOW, CHILD), partnership.officer.as_actor()
    notifying.record_notification(session, case, date(2026, 11, 19), "", officer, NOW)
    assert case.incident_notified_on == date(2026, 11, 19)
    with pytest.raises(Incomplete, match="Say why"):
        notifying.record_notification(session, case, date(2026, 11, 20), "", officer, NOW)
    with pytest.raises(Incomplete, match="future"):
        notifying.record_notification(session, case, date(2027, 1, 1), "A slip.", officer, NOW)
    with pytest.raises(
        Incomplete, match="before the incident, which is recorded as on Monday 2 November 2026"
    ):
        notifying.record_notification(session, case, date(2026, 11, 1), "A slip.", officer, NOW)
    with pytest.raises(Incomplete, match="before the incident"):
        notifying.record_awareness(session, case, date(2026, 11, 1), "The director.", officer, NOW)
    assert case.incident_notified_on == date(2026, 11, 19)


@pytest.mark.tor("1.3")
def test_no_rapid_review_of_a_child_is_called_without_a_notification_or_the_reason_why_none_is_due(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    case, officer = in_triage(session, head, partnership.officer, NOW, CHILD), partnership.officer.as_actor()
    police = session.merge(partnership.police)
    asked = [Asked(police, "Safeguarding lead", police.contact_email, "Named in the referral.")]
    dates = Dates(date(2026, 12, 3), NOW + timedelta(days=15), "Council offices")
    with pytest.raises(NotNow, match="Record the day it was sent, or why none is due"):
        call_rapid_review(session, head, case, asked, dates, officer, NOW)
    assert round_of(session, case) is None
    with pytest.raises(Incomplete, match="why no notification is due"):
        notifying.record_none_due(session, case, " ", officer, NOW)
    notifying.record_none_due(session, case, "The council found no abuse, says its director.", officer, NOW)
    call_rapid_review(session, head, case, asked, dates, officer, NOW)
    labels = [clock.label for clock in clocks_of_case(session, case, NOW.date(), england())]
    assert not [label for label in labels if "notification" in label]
    notifying.record_notification(session, case, NOW.date(), "", officer, NOW)
    with pytest.raises(NotNow, match="recorded as sent on Monday 23 November 2026"):
        notifying.record_none_due(session, case, "An error.", officer, NOW)


OFFERED = service.Learning("audit", "Audit of missed visits", "Head of Quality, Wye Valley", date(2027, 2, 1))


@pytest.mark.tor("1.8", "7.3")
def test_a_declined_case_is_learnt_from_all_the_same_and_that_is_followed_up(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime
) -> None:
    chair, officer = session.merge(partnership.chair), partnership.officer.as_actor()
    letter = service.decline(session, head, england(), case, WHY, chair, officer, NOW, OFFERED)
    assert "Planned for this case: multi-agency audit." in letter.text
    [action] = actions_seen.open_to(session, session.merge(partnership.officer))
    assert (action.case, action.task) == (case, "Multi-agency audit: Audit of missed visits")
    assert (action.owner, action.due_on) == ("Head of Quality, Wye Valley", date(2027, 2, 1))
    actions.complete(session, action, "The audit was shared in March.", officer, NOW)
    assert actions_seen.open_to(session, session.merge(partnership.officer)) == []


def test_without_an_activity_the_letter_promises_none(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime
) -> None:
    chair, officer = session.merge(partnership.chair), partnership.officer.as_actor()
    letter = service.decline(session, head, england(), case, WHY, chair, officer, NOW)
    assert "Planned for this case" not in letter.text
    assert actions.of_case(session, case) == []


@pytest.mark.parametrize("missing", ["task", "owner", "due_on"])
def test_an_activity_says_what_who_and_by_when(
    session: Session, head: Letterhead, case: Case, partnership: Any, NOW: datetime, missing: str
) -> None:
    chair, officer = session.merge(partnership.chair), partnership.officer.as_actor()
    offered = replace(OFFERED, **{missing: None if missing == "due_on" else " "})
    with pytest.raises(Incomplete, match="what is to be done, who does it and by when"):
        service.decline(session, head, england(), case, WHY, chair, officer, NOW, offered)


@pytest.mark.tor("3.7")
def test_an_audit_of_a_child_case_whose_criteria_are_met_is_a_review_and_no_decline(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    child = in_triage(session, head, partnership.officer, NOW, CHILD)
    chair, officer = session.merge(partnership.chair), partnership.officer.as_actor()
    given = Given("yes", "As the police say.")
    known = dict.fromkeys(("died", "abuse_or_neglect_known_or_suspected"), given)
    record_facts(session, child, child.subjects[0], Route.CHILD, known, officer, NOW)
    with pytest.raises(Incomplete, match=r"not an alternative to one\. Go on to scoping instead"):
        service.decline(session, head, england(), child, WHY, chair, officer, NOW, OFFERED)
    with pytest.raises(NotNow, match=r"not clearly outside every route\. WCT: The test .* is met"):
        service.decline(session, head, england(), child, WHY, chair, officer, NOW)
    assert child.status is Status.TRIAGE


@pytest.mark.tor("1.2")
def test_the_notification_is_counted_from_the_local_authoritys_own_day_once_it_is_recorded(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    child = in_triage(session, head, partnership.officer, NOW, CHILD)
    officer, label = partnership.officer.as_actor(), "Serious incident notification by the local authority"

    def due() -> Any:
        found = clocks_of_case(session, child, NOW.date(), england())
        return next(clock for clock in found if clock.label == label)

    assert (due().on, "own day is not recorded) the referring agency became" in due().because) == (
        date(2026, 11, 10), True,
    )  # fmt: skip
    with pytest.raises(Incomplete, match="who said so"):
        notifying.record_awareness(session, child, date(2026, 11, 20), " ", officer, NOW)
    notifying.record_awareness(session, child, date(2026, 11, 20), "The director's office.", officer, NOW)
    session.flush()
    assert due().on == date(2026, 11, 27)
    assert due().because.startswith("5 working days after the local authority became aware")
    with pytest.raises(Incomplete, match="before the local authority became aware"):
        notifying.record_notification(session, child, date(2026, 11, 19), "", officer, NOW)


@pytest.mark.tor("7.2")
def test_a_case_that_was_notified_to_the_panel_is_not_declined_but_reviewed(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    child = in_triage(session, head, partnership.officer, NOW, CHILD)
    chair, officer = session.merge(partnership.chair), partnership.officer.as_actor()
    notifying.record_notification(session, child, NOW.date(), "", officer, NOW)
    with pytest.raises(NotNow, match="sent on Monday 23 November 2026, so a rapid review is required"):
        service.decline(session, head, england(), child, WHY, chair, officer, NOW)
