"""What a person of many walls may see of the mail is told by indexes alone

Revision ID: f1b6d80c3e27
Revises: c83d17f60a95
"""

import sqlalchemy as sa
from alembic import op

revision = "f1b6d80c3e27"
down_revision = "c83d17f60a95"
branch_labels = None
depends_on = None

WIDER = (
    ("subjects", "ix_subjects_case_id", "ix_subjects_case", ["case_id", "name"]),
    ("walls", "ix_walls_person_id", "ix_walls_person", ["person_id", "case_id"]),
)
OF_SENDER = "ix_messages_sender"


def upgrade() -> None:
    for table, old, new, columns in WIDER:
        op.create_index(new, table, columns)
        op.drop_index(old, table)
    op.create_index(OF_SENDER, "messages", [sa.text("lower(sender)"), "arrived_at", "id"])


def downgrade() -> None:
    op.drop_index(OF_SENDER, "messages")
    for table, old, new, columns in WIDER:
        op.create_index(old, table, columns[:1])
        op.drop_index(new, table)
