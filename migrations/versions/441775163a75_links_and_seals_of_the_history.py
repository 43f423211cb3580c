"""Links and seals of the history

Revision ID: 441775163a75
Revises: cb95831a9dcc
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values

revision = '441775163a75'
down_revision = 'cb95831a9dcc'
branch_labels = None
depends_on = None

KIND = "history_seal"


def upgrade() -> None:
    op.create_table('history_seals',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_history_seals')),
    sa.UniqueConstraint('day', name=op.f('uq_history_seals_day'))
    )
    op.create_table('history_links',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['entries.id'], name=op.f('fk_history_links_entry_id_entries')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_history_links')),
    sa.UniqueConstraint('entry_id', name=op.f('uq_history_links_entry_id'))
    )
    change_values("letters", "kind", lambda known: [*known, KIND])


def downgrade() -> None:
    op.drop_table('history_links')
    op.drop_table('history_seals')
    change_values("letters", "kind", lambda known: [one for one in known if one != KIND])
