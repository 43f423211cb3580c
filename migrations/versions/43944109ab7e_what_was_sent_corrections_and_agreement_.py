"""What was sent, corrections and agreement of minutes

Revision ID: 43944109ab7e
Revises: aee0e904daf5
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values


revision = '43944109ab7e'
down_revision = 'aee0e904daf5'
branch_labels = None
depends_on = None

KINDS = ("agenda_sent", "minutes_sent")


def upgrade() -> None:
    op.create_table('minute_agreements',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('agreed_in_id', sa.Integer(), nullable=False),
    sa.Column('agreed_at', sa.DateTime(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agreed_in_id'], ['meetings.id'], name=op.f('fk_minute_agreements_agreed_in_id_meetings')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_minute_agreements_meeting_id_meetings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_minute_agreements')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_minute_agreements_meeting_id'))
    )
    op.create_table('publications',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('paper', sa.Enum('agenda', 'minutes', name='paper', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('items', sa.JSON(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=False),
    sa.Column('published_by', sa.String(), nullable=False),
    sa.Column('late', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('fk_publications_file_id_files')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_publications_meeting_id_meetings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publications')),
    sa.UniqueConstraint('meeting_id', 'paper', 'number', name=op.f('uq_publications_meeting_id'))
    )
    with op.batch_alter_table('publications', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_publications_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('minute_corrections',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(), nullable=False),
    sa.Column('was', sa.Text(), nullable=False),
    sa.Column('became', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('corrected_at', sa.DateTime(), nullable=False),
    sa.Column('corrected_by', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("why <> ''", name=op.f('ck_minute_corrections_has_reason')),
    sa.ForeignKeyConstraint(['item_id'], ['meeting_items.id'], name=op.f('fk_minute_corrections_item_id_meeting_items')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_minute_corrections'))
    )
    with op.batch_alter_table('minute_corrections', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_minute_corrections_item_id'), ['item_id'], unique=False)

    change_values("letters", "kind", lambda known: [*known, *KINDS])


def downgrade() -> None:
    with op.batch_alter_table('minute_corrections', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_minute_corrections_item_id'))

    op.drop_table('minute_corrections')
    with op.batch_alter_table('publications', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_publications_meeting_id'))

    op.drop_table('publications')
    op.drop_table('minute_agreements')
    change_values("letters", "kind", lambda known: [one for one in known if one not in KINDS])
