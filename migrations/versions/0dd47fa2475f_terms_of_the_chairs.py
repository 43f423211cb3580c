"""Terms of the chairs

Revision ID: 0dd47fa2475f
Revises: 1c4e1118ff83
"""

import sqlalchemy as sa
from alembic import op


revision = '0dd47fa2475f'
down_revision = '1c4e1118ff83'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('chair_terms',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('officer', 'manager', 'chair', 'vice_chair', 'member', 'decision_maker', 'agency_contact', 'administrator', 'outsider', 'system', name='role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('board_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('why_ended', sa.Text(), nullable=False),
    sa.Column('reviewed_on', sa.Date(), nullable=True),
    sa.Column('review', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(reviewed_on IS NULL) = (review = '')", name=op.f('ck_chair_terms_review_is_told')),
    sa.CheckConstraint("role IN ('chair', 'vice_chair')", name=op.f('ck_chair_terms_of_a_chair')),
    sa.CheckConstraint('until IS NULL OR until >= since', name=op.f('ck_chair_terms_in_order')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_chair_terms_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_chair_terms_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chair_terms'))
    )
    with op.batch_alter_table('chair_terms', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_chair_terms_person_id'), ['person_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('chair_terms', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_chair_terms_person_id'))

    op.drop_table('chair_terms')
