"""Everything a case's page shows, gathered from the rooms, as this person may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from forms.dates import day_or_none
from jcr.actions.model import Action
from jcr.cases import likeness
from jcr.cases.likeness import Resemblance
from jcr.cases.model import Case, CaseFile, Subject
from jcr.cases.rules import Calendar, age_on
from jcr.cases.service import boards_of
from jcr.correspondence import service as correspondence
from jcr.correspondence.model import Delivery, Kind, Letter
from jcr.criteria import service as criteria
from jcr.criteria.judged import Judgement, judgement
from jcr.criteria.service import Judged
from jcr.decisions import notices, reconsidering
from jcr.decisions import service as decisions
from jcr.decisions.model import Notice, Recommendation
from jcr.desk.clocks import Clock
from jcr.desk.next_steps import Reached, Step, next_step
from jcr.desk.service import clocks_of_case
from jcr.desk.told import Day, by_day, newest
from jcr.desk.waiting import outstanding
from jcr.documents.drawing import Picture
from jcr.history import service as history
from jcr.meetings import service as meetings
from jcr.meetings.model import Meeting
from jcr.people.model import OFFICE_NAMES, Board, Person
from jcr.permissions import Permission, allows
from jcr.referrals.model import Referral
from jcr.scoping import service as scoping
from jcr.scoping.model import Round
from jcr.triage import service as triage
from jcr.triage.picture import picture
from jcr.triage.rules import Path
from jcr.wording import listed

THIS: BindParameter[int] = bindparam("case_id")
REFERRAL = select(Referral).where(Referral.case_id == THIS)
RECOMMENDATIONS = (
    select(Recommendation).where(Recommendation.case_id == THIS).order_by(Recommendation.number.desc())
)
ACTIONS = select(Action).where(Action.case_id == THIS).order_by(Action.number)
FILES = select(CaseFile).where(CaseFile.case_id == THIS).order_by(CaseFile.id.desc())


@dataclass(frozen=True)
class CasePage:
    """The parts of the page, each already cut to what the person may see."""

    case: Case
    boards: Sequence[Board]
    step: Step
    known: Sequence[Resemblance]
    ages: dict[int, str]
    clocks: Sequence[Clock]
    referral: Referral | None
    way: Path
    picture: Picture | None
    judged: Sequence[Judged]
    record: Judgement | None
    round: Round | None
    meetings: Sequence[Meeting]
    recommendation: Recommendation | None
    decided: str
    unanswered: Sequence[str]
    notices: Sequence[Notice]
    actions: Sequence[Action]
    files: Sequence[CaseFile]
    letters: Sequence[Letter]
    history: Sequence[Day]
    earlier: Sequence[Day]

    @property
    def returned(self) -> int:
        """How many agencies owe nothing more."""
        return sum(not request.state.is_waiting for request in self.round.requests) if self.round else 0


def case_page(
    session: Session,
    case: Case,
    person: Person,
    today: date,
    calendar: Calendar,
    dardr_from: date | None = None,
) -> CasePage:
    """The page of one case. Letters are for the Partnership Team and the chairs: they carry addresses."""
    letters, in_office = correspondence.of_case(session, case.id), allows(Permission.SEE_OFFICE, person, case)
    held = meetings.of_case(session, case)
    entries = history.of_case(session, case.id)
    referral = session.scalar(REFERRAL, {"case_id": case.id})
    round, recommendation = scoping.round_of(session, case), _recommendation(session, case)
    again, to_tell = reconsidering.of_case(session, case), notices.of_case(session, case)
    judged = criteria.tests_of(session, case, today, dardr_from, referral.best_known if referral else {})
    flowchart, way = triage.way_of(session, case)
    told = [one for one in letters if recommendation and one.written_at >= recommendation.made_at]
    reached = Reached(
        triage=way.outcome or "",
        meeting_id=held[0].id if held else None,
        ready=_scoping_is_over(round, held, today),
        asked_again=any(one.outcome is None for one in again),
        untold=any(one.told_on is None for one in to_tell),
        letter_written=any(letter.kind is Kind.DECISION for letter in told),
        letter_back=next((letter.id for letter in told if _not_told(letter)), None),
    )
    recent, earlier = newest(by_day(entries))
    return CasePage(
        case=case,
        boards=boards_of(session, case),
        known=likeness.resemblances(session, person, case) if in_office else (),
        ages={subject.id: _ages(subject, referral, case, held) for subject in case.subjects},
        step=next_step(case, person.role, reached),
        clocks=sorted(clocks_of_case(session, case, today, calendar), key=lambda one: one.on or date.max),
        referral=referral,
        way=way,
        picture=picture(flowchart, way)
        if way.steps and allows(Permission.READ_RECORD, person, case)
        else None,
        judged=judged,
        record=judgement(case, entries, judged),
        round=round,
        meetings=held,
        recommendation=recommendation,
        decided=decisions.decided(recommendation) if recommendation else "",
        unanswered=[OFFICE_NAMES[office] for office in outstanding(recommendation)] if recommendation else [],
        notices=to_tell,
        actions=_actions(session, case),
        files=_files(session, case),
        letters=letters if in_office else (),
        history=recent,
        earlier=earlier,
    )


def _ages(subject: Subject, referral: Referral | None, case: Case, held: Sequence[Meeting]) -> str:
    """How old the subject was at each date that matters, such as "16 at the incident, 17 when referred"."""
    incident = day_or_none((referral.best_known if referral else {}).get("incident_date"))
    days = (
        (incident, "at the incident"),
        (case.received_on, "when referred"),
        (held[0].held_on if held else None, "at the rapid review"),
    )
    born, last = subject.dob, subject.date_of_death or date.max
    told = [f"{age_on(born, day)} {when}" for day, when in days if born and day and born <= day <= last]
    if born and subject.date_of_death and born <= subject.date_of_death:
        told.append(f"{age_on(born, subject.date_of_death)} at death")
    return listed(told)


def _not_told(letter: Letter) -> bool:
    return letter.kind is Kind.DECISION and letter.delivery is Delivery.BOUNCED


def _scoping_is_over(round: Round | None, held: Sequence[Meeting], today: date) -> bool:
    """Nobody owes a return any more, or the day of the meeting has come."""
    if round is None or not held:
        return False
    return not scoping.missing(round) or held[0].held_on <= today


def _recommendation(session: Session, case: Case) -> Recommendation | None:
    return session.scalar(RECOMMENDATIONS, {"case_id": case.id})


def _actions(session: Session, case: Case) -> Sequence[Action]:
    return session.scalars(ACTIONS, {"case_id": case.id}).all()


def _files(session: Session, case: Case) -> Sequence[CaseFile]:
    return session.scalars(FILES, {"case_id": case.id}).all()
