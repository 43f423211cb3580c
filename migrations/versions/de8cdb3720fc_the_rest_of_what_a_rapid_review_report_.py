"""The rest of what a rapid review report says

Revision ID: de8cdb3720fc
Revises: 79c4354796a5
"""

import sqlalchemy as sa
from alembic import op


revision = 'de8cdb3720fc'
down_revision = '79c4354796a5'
branch_labels = None
depends_on = None

TEXTS = ("composition", "immediate", "parallel", "method", "period", "enquiry", "legal_advice", "delay")


def upgrade() -> None:
    with op.batch_alter_table('recommendations', schema=None) as batch_op:
        for name in TEXTS:
            batch_op.add_column(sa.Column(name, sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('episodes', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('due_on', sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('recommendations', schema=None) as batch_op:
        for name in ('due_on', 'episodes', *reversed(TEXTS)):
            batch_op.drop_column(name)
