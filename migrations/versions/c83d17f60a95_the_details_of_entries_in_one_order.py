"""The details of an entry stand in the order of their names, which its digest took them in already

Revision ID: c83d17f60a95
Revises: a4f06b9d27c3
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "c83d17f60a95"
down_revision = "a4f06b9d27c3"
branch_labels = None
depends_on = None

AT_A_TIME = 1000
ENTRIES = sa.table("entries", sa.column("id"), sa.column("details", sa.JSON))
IN_ORDER = (
    ENTRIES.update()
    .where(ENTRIES.c.id == sa.bindparam("entry"))
    .values(details=sa.bindparam("told", type_=sa.JSON))
)


def upgrade() -> None:
    """What an entry says stays the same, and its digest; the guard is put on again after every upgrade."""
    database, last = op.get_bind(), 0
    on = " ON entries" if database.dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER IF EXISTS entries_no_update{on}")
    some = sa.select(ENTRIES).order_by(ENTRIES.c.id).limit(AT_A_TIME)
    while rows := database.execute(some.where(ENTRIES.c.id > last)).all():
        sorted_ = {id: json.dumps(details, sort_keys=True) for id, details in rows}
        changed = [id for id, details in rows if json.dumps(details) != sorted_[id]]
        if changed:
            database.execute(IN_ORDER, [{"entry": id, "told": json.loads(sorted_[id])} for id in changed])
        last = rows[-1].id


def downgrade() -> None:
    """Either order is read by what came before."""
