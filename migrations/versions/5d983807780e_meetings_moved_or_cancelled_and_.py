"""Meetings moved or cancelled, and invitations

Revision ID: 5d983807780e
Revises: 159269d986f1
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values


revision = '5d983807780e'
down_revision = '159269d986f1'
branch_labels = None
depends_on = None

KINDS = ("meeting_invitation", "meeting_moved", "meeting_cancelled", "cancellation_report")


def upgrade() -> None:
    op.create_table('holding_decisions',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.Enum('go_ahead', 'rearranged', 'cancelled', name='holding', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('was_at', sa.DateTime(), nullable=False),
    sa.Column('was_place', sa.String(), nullable=False),
    sa.Column('became_at', sa.DateTime(), nullable=True),
    sa.Column('decided_by', sa.String(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(outcome = 'rearranged') = (became_at IS NOT NULL)", name=op.f('ck_holding_decisions_moved_to_a_day')),
    sa.CheckConstraint("why <> ''", name=op.f('ck_holding_decisions_has_reason')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_holding_decisions_meeting_id_meetings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holding_decisions'))
    )
    with op.batch_alter_table('holding_decisions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_holding_decisions_meeting_id'), ['meeting_id'], unique=False)

    with op.batch_alter_table('attendances', schema=None) as batch_op:
        batch_op.add_column(sa.Column('told_sequence', sa.Integer(), nullable=True))

    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('uid', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('sequence', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('changed_at', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('cancelled_at', sa.DateTime(), nullable=True))

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('feed_hash', sa.String(), nullable=True))
    op.execute("UPDATE meetings SET uid = 'meeting-' || id")
    op.create_index(op.f('ix_meetings_uid'), 'meetings', ['uid'], unique=True)
    op.create_index(op.f('ix_people_feed_hash'), 'people', ['feed_hash'], unique=True)
    change_values("letters", "kind", lambda known: [*known, *KINDS])


def downgrade() -> None:
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_people_feed_hash'))
        batch_op.drop_column('feed_hash')

    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meetings_uid'))
        batch_op.drop_column('cancelled_at')
        batch_op.drop_column('changed_at')
        batch_op.drop_column('sequence')
        batch_op.drop_column('uid')

    with op.batch_alter_table('attendances', schema=None) as batch_op:
        batch_op.drop_column('told_sequence')

    with op.batch_alter_table('holding_decisions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_holding_decisions_meeting_id'))

    op.drop_table('holding_decisions')
    change_values("letters", "kind", lambda known: [one for one in known if one not in KINDS])
