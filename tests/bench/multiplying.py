"""Makes many cases of few: every row that hangs on a case is copied with it, on either kind of database."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import (
    Column,
    ColumnElement,
    Engine,
    ForeignKey,
    Integer,
    String,
    Table,
    UniqueConstraint,
    cast,
    func,
    insert,
    literal,
    select,
    text,
)

from jcr.cases.model import Case
from jcr.desk.model import CaseWord, Deadline, Owed
from jcr.models import Base

STORED_ANEW = (Deadline.__table__, CaseWord.__table__, Owed.__table__)
YEAR = "2026"


def multiply(engine: Engine, times: int) -> None:
    """So many times as many cases as there are, each with all that belongs to it; their references tell them apart."""
    tables = [table for table in Base.metadata.sorted_tables if table not in STORED_ANEW]
    copied = _hanging_on_cases(tables)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":  # copies need no check of what they point at: half the time
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        stride = max(connection.scalar(select(func.max(table.c.id))) or 0 for table in copied) + 1
        for table in (table for table in tables if table in copied):
            numbers = text(_numbers(times)).columns(Column("n", Integer)).subquery()
            columns = [_copy(column, numbers.c.n, stride, copied) for column in table.columns]
            each = (
                select(*columns).select_from(table.join(numbers, numbers.c.n > 0)).where(table.c.id < stride)
            )
            connection.execute(insert(table).from_select(list(table.columns.keys()), each))
            if engine.dialect.name == "postgresql":
                counter = f"pg_get_serial_sequence('{table.name}', 'id')"
                connection.execute(text(f"SELECT setval({counter}, (SELECT max(id) + 1 FROM {table.name}))"))
    gather_statistics(engine)


def gather_statistics(engine: Engine) -> None:
    """What PostgreSQL does by itself in service, done at once, so that it is not at it while pages are timed; SQLite
    gathers none."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for task in ("VACUUM ANALYZE", "CHECKPOINT"):
                connection.execute(text(task))


def _numbers(times: int) -> str:
    return f"WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < {times - 1}) SELECT n FROM k"


def _hanging_on_cases(tables: list[Table]) -> set[Table]:
    found: set[Table] = {Base.metadata.tables[Case.__tablename__]}
    for table in tables:
        if any(key.column.table in found for key in table.foreign_keys):
            found.add(table)
    return found


def _copy(
    column: Column[object], number: ColumnElement[int], stride: int, copied: set[Table]
) -> ColumnElement[object]:
    """A column of the copy: numbers of copied rows are moved on, and what must be unique is made so."""
    if column.primary_key or any(_is_copied(key, copied) for key in column.foreign_keys):
        return column + number * stride
    if column is Case.__table__.c.reference:
        return func.replace(column, YEAR, cast(literal(int(YEAR)) + number, String))
    if column.name not in _to_change(column.table, copied):
        return column
    return (
        column + "-" + cast(number, String) if isinstance(column.type, String) else column + number * stride
    )


def _is_copied(key: ForeignKey, copied: set[Table]) -> bool:
    return key.column.primary_key and key.column.table in copied


def _to_change(table: Table, copied: set[Table]) -> Iterator[str]:
    """Of each set of columns that must be unique and has no copied row in it, the last."""
    sets = [tuple(one.columns) for one in table.constraints if isinstance(one, UniqueConstraint)]
    sets += [tuple(one.columns) for one in table.indexes if one.unique]
    for columns in sets:
        keys = [key for column in columns for key in column.foreign_keys]
        moved_on = any(column.primary_key for column in columns)
        if not moved_on and not any(_is_copied(key, copied) for key in keys):
            yield columns[-1].name
