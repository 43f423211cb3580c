"""A note of the outcome to agencies

Revision ID: 7b1f0c52ad3e
Revises: 8ace5984fdac
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values


revision = '7b1f0c52ad3e'
down_revision = '8ace5984fdac'
branch_labels = None
depends_on = None

KINDS = ("outcome_notice",)


def upgrade() -> None:
    change_values("letters", "kind", lambda known: [*known, *KINDS])


def downgrade() -> None:
    change_values("letters", "kind", lambda known: [one for one in known if one not in KINDS])
