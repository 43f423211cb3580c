"""Cases opened in an emergency

Revision ID: 85d7be020100
Revises: 7182a905b7c3
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values

revision = '85d7be020100'
down_revision = '7182a905b7c3'
branch_labels = None
depends_on = None


def upgrade() -> None:
    change_values("letters", "kind", lambda known: [*known, "case_opened"])
    op.create_table('openings',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=False),
    sa.Column('until', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('ended_by', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(ended_at IS NULL) = (ended_by = '')", name=op.f('ck_openings_ended_by_somebody')),
    sa.CheckConstraint("why <> ''", name=op.f('ck_openings_has_reason')),
    sa.CheckConstraint('until > opened_at', name=op.f('ck_openings_in_order')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_openings_case_id_cases')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_openings_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_openings'))
    )
    with op.batch_alter_table('openings', schema=None) as batch_op:
        batch_op.create_index('ix_openings_case_person', ['case_id', 'person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_openings_person_id'), ['person_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('openings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_openings_person_id'))
        batch_op.drop_index('ix_openings_case_person')

    op.drop_table('openings')
    change_values("letters", "kind", lambda known: [one for one in known if one != "case_opened"])
