"""What SQLite and PostgreSQL say each in a way of its own, put the same way for both."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BindParameter,
    Boolean,
    ColumnElement,
    Dialect,
    Integer,
    Select,
    Text,
    TypeDecorator,
    bindparam,
    column,
    literal,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType


class _Many(TypeDecorator[Sequence[Any]]):
    """Many values of one type as one value of a statement."""

    impl = Text
    each: type[Integer] | type[Text]

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(ARRAY(self.each) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        return list(value or ()) if dialect.name == "postgresql" else json.dumps(list(value or ()))


class Numbers(_Many):
    """Many whole numbers as one value of a statement."""

    each, cache_ok = Integer, True


class Texts(_Many):
    """Many texts as one value of a statement."""

    each, cache_ok = Text, True


class _each_of(FunctionElement[Any]):
    inherit_cache = True


@compiles(_each_of, "postgresql")
def _as_array(element: _each_of, compiler: Any, **kw: Any) -> str:
    return f"(SELECT unnest({compiler.process(element.clauses, **kw)}) AS value)"


@compiles(_each_of, "sqlite")
def _as_json(element: _each_of, compiler: Any, **kw: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **kw)})"


def those(numbers: Iterable[int] | BindParameter[Any]) -> Select[int]:
    """For `column.in_(those(numbers))`: however many they are, the statement is the same and carries one value. A
    statement put together beforehand names the value it will get."""
    given = numbers if isinstance(numbers, BindParameter) else literal(list(numbers), Numbers())
    each = _each_of(given).table_valued(column("value", Integer))
    return select(each.c.value)


def texts(name: str) -> Select[str]:
    """The texts that a statement is given as its value of this name: a row each, in its column `value`."""
    each = _each_of(bindparam(name, type_=Texts())).table_valued(column("value", Text))
    return select(each.c.value)


class among(FunctionElement[Any]):
    """That a column is one of the values a statement finds, for thousands of them: PostgreSQL looks each up by the
    index, while told `IN` it reads the index from end to end."""

    type = NullType()  # of a truth value SQLite would be asked whether it is 1, and pass over the index
    inherit_cache = True


@compiles(among, "postgresql")
def _as_any(element: among, compiler: Any, **kw: Any) -> str:
    what, found = (compiler.process(one, **kw) for one in element.clauses)
    return f"{what} = ANY (ARRAY{found})"


@compiles(among, "sqlite")
def _as_in(element: among, compiler: Any, **kw: Any) -> str:
    what, found = (compiler.process(one, **kw) for one in element.clauses)
    return f"({what} IN {found})"


class _matches_of(FunctionElement[str]):
    inherit_cache = True


@compiles(_matches_of, "postgresql")
def _as_regexp_matches(element: _matches_of, compiler: Any, **kw: Any) -> str:
    given = compiler.process(element.clauses, **kw)
    # of compiled parts alone: values are bound
    return f"(SELECT found[1] AS value FROM regexp_matches({given}, 'g') AS found)"  # nosec B608


@compiles(_matches_of, "sqlite")
def _as_json_of_matches(element: _matches_of, compiler: Any, **kw: Any) -> str:
    return f"json_each(matches({compiler.process(element.clauses, **kw)}))"


def matches(words: ColumnElement[str], pattern: str) -> Select[str]:
    """Each place in stored words that matches the pattern, which has no groups: a row each, in its column `value`."""
    each = _matches_of(words, literal(pattern)).table_valued(column("value", Text))
    return select(each.c.value)


class told_in(FunctionElement[str]):
    """The text of stored JSON with each letter as it is: where it is stored, all but those of ASCII are escaped."""

    type = Text()
    inherit_cache = True


@compiles(told_in, "postgresql")
def _as_jsonb(element: told_in, compiler: Any, **kw: Any) -> str:
    return f"CAST(CAST({compiler.process(element.clauses, **kw)} AS JSONB) AS TEXT)"


@compiles(told_in, "sqlite")
def _as_unescaped(element: told_in, compiler: Any, **kw: Any) -> str:
    return f"unescaped({compiler.process(element.clauses, **kw)})"


class stands_in(FunctionElement[bool]):
    """That the second text stands in the first, letter by letter: unlike LIKE, to which % and _ are any letters."""

    type = Boolean()
    inherit_cache = True


@compiles(stands_in, "postgresql")
def _as_strpos(element: stands_in, compiler: Any, **kw: Any) -> str:
    return f"(strpos({compiler.process(element.clauses, **kw)}) > 0)"


@compiles(stands_in, "sqlite")
def _as_instr(element: stands_in, compiler: Any, **kw: Any) -> str:
    return f"(instr({compiler.process(element.clauses, **kw)}) > 0)"


def _unescaped(stored: str) -> str:
    return json.dumps(json.loads(stored), ensure_ascii=False) if "\\u" in stored else stored


OF_SQLITE: Mapping[str, Callable[..., str]] = {
    "matches": lambda words, pattern: json.dumps(re.findall(pattern, words)),
    "unescaped": _unescaped,
}  # each connection learns them
