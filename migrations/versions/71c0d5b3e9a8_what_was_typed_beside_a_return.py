"""What was typed on the web beside a return that came as a document

Revision ID: 71c0d5b3e9a8
Revises: 2f6a9c81d4e3
"""

import sqlalchemy as sa
from alembic import op

revision = "71c0d5b3e9a8"
down_revision = "2f6a9c81d4e3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("scoping_returns") as batch_op:
        batch_op.add_column(sa.Column("web_draft", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("scoping_returns") as batch_op:
        batch_op.alter_column("web_draft", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("scoping_returns") as batch_op:
        batch_op.drop_column("web_draft")
