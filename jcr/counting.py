"""Counts rows up to a number that says enough."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from jcr.statements import KEPT, at_most

MOST = 1000  # counted: whoever has more needs no exact figure, and it is said that there are more


def counted_to(session: Session, found: Select[Any]) -> int:
    """How many rows there are, at most one more than `MOST`; the time does not grow with the rest."""
    return counted_each(session, found)[0]


def counted_each(session: Session, *found: Select[Any]) -> list[int]:
    """The same of several kinds of rows, asked for in one question."""
    return list(session.execute(_counting(MOST, *found)).one())


def counted_groups(session: Session, *groups: Sequence[Select[Any]]) -> list[list[int]]:
    """The same of several groups of kinds, for a page that shows many figures: still one question."""
    counting = _counting_again(MOST, *(found for group in groups for found in group))
    counts = iter(session.execute(counting).one())
    return [list(islice(counts, len(group))) for group in groups]


def _counting(most: int, *found: Select[Any]) -> Select[Any]:
    enough = [one.order_by(None).limit(at_most(most + 1)).subquery() for one in found]
    return select(*(select(func.count()).select_from(one).scalar_subquery() for one in enough))


_counting_again = lru_cache(maxsize=KEPT)(_counting)  # of the same statements


def in_words(number: int) -> str:
    """Such as 17, or 1,000+ where there are more than were counted."""
    return f"{MOST:,}+" if number > MOST else str(number)
