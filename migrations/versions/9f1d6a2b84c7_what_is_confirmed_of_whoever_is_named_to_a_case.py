"""What is confirmed of whoever is named to a case

Revision ID: 9f1d6a2b84c7
Revises: d7e1c05ab942
"""

import sqlalchemy as sa
from alembic import op


revision = '9f1d6a2b84c7'
down_revision = 'd7e1c05ab942'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('namings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('independent', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('senior', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('namings', schema=None) as batch_op:
        batch_op.drop_column('senior')
        batch_op.drop_column('independent')
