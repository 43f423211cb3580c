"""One page of a long list; whether another follows is told by one row more, so that nothing has to be counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from jcr.statements import at_most

T = TypeVar("T")

PAGE = 50
FURTHEST = 100_000  # pages: a database skips only so many rows


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a list, in its order."""

    rows: Sequence[T]
    number: int
    is_last: bool

    @property
    def is_whole(self) -> bool:
        """Whether the list has no other page."""
        return self.number == 1 and self.is_last


def page_of(
    session: Session, found: Select[T], number: int, values: Mapping[str, Any] | None = None
) -> Page[T]:
    """The page with this number, counted from 1; one past the end is the first. `values` are those that the statement
    names."""
    number = min(max(number, 1), FURTHEST)
    rows = session.scalars(found.limit(at_most(PAGE + 1)).offset((number - 1) * PAGE), values).all()
    if not rows and number > 1:
        return page_of(session, found, 1, values)
    return Page(rows[:PAGE], number, len(rows) <= PAGE)
