"""Every row the database holds about a case, table by table: what belongs to it, and what belongs to that."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Table, or_, select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Likeness, Subject
from jcr.cases.service import visible_to
from jcr.correspondence.shown import without_secrets
from jcr.db import Base
from jcr.dialects import those
from jcr.intake.model import Message, Resolution
from jcr.people.model import Person

# The history has a file of its own; what is only counted from the rest says nothing new; codes are of no use later
LEFT_OUT = frozenset(
    {"entries", "history_links", "changed_cases", "case_words", "deadlines", "owed", "outside_codes"}
)
SECRETS = ("_hash",)  # the ends of names of columns


def rows_of(
    session: Session, case: Case, reader: Person | None
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Table and rows, from the case down. A `reader` learns nothing of cases they may not see; None is the operator."""
    for table, rows in every_row_of(session, {Case.__table__: [case.id]}, LEFT_OUT):
        if table is Likeness.__table__ and reader is not None:
            rows = _of_visible_cases(session, rows, reader)
        if rows:
            yield table.name, [_without_secrets(row) for row in rows]


def every_row_of(
    session: Session, wanted: Mapping[FromClause, Collection[int]], left_out: Collection[str]
) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """The rows wanted of each table, what belongs to them, and what belongs to that, as it is stored; tables after
    those they hang on."""
    numbers: dict[Table, set[int]] = {}
    for table in Base.metadata.sorted_tables:
        if table.name in left_out:
            continue
        belongs: list[ColumnElement[bool]] = [
            key.parent.in_(numbers[key.column.table])
            for key in table.foreign_keys
            if key.column.table in numbers and key.column.primary_key
        ]
        if table in wanted:
            belongs.append(table.c.id.in_(those(wanted[table])))
        if not belongs:
            continue
        found = session.execute(select(table).where(or_(*belongs)).order_by(table.c.id)).mappings()
        rows = [dict(row) for row in found]
        if table is Message.__table__:
            rows = _with_wholes(session, rows)
        if rows:
            numbers[table] = {row["id"] for row in rows}
            yield table, rows


def _with_wholes(session: Session, parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """These messages, what repeats them, and what was split into them unless a part waits or belongs elsewhere."""
    table, theirs = Message.__table__, {row["id"] for row in parts}
    wholes = {row["part_of_id"] for row in parts} - {None}
    others = table.c.part_of_id.in_(those(wholes)), table.c.id.not_in(those(theirs))
    rest = session.execute(select(table).where(*others)).mappings().all() if wholes else []
    wholes -= {
        row["part_of_id"] for row in rest if row["case_id"] or row["resolved_how"] != Resolution.NOT_OURS
    }
    gone = {row["id"] for row in rest if row["part_of_id"] in wholes} | wholes
    found = or_(table.c.id.in_(those(gone)), table.c.same_as_id.in_(those(theirs)))
    more = session.execute(select(table).where(found, table.c.id.not_in(those(theirs)))).mappings().all()
    return _with_wholes(session, [*parts, *map(dict, more)]) if more else parts


def as_line(row: Any) -> str:
    """A row as one line of JSON; links that let somebody in are blotted out."""
    return without_secrets(json.dumps(row, ensure_ascii=False, default=_plain))


def _of_visible_cases(session: Session, rows: list[dict[str, Any]], reader: Person) -> list[dict[str, Any]]:
    seen = select(Subject.id).where(Subject.case_id.in_(visible_to(reader).with_only_columns(Case.id)))
    theirs = {number for row in rows for number in (row["first_id"], row["second_id"])}
    visible = set(session.scalars(seen.where(Subject.id.in_(theirs))))
    return [row for row in rows if {row["first_id"], row["second_id"]} <= visible]


def _without_secrets(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if not name.endswith(SECRETS)}


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value)
