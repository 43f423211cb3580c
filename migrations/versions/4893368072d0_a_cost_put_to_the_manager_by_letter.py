"""A cost put to the manager by letter

Revision ID: 4893368072d0
Revises: a7c41d90e6b2
"""

from jcr.allowed_values import change_values


revision = '4893368072d0'
down_revision = 'a7c41d90e6b2'
branch_labels = None
depends_on = None


def upgrade() -> None:
    change_values("letters", "kind", lambda known: [*known, "cost_estimated"])


def downgrade() -> None:
    change_values("letters", "kind", lambda known: [one for one in known if one != "cost_estimated"])
