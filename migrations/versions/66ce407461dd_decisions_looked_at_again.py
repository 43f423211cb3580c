"""Decisions looked at again

Revision ID: 66ce407461dd
Revises: 9a4c8d7b9ed1
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values


revision = '66ce407461dd'
down_revision = '9a4c8d7b9ed1'
branch_labels = None
depends_on = None

KINDS = ("reconsideration_received", "reconsideration")


def upgrade() -> None:
    op.create_table('reconsiderations',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('ground', sa.Enum('new', 'test', 'missing', name='ground', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('recorded_by', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('outcome', sa.Enum('upheld', 'reopened', name='looked', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(outcome IS NULL) = (reason = '')", name=op.f('ck_reconsiderations_answered_with_reason')),
    sa.CheckConstraint("what <> ''", name=op.f('ck_reconsiderations_says_what')),
    sa.CheckConstraint('(outcome IS NULL) = (answered_at IS NULL)', name=op.f('ck_reconsiderations_answered_at_a_moment')),
    sa.CheckConstraint('(outcome IS NULL) = (answered_by_id IS NULL)', name=op.f('ck_reconsiderations_answered_by_somebody')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_reconsiderations_answered_by_id_people')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_reconsiderations_case_id_cases')),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_reconsiderations_letter_id_letters')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reconsiderations')),
    sa.UniqueConstraint('letter_id', name=op.f('uq_reconsiderations_letter_id'))
    )
    with op.batch_alter_table('reconsiderations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reconsiderations_case_id'), ['case_id'], unique=False)
    change_values("letters", "kind", lambda known: [*known, *KINDS])


def downgrade() -> None:
    with op.batch_alter_table('reconsiderations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reconsiderations_case_id'))

    op.drop_table('reconsiderations')
    change_values("letters", "kind", lambda known: [one for one in known if one not in KINDS])
