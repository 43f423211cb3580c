"""From the rapid review's recommendation to the letter that tells the referrer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jcr.actions.service import of_case as actions_of
from jcr.cases.model import Case, Status
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.posting import post_ready
from jcr.decisions import service
from jcr.decisions.model import Answered, Outcome, Ratification
from jcr.decisions.service import Said
from jcr.documents import recommendation as sheet
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import of_case as history_of
from jcr.meetings import service as meetings
from jcr.meetings.model import Presence
from jcr.people.model import Office, OfficeHolder, Person
from jcr.scoping.service import nil_return
from tests.conftest import on_one_database

CHILD_MET = {"abuse_or_neglect_known_or_suspected": "yes", "seriously_harmed": "yes", "died": "yes"}
PARTNERS = (Office.PARTNER_COUNCIL, Office.PARTNER_ICB, Office.PARTNER_POLICE)


def letters(session: Session, kind: Kind) -> list[Letter]:
    return list(session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def names_somebody(text: str) -> bool:
    return any(name in text for name in ("Canary", "Quillfeather", "1951"))


@pytest.mark.tor("3.6", "7.7")
def test_a_recommendation_carries_its_reasons_its_actions_and_who_chaired(
    session: Session, recommended: Any, partnership: Any
) -> None:
    found = recommended()
    assert found.number == 1
    assert found.case.status is Status.RECOMMENDED
    assert found.chaired_by_id == partnership.chair.id
    assert found.quorum.startswith("Quorate")
    assert [one["route"] for one in found.criteria] == ["adult"]
    assert [one.owner for one in actions_of(session, found.case)] == ["Head of Adult Social Care"]
    item = meetings.item_called(found.meeting, "recommendation")
    assert item is not None
    assert (item.decision, item.rationale) == ("Safeguarding Adult Review (mandatory).", found.rationale)
    assert [one.expected for one in item.actions] == ["No gaps"]


def test_the_deciders_are_written_to_without_names(
    session: Session, recommended: Any, partnership: Any
) -> None:
    found = recommended()
    (letter,) = letters(session, Kind.RATIFICATION_REQUEST)
    assert letter.recipient == partnership.hsab_chair.email
    assert f"/cases/{found.case.reference}/ratify" in letter.body
    assert not names_somebody(letter.subject + letter.body)


def test_an_inquorate_meeting_recommends_nothing(
    session: Session, hold: Any, recommended: Any, partnership: Any
) -> None:
    held = hold()
    meetings.note_attendance(session, held.meeting, session.merge(partnership.member), Presence.APOLOGIES)
    with pytest.raises(NotNow, match="Not quorate"):
        recommended(held)
    assert held.case.status is Status.RAPID_REVIEW


def test_a_conflicted_chair_recommends_nothing(
    session: Session, hold: Any, recommended: Any, partnership: Any
) -> None:
    held = hold()
    chair, officer = session.merge(partnership.chair), partnership.officer.as_actor()
    meetings.declare(session, held.meeting, chair, True, "Managed the nurse.", "Left.", officer, held.at)
    with pytest.raises(NotNow):
        recommended(held)


@pytest.mark.parametrize("missing", ["rationale", "equality", "facts_summary"])
def test_what_a_report_must_say_cannot_be_left_out(recommended: Any, missing: str) -> None:
    with pytest.raises(Incomplete):
        recommended(**{missing: "  "})


@pytest.mark.tor("3.7")
def test_a_roundtable_on_a_child_case_that_meets_the_criteria_is_a_review(
    hold: Any, recommended: Any
) -> None:
    held = hold(["child"], CHILD_MET)
    words = {
        "outcome": Outcome.OTHER_LEARNING,
        "activities": ["roundtable"],
        "other_activity": "A roundtable.",
    }
    with pytest.raises(Incomplete, match="child safeguarding practice review and not an alternative"):
        recommended(held, **words)
    with pytest.raises(Incomplete, match="not an alternative"):
        recommended(held, **(words | {"outcome": Outcome.NO_FURTHER_ACTION, "activities": ["audit"]}))
    assert recommended(held, outcome=Outcome.LCSPR).outcome is Outcome.LCSPR


@pytest.mark.tor("1.8")
def test_the_kind_of_learning_activity_is_said_so_that_the_letter_can_name_it(
    recommended: Any, answer: Any, tell: Any
) -> None:
    words = {"outcome": Outcome.OTHER_LEARNING, "other_activity": "A roundtable, led by the ICB."}
    with pytest.raises(Incomplete, match="Select the kind of activity"):
        recommended(**words)
    found = recommended(**words, activities=["roundtable"])
    answer(found, Office.HSAB_CHAIR)
    assert "- Roundtable or learning event" in tell(found.case).text


def test_a_child_case_below_the_criteria_may_have_a_roundtable(hold: Any, recommended: Any) -> None:
    held = hold(["child"], {"abuse_or_neglect_known_or_suspected": "no"})
    words = {
        "outcome": Outcome.OTHER_LEARNING,
        "activities": ["roundtable"],
        "other_activity": "A roundtable.",
    }
    assert recommended(held, **words).activities == ["roundtable"]


def test_a_review_of_another_kind_than_the_case_is_refused(recommended: Any) -> None:
    with pytest.raises(Incomplete, match="not on that route"):
        recommended(outcome=Outcome.LCSPR)


@pytest.mark.tor("3.8")
def test_a_joint_review_goes_to_each_decision_maker_concerned(
    session: Session, hold: Any, recommended: Any, answer: Any
) -> None:
    held = hold(["adult", "domestic"])
    with pytest.raises(Incomplete, match="at least two kinds"):
        recommended(held, outcome=Outcome.JOINT, joined=["dhr"])
    found = recommended(held, outcome=Outcome.JOINT, joined=["sar_mandatory", "dhr"])
    assert len(letters(session, Kind.RATIFICATION_REQUEST)) == 2
    answer(found, Office.HSAB_CHAIR)
    assert found.case.status is Status.RECOMMENDED
    answer(found, Office.CSP_CHAIR)
    assert found.case.status is Status.RATIFIED


@pytest.mark.tor("1.6")
def test_only_the_holder_of_the_office_ratifies(session: Session, recommended: Any, partnership: Any) -> None:
    found = recommended()
    stranger = session.get(Person, partnership.csp_chair.id)
    with pytest.raises(NotAllowed, match="do not hold this office"):
        service.ratify(
            session, found.case, Office.HSAB_CHAIR, Answered.ACCEPT, "Sound.", stranger, found.made_at
        )
    with pytest.raises(NotNow, match="does not decide on this kind"):
        service.ratify(
            session, found.case, Office.CSP_CHAIR, Answered.ACCEPT, "Sound.", stranger, found.made_at
        )


@pytest.mark.tor("1.4")
def test_whoever_chaired_the_review_does_not_ratify_it(
    session: Session, recommended: Any, partnership: Any
) -> None:
    found = recommended()
    chair = session.get(Person, partnership.chair.id)
    session.add(OfficeHolder(office=Office.HSAB_CHAIR, person_id=chair.id, since=found.made_at.date()))
    with pytest.raises(NotAllowed, match="You chaired"):
        service.ratify(
            session, found.case, Office.HSAB_CHAIR, Answered.ACCEPT, "Sound.", chair, found.made_at
        )


def test_the_table_itself_refuses_the_chairs_own_ratification(session: Session, recommended: Any) -> None:
    found = recommended()
    found.ratifications.append(
        Ratification(
            chaired_by_id=found.chaired_by_id, person_id=found.chaired_by_id, office=Office.HSAB_CHAIR,
            outcome=Answered.ACCEPT, reason="Sound.", at=found.made_at,
        )
    )  # fmt: skip
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_a_conflicted_office_holder_stands_back_and_another_must_answer(
    session: Session, recommended: Any, partnership: Any
) -> None:
    found = recommended()
    holder = session.get(Person, partnership.hsab_chair.id)
    with pytest.raises(Incomplete):
        service.declare_conflict(session, found.case, " ", holder, holder.as_actor(), found.made_at)
    service.declare_conflict(session, found.case, "My cousin.", holder, holder.as_actor(), found.made_at)
    with pytest.raises(NotAllowed, match="conflict"):
        service.ratify(
            session, found.case, Office.HSAB_CHAIR, Answered.ACCEPT, "Sound.", holder, found.made_at
        )
    assert service.progress(session, found, found.made_at.date()).missing[0].waits_for == ()
    assert service.waiting_for(session, holder, found.made_at.date()) == []


def test_a_recommendation_nobody_can_ratify_is_not_recorded(
    session: Session, hold: Any, recommended: Any, partnership: Any
) -> None:
    held = hold()
    holder = session.get(Person, partnership.hsab_chair.id)
    service.declare_conflict(session, held.case, "My cousin.", holder, holder.as_actor(), held.at)
    with pytest.raises(
        Incomplete, match="Nobody is free to ratify as Chair, Herefordshire Safeguarding Adults"
    ):
        recommended(held)


@pytest.mark.tor("1.2")
def test_three_partners_ratify_a_child_case(
    session: Session, head: Any, hold: Any, recommended: Any, answer: Any
) -> None:
    found = recommended(hold(["child"], CHILD_MET), outcome=Outcome.LCSPR)
    said, printed = [], []
    for office in PARTNERS:
        assert found.case.status is Status.RECOMMENDED
        answer(found, office)
        said.append(service.progress(session, found, found.made_at.date()).sentence)
        printed.append(text_of(sheet.render(service.report(session, found, head))))
    assert said[1] == "2 of 3 safeguarding partners have accepted."
    assert [sheet.UNRATIFIED in one for one in printed] == [True, True, False]
    assert [one.count("Lead safeguarding partner, police") for one in printed] == [1, 1, 1]
    assert found.case.status is Status.RATIFIED
    (entry,) = [one for one in history_of(session, found.case.id) if one.to_status == "ratified"]
    assert entry.actor_name == "ACC Helen Strand"


@pytest.mark.tor("7.9")
def test_what_was_ratified_stands_on_the_next_agenda_by_itself(
    session: Session, ratified: Any, partnership: Any
) -> None:
    case, officer = ratified().case, partnership.officer.as_actor()
    now = datetime(2026, 12, 14, 9, tzinfo=UTC)
    meeting = meetings.call_business_meeting(session, now + timedelta(days=30), "Plough Lane", officer, now)
    [told] = [item.before for item in meeting.items if item.key == "outcomes"]
    review = "Safeguarding Adult Review (mandatory)"
    assert told.splitlines()[1:] == [
        f"- {case.reference}: recommended ({review})",
        f"- {case.reference}: ratified ({review})",
    ]


def test_each_office_answers_once(hold: Any, recommended: Any, answer: Any) -> None:
    found = recommended(hold(["child"], CHILD_MET), outcome=Outcome.LCSPR)
    answer(found, Office.PARTNER_ICB)
    with pytest.raises(NotNow, match="has answered already"):
        answer(found, Office.PARTNER_ICB, Answered.REFUSE)


def test_an_answer_needs_its_reason(recommended: Any, answer: Any) -> None:
    with pytest.raises(Incomplete, match="reason"):
        answer(recommended(), Office.HSAB_CHAIR, reason=" ")


@pytest.mark.parametrize(
    "outcome, status", [(Answered.SEND_BACK, Status.SENT_BACK), (Answered.REFUSE, Status.NOT_RATIFIED)]
)
def test_one_no_settles_it_and_the_group_takes_the_case_up_again(
    session: Session,
    hold: Any,
    recommended: Any,
    answer: Any,
    partnership: Any,
    tell: Any,
    outcome: Any,
    status: Status,
) -> None:
    held = hold(["child"], CHILD_MET)
    first = recommended(held, outcome=Outcome.LCSPR)
    answer(first, Office.PARTNER_COUNCIL)
    answer(first, Office.PARTNER_ICB, outcome, "The equality analysis is thin.")
    assert held.case.status is status
    with pytest.raises(NotNow, match="no recommendation waits"):
        answer(first, Office.PARTNER_POLICE)
    officer = partnership.officer.as_actor()
    with pytest.raises(Incomplete):
        service.reconvene(session, held.case, "", officer, held.at)
    service.reconvene(session, held.case, "To look at equality again.", officer, held.at)
    second = recommended(held, outcome=Outcome.LCSPR, equality="Looked at again, with the family's words.")
    assert second.number == 2
    assert service.latest(session, held.case) is second
    for office in PARTNERS:
        answer(second, office)
    assert held.case.status is Status.RATIFIED
    letter = tell(held.case).text
    assert "replaced by this one: the group looked at the case again on Tuesday 8 December 2026." in letter


def test_a_return_that_came_before_the_group_recommended_anew_was_before_it(
    session: Session, head: Any, hold: Any, recommended: Any, answer: Any, partnership: Any
) -> None:
    held = hold()
    first, officer = recommended(held), partnership.officer.as_actor()
    asked, other = held.meeting.round.requests
    nil = {
        "agency_name": asked.agency.name, "author_name": "N. Pugh", "author_role": "Nurse",
        "author_email": "n.pugh@nhs.example", "agency_involved": "no", "records_searched": "All.",
    }  # fmt: skip
    nil_return(session, head, asked, nil, held.at + timedelta(minutes=1))
    assert asked.answered_only_after_meeting
    answer(first, Office.HSAB_CHAIR, Answered.SEND_BACK, "A return came late.")
    service.reconvene(session, held.case, "To read it.", officer, held.at)
    recommended(replace(held, at=held.at + timedelta(hours=1)))
    assert not asked.answered_only_after_meeting
    nil_return(session, head, other, nil | {"agency_name": other.agency.name}, held.at + timedelta(1))
    assert other.answered_only_after_meeting


@pytest.fixture
def ratified(recommended: Any, answer: Any) -> Any:
    def make(*args: Any, **changes: Any) -> Any:
        found = recommended(*args, **changes)
        for office in service.needed(found.route_names):
            answer(found, office)
        return found

    return make


@pytest.fixture
def tell(session: Session, head: Any, calendar: Any, partnership: Any) -> Any:
    def told(case: Case, **more: Any) -> Letter:
        at = datetime(2026, 12, 14, 10, tzinfo=UTC)
        return service.notify_referrer(
            session, head, calendar, case, partnership.officer.as_actor(), at, **more
        )

    return told


@pytest.mark.tor("7.8")
def test_the_referrer_is_told_after_ratification_and_not_before(
    session: Session, recommended: Any, answer: Any, tell: Any, sessions: Any, head: Any
) -> None:
    found = recommended()
    with pytest.raises(NotNow, match="It waits for: Chair, Herefordshire Safeguarding Adults Board"):
        tell(found.case)
    answer(found, Office.HSAB_CHAIR)
    letter = tell(found.case)
    assert letter.recipient == "p.strickland@wyevalley.example"
    assert [one.name for one in letter.enclosures] == [f"{found.case.reference}-decision.pdf"]
    assert found.case.status is Status.RATIFIED  # until the letter went
    with pytest.raises(NotNow, match="written already"):
        tell(found.case)
    session.commit()
    posted: list[Any] = []
    post_ready(sessions, _Post(posted), head, letter.written_at + timedelta(minutes=1))
    session.expire_all()
    assert found.case.status is Status.DECIDED
    assert letter.message_id in [message["Message-ID"] for message in posted]


class _Post:
    def __init__(self, posted: list[Any]) -> None:
        self.posted = posted

    def deliver(self, message: Any) -> None:
        self.posted.append(message)


def test_the_letter_says_what_was_decided_by_whom_why_and_what_can_be_done(ratified: Any, tell: Any) -> None:
    letter = tell(ratified().case)
    assert letter.heading == "Decision on your referral JCR-2026-0001"
    for words in (
        "There will be a Safeguarding Adult Review. It is mandatory",
        "Dear Perpetua Strickland",
        "your referral about CQ, which was received on Monday 23 November 2026",
        "at the rapid review on Tuesday 8 December 2026",
        "- Chair, Herefordshire Safeguarding Adults Board, on Wednesday 9 December 2026",
        "2 agencies were asked to search their records, and none sent a return",
        "Agencies held concerns and did not bring them together.",
        "looked at again by Thursday 14 January 2027",  # 20 working days from Monday 14 December 2026
        "If a child or an adult is at risk now",
    ):
        assert words in letter.text
    assert "An earlier recommendation" not in letter.text
    assert not names_somebody(letter.subject + letter.body + letter.text)


@on_one_database
@pytest.mark.parametrize(
    "outcome, words",
    [
        (Outcome.SAR_DISCRETIONARY, "It is discretionary"),
        (Outcome.OTHER_LEARNING, "- Roundtable or learning event"),
        (Outcome.NO_FURTHER_ACTION, "the group asks for no further learning activity"),
        (Outcome.LCSPR, "Local Child Safeguarding Practice Review"),
        (Outcome.DHR, "Domestic Homicide Review (also called Domestic Abuse Related Death Review)"),
        (Outcome.JOINT, "- Local Child Safeguarding Practice Review"),
    ],
)
def test_each_outcome_has_its_own_words(
    hold: Any, ratified: Any, tell: Any, outcome: Outcome, words: str
) -> None:
    held = hold(["child", "adult", "domestic"])
    learning = outcome is Outcome.OTHER_LEARNING
    found = ratified(
        held,
        outcome=outcome,
        joined=["lcspr", "dhr"] if outcome is Outcome.JOINT else (),
        activities=["roundtable"] if learning else (),
        other_activity="A roundtable, led by the officer." if learning else "",
    )
    letter = tell(found.case)
    assert words in letter.text
    assert "{" not in letter.text
    assert "\n\n\n" not in letter.text
    assert not names_somebody(letter.text)


@pytest.mark.tor("1.7")
def test_a_death_after_commencement_is_judged_and_named_by_the_law_of_2024(
    session: Session,
    head: Any,
    calendar: Any,
    hold: Any,
    said: Said,
    answer: Any,
    tell: Any,
    partnership: Any,
) -> None:
    held, officer = hold(["domestic"]), partnership.officer.as_actor()
    words = replace(said, outcome=Outcome.DHR)
    found = service.recommend(
        session,
        head,
        calendar,
        held.case,
        held.meeting,
        words,
        officer,
        held.at,
        dardr_from=date(2026, 11, 2),
    )
    name = "Domestic Abuse Related Death Review (formerly Domestic Homicide Review)"
    assert service.describe(found) == name
    assert {one["regime"] for one in found.criteria} == {"dardr_2024"}
    assert "Guidance to follow commencement" in service.report(session, found, head).criteria[0].test
    answer(found, Office.CSP_CHAIR)
    letter = tell(found.case).text
    assert f"There will be a {name}." in letter
    assert "Domestic (Victims and Prisoners Act 2024 s.19)" in letter


def test_reasons_that_name_the_subject_do_not_reach_the_letter(
    ratified: Any, tell: Any, recommended: Any
) -> None:
    with pytest.raises(Incomplete, match="“Quillfeather”"):
        recommended(told="Mrs Quillfeather was let down.")
    with pytest.raises(Incomplete, match="14 March 1951"):
        recommended(told="", rationale="Born on 14 March 1951 and let down.")


def test_the_officer_may_add_a_paragraph_but_no_name(ratified: Any, tell: Any) -> None:
    case = ratified().case
    with pytest.raises(Incomplete, match="Your paragraph names a subject"):
        tell(case, paragraph="Thank you for caring for Canary.")
    assert "Your care was seen." in tell(case, paragraph="Your care was seen.").text


def test_the_preview_is_the_letter_word_for_word(
    session: Session, head: Any, calendar: Any, partnership: Any, ratified: Any, tell: Any
) -> None:
    case, officer = ratified().case, partnership.officer.as_actor()
    at = datetime(2026, 12, 14, 10, tzinfo=UTC)
    shown = service.preview(session, head, calendar, case, officer, at, "With thanks.")
    letter = tell(case, paragraph="With thanks.")
    assert (shown.heading, shown.text, shown.body) == (letter.heading, letter.text, letter.body)


def test_a_letter_without_an_address_is_refused_and_goes_to_one_given(ratified: Any, tell: Any) -> None:
    assert tell(ratified().case, recipient="duty@wyevalley.example").recipient == "duty@wyevalley.example"


def test_only_the_team_tells_the_referrer(
    session: Session, head: Any, calendar: Any, ratified: Any, partnership: Any
) -> None:
    case = ratified().case
    with pytest.raises(NotAllowed):
        service.notify_referrer(
            session, head, calendar, case, partnership.chair.as_actor(), datetime(2026, 12, 14, tzinfo=UTC)
        )


def test_the_report_holds_what_was_recommended_and_draws_as_pdf(
    session: Session, head: Any, ratified: Any
) -> None:
    particulars = {
        "method": "A day with practitioners",
        "period": "May 2024 to the death",
        "enquiry": "Why visits stopped",
        "legal_advice": "None was sought",
        "composition": "A sister, F.Q.",
        "immediate": "The sister was seen",
        "parallel": "An inquest was opened",
        "family": "The officer writes",
        "publication": "In full",
    }
    found = ratified(
        dissent="The police would have preferred a roundtable.",
        episodes=[{"when": "October 2026", "what": "Visits stopped"}],
        **particulars,
    )
    [police, _] = found.meeting.round.requests
    nil = {"author_name": "Corin Ashdown", "author_role": "DI", "author_email": "c.ashdown@police.example",
           "records_searched": "All systems"}  # fmt: skip
    nil_return(session, head, police, nil, found.made_at + timedelta(days=1))
    report = service.report(session, found, head)
    assert report.subjects == ("CQ, aged 75",)
    assert ("Rapid review due", "Monday 21 December 2026") in report.dates
    assert (report.agencies_returned, report.agencies_late) == ((), ("West Mercia Police",))
    assert report.agencies_not_returned == ("Wye Valley NHS Trust",)
    assert (
        "Ratification",
        "1 of 1 decision maker has accepted. The decision is as recommended.",
    ) in report.dates
    assert [one.name for one in report.ratifications] == ["Josephine Lorne"]
    assert "DI Corin Ashdown, West Mercia Police" in report.attendees
    printed = text_of(sheet.render(report))
    for words in (*particulars.values(), "October 2026", "Visits stopped"):
        assert words in printed


def test_a_late_rapid_review_says_why_it_is_late(
    session: Session, head: Any, hold: Any, recommended: Any, calendar: Any
) -> None:
    held = replace(hold(), at=datetime(2026, 12, 22, 16, tzinfo=UTC))
    held.meeting.starts_at = held.at
    with pytest.raises(Incomplete, match="was due by Monday 21 December 2026: say why it met later"):
        recommended(held)
    found = recommended(held, delay="The coroner asked us to wait.")
    assert ("Why it was late", "The coroner asked us to wait.") in service.report(session, found, head).dates


def test_what_must_be_weighed_is_told_to_whoever_ratifies(hold: Any, recommended: Any) -> None:
    facts = {"has_care_and_support_needs": "yes", "in_sab_area": "yes", "reasonable_cause_for_concern": "yes",
             "died": "yes", "death_from_abuse_or_neglect": "yes"}  # fmt: skip
    found = recommended(hold(["adult"], facts), outcome=Outcome.SAR_DISCRETIONARY)
    assert any("must then arrange a review" in one for one in service.cautions(found))


def test_a_draft_keeps_what_was_typed_until_it_is_recorded(
    session: Session, hold: Any, recommended: Any, partnership: Any, said: Said
) -> None:
    held = hold()
    officer = partnership.officer.as_actor()
    service.save_draft(session, held.case, {"rationale": "Because"}, officer, held.at)
    service.save_draft(session, held.case, {"rationale": "Because of"}, officer, held.at)
    draft = service.draft_of(session, held.case)
    assert draft is not None
    assert draft.answers == {"rationale": "Because of"}
    recommended(held, voice=replace(said).voice)
    assert service.draft_of(session, held.case) is None


def test_members_see_recommendations_of_cases_they_see(
    session: Session, recommended: Any, partnership: Any
) -> None:
    found = recommended()
    seen = {
        key: session.scalars(service.visible_to(session.merge(getattr(partnership, key)))).all()
        for key in ("officer", "member", "hsab_chair", "csp_chair", "agency")
    }
    assert seen["officer"] == seen["member"] == seen["hsab_chair"] == [found]
    assert seen["csp_chair"] == seen["agency"] == []


def test_two_partners_who_answer_at_once_both_count(
    session: Session, sessions: Any, hold: Any, recommended: Any, answer: Any, partnership: Any
) -> None:
    """Each began before the other had finished; the second must see the first, or nothing is ever ratified."""
    if session.bind.dialect.name == "sqlite":  # one writer at a time, from the first word
        return
    found = recommended(hold(["child"], CHILD_MET), outcome=Outcome.LCSPR)
    answer(found, Office.PARTNER_COUNCIL)
    session.commit()
    at = found.made_at + timedelta(days=1)
    with sessions.writing() as late:
        case = late.get(Case, found.case_id)
        assert len(service.latest(late, case).ratifications) == 1
        answer(found, Office.PARTNER_ICB)
        session.commit()
        last = late.get(Person, partnership.police_partner.id)
        service.ratify(late, case, Office.PARTNER_POLICE, Answered.ACCEPT, "Sound.", last, at)
        assert case.status is Status.RATIFIED


def test_the_routes_a_decision_maker_decides_stand_in_the_statement_that_finds_their_cases(
    session: Session, partnership: Any
) -> None:
    """A database that is told them knows how few or many cases to look through."""
    chair = session.merge(partnership.hsab_chair)
    asked = str(service.visible_to(chair).compile(compile_kwargs={"literal_binds": True}))
    assert "route IN ('adult')" in asked
