"""Statements put together once: to put one together takes longer than to send it and to read the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache, wraps
from typing import Any, TypeVar, cast

from sqlalchemy import BindParameter, ColumnElement, Integer, Select, bindparam, literal_column

from jcr.roles import Role

Build = TypeVar("Build", bound=Callable[..., Any])
KEPT = 200  # of each function


@dataclass(frozen=True)
class Asking:
    """All that a statement may take from the person it is for."""

    id: int
    role: Role
    agency_id: int | None
    email: str
    offices: frozenset[Any]

    @property
    def person_id(self) -> int:  # as an actor has it
        return self.id


def once_for_each(build: Build) -> Build:
    """For a function that makes a statement for a person, and of what else it is given: each is made once and kept.
    Nothing of the person is in it but what `Asking` has."""
    kept = lru_cache(maxsize=KEPT)(build)

    @wraps(build)
    def made(person: Any, *rest: Any) -> Any:
        asking = Asking(person.id, person.role, person.agency_id, person.email, person.offices)
        return kept(asking, *rest)

    return cast(Build, made)


@cache
def at_most(rows: int | None) -> ColumnElement[int] | None:
    """For `.limit(at_most(20))`: PostgreSQL plans a statement once only where it says itself how many rows are wanted;
    told the number as a value, it plans for a tenth of the table, or anew each time."""
    return None if rows is None else literal_column(str(int(rows)), Integer)


def is_one(found: Select[Any]) -> ColumnElement[bool]:
    """Whether such a row is there, looked up by its index for each row that is met: asked by `exists`, PostgreSQL may
    gather all that there are before it looks at the first."""
    return found.limit(at_most(1)).scalar_subquery().is_not(None)


def said(value: Any) -> BindParameter[Any]:
    """A value that stands in the statement itself, so that it is planned for it; for values that seldom differ, such as
    the day."""
    return bindparam(None, value, literal_execute=True, unique=True)


def always(values: Iterable[Any]) -> BindParameter[Any]:
    """For `column.in_(always(TROUBLED))`: values that stand in the statement itself, so that it is planned for them."""
    return bindparam(None, list(values), expanding=True, literal_execute=True, unique=True)
