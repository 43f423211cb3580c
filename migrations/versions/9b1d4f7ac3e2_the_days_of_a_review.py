"""The days of a review

Revision ID: 9b1d4f7ac3e2
Revises: a1c5e0d7b342
"""

import sqlalchemy as sa
from alembic import op


revision = '9b1d4f7ac3e2'
down_revision = 'a1c5e0d7b342'
branch_labels = None
depends_on = None

DAYS = ('commissioned_on', 'reviewed_on', 'publish_on', 'panel_copied_on')


def upgrade() -> None:
    with op.batch_alter_table('cases', schema=None) as batch_op:
        for day in DAYS:
            batch_op.add_column(sa.Column(day, sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('cases', schema=None) as batch_op:
        for day in reversed(DAYS):
            batch_op.drop_column(day)
