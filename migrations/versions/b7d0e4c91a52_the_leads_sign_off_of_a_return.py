"""The lead's sign-off of a scoping return

Revision ID: b7d0e4c91a52
Revises: 4409eb7a790b
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values


revision = 'b7d0e4c91a52'
down_revision = '4409eb7a790b'
branch_labels = None
depends_on = None

TEXTS = ("lead_email", "lead_name", "not_approved_because")


def upgrade() -> None:
    for name in TEXTS:
        op.add_column("scoping_returns", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("scoping_returns", sa.Column("lead_key", sa.String(), nullable=True))
    op.add_column("scoping_returns", sa.Column("lead_asked", sa.Integer(), server_default="0", nullable=False))
    op.add_column("scoping_returns", sa.Column("lead_answered_at", sa.DateTime(), nullable=True))
    op.create_index("ix_scoping_returns_lead_key", "scoping_returns", ["lead_key"], unique=True)
    change_values("outside_links", "purpose", lambda known: [*known, "return_sign_off"])
    change_values("letters", "kind", lambda known: [*known, "scoping_sign_off"])


def downgrade() -> None:
    change_values("letters", "kind", lambda known: [one for one in known if one != "scoping_sign_off"])
    change_values("outside_links", "purpose", lambda known: [one for one in known if one != "return_sign_off"])
    op.drop_index("ix_scoping_returns_lead_key", "scoping_returns")
    with op.batch_alter_table("scoping_returns") as batch_op:
        for name in ("lead_answered_at", "lead_asked", "lead_key", *TEXTS):
            batch_op.drop_column(name)
