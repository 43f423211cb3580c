"""Records the way through the scoping decision flowchart, and a decline with its reasons and its letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from jcr.actions import service as actions
from jcr.answer import any_holds
from jcr.cases.model import Case, Route, Status
from jcr.cases.naming import given_away
from jcr.cases.rules import Calendar, reconsideration_by
from jcr.cases.workflow import perform
from jcr.correspondence import service as correspondence
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.correspondence.wording import block
from jcr.criteria import learning_activity_is_review
from jcr.criteria import service as criteria
from jcr.criteria.service import Judged
from jcr.dialects import Numbers, those
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.model import Entry
from jcr.history.service import record
from jcr.people.model import Person
from jcr.permissions import Permission, allows, no_conflict
from jcr.referrals.letters import about
from jcr.referrals.model import Referral
from jcr.roles import CHAIRS, Actor
from jcr.triage import flowcharts
from jcr.triage.model import StepAnswer
from jcr.triage.rules import ACTIVITIES, LEARNING_ACTIVITIES, Flowchart, Path, decline_stands, path
from jcr.web.reasoned import Given
from jcr.wording import local_day, long_date

GIVEN = select(StepAnswer).where(StepAnswer.case_id == bindparam("case_id")).order_by(StepAnswer.id)
GIVEN_ON = (
    select(StepAnswer.case_id, StepAnswer.flowchart, StepAnswer.step, StepAnswer.answer)
    .where(StepAnswer.case_id.in_(those(bindparam("ids", type_=Numbers()))))
    .order_by(StepAnswer.id)
)


def answers(session: Session, case: Case) -> dict[str, StepAnswer]:
    """The answer that counts for each step: the latest."""
    return {answer.step: answer for answer in session.scalars(GIVEN, {"case_id": case.id})}


def outcomes(session: Session, case_ids: Sequence[int]) -> dict[int, str]:
    """Where the answers lead, for each of these cases whose path has come to its end; two queries for all."""
    given: dict[int, dict[str, object]] = {}
    by: dict[int, str] = {}
    for case_id, version, step, answer in session.execute(GIVEN_ON, {"ids": case_ids}):
        by.setdefault(case_id, version)
        given.setdefault(case_id, {})[step] = answer
    known = flowcharts.all_of(session, list(by.values()))
    reached = {case_id: path(steps, known[by[case_id]]).outcome for case_id, steps in given.items()}
    return {case_id: outcome for case_id, outcome in reached.items() if outcome}


def path_of(session: Session, case: Case) -> Path:
    """The way this case has taken through the flowchart so far."""
    return way_of(session, case)[1]


def way_of(session: Session, case: Case) -> tuple[Flowchart, Path]:
    """The flowchart that this case follows, and its way through it so far."""
    given = answers(session, case)
    flowchart = flowcharts.called(session, next((one.flowchart for one in given.values()), None))
    return flowchart, path({step: one.answer for step, one in given.items()}, flowchart)


def record_answers(
    session: Session, case: Case, given: Mapping[str, Given], actor: Actor, now: datetime
) -> int:
    """Appends what is new among the answers to the flowchart's steps, and says how many were.

    Raises NotNow when the case is not in triage, Incomplete when a yes or a no has no reason.
    """
    _must_be_open(session, case, actor)
    before = answers(session, case)
    new = {step: one for step, one in given.items() if not _same(before.get(step), one)}
    for step, one in new.items():
        _append(session, case, step, one, actor, now)
    if new:
        session.flush()
        reached = path_of(session, case)
        record(session, case.id, actor, now, "worked through triage", reached.because, steps=sorted(new))
    return len(new)


@dataclass(frozen=True)
class Learning:
    """What a declined case is still learnt from: a code of ACTIVITIES, and the action that follows it up."""

    activity: str
    task: str
    owner: str
    due_on: date | None


def who_may_agree(session: Session, case: Case) -> Sequence[Person]:
    """The chair and vice chair, without whoever declared a conflict on this case."""
    chairs = session.scalars(
        select(Person).where(Person.active, Person.role.in_(CHAIRS)).order_by(Person.role, Person.name)
    )
    return [person for person in chairs if no_conflict(person, case)]


def decline(
    session: Session,
    head: Letterhead,
    calendar: Calendar,
    case: Case,
    why: str,
    agreed_by: Person,
    actor: Actor,
    now: datetime,
    learning: Learning | None = None,
) -> Letter:
    """Declines the referral at triage and writes to the referrer why; one act (ToR 7.i).

    `learning` is the activity offered instead, which becomes an action (ToR 1: learning below the criteria).
    Raises Incomplete without a rationale, with one that names a subject, without the chair's or vice chair's
    agreement, for an activity that is a review (ToR 3), or when there is no address to write to; NotNow
    outside triage.
    """
    stands = decline_stands(why, agreed_by.role.value)
    if not stands:
        raise Incomplete(stands.because)
    if named := given_away(case, why):
        raise Incomplete(
            f"The reasons go to the referrer and name a subject or a date of birth (“{named}”). Write initials."
        )
    if agreed_by not in who_may_agree(session, case):
        raise NotAllowed(f"{agreed_by.name} declared a conflict on this case and cannot agree to a decline.")
    judged = criteria.tests_of(session, case, local_day(now))
    if learning:
        _must_be_no_review(judged, learning)
    _must_be_outside(case, judged)
    perform(
        session, case, "decline", actor, now, why, agreed_by=agreed_by.name, agreed_by_id=agreed_by.id,
        criteria=criteria.snapshot(judged),
    )  # fmt: skip
    if learning:
        task = f"{ACTIVITIES[learning.activity]}: {learning.task.strip()}" if learning.task.strip() else ""
        agreed = actions.Agreed(task, learning.owner, learning.due_on)
        actions.agree(session, case, agreed, actor, now)
    return _decline_letter(session, head, calendar, case, why, agreed_by, learning, actor, now)


def _must_be_outside(case: Case, judged: Sequence[Judged]) -> None:
    """Only what is clearly outside every route ends here (ToR 7.i): others decide on a case that meets a test, of a
    domestic death under either law, and a notification calls for a rapid review (Working Together)."""
    met = [
        f"{one.subject.initials}: {test.because}"
        for one in judged
        for test in (one.test, one.test.beside)
        if test and test.met == "yes"
    ]
    if met:
        raise NotNow(
            f"A test is met on what is recorded, so the case is not clearly outside every route. {' '.join(met)} Go on "
            "to scoping, or correct the facts first if they are wrong."
        )
    if case.incident_notified_on:
        sent = long_date(case.incident_notified_on)
        raise NotNow(
            f"A serious incident notification was sent on {sent}, so a rapid review is required (Working Together). Go "
            "on to scoping; the rapid review may find that the criteria are not met."
        )


def _must_be_no_review(judged: Sequence[Judged], learning: Learning) -> None:
    met = any_holds(one.test.met for one in judged if one.route is Route.CHILD)
    answer = learning_activity_is_review(met, learning.activity in LEARNING_ACTIVITIES)
    if answer:
        raise Incomplete(f"{answer.because} Go on to scoping instead of declining ({answer.source}).")


def _decline_letter(
    session: Session,
    head: Letterhead,
    calendar: Calendar,
    case: Case,
    why: str,
    agreed_by: Person,
    learning: Learning | None,
    actor: Actor,
    now: datetime,
) -> Letter:
    referral = session.scalar(select(Referral).where(Referral.case_id == case.id))
    if referral is None:
        raise NotNow("This case has no referral to answer.")
    facts = {
        **about(referral, actor),
        "reasons": why.strip(),
        "tests": _tests(case),
        "learning": ACTIVITIES[learning.activity].lower() if learning else None,
        "agreed_by": f"the {agreed_by.role.shown.lower()} of the Joint Case Review group",
        "received_on": case.received_on,
        "reconsider_by": reconsideration_by(local_day(now), calendar).on,
    }
    occasion = f"declined:{case.id}:{_times_declined(session, case)}"
    return correspondence.write(
        session, head, Kind.DECLINED, occasion, referral.referrer_email, facts, actor, now,
        case=case,
        recipient_lines=referral.addressed,
        signature_lines=[
            "Yours sincerely", actor.name, "Partnership Team", "on behalf of the chair, Joint Case Review group",
        ],
    )  # fmt: skip


def _times_declined(session: Session, case: Case) -> int:
    """How often it was declined, this time included: a case opened again may be declined again."""
    declined = select(func.count()).select_from(Entry)
    found = session.scalar(declined.where(Entry.case_id == case.id, Entry.to_status == Status.DECLINED.value))
    return found or 0


def _tests(case: Case) -> str | None:
    """The tests in law that the case was put to, as the letter tells them; no result is claimed for them."""
    tests = [{"route": route.value, "results": ""} for route in case.route_names]
    return block("tests", lead="It was put to", tests=tests) if tests else None


def _append(session: Session, case: Case, step: str, one: Given, actor: Actor, now: datetime) -> None:
    flowchart = flowcharts.of_case(session, case)
    if flowchart.step(step) is None:
        raise Incomplete("This question is no longer part of the flowchart. Load the page again.")
    if one.value in ("yes", "no") and not one.why.strip():
        raise Incomplete("Say why for each yes and each no: the reasons are part of the record.")
    session.add(
        StepAnswer(
            case_id=case.id, flowchart=flowchart.version, step=step, answer=one.value, why=one.why,
            by=actor.name, at=now,
        )
    )  # fmt: skip


def _must_be_open(session: Session, case: Case, actor: Actor) -> None:
    must_be_of_triage(case, actor)
    if case.status is not Status.TRIAGE:
        raise NotNow(f"This case is at the stage “{case.status.shown}”, so its triage cannot be changed now.")


def must_be_of_triage(case: Case, actor: Actor, permission: Permission = Permission.TRIAGE) -> None:
    """Raises NotAllowed for whoever has no part in triage, or has a conflict on the case."""
    if not allows(permission, actor, case):
        raise NotAllowed(
            "Triage is for the Partnership Team, and for a chair without a conflict on the case."
        )


def _same(before: StepAnswer | None, one: Given) -> bool:
    return before is not None and (before.answer, before.why) == (one.value, one.why)
