"""Referrals given back or sent elsewhere

Revision ID: 35949e68e4fc
Revises: f08394ec9e81
"""

import re

import sqlalchemy as sa
from alembic import op


revision = '35949e68e4fc'
down_revision = 'f08394ec9e81'
branch_labels = None
depends_on = None

STATUSES = ("returned", "redirected")
KINDS = ("referral_returned", "referral_redirected")
BEFORE_RECEIPT = "received_on IS NOT NULL OR status IN ('referred', 'awaiting_sign_off')"
AFTER_RECEIPT = "received_on IS NOT NULL OR status IN ('referred', 'awaiting_sign_off', 'redirected', 'closed')"


def upgrade() -> None:
    op.create_table('redirections',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('destination', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('passed_on', sa.Boolean(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("body <> ''", name=op.f('ck_redirections_has_body')),
    sa.CheckConstraint("why <> ''", name=op.f('ck_redirections_has_reason')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_redirections_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_redirections')),
    sa.UniqueConstraint('case_id', name=op.f('uq_redirections_case_id'))
    )
    op.create_table('referrals_given_back',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('questions', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('answered_how', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(answered_at IS NULL) = (answered_how = '')", name=op.f('ck_referrals_given_back_answered_somehow')),
    sa.CheckConstraint("why <> ''", name=op.f('ck_referrals_given_back_has_reason')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_referrals_given_back_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referrals_given_back'))
    )
    with op.batch_alter_table('referrals_given_back', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_referrals_given_back_case_id'), ['case_id'], unique=False)
    _change_values("cases", "status", lambda known: [*known, *STATUSES])
    _change_values("letters", "kind", lambda known: [*known, *KINDS])
    _change_check("cases", "received_first", BEFORE_RECEIPT, AFTER_RECEIPT)


def downgrade() -> None:
    with op.batch_alter_table('referrals_given_back', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_referrals_given_back_case_id'))

    op.drop_table('referrals_given_back')
    op.drop_table('redirections')
    _change_check("cases", "received_first", AFTER_RECEIPT, BEFORE_RECEIPT)
    _change_values("letters", "kind", lambda known: [one for one in known if one not in KINDS])
    _change_values("cases", "status", lambda known: [one for one in known if one not in STATUSES])


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
