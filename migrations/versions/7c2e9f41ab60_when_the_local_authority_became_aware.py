"""When the local authority became aware

Revision ID: 7c2e9f41ab60
Revises: 7c2e4f90ab13
"""

import sqlalchemy as sa
from alembic import op


revision = '7c2e9f41ab60'
down_revision = '7c2e4f90ab13'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.add_column(sa.Column('la_aware_on', sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.drop_column('la_aware_on')
