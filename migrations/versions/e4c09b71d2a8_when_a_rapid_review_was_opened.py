"""When a rapid review was opened, also on the day it was called for

Revision ID: e4c09b71d2a8
Revises: b3d1f7a04c62
"""

from alembic import op

revision = "e4c09b71d2a8"
down_revision = "b3d1f7a04c62"
branch_labels = None
depends_on = None

OPENED = "SELECT min(opened_at) FROM meetings WHERE round_id = scoping_rounds.id AND kind = 'rapid_review'"


def upgrade() -> None:
    op.execute(f"UPDATE scoping_rounds SET met_at = ({OPENED}) WHERE met_at IS NULL")  # noqa: S608


def downgrade() -> None:
    """Nothing: the day of the opening is no harm to what reads it only where it came early."""
