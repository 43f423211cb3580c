"""Heartbeats of the mailboxes and the post

Revision ID: 0df7d2d71d34
Revises: dc9914f05d0b
"""

import sqlalchemy as sa
from alembic import op


revision = '0df7d2d71d34'
down_revision = 'dc9914f05d0b'
branch_labels = None
depends_on = None

BEFORE = ("draft_link", "sign_off_request", "sign_off_refused", "acknowledgement", "referral_received", "declined",
          "scoping_request", "scoping_link", "scoping_sent_back", "scoping_receipt", "ratification_request", "decision")
AFTER = (*BEFORE, "scoping_reminder", "scoping_escalation", "mailbox_alarm")


def upgrade() -> None:
    op.create_table('heartbeats',
    sa.Column('part', sa.String(), nullable=False),
    sa.Column('since', sa.DateTime(), nullable=False),
    sa.Column('beat_at', sa.DateTime(), nullable=True),
    sa.Column('well_at', sa.DateTime(), nullable=True),
    sa.Column('trouble', sa.Text(), nullable=False),
    sa.Column('told_at', sa.DateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_heartbeats')),
    sa.UniqueConstraint('part', name=op.f('uq_heartbeats_part'))
    )
    _kinds_of_letters(BEFORE, AFTER)


def downgrade() -> None:
    op.drop_table('heartbeats')
    _kinds_of_letters(AFTER, BEFORE)


def _kinds_of_letters(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """SQLite cannot change a check in place, and making the table anew would lose its other checks; its own manual
    has the text of the table changed instead (sqlite.org/lang_altertable.html, section 7)."""
    old, new = (", ".join(f"'{kind}'" for kind in kinds) for kinds in (before, after))
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint("kind", "letters", type_="check")
        op.create_check_constraint("kind", "letters", f"kind IN ({new})")
        return
    version = op.get_bind().scalar(sa.text("PRAGMA schema_version"))
    op.execute("PRAGMA writable_schema = ON")
    op.execute(
        sa.text("UPDATE sqlite_schema SET sql = replace(sql, :old, :new) WHERE type = 'table' AND name = 'letters'")
        .bindparams(old=f"kind IN ({old})", new=f"kind IN ({new})")
    )
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")
