"""Whether stored words name a case behind a person's wall, asked of the database row by row."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, func, select

from jcr.cases.model import Case, Wall
from jcr.dialects import matches
from jcr.people.model import Person
from jcr.statements import is_one

BEGINS, REFERENCE = "JCR-", r"JCR-\d{4}-\d{4,}"  # every reference


def tells_of_one_behind_a_wall(person: Person, words: ColumnElement[str]) -> ColumnElement[bool]:
    """Only of somebody who has walls, and only words in which some reference stands, are looked through; of each
    reference that they name its case and its wall are looked up."""
    theirs = Wall.person_id == person.id
    named = _named(words).subquery()
    walled = (
        select(Wall.id).join(Case, Wall.case_id == Case.id).where(theirs, Case.reference == named.c.value)
    )
    some = select(named.c.value).where(is_one(walled))
    return and_(select(Wall.id).where(theirs).exists(), _may_name_one(words), some.exists())


def names_a_case(words: ColumnElement[str]) -> ColumnElement[bool]:
    """That some case's reference stands in the words."""
    return and_(_may_name_one(words), _named(words).exists())


def _may_name_one(words: ColumnElement[str]) -> ColumnElement[bool]:
    return func.upper(words).contains(BEGINS)


def _named(words: ColumnElement[str]) -> Select[str]:
    return matches(func.upper(words), REFERENCE)
