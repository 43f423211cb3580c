"""The actions a reader sees: none about a case behind their wall, also where only its words or its item's name one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from jcr.actions import service as actions
from jcr.actions.model import Action, State
from jcr.cases.told_of import tells_of_one_behind_a_wall
from jcr.meetings.model import Item, Minuted
from jcr.people.model import Person
from jcr.people.service import by_email
from jcr.statements import at_most, once_for_each

OF_ACTION = (Action.task, Action.expected, Action.progress, Action.what_was_done)
OF_ITEM = (Item.title, Item.summary, Item.decision, Item.rationale)


def visible_to(person: Person) -> Select[Action]:
    """The group's own actions and those of cases the person may see."""
    return actions.visible_to(person).where(
        or_(Action.case_id.is_not(None), ~_names_one_behind_a_wall(person))
    )


@once_for_each
def due_first(person: Person) -> Select[Action]:
    """The open ones, each with its case, the one due first on top."""
    found = visible_to(person).where(Action.state == State.OPEN).order_by(Action.due_on, Action.number)
    return found.options(joinedload(Action.case).lazyload("*"))


def open_to(session: Session, person: Person, most: int | None = None) -> Sequence[Action]:
    """The open ones, the first so many due."""
    return session.scalars(due_first(person).limit(at_most(most))).all()


def is_hidden_from(session: Session, action: Action, address: str) -> bool:
    """Whether this address is of somebody behind whose wall the case lies that the action's words name."""
    person = by_email(session, address)
    if person is None:
        return False
    named = select(Action.id).where(Action.id == action.id, _names_one_behind_a_wall(person))
    return session.scalar(named) is not None


def _names_one_behind_a_wall(person: Person) -> ColumnElement[bool]:
    its_item = select(Minuted.id).join(Item, Minuted.item_id == Item.id).where(Minuted.action_id == Action.id)
    by_item = its_item.where(tells_of_one_behind_a_wall(person, _words(OF_ITEM)))
    return or_(tells_of_one_behind_a_wall(person, _words(OF_ACTION)), by_item.exists())


def _words(columns: Sequence[InstrumentedAttribute[str]]) -> ColumnElement[str]:
    return reduce(lambda before, column: before + " " + column, columns[1:], columns[0].expression)
