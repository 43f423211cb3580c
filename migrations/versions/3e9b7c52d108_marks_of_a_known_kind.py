"""Of what belongs to no case only kinds that there are can be marked for destruction

Revision ID: 3e9b7c52d108
Revises: e93b52a7d046
"""

from jcr.allowed_values import add_check, drop_check

revision = "3e9b7c52d108"
down_revision = "e93b52a7d046"
branch_labels = None
depends_on = None

KINDS = "kind IN ('mail', 'drafts', 'requests')"


def upgrade() -> None:
    add_check("old_marks", "kind", KINDS)


def downgrade() -> None:
    drop_check("old_marks", "kind", KINDS)
