"""Panel members and independent reviewers: named to a case, so that they see it and no other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Naming
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import record
from jcr.people.model import Person
from jcr.permissions import Permission, allows, no_conflict
from jcr.roles import REVIEWING, Actor, Role


def standing(person_id: int) -> Select[Naming]:
    """What the person with this number is named to now."""
    return select(Naming).where(Naming.person_id == person_id, Naming.ended_at.is_(None))


def of_case(session: Session, case: Case) -> Sequence[Naming]:
    """Everybody who was ever named to a case, the first first."""
    return session.scalars(select(Naming).where(Naming.case_id == case.id).order_by(Naming.id)).all()


def may_be_named(session: Session, case: Case) -> list[Person]:
    """Panel members and independent reviewers with an account, without those named already or in conflict."""
    named = {one.person_id for one in of_case(session, case) if not one.ended_at}
    people = select(Person).where(Person.active, Person.role.in_(REVIEWING)).order_by(Person.name)
    return [one for one in session.scalars(people) if one.id not in named and no_conflict(one, case)]


def name(
    session: Session,
    case: Case,
    person: Person,
    actor: Actor,
    now: datetime,
    *,
    independent: bool,
    senior: bool = False,
) -> Naming:
    """From now on the person sees the case, their independence and, on a panel, seniority confirmed (ToR 3 and 8).

    Raises NotAllowed, NotNow for somebody who cannot be named, Incomplete for what is not confirmed.
    """
    _must_be_allowed(case, actor)
    if person not in may_be_named(session, case):
        raise NotNow(f"{person.name} is named already, declared a conflict, or is nobody who reviews cases.")
    if not independent:
        raise Incomplete(
            f"Confirm that {person.name} is independent of the case. Otherwise name somebody else."
        )
    if person.role is Role.PANEL_MEMBER and not senior:
        raise Incomplete(
            f"Confirm that {person.name} can commit their organisation. Otherwise ask it for another."
        )
    made = Naming(
        case_id=case.id, person=person, named_at=now, named_by=actor.name, independent=independent, senior=senior
    )  # fmt: skip
    session.add(made)
    record(session, case.id, actor, now, f"named {person.name} to the case: {person.role.shown.lower()}")
    return made


def end(session: Session, case: Case, naming: Naming, actor: Actor, now: datetime) -> None:
    """The person sees the case no more; that they were named stays on record."""
    _must_be_allowed(case, actor)
    if naming.ended_at:
        raise NotNow(f"{naming.ended_by} has ended this already.")
    naming.ended_at, naming.ended_by = now, actor.name
    record(session, case.id, actor, now, f"ended that {naming.person.name} is named to the case")


def _must_be_allowed(case: Case, actor: Actor) -> None:
    if not allows(Permission.NAME_REVIEWERS, actor, case):
        raise NotAllowed(
            "Who reviews a case is for an officer, the manager or a chair without a conflict to name."
        )
