"""Finds cases by words, each from its beginning: by an index as they are stored, afresh for a case changed since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.desk.keeping import batches, changed, words_of
from jcr.desk.model import CaseWord

FEW = 1000  # cases that a word may name before the newest cases are looked through for it instead
MOST_WORDS = 10  # of a search; a database takes only so many numbers in one question
LAST = "\U0010ffff"


def named(session: Session, asked: Sequence[str]) -> ColumnElement[bool]:
    """The condition that a case is found by every one of the words."""
    asked = asked[:MOST_WORDS]
    as_stored = and_(*(_has(session, word) for word in asked), Case.id.not_in(changed()))
    return or_(as_stored, Case.id.in_(_anew(session, asked)))


def _has(session: Session, word: str) -> ColumnElement[bool]:
    """A rare word is looked up once; a common one is met soon among the newest cases."""
    found = session.scalars(_ids(word).distinct().limit(FEW + 1)).all()
    if len(found) <= FEW:
        return Case.id.in_(found)
    return _ids(word).where(CaseWord.case_id == Case.id).correlate(Case).exists()


def _ids(word: str) -> Select[Any]:
    return select(CaseWord.case_id).where(CaseWord.word >= word, CaseWord.word < word + LAST)


def _anew(session: Session, asked: Sequence[str]) -> list[int]:
    """Of the cases that changed since, those that these words find."""
    ids = session.scalars(changed().distinct()).all()
    return [
        id
        for batch in batches(ids)
        for id, known in words_of(session, batch).items()
        if all(any(one.startswith(word) for one in known) for word in asked)
    ]
