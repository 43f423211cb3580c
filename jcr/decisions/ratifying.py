"""Ratification by the holders of the deciding offices, and what follows from their answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from jcr.cases.model import Case, Status
from jcr.cases.service import visible_to
from jcr.cases.workflow import perform
from jcr.decisions import notices, offices
from jcr.decisions.model import Answered, Ratification, Recommendation
from jcr.decisions.recommending import latest
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import record
from jcr.people.model import OFFICE_NAMES, Office, Person
from jcr.people.service import offices_of
from jcr.permissions import no_conflict
from jcr.roles import Actor
from jcr.wording import local_day

ACTS = {Answered.SEND_BACK: "send_back", Answered.REFUSE: "refuse"}


def ratify(
    session: Session,
    case: Case,
    office: Office,
    outcome: Answered,
    reason: str,
    person: Person,
    now: datetime,
) -> Ratification:
    """One office's answer. The last acceptance ratifies; one that sends back or refuses settles it at once.

    Raises NotAllowed for whoever chaired, declared a conflict or does not hold the office; NotNow when
    nothing waits for this office; Incomplete without a reason.
    """
    recommendation = waiting_recommendation(session, case, office)
    _must_be_free(session, recommendation, office, person, local_day(now))
    if not reason.strip():
        raise Incomplete(
            "Give the reason for your decision: it is part of the record and cannot be left out."
        )
    given = Ratification(
        chaired_by_id=recommendation.chaired_by_id,
        office=office,
        person=person,
        outcome=outcome,
        reason=reason.strip(),
        at=now,
    )
    recommendation.ratifications.append(given)
    session.flush()
    _follow(session, case, recommendation, given, now)
    return given


def waiting_recommendation(session: Session, case: Case, office: Office) -> Recommendation:
    """The recommendation that waits for this office, held for this act. Raises NotNow when none does."""
    session.refresh(case, with_for_update={"of": Case})  # two partners at once: the second sees the first
    found = latest(session, case)
    if found is None or case.status is not Status.RECOMMENDED:
        raise NotNow(
            f"This case is at the stage “{case.status.shown}”: no recommendation waits for an answer."
        )
    if office not in offices.needed(found.route_names):
        raise NotNow(f"{OFFICE_NAMES[office]}: this office does not decide on this kind of case.")
    session.refresh(found, ["ratifications"])
    if any(one.office is office for one in found.ratifications):
        raise NotNow(f"{OFFICE_NAMES[office]}: this office has answered already.")
    return found


def _must_be_free(
    session: Session, recommendation: Recommendation, office: Office, person: Person, on: date
) -> None:
    if person.id == recommendation.chaired_by_id:
        raise NotAllowed("You chaired the review that made this recommendation, so another must ratify it.")
    if not no_conflict(person, recommendation.case):
        raise NotAllowed("You declared a conflict of interest on this case, so another must ratify it.")
    if other := offices.signed_for_another(recommendation, office, person):
        raise NotAllowed(
            f"You have answered as {OFFICE_NAMES[other]}. Each of the three safeguarding partners signs by somebody of "
            "its own: ask the Partnership Team to put it to another."
        )
    if office not in offices_of(session, person, on):
        raise NotAllowed(f"You do not hold this office today: {OFFICE_NAMES[office]}.")


def _follow(
    session: Session, case: Case, recommendation: Recommendation, given: Ratification, now: datetime
) -> None:
    actor, name = given.person.as_actor(), OFFICE_NAMES[given.office]
    if given.outcome in ACTS:
        perform(session, case, ACTS[given.outcome], actor, now, given.reason, office=given.office.value)
        return
    record(session, case.id, actor, now, f"accepted the recommendation as {name}", given.reason)
    if offices.progress(session, recommendation, local_day(now)).is_complete:
        perform(session, case, "ratify", actor, now, given.reason, office=given.office.value)
        notices.owe(session, recommendation)


def offices_to_answer(
    session: Session, recommendation: Recommendation, person: Person, on: date
) -> list[Office]:
    """The offices this person still has to answer for, in order; empty for whoever may not ratify."""
    if recommendation.case.status is not Status.RECOMMENDED:
        return []
    waiting = offices.progress(session, recommendation, on).missing
    return [one.office for one in waiting if any(who.id == person.id for who in one.waits_for)]


def waiting_for(session: Session, person: Person, on: date) -> list[Recommendation]:
    """The recommendations that wait for this person to ratify, oldest first."""
    cases = visible_to(person).where(Case.status == Status.RECOMMENDED).with_only_columns(Case.id)
    found = select(Recommendation).where(Recommendation.case_id.in_(cases)).order_by(Recommendation.made_at)
    found = found.options(joinedload(Recommendation.case))
    current = {one.case_id: one for one in session.scalars(found)}
    return [one for one in current.values() if offices_to_answer(session, one, person, on)]


def reconvene(session: Session, case: Case, why: str, actor: Actor, now: datetime) -> None:
    """After a recommendation was sent back or not ratified, the rapid review takes the case up again."""
    perform(session, case, "reconvene", actor, now, why)


def of_case(session: Session, case: Case) -> Sequence[Recommendation]:
    """Every recommendation on a case, the last first."""
    found = select(Recommendation).where(Recommendation.case_id == case.id)
    return session.scalars(found.order_by(Recommendation.number.desc())).all()
