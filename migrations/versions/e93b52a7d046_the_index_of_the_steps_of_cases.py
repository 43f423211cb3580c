"""When a case came from one status to another is told by an index alone

Revision ID: e93b52a7d046
Revises: d7a2e95c30f1
"""

from alembic import op

revision = "e93b52a7d046"
down_revision = "d7a2e95c30f1"
branch_labels = None
depends_on = None

OF_CASE, STEPS = "ix_entries_case_id", "ix_entries_steps"


def upgrade() -> None:
    op.create_index(STEPS, "entries", ["case_id", "to_status", "from_status", "at"])
    op.drop_index(OF_CASE, "entries")


def downgrade() -> None:
    op.create_index(OF_CASE, "entries", ["case_id"])
    op.drop_index(STEPS, "entries")
