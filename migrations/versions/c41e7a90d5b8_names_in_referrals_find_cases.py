"""A case is found by whom its referral names, for those who may read that; the worker stores every word anew

Revision ID: c41e7a90d5b8
Revises: e4c09b71d2a8
"""

import sqlalchemy as sa
from alembic import op

revision = "c41e7a90d5b8"
down_revision = "e4c09b71d2a8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case_words") as batch_op:
        batch_op.add_column(sa.Column("in_referral", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("case_words") as batch_op:
        batch_op.drop_column("in_referral")
