"""Answers of calendars recorded from the pile

Revision ID: 6d0f4be2a915
Revises: 44379ebf5c8a
"""

from alembic import op

from jcr.allowed_values import change_values


revision = "6d0f4be2a915"
down_revision = "44379ebf5c8a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    change_values("messages", "resolved_how", lambda known: [*known, "answer"], "resolution")


def downgrade() -> None:
    op.execute("UPDATE messages SET resolved_how = 'case' WHERE resolved_how = 'answer'")
    change_values("messages", "resolved_how", lambda known: [one for one in known if one != "answer"], "resolution")
