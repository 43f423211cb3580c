"""A note of the outcome to agencies

Revision ID: 7b1f0c52ad3e
Revises: 8ace5984fdac
"""

import re

import sqlalchemy as sa
from alembic import op


revision = '7b1f0c52ad3e'
down_revision = '8ace5984fdac'
branch_labels = None
depends_on = None

KINDS = ("outcome_notice",)


def upgrade() -> None:
    _change_values("letters", "kind", lambda known: [*known, *KINDS])


def downgrade() -> None:
    _change_values("letters", "kind", lambda known: [one for one in known if one not in KINDS])


def _change_values(table, column, change) -> None:
    """The values a column may have, from those the database allows now."""
    if op.get_bind().dialect.name == "sqlite":
        found = re.search(rf"CHECK \({column} IN \(([^)]*)\)\)", _table(table))
    else:
        asked = sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name")
        found = re.search(r"CHECK (.*)", op.get_bind().scalar(asked.bindparams(name=f"ck_{table}_{column}")))
    known = re.findall(r"'([^']+)'", found[1])
    old, new = (", ".join(f"'{one}'" for one in values) for values in (known, change(known)))
    _change_check(table, column, f"{column} IN ({old})", f"{column} IN ({new})")


def _change_check(table, name, before, after) -> None:
    """SQLite cannot change a check in place, and making the table anew would lose its other checks; its own manual
    has the text of the table changed instead (sqlite.org/lang_altertable.html, section 7)."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(name, table, type_="check")
        op.create_check_constraint(name, table, after)
        return
    text = _table(table)
    assert f"CHECK ({before})" in text, text
    version = op.get_bind().scalar(sa.text("PRAGMA schema_version"))
    op.execute("PRAGMA writable_schema = ON")
    op.execute(
        sa.text("UPDATE sqlite_schema SET sql = :new WHERE type = 'table' AND name = :table")
        .bindparams(new=text.replace(f"CHECK ({before})", f"CHECK ({after})"), table=table)
    )
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")


def _table(name) -> str:
    asked = sa.text("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = :name")
    return op.get_bind().scalar(asked.bindparams(name=name))
