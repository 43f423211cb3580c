"""Papers only for those named

Revision ID: 4efc8421a170
Revises: 85d7be020100
"""

import sqlalchemy as sa
from alembic import op


revision = '4efc8421a170'
down_revision = '85d7be020100'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('meeting_papers', schema=None) as batch_op:
        batch_op.add_column(sa.Column('only_for', sa.JSON(), server_default='{}', nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('meeting_papers', schema=None) as batch_op:
        batch_op.drop_column('only_for')

