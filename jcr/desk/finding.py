"""Finds cases by words, each from its beginning: by an index as they are stored, afresh for a case changed since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, CaseRoute, Route
from jcr.desk.keeping import batches, changed, is_stored, words_of
from jcr.desk.model import CaseWord
from jcr.people.model import Person
from jcr.permissions import Permission, allows
from jcr.statements import at_most

FEW = 1000  # cases that a word may name before the newest cases are looked through for it instead
MOST_WORDS = 10  # of a search; a database takes only so many numbers in one question
LAST = "\U0010ffff"


def named(session: Session, person: Person, asked: Sequence[str]) -> ColumnElement[bool]:
    """The condition that a case is found by every one of the words. Those of a referral count for its readers."""
    asked, reads = asked[:MOST_WORDS], allows(Permission.READ_REFERRAL, person)
    as_stored = and_(*(_has(session, reads, word) for word in asked), is_stored(Case.id))
    return or_(as_stored, Case.id.in_(_anew(session, reads, asked)))


def on_route(session: Session, route: Route) -> ColumnElement[bool]:
    """The condition that a case may fall into this kind of review."""
    return _among(session, select(CaseRoute.case_id).where(CaseRoute.route == route), CaseRoute.case_id)


def _has(session: Session, reads: bool, word: str) -> ColumnElement[bool]:
    return _among(session, _ids(reads, word), CaseWord.case_id)


def _among(session: Session, ids: Select[Any], case_id: Any) -> ColumnElement[bool]:
    """What is rare is looked up once; what is common is met soon among the newest cases. A case with two such words is
    counted twice: to tell them apart, a database would gather all before it gives the first."""
    found = session.scalars(ids.limit(at_most(FEW + 1))).all()
    if len(found) <= FEW:
        return Case.id.in_(set(found))
    return ids.where(case_id == Case.id).correlate(Case).exists()


def _ids(reads: bool, word: str) -> Select[Any]:
    found = select(CaseWord.case_id).where(CaseWord.word >= word, CaseWord.word < word + LAST)
    return found if reads else found.where(~CaseWord.in_referral)


def _anew(session: Session, reads: bool, asked: Sequence[str]) -> list[int]:
    """Of the cases that changed since, those that these words find."""
    ids = session.scalars(changed()).all()
    return [
        id
        for batch in batches(ids)
        for id, known in words_of(session, batch).items()
        if all(
            any(one.startswith(word) and (reads or not told) for one, told in known.items()) for word in asked
        )
    ]
