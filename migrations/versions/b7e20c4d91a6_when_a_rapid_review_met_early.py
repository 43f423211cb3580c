"""When a rapid review met, where that was before the day everybody was told

Revision ID: b7e20c4d91a6
Revises: 8d41b6c0e9f7
"""

import sqlalchemy as sa
from alembic import op

revision = "b7e20c4d91a6"
down_revision = "8d41b6c0e9f7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("scoping_rounds", sa.Column("met_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("scoping_rounds") as batch_op:
        batch_op.drop_column("met_at")
