"""Who took the chair at which item

Revision ID: 3b9d5e71c8a4
Revises: de8cdb3720fc
"""

from jcr.allowed_values import change_values
from alembic import op


revision = '3b9d5e71c8a4'
down_revision = 'de8cdb3720fc'
branch_labels = None
depends_on = None


def upgrade() -> None:
    change_values("meeting_movements", "step", lambda known: [*known, "chaired"])


def downgrade() -> None:
    op.execute("DELETE FROM meeting_movements WHERE step = 'chaired'")
    change_values("meeting_movements", "step", lambda known: [one for one in known if one != "chaired"])
