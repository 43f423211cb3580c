"""Who wrote or was written to, and what came again, is looked up by address and bytes

Revision ID: d7a2e95c30f1
Revises: 0ae578f204e7
"""

import sqlalchemy as sa
from alembic import op

revision = "d7a2e95c30f1"
down_revision = "0ae578f204e7"
branch_labels = None
depends_on = None

LETTERS, MESSAGES, BYTES = "ix_letters_address", "ix_messages_address", "ix_messages_sha256"


def upgrade() -> None:
    op.create_index(LETTERS, "letters", [sa.text("lower(recipient)")])
    op.create_index(MESSAGES, "messages", [sa.text("lower(sender)"), "case_id"])
    op.drop_index(BYTES, "messages")
    op.create_index(BYTES, "messages", ["sha256", "case_id"])


def downgrade() -> None:
    op.drop_index(BYTES, "messages")
    op.create_index(BYTES, "messages", ["sha256"])
    op.drop_index(MESSAGES, "messages")
    op.drop_index(LETTERS, "letters")
