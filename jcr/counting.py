"""Counts rows up to a number that says enough."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session

from jcr.statements import KEPT, at_most

Figure = tuple[Select[Any], ...]  # kinds of rows that are counted as one
MOST = 1000  # counted: whoever has more needs no exact figure, and it is said that there are more


def counted_to(session: Session, found: Select[Any]) -> int:
    """How many rows there are, at most one more than `MOST`; the time does not grow with the rest."""
    return counted_each(session, found)[0]


def counted_each(session: Session, *found: Select[Any]) -> list[int]:
    """The same of several kinds of rows, asked for in one question."""
    return list(session.execute(_counting(MOST, *((one,) for one in found))).one())


def counted_figures(session: Session, *figures: Figure, values: Mapping[str, Any] | None = None) -> list[int]:
    """The same for a page that shows many figures, put together once. A kind is not looked at where those before it
    are enough for their figure. `values` are those that the kinds name."""
    return list(session.execute(_counting_again(MOST, *figures), values).one())


def _counting(most: int, *figures: Figure) -> Select[Any]:
    kinds = [union_all(*(kind.order_by(None) for kind in figure)) for figure in figures]
    enough = [found.limit(at_most(most + 1)).subquery() for found in kinds]
    return select(*(select(func.count()).select_from(one).scalar_subquery() for one in enough))


_counting_again = lru_cache(maxsize=KEPT)(_counting)  # of the same statements


def in_words(number: int) -> str:
    """Such as 17, or 1,000+ where there are more than were counted."""
    return f"{MOST:,}+" if number > MOST else str(number)
