"""For migrations: changes a check, such as of the values a column allows, on either database; rows stay as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import sqlalchemy as sa
from alembic import op


def change_values(
    table: str, column: str, change: Callable[[Sequence[str]], Sequence[str]], called: str = ""
) -> None:
    """Allows what `change` makes of the values that the database allows now; `called` is the kind of value, after
    which the check is named where the column is not."""
    name = f"ck_{table}_{called or column}"
    if op.get_bind().dialect.name == "sqlite":
        check = rf"CHECK \({column} IN \(([^)]*)\)\)"
        text = _table(table)  # where another check is of the same column, the one of its values has the name
        found = re.search(rf"{name}\"? {check}", text) or re.search(check, text)
    else:
        asked = sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name")
        check = op.get_bind().scalar(asked.bindparams(name=name))
        found = re.search(r"CHECK (.*)", check or "")
    assert found, f"{table}.{column} has no check of its values"
    known = re.findall(r"'([^']+)'", found[1])
    old, new = (", ".join(f"'{one}'" for one in values) for values in (known, change(known)))
    change_check(table, called or column, f"{column} IN ({old})", f"{column} IN ({new})")


def change_check(table: str, name: str, before: str, after: str) -> None:
    """SQLite cannot change a check in place, and making the table anew would lose its other checks; its own manual
    has the text of the table changed instead (sqlite.org/lang_altertable.html, section 7)."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(name, table, type_="check")
        op.create_check_constraint(name, table, after)
        return
    text = _table(table)
    assert f"CHECK ({before})" in text, text
    _write(table, text.replace(f"CHECK ({before})", f"CHECK ({after})"))


def add_check(table: str, name: str, check: str) -> None:
    """The same for a check that was not there."""
    if op.get_bind().dialect.name != "sqlite":
        op.create_check_constraint(name, table, check)
        return
    columns = _table(table).rstrip().removesuffix(")").rstrip()
    _write(table, f"{columns}{_added(table, name, check)})")


def drop_check(table: str, name: str, check: str) -> None:
    """Takes out what `add_check` added."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(name, table, type_="check")
        return
    _write(table, _table(table).replace(_added(table, name, check), ""))


def _added(table: str, name: str, check: str) -> str:
    return f", CONSTRAINT ck_{table}_{name} CHECK ({check})"


def _write(table: str, text: str) -> None:
    version = op.get_bind().scalar(sa.text("PRAGMA schema_version"))
    op.execute("PRAGMA writable_schema = ON")
    op.execute(
        sa.text("UPDATE sqlite_schema SET sql = :new WHERE type = 'table' AND name = :table").bindparams(
            new=text, table=table
        )
    )
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")


def _table(name: str) -> str:
    asked = sa.text("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = :name")
    return str(op.get_bind().scalar(asked.bindparams(name=name)))
