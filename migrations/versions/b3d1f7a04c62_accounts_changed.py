"""Whoever has an account is told when it was changed

Revision ID: b3d1f7a04c62
Revises: 71c0d5b3e9a8
"""

from alembic import op

from jcr.allowed_values import change_values

revision = "b3d1f7a04c62"
down_revision = "71c0d5b3e9a8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    change_values("letters", "kind", lambda known: [*known, "account_changed"])


def downgrade() -> None:
    op.execute("DELETE FROM letters WHERE kind = 'account_changed'")
    change_values("letters", "kind", lambda known: [one for one in known if one != "account_changed"])
