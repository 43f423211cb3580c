"""Mail of no case yet that a wall hides: by the case it names, its sender, its people or its bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from jcr.cases.model import Subject, Wall
from jcr.cases.told_of import names_a_case, tells_of_one_behind_a_wall
from jcr.correspondence.model import Letter
from jcr.dialects import among, stands_in, texts, told_in
from jcr.intake.model import Message, Resolution
from jcr.people.model import Person
from jcr.statements import at_most, is_one

NAMES = "names_behind_walls"
_WALLED = select(Wall.case_id).where(Wall.person_id == bindparam("person")).scalar_subquery()
_EACH = select(Subject.name).where(among(Subject.case_id, _WALLED), Subject.name != "").distinct().subquery()
GATHERED = select(func.lower(_EACH.c.name))  # each once, however many cases are about somebody of that name


def hidden(person: Person) -> ColumnElement[bool]:
    """That a message of no case tells of one behind the person's wall.

    What names some case is judged by that. What names none waits for somebody else when its sender wrote about such a
    case or was written to about it, or when it names somebody whom the case is about. A message that was split, or came
    again, goes as any other that has its bytes. A statement with this in it is given the value of `given`.
    """
    walls = select(Wall.id).where(Wall.person_id == person.id)
    told = _told().subquery("told")
    names = or_(_of_a_correspondent(person), _names_a_subject(told.c.words))
    tells = or_(tells_of_one_behind_a_wall(person, told.c.words), and_(~names_a_case(told.c.words), names))
    return and_(walls.exists(), or_(_has_the_bytes(person), select(told.c.words).where(tells).exists()))


def _told() -> Select[str]:
    """All the words of a message that say what it is about. With an end of their own, so that they are put together
    once for each message and not anew for each name."""
    words = Message.subject + told_in(Message.because) + told_in(Message.readings)
    return select(func.lower(words).label("words")).correlate(Message).limit(at_most(1))


def _of_a_correspondent(person: Person) -> ColumnElement[bool]:
    """Of most senders a look at the index tells that nobody wrote to them; only of the others it is asked to whom the
    letters about the cases went, which is gathered once and not anew for each message."""
    sender, other, letter = func.lower(Message.sender), aliased(Message), aliased(Letter)
    wrote = _walled(person, other.case_id).where(func.lower(other.sender) == sender).correlate(Message)
    anything = select(letter.id).where(func.lower(letter.recipient) == sender).correlate(Message)
    got = select(func.lower(Letter.recipient)).join(Wall, Wall.case_id == Letter.case_id)
    theirs = sender.in_(got.where(Wall.person_id == person.id))
    return and_(Message.sender != "", or_(is_one(wrote), and_(is_one(anything), theirs)))


def _names_a_subject(told: ColumnElement[str]) -> ColumnElement[bool]:
    each = (
        texts(NAMES).cte("names_behind_walls").prefix_with("MATERIALIZED")
    )  # told apart once, not for each message
    return select(each.c.value).where(stands_in(told, each.c.value)).exists()


def given(session: Session, person: Person) -> dict[str, Sequence[str]]:
    """The value that a statement with `hidden` in it must be given. There may be thousands of names in as many cases:
    a page gathers them once for all that it asks, an act each time, as it may change them."""
    looking = session.get_bind().get_execution_options().get("reading", False)
    known: dict[int, Sequence[str]] = session.info.setdefault(NAMES, {}) if looking else {}
    if person.id not in known:
        known[person.id] = session.scalars(GATHERED, {"person": person.id}).all()
    return {NAMES: known[person.id]}


def _has_the_bytes(person: Person) -> ColumnElement[bool]:
    """Of a part that still waits only its own files are shown."""
    other = aliased(Message)
    same = _walled(person, other.case_id).where(other.sha256 == Message.sha256)
    whole = or_(Message.part_of_id.is_(None), Message.resolved_how == Resolution.SPLIT)
    return and_(whole, is_one(same))


def _walled(person: Person, case_id: Any) -> Select[int]:
    """The walls before the case of other mail; mail of no case, which may be much, is passed over by the index."""
    return select(Wall.id).where(case_id.is_not(None), Wall.case_id == case_id, Wall.person_id == person.id)
