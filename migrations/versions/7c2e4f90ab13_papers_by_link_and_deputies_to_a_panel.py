"""Papers by link, and why a deputy came to a panel

Revision ID: 7c2e4f90ab13
Revises: e5a1c0b7d924
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values


revision = '7c2e4f90ab13'
down_revision = 'e5a1c0b7d924'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('attendances', schema=None) as batch_op:
        batch_op.add_column(sa.Column('deputy_why', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('paper_key', sa.String(), nullable=True))
        batch_op.create_index(batch_op.f('ix_attendances_paper_key'), ['paper_key'], unique=True)
    change_values("outside_links", "purpose", lambda known: [*known, "paper"])


def downgrade() -> None:
    op.execute("DELETE FROM outside_codes WHERE link_id IN (SELECT id FROM outside_links WHERE purpose = 'paper')")
    op.execute("DELETE FROM outside_links WHERE purpose = 'paper'")
    change_values("outside_links", "purpose", lambda known: [one for one in known if one != "paper"])
    with op.batch_alter_table('attendances', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attendances_paper_key'))
        batch_op.drop_column('paper_key')
        batch_op.drop_column('deputy_why')
