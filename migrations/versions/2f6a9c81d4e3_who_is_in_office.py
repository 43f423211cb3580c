"""Who is in office, as the worker noted it

Revision ID: 2f6a9c81d4e3
Revises: 6d0f4be2a915
"""

import sqlalchemy as sa
from alembic import op

revision = "2f6a9c81d4e3"
down_revision = "6d0f4be2a915"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("office_holders") as batch_op:
        batch_op.add_column(sa.Column("in_office", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("office_holders") as batch_op:
        batch_op.alter_column("in_office", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("office_holders") as batch_op:
        batch_op.drop_column("in_office")
