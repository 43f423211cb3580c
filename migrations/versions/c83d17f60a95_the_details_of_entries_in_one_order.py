"""The details of an entry stand in the order of their names, which its digest took them in already

Revision ID: c83d17f60a95
Revises: a4f06b9d27c3
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "c83d17f60a95"
down_revision = "a4f06b9d27c3"
branch_labels = None
depends_on = None

AT_A_TIME = 1000
ENTRIES = sa.table("entries", sa.column("id"), sa.column("details", sa.JSON))
# SQLite may hold bytes there that are no text
AS_STORED = {"sqlite": sa.LargeBinary(), "postgresql": sa.Text()}
IN_ORDER = (
    ENTRIES.update()
    .where(ENTRIES.c.id == sa.bindparam("entry"))
    .values(details=sa.bindparam("told", type_=sa.JSON))
)


def upgrade() -> None:
    """What an entry says stays the same, and its digest; the guard is put on again after every upgrade.

    One that somebody spoilt stays as it is, for `jcr audit verify` to name.
    """
    database, last = op.get_bind(), 0
    on = " ON entries" if database.dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER IF EXISTS entries_no_update{on}")
    words = sa.cast(ENTRIES.c.details, AS_STORED[database.dialect.name])
    some = sa.select(ENTRIES.c.id, words).order_by(ENTRIES.c.id).limit(AT_A_TIME)
    while rows := database.execute(some.where(ENTRIES.c.id > last)).all():
        changed = [{"entry": id, "told": told} for id, stored in rows if (told := _in_order(stored))]
        if changed:
            database.execute(IN_ORDER, changed)
        last = rows[-1].id


def _in_order(stored: str | bytes) -> Any:
    """What stands in another order than this, in the order of its names; nothing where that cannot be told."""
    try:
        words = stored.decode() if isinstance(stored, bytes) else stored
        details = json.loads(words)
    except ValueError:
        return None
    in_order = json.dumps(details, sort_keys=True)
    return json.loads(in_order) if words == json.dumps(details) != in_order else None


def downgrade() -> None:
    """Either order is read by what came before."""
