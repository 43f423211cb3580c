"""Agrees actions, follows them up, and says who may see which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from jcr.actions.model import Action, State
from jcr.cases.model import Case
from jcr.cases.service import sees
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.outsiders import service as outsiders
from jcr.outsiders.model import Purpose
from jcr.people.model import Agency, Person
from jcr.permissions import Permission, allows
from jcr.roles import Actor
from jcr.wording import local_day, long_date


@dataclass(frozen=True)
class Agreed:
    """What was agreed that somebody does: the task, its owner, by when, and what is expected to be better for it."""

    task: str
    owner: str
    due_on: date | None
    expected: str = ""
    agency: Agency | None = None
    owner_email: str = ""


def visible_to(person: Person) -> Select[Action]:
    """The actions this person may see: the group's own, and those of cases they may see."""
    if not allows(Permission.SEE_GROUP, person):
        return select(Action).where(sees(person, Action.case_id))
    return select(Action).where(or_(Action.case_id.is_(None), sees(person, Action.case_id)))


def by_number(session: Session, number: int) -> Action | None:
    """The action that minutes and log cite under this number."""
    return session.scalar(select(Action).where(Action.number == number))


def of_case(session: Session, case: Case) -> Sequence[Action]:
    return session.scalars(select(Action).where(Action.case_id == case.id).order_by(Action.number)).all()


def agree(session: Session, case: Case | None, agreed: Agreed, actor: Actor, now: datetime) -> Action:
    """A new action with owner and due date. Raises Incomplete when it is not said what, who or by when."""
    due_on = agreed.due_on
    if not agreed.task.strip() or not agreed.owner.strip() or due_on is None:
        raise Incomplete("An action needs what is to be done, who does it and by when.")
    if due_on < local_day(now):
        raise Incomplete(f"The action is due on {long_date(due_on)}, which has passed. Choose a later day.")
    action = Action(
        number=(session.scalar(select(func.max(Action.number))) or 0) + 1,
        case=case,
        task=agreed.task.strip(),
        owner=agreed.owner.strip(),
        owner_email=agreed.owner_email.strip(),
        agency=agreed.agency,
        due_on=due_on,
        expected=agreed.expected.strip(),
        agreed_at=now,
    )
    session.add(action)
    session.flush()
    said = f"agreed action {action.label}, due on {long_date(due_on)}"
    record(session, action.case_id, actor, now, said)
    return action


def complete(session: Session, action: Action, what_was_done: str, actor: Actor, now: datetime) -> None:
    """The action is done. Raises Incomplete when it is not said what was done."""
    if action.state is State.DONE:
        raise NotNow(f"Action {action.label} was completed already.")
    if not what_was_done.strip():
        raise Incomplete("Say what was done: it is the evidence that the action was carried out.")
    action.state, action.done_at, action.what_was_done = State.DONE, now, what_was_done.strip()
    record(session, action.case_id, actor, now, f"completed action {action.label}", what_was_done)


def note_progress(session: Session, action: Action, said: str, now: datetime) -> None:
    """How far it is, by its owner's own account; the day it is due stays as agreed."""
    if action.state is State.DONE:
        raise NotNow(f"Action {action.label} was completed already.")
    action.progress, action.progress_at = said.strip(), now


def by_link(session: Session, token: str) -> Action | None:
    """The action that this link is about, as long as the link was not ended."""
    key = outsiders.key(session, token, Purpose.ACTION)
    return session.scalar(select(Action).where(Action.link_key == key)) if key else None
