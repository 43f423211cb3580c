"""Opening a case in an emergency: with a reason, for a limited time, to read only, and told to a chair at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Opening
from jcr.cases.naming import given_away
from jcr.cases.openings import opened
from jcr.cases.service import by_reference
from jcr.cases.words import as_reference
from jcr.correspondence.model import Kind
from jcr.correspondence.service import Letterhead, write
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import record
from jcr.people.model import Person
from jcr.permissions import Permission, allows, no_conflict
from jcr.roles import CHAIRS, Actor, Role


def open_case(
    session: Session,
    head: Letterhead,
    person: Person,
    reference: str,
    why: str,
    holds: timedelta,
    now: datetime,
) -> Opening:
    """The person may read the case until `holds` has passed. Raises Refused with a sentence when they cannot, or when
    nobody would be told."""
    if not allows(Permission.OPEN_IN_EMERGENCY, person):
        raise NotAllowed("Only members of the group and decision makers open a case in an emergency.")
    case = session.scalar(select(Case).where(Case.reference == as_reference(reference)))
    if case is None or case.destroyed_at:
        raise Incomplete("There is no case with this reference. Check it and try again.")
    _must_be_needed(session, person, case, why, now)
    made = Opening(case_id=case.id, person=person, why=why.strip(), opened_at=now, until=now + holds)
    session.add(made)
    session.flush()
    session.refresh(made)
    record(session, case.id, person.as_actor(), now, "opened the case in an emergency", made.why,
           until=made.until.isoformat())  # fmt: skip
    told = who_is_told(session, made)
    if not told:
        raise NotNow(
            "Nobody who could be told of it is free of a conflict on this case, so it is not opened unseen."
        )
    for one in told:
        _tell(session, head, one, made, now)
    return made


def end(session: Session, opening: Opening, actor: Actor, now: datetime) -> None:
    """Ends it before its time."""
    if not allows(Permission.END_OPENINGS, actor, opening.case):
        raise NotAllowed("An officer, the manager or a chair without a conflict on the case ends this.")
    if not opening.is_open(now):
        raise NotNow("This has ended already.")
    opening.ended_at, opening.ended_by = now, actor.name
    record(
        session,
        opening.case_id,
        actor,
        now,
        f"ended that {opening.person.name} reads the case in an emergency",
    )


def who_is_told(session: Session, opening: Opening) -> Sequence[Person]:
    """The chairs, else the managers, else the officers; never whoever opened it or has a conflict."""
    for roles in (CHAIRS, (Role.MANAGER,), (Role.OFFICER,)):
        people = select(Person).where(Person.active, Person.role.in_(roles)).order_by(Person.role, Person.id)
        told = [one for one in session.scalars(people) if one.id != opening.person_id]
        if free := [one for one in told if no_conflict(one, opening.case)]:
            return free
    return []


def _must_be_needed(session: Session, person: Person, case: Case, why: str, now: datetime) -> None:
    if by_reference(session, person, case.reference):
        raise NotNow(f"You see {case.reference} already: open it from the list of cases.")
    if opened(session, person, case.reference, now):
        raise NotNow(f"You have {case.reference} open already.")
    if not why.strip():
        raise Incomplete("Say what the emergency is: the reason is kept, and told to the chair.")
    if named := given_away(case, why):
        raise Incomplete(f"The reason is told by e-mail and gives somebody away (“{named}”). Write initials.")


def _tell(session: Session, head: Letterhead, told: Person, opening: Opening, now: datetime) -> None:
    facts = {
        "name": told.name, "who": opening.person.name, "role": opening.person.role.shown.lower(),
        "why": opening.why, "until": opening.until, "link": head.link(f"/cases/{opening.case.reference}/seen"),
    }  # fmt: skip
    occasion, by = f"case_opened:{opening.id}:{told.id}", opening.person.as_actor()
    write(session, head, Kind.CASE_OPENED, occasion, told.email, facts, by, now, case=opening.case)
