"""Who came and left at which item

Revision ID: 66b373b3ab3f
Revises: 539fab3a89b7
"""

import sqlalchemy as sa
from alembic import op


revision = '66b373b3ab3f'
down_revision = '539fab3a89b7'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('meeting_movements',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('attendance_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.Enum('came', 'left', 'withdrew', name='step', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attendance_id'], ['attendances.id'], name=op.f('fk_meeting_movements_attendance_id_attendances')),
    sa.ForeignKeyConstraint(['item_id'], ['meeting_items.id'], name=op.f('fk_meeting_movements_item_id_meeting_items')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_movements')),
    sa.UniqueConstraint('item_id', 'attendance_id', name=op.f('uq_meeting_movements_item_id'))
    )
    with op.batch_alter_table('meeting_movements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_movements_item_id'), ['item_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('meeting_movements', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_movements_item_id'))

    op.drop_table('meeting_movements')
