"""Letter that the decision waits

Revision ID: a1c5e0d7b342
Revises: 7c2e9f41ab60
"""

from jcr.allowed_values import change_values


revision = 'a1c5e0d7b342'
down_revision = '7c2e9f41ab60'
branch_labels = None
depends_on = None

KIND = "decision_waits"


def upgrade() -> None:
    change_values("letters", "kind", lambda known: [*known, KIND])


def downgrade() -> None:
    change_values("letters", "kind", lambda known: [one for one in known if one != KIND])
