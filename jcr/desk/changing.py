"""What the office holds about a person is changed: name, address, role, post, agency. What they did stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from jcr.actions.model import Action, State
from jcr.admission import joining
from jcr.admission import service as admission
from jcr.desk.leaving import open_work
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.people.model import OFFICE_NAMES, Agency, Person
from jcr.people.service import agency_of, by_email
from jcr.permissions import Permission, allows
from jcr.roles import CHAIRS, GIVEN, SIGNING_IN, Actor, Role
from jcr.wording import listed


def roles_for(person: Person) -> list[Role]:
    """The roles they may be given: chairs are appointed, on a page of their own."""
    return [role for role in SIGNING_IN if role is person.role or role in GIVEN]


def facts_of(person: Person) -> dict[str, str]:
    """What can be changed, as a form has it."""
    agency = person.agency.code if person.agency else ""
    said = {"name": person.name, "email": person.email, "role": person.role.value, "post": person.post}
    return said | {"agency": agency}


def change(session: Session, person: Person, facts: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """The person with other `facts_of` them. Another role signs them out everywhere; letters and the agencies' contacts
    that had their address have the new one, and so have their open actions, with the new name.

    Raises Incomplete when the address is somebody else's; NotNow for a role that they cannot leave, because they are
    the only administrator, chair by a term on record, or hold an office that decides.
    """
    before, role, email = facts_of(person), Role(facts["role"]), facts["email"].strip().lower()
    if (theirs := by_email(session, email)) and theirs.id != person.id:
        raise Incomplete(f"{theirs.name} has this e-mail address.")
    if role is not person.role:
        _may_leave_role(session, person, role, now)
    name = facts["name"].strip()
    _readdress(session, person.email, email)
    actions = _hand_over(session, person, name, email)
    person.name, person.email, person.post = name, email, facts["post"].strip()
    person.role, person.agency = role, agency_of(session, facts["agency"])
    after = facts_of(person)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return
    done = f"changed the {listed(changed)} of {before['name']}"
    record(session, None, actor, now, done, before={name: before[name] for name in changed},
           after={name: after[name] for name in changed}, actions=actions)  # fmt: skip
    if "role" in changed:
        admission.end_everywhere(session, person, actor, now)


def _may_leave_role(session: Session, person: Person, role: Role, now: datetime) -> None:
    work = open_work(session, person, now)
    if role in CHAIRS or work.terms:
        raise NotNow(
            "Chair and vice chair are appointed on the page Chair and vice chair; do it there first."
        )
    if work.offices and not allows(Permission.RATIFY, Actor(person.name, role)):
        held = listed([OFFICE_NAMES[one.office] for one in work.offices])
        raise NotNow(f"{person.name} holds an office ({held}). Have its next holder recorded first.")
    if joining.is_only_administrator(session, person):
        raise NotNow("This is the only administrator. Add another one first.")


def _readdress(session: Session, before: str, after: str) -> None:
    """What is sent to somebody by their address follows it."""
    if before == after:
        return
    for agency in session.scalars(select(Agency)):
        agency.contact_email = after if agency.contact_email == before else agency.contact_email
        agency.board_email = after if agency.board_email == before else agency.board_email


def _hand_over(session: Session, person: Person, name: str, email: str) -> list[str]:
    """The labels of their open actions, which get this name and address. One with a name alone is theirs unless
    somebody else is called the same."""
    if (name, email) == (person.name, person.email):
        return []
    theirs = func.lower(Action.owner_email) == person.email
    namesakes = select(Person.id).where(
        func.lower(Person.name) == person.name.lower(), Person.id != person.id
    )
    if session.scalar(namesakes.limit(1)) is None:
        by_name = func.lower(func.trim(Action.owner)) == person.name.lower()
        theirs = or_(theirs, and_(Action.owner_email == "", by_name))
    found = session.scalars(select(Action).where(Action.state == State.OPEN, theirs).order_by(Action.number))
    handed = found.all()
    for action in handed:
        action.owner, action.owner_email = name, email if action.owner_email else ""
    return [action.label for action in handed]
