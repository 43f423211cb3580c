"""Until when returns were before a group that took its case up again

Revision ID: a4f06b9d27c3
Revises: 3e9b7c52d108
"""

import sqlalchemy as sa
from alembic import op

revision = "a4f06b9d27c3"
down_revision = "3e9b7c52d108"
branch_labels = None
depends_on = None

AGAIN = """
UPDATE scoping_rounds SET read_until = (
  SELECT max(recommendations.made_at) FROM recommendations JOIN meetings ON meetings.id = recommendations.meeting_id
  WHERE meetings.round_id = scoping_rounds.id AND recommendations.number > 1
)
"""


def upgrade() -> None:
    op.add_column("scoping_rounds", sa.Column("read_until", sa.DateTime(), nullable=True))
    op.execute(AGAIN)


def downgrade() -> None:
    with op.batch_alter_table("scoping_rounds") as batch_op:
        batch_op.drop_column("read_until")
