"""Dissents by name and substitute chairs

Revision ID: c86d836d6b09
Revises: d3b7b12232e0
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values


revision = 'c86d836d6b09'
down_revision = 'd3b7b12232e0'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('substitute_chairs',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('asked_by', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('answered_by', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("answered_at IS NULL OR answered_by <> ''", name=op.f('ck_substitute_chairs_answer_has_author')),
    sa.CheckConstraint("why <> ''", name=op.f('ck_substitute_chairs_has_reason')),
    sa.CheckConstraint('(person_id IS NULL) = (answered_at IS NULL)', name=op.f('ck_substitute_chairs_answered_has_person')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_substitute_chairs_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_substitute_chairs_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_substitute_chairs')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_substitute_chairs_meeting_id'))
    )
    op.create_table('dissents',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('attendance_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_dissents_has_reason')),
    sa.ForeignKeyConstraint(['attendance_id'], ['attendances.id'], name=op.f('fk_dissents_attendance_id_attendances')),
    sa.ForeignKeyConstraint(['item_id'], ['meeting_items.id'], name=op.f('fk_dissents_item_id_meeting_items')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dissents')),
    sa.UniqueConstraint('item_id', 'attendance_id', name=op.f('uq_dissents_item_id'))
    )
    with op.batch_alter_table('dissents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dissents_item_id'), ['item_id'], unique=False)
    change_values("letters", "kind", lambda known: [*known, "substitute_chair"])



def downgrade() -> None:
    with op.batch_alter_table('dissents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_dissents_item_id'))

    op.drop_table('dissents')
    op.drop_table('substitute_chairs')
    change_values("letters", "kind", lambda known: [one for one in known if one != "substitute_chair"])
