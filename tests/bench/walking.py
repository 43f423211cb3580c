"""Takes a case from one status to the next by the acts of the services, as the office would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.rules import england
from jcr.correspondence.service import Letterhead
from jcr.decisions.model import Answered, Outcome
from jcr.decisions.service import Agreed, Said, notify_referrer, ratify, recommend
from jcr.meetings import service as meetings
from jcr.meetings.model import Meeting, Presence
from jcr.people.model import Agency, Office, Person
from jcr.referrals import drafts
from jcr.referrals import service as referrals
from jcr.referrals.model import SignOffHow
from jcr.scoping import service as scoping
from jcr.triage import service as triage
from jcr.web.reasoned import Given
from tests.bench.referral import answers_about

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ASKED = ("police", "wvt")
PRESENT = ("chair", "vice.chair", "member")
FLOWCHART = {
    "is_concern": "no",
    "lead_approved": "yes",
    "complete": "yes",
    "immediate_risk": "no",
    "looks_notifiable": "no",
    "outside_every_route": "no",
}
NIL = {
    "author_name": "Harriet Osei",
    "author_role": "Named Nurse",
    "author_email": "h.osei@health.example",
    "records_searched": "All systems, both names, all dates.",
}
SAID = Said(
    outcome=Outcome.SAR_MANDATORY,
    facts_summary="Found at home. Visits had stopped three weeks before.",
    rationale="Four agencies held concerns and did not bring them together.",
    told="Agencies held concerns and did not bring them together.",
    equality="Age and disability were considered.",
    actions=[Agreed("Check every open care package", "Adults and Communities", date(2027, 2, 1))],
)


@dataclass
class Walk:
    """A session, the people who act in it, and the steps that take a case from one status to the next."""

    session: Session
    head: Letterhead

    def __post_init__(self) -> None:
        self.calendar = england()
        self.people = {one.email.partition("@")[0]: one for one in self.session.scalars(select(Person))}
        self.agencies = {one.code: one for one in self.session.scalars(select(Agency))}
        self.officer = self.people["officer"].as_actor()

    def refer(self, number: int) -> Case:
        """Status *referred*: it came by e-mail, and its reading waits to be confirmed."""
        arrival = referrals.Arrival("m.hartigan@police.example", NOW)
        return referrals.open_from_reading(
            self.session, self.head, self.calendar, answers_about(number), {"edition": 1}, arrival,
            self.officer, NOW,
        ).case  # fmt: skip

    def send_by_web(self, number: int) -> Case:
        """Status *awaiting sign-off*."""
        draft = drafts.by_token(self.session, drafts.start(self.session, NOW))
        assert draft is not None
        drafts.save_topic(self.session, draft, "review", answers_about(number), NOW)
        return referrals.send(self.session, self.head, self.calendar, draft, NOW).case

    def confirm(self, case: Case) -> None:
        referral = referrals.of_case(self.session, case)
        assert referral is not None
        referrals.confirm(
            self.session, self.head, self.calendar, referral, referral.sent_answers, SignOffHow.ON_FORM, "",
            self.officer, NOW,
        )  # fmt: skip
        given = {step: Given(answer, "As the referral says.") for step, answer in FLOWCHART.items()}
        triage.record_answers(self.session, case, given, self.officer, NOW)

    def decline(self, case: Case) -> None:
        why, chair = "It is outside every route.", self.people["chair"]
        triage.decline(self.session, self.head, self.calendar, case, why, chair, self.officer, NOW)

    def scope(self, case: Case) -> Meeting:
        """Status *scoping*: one of two agencies returned that it holds nothing, which waits to be read."""
        asked = [
            scoping.Asked(agency, "Safeguarding lead", agency.contact_email, "Named in the referral.")
            for agency in (self.agencies[code] for code in ASKED)
        ]
        dates = scoping.Dates(date(2026, 12, 3), NOW + timedelta(days=15), "Council offices")
        meeting = meetings.call_rapid_review(self.session, self.head, case, asked, dates, self.officer, NOW)
        round = scoping.round_of(self.session, case)
        assert round is not None
        scoping.nil_return(self.session, self.head, round.requests[0], NIL, NOW)
        return meeting

    def meet(self, meeting: Meeting) -> None:
        """Status *rapid review*: the return accepted, the meeting open, quorate, with a chair."""
        assert meeting.round is not None
        scoping.accept_return(self.session, meeting.round.requests[0], self.officer, NOW)
        for key in PRESENT:
            meetings.note_attendance(self.session, meeting, self.people[key], Presence.PRESENT)
        meetings.take_chair(self.session, meeting, self.people["chair"], self.officer, NOW)
        meetings.open_rapid_review(self.session, meeting, self.officer, NOW, "All can come today.")

    def recommend(self, case: Case, meeting: Meeting) -> None:
        recommend(self.session, self.head, self.calendar, case, meeting, SAID, self.officer, NOW)

    def answer(self, case: Case, outcome: Answered) -> None:
        """Status *ratified*, *sent back* or *not ratified*."""
        chair = self.people["hsab.chair"]
        ratify(self.session, case, Office.HSAB_CHAIR, outcome, "For the reasons given.", chair, NOW)

    def tell(self, case: Case) -> None:
        notify_referrer(self.session, self.head, self.calendar, case, self.officer, NOW)


def referred(walk: Walk, number: int) -> None:
    walk.refer(number)


def awaiting_sign_off(walk: Walk, number: int) -> None:
    walk.send_by_web(number)


def in_triage(walk: Walk, number: int) -> Case:
    case = walk.refer(number)
    walk.confirm(case)
    return case


def declined(walk: Walk, number: int) -> None:
    walk.decline(in_triage(walk, number))


def scoped(walk: Walk, number: int) -> None:
    walk.scope(in_triage(walk, number))


def met(walk: Walk, number: int) -> None:
    walk.meet(walk.scope(in_triage(walk, number)))


def recommended(walk: Walk, number: int) -> Case:
    case = in_triage(walk, number)
    meeting = walk.scope(case)
    walk.meet(meeting)
    walk.recommend(case, meeting)
    return case


def sent_back(walk: Walk, number: int) -> None:
    walk.answer(recommended(walk, number), Answered.SEND_BACK)


def ratified(walk: Walk, number: int) -> Case:
    case = recommended(walk, number)
    walk.answer(case, Answered.ACCEPT)
    return case


def told(walk: Walk, number: int) -> None:
    """Status *decided* as soon as the letter is posted."""
    walk.tell(ratified(walk, number))


# One case in ten at each of these stages; the last five are past scoping.
STAGES: tuple[Callable[[Walk, int], object], ...] = (
    referred, awaiting_sign_off, in_triage, declined, scoped, met, recommended, sent_back, ratified, told,
)  # fmt: skip
