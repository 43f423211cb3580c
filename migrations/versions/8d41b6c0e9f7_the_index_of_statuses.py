"""The index of statuses tells which cases were destroyed

Revision ID: 8d41b6c0e9f7
Revises: 5c1d8e07a2f4
"""

from alembic import op

revision = "8d41b6c0e9f7"
down_revision = "5c1d8e07a2f4"
branch_labels = None
depends_on = None

INDEX = "ix_cases_status_newest"


def upgrade() -> None:
    with op.batch_alter_table("cases") as batch_op:
        batch_op.drop_index(INDEX)
        batch_op.create_index(INDEX, ["status", "destroyed_at", "opened_at", "id"])


def downgrade() -> None:
    with op.batch_alter_table("cases") as batch_op:
        batch_op.drop_index(INDEX)
        batch_op.create_index(INDEX, ["status", "opened_at", "id"])
