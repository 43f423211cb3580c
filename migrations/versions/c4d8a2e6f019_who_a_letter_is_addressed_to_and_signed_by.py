"""Who a letter is addressed to and signed by

Revision ID: c4d8a2e6f019
Revises: 9b1d4f7ac3e2
"""

import sqlalchemy as sa
from alembic import op


revision = 'c4d8a2e6f019'
down_revision = '9b1d4f7ac3e2'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('letters', schema=None) as batch_op:
        batch_op.add_column(sa.Column('addressed', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('signed', sa.JSON(), server_default='[]', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('letters', schema=None) as batch_op:
        batch_op.drop_column('signed')
        batch_op.drop_column('addressed')
