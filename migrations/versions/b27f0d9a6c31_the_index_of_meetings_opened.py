"""Meetings are looked up by when they were opened

Revision ID: b27f0d9a6c31
Revises: b7e20c4d91a6
"""

from alembic import op

revision = "b27f0d9a6c31"
down_revision = "b7e20c4d91a6"
branch_labels = None
depends_on = None

INDEX = "ix_meetings_opened"


def upgrade() -> None:
    with op.batch_alter_table("meetings") as batch_op:
        batch_op.create_index(INDEX, ["opened_at", "id"])


def downgrade() -> None:
    with op.batch_alter_table("meetings") as batch_op:
        batch_op.drop_index(INDEX)
