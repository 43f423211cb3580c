"""Where the history ends

Revision ID: d7e1c05ab942
Revises: c4d8a2e6f019
"""

import sqlalchemy as sa
from alembic import op


revision = 'd7e1c05ab942'
down_revision = 'c4d8a2e6f019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('history_end',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_history_end'))
    )
    op.execute(
        "INSERT INTO history_end (id, number, digest) SELECT 1, id, digest FROM history_links "
        "WHERE id = (SELECT max(id) FROM history_links)"
    )


def downgrade() -> None:
    op.drop_table('history_end')
