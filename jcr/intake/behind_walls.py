"""Mail of no case yet that a wall hides: by the case it names, its sender, its people or its bytes."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select
from sqlalchemy.orm import aliased

from jcr.cases.model import Subject, Wall
from jcr.cases.told_of import BEGINS, tells_of_one_behind_a_wall
from jcr.correspondence.model import Letter
from jcr.intake.model import Message, Resolution
from jcr.people.model import Person


def hidden(person: Person) -> ColumnElement[bool]:
    """That a message of no case tells of one behind the person's wall.

    What names some case is judged by that. What names none waits for somebody else when its sender wrote about such a
    case or was written to about it, or when it names somebody whom the case is about. A message that was split, or came
    again, goes as any other that has its bytes.
    """
    walls = select(Wall.id).where(Wall.person_id == person.id)
    told = Message.subject + cast(Message.because, Text) + cast(Message.readings, Text)
    unnamed = and_(
        ~func.upper(told).contains(BEGINS), or_(_of_a_correspondent(person), _names_a_subject(person, told))
    )
    return and_(
        walls.exists(), or_(tells_of_one_behind_a_wall(person, told), _has_the_bytes(person), unnamed)
    )


def _of_a_correspondent(person: Person) -> ColumnElement[bool]:
    """Whoever wrote about the cases, or was written to, is gathered once and not looked for anew for each message."""
    theirs, other, sender = Wall.person_id == person.id, aliased(Message), func.lower(Message.sender)
    wrote = select(func.lower(other.sender)).join(Wall, Wall.case_id == other.case_id).where(theirs)
    got = select(func.lower(Letter.recipient)).join(Wall, Wall.case_id == Letter.case_id).where(theirs)
    return and_(Message.sender != "", or_(sender.in_(wrote), sender.in_(got)))


def _names_a_subject(person: Person, told: ColumnElement[str]) -> ColumnElement[bool]:
    """Each name is gathered once, however many cases are about somebody of that name."""
    theirs = select(func.lower(Subject.name).label("name")).join(Wall, Wall.case_id == Subject.case_id)
    theirs = theirs.where(Wall.person_id == person.id, Subject.name != "").distinct()
    names = theirs.offset(0).subquery()  # so that PostgreSQL gathers them before it looks
    return select(names.c.name).where(func.lower(told).contains(names.c.name)).exists()


def _has_the_bytes(person: Person) -> ColumnElement[bool]:
    """Of a part that still waits only its own files are shown."""
    other = aliased(Message)
    same = select(other.sha256).join(Wall, Wall.case_id == other.case_id).where(Wall.person_id == person.id)
    whole = or_(Message.part_of_id.is_(None), Message.resolved_how == Resolution.SPLIT)
    return and_(whole, Message.sha256.in_(same))
