"""An index of the meetings by kind

Revision ID: e5a1c0b7d924
Revises: 3b9d5e71c8a4
"""

from alembic import op


revision = 'e5a1c0b7d924'
down_revision = '3b9d5e71c8a4'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.create_index('ix_meetings_kind_starts', ['kind', 'starts_at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.drop_index('ix_meetings_kind_starts')
