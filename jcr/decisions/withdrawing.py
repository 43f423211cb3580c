"""An acceptance that counts no more: its giver takes it back, or declares a conflict of interest afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Status
from jcr.cases.service import put_up_wall
from jcr.cases.workflow import perform
from jcr.correspondence.model import Kind, Letter
from jcr.decisions import notices
from jcr.decisions.model import Answered, Ratification, WithdrawnAnswer
from jcr.decisions.recommending import latest
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.people.model import OFFICE_NAMES, Office, Person
from jcr.roles import WORKER, Actor


def acceptances(session: Session, case: Case, person: Person) -> Sequence[Ratification]:
    """What the person accepted and may still take back: until the referrer is told."""
    found = latest(session, case)
    given = [one for one in found.ratifications if one.person_id == person.id] if found else []
    return [one for one in given if one.outcome is Answered.ACCEPT and not _stands(session, case, one)]


def take_back(session: Session, case: Case, office: Office, why: str, person: Person, now: datetime) -> None:
    """The office is asked again, and a ratified case is ratified no more.

    Raises NotNow where there is nothing that may be taken back, Incomplete without a reason.
    """
    session.refresh(case, with_for_update={"of": Case})  # another may ratify at this moment
    given = next((one for one in acceptances(session, case, person) if one.office is office), None)
    if given is None:
        raise NotNow(
            f"{OFFICE_NAMES[office]}: there is no acceptance of yours that may be taken back. It stands once the "
            "referrer has been told; the chair decides whether the case is looked at again."
        )
    if not why.strip():
        raise Incomplete("Say why you take it back: it is part of the record.")
    _set_aside(session, case, given, why.strip(), person.as_actor(), "took back", now)


def declare_conflict(
    session: Session, case: Case, what: str, person: Person, actor: Actor, now: datetime
) -> None:
    """An office holder who is too close to the case: they lose sight of it, and another has to ratify.

    What they accepted before counts no more, unless the referrer was told already. Raises Incomplete when it is
    not said what the conflict is.
    """
    if not what.strip():
        raise Incomplete("Say what the conflict is; it is part of the record.")
    session.refresh(case, with_for_update={"of": Case})  # another may ratify at this moment
    put_up_wall(session, case, person, what.strip(), actor, now)
    found = latest(session, case)
    for given in [one for one in found.ratifications if one.person_id == person.id] if found else []:
        _withdraw(session, case, given, what.strip(), now)


def _withdraw(session: Session, case: Case, given: Ratification, what: str, now: datetime) -> None:
    if given.outcome is not Answered.ACCEPT:
        return  # it was sent back or refused: the group has it again
    if not _stands(session, case, given):
        _set_aside(session, case, given, what, WORKER, "withdrew", now)
        return
    name = OFFICE_NAMES[given.office]
    act = f"found an acceptance as {name} to be of somebody with a conflict, after the referrer was told"
    record(session, case.id, WORKER, now, act, "The chair decides whether it is looked at again.")


def _stands(session: Session, case: Case, given: Ratification) -> bool:
    told = select(Letter.id).where(Letter.case_id == case.id, Letter.kind == Kind.DECISION)
    told = told.where(Letter.written_at >= given.recommendation.made_at).limit(1)
    return case.status not in (Status.RECOMMENDED, Status.RATIFIED) or session.scalar(told) is not None


def _set_aside(
    session: Session, case: Case, given: Ratification, why: str, actor: Actor, how: str, now: datetime
) -> None:
    name = OFFICE_NAMES[given.office]
    session.add(
        WithdrawnAnswer(
            recommendation_id=given.recommendation_id, office=given.office, person_id=given.person_id,
            reason=given.reason, at=given.at, withdrawn_at=now, why=why,
        )
    )  # fmt: skip
    given.recommendation.ratifications.remove(given)
    session.delete(given)
    session.flush()
    record(
        session, case.id, actor, now, f"{how} the acceptance as {name}: the office has to answer again", why
    )
    if case.status is Status.RATIFIED:
        perform(session, case, "withdraw_answer", WORKER, now, why)
        notices.lapse(session, case, now)
