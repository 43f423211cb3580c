"""Decisions looked at again

Revision ID: 66ce407461dd
Revises: 9a4c8d7b9ed1
"""

import re

import sqlalchemy as sa
from alembic import op


revision = '66ce407461dd'
down_revision = '9a4c8d7b9ed1'
branch_labels = None
depends_on = None

KINDS = ("reconsideration_received", "reconsideration")


def upgrade() -> None:
    op.create_table('reconsiderations',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('ground', sa.Enum('new', 'test', 'missing', name='ground', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('recorded_by', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('outcome', sa.Enum('upheld', 'reopened', name='looked', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(outcome IS NULL) = (reason = '')", name=op.f('ck_reconsiderations_answered_with_reason')),
    sa.CheckConstraint("what <> ''", name=op.f('ck_reconsiderations_says_what')),
    sa.CheckConstraint('(outcome IS NULL) = (answered_at IS NULL)', name=op.f('ck_reconsiderations_answered_at_a_moment')),
    sa.CheckConstraint('(outcome IS NULL) = (answered_by_id IS NULL)', name=op.f('ck_reconsiderations_answered_by_somebody')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_reconsiderations_answered_by_id_people')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_reconsiderations_case_id_cases')),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_reconsiderations_letter_id_letters')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reconsiderations')),
    sa.UniqueConstraint('letter_id', name=op.f('uq_reconsiderations_letter_id'))
    )
    with op.batch_alter_table('reconsiderations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reconsiderations_case_id'), ['case_id'], unique=False)
    _change_values("letters", "kind", lambda known: [*known, *KINDS])


def downgrade() -> None:
    with op.batch_alter_table('reconsiderations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reconsiderations_case_id'))

    op.drop_table('reconsiderations')
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
