"""Actions chased and updated by link

Revision ID: 828ae6acbfea
Revises: 5d40d3f77dc7
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values


revision = '828ae6acbfea'
down_revision = '5d40d3f77dc7'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('action_nudges',
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('rung', sa.String(), nullable=False),
    sa.Column('because', sa.Text(), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('recipient', sa.String(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_action_nudges_action_id_actions')),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_action_nudges_letter_id_letters')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_nudges')),
    sa.UniqueConstraint('action_id', 'rung', name=op.f('uq_action_nudges_action_id'))
    )
    with op.batch_alter_table('action_nudges', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_nudges_action_id'), ['action_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_nudges_letter_id'), ['letter_id'], unique=False)

    with op.batch_alter_table('actions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('owner_email', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('progress', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('progress_at', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('link_key', sa.String(), nullable=True))
        batch_op.create_index(batch_op.f('ix_actions_link_key'), ['link_key'], unique=True)
    change_values("letters", "kind", lambda known: [*known, "action_reminder"])
    change_values("outside_links", "purpose", lambda known: [*known, "action"])


def downgrade() -> None:
    with op.batch_alter_table('actions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_actions_link_key'))
        batch_op.drop_column('link_key')
        batch_op.drop_column('progress_at')
        batch_op.drop_column('progress')
        batch_op.drop_column('owner_email')

    with op.batch_alter_table('action_nudges', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_action_nudges_letter_id'))
        batch_op.drop_index(batch_op.f('ix_action_nudges_action_id'))

    op.drop_table('action_nudges')
    change_values("outside_links", "purpose", lambda known: [one for one in known if one != "action"])
    change_values("letters", "kind", lambda known: [one for one in known if one != "action_reminder"])
