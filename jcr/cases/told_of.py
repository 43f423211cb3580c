"""Whether stored words name a case behind a person's wall, asked of the database row by row."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, select

from jcr.cases.model import Case, Wall
from jcr.people.model import Person

BEGINS = "JCR-"  # every reference


def tells_of_one_behind_a_wall(person: Person, words: ColumnElement[str]) -> ColumnElement[bool]:
    """Only of somebody who has walls, and only words in which some reference stands, are looked through."""
    theirs, said = Wall.person_id == person.id, func.upper(words)
    named = select(Wall.id).join(Case, Wall.case_id == Case.id).where(theirs, said.contains(Case.reference))
    return and_(select(Wall.id).where(theirs).exists(), said.contains(BEGINS), named.exists())
