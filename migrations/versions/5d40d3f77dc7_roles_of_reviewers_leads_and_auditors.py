"""Roles of reviewers leads and auditors

Revision ID: 5d40d3f77dc7
Revises: 9f26da995204
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values

revision = '5d40d3f77dc7'
down_revision = '9f26da995204'
branch_labels = None
depends_on = None

ROLES = ("support_officer", "safeguarding_lead", "panel_member", "independent_reviewer", "auditor")
COLUMNS = (("people", "role"), ("entries", "actor_role"), ("chair_terms", "role"))


def upgrade() -> None:
    for table, column in COLUMNS:
        change_values(table, column, lambda known: [*known, *ROLES], "role")
    op.create_table('namings',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('named_at', sa.DateTime(), nullable=False),
    sa.Column('named_by', sa.String(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('ended_by', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(ended_at IS NULL) = (ended_by = '')", name=op.f('ck_namings_ended_by_somebody')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_namings_case_id_cases')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_namings_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_namings'))
    )
    with op.batch_alter_table('namings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_namings_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_namings_standing', ['case_id', 'person_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))



def downgrade() -> None:
    with op.batch_alter_table('namings', schema=None) as batch_op:
        batch_op.drop_index('uq_namings_standing', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_namings_person_id'))

    op.drop_table('namings')
    for table, column in COLUMNS:
        change_values(table, column, lambda known: [one for one in known if one not in ROLES], "role")
