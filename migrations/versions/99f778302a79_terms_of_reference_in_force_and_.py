"""Terms of reference in force, and briefing and reports of scoping

Revision ID: 99f778302a79
Revises: 60b8d8e95c96
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values


revision = '99f778302a79'
down_revision = '60b8d8e95c96'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('terms_of_reference',
    sa.Column('approved_on', sa.Date(), nullable=False),
    sa.Column('review_by', sa.Date(), nullable=False),
    sa.Column('what_changed', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("what_changed <> ''", name=op.f('ck_terms_of_reference_says_what_changed')),
    sa.CheckConstraint('review_by > approved_on', name=op.f('ck_terms_of_reference_reviewed_after_approval')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_terms_of_reference')),
    sa.UniqueConstraint('approved_on', name=op.f('uq_terms_of_reference_approved_on'))
    )
    with op.batch_alter_table('scoping_requests', schema=None) as batch_op:
        batch_op.add_column(sa.Column('briefed_at', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('briefed_by', sa.String(), server_default='', nullable=False))

    change_values("letters", "kind", lambda known: [*known, "scoping_report"])


def downgrade() -> None:
    with op.batch_alter_table('scoping_requests', schema=None) as batch_op:
        batch_op.drop_column('briefed_by')
        batch_op.drop_column('briefed_at')

    op.drop_table('terms_of_reference')
    change_values("letters", "kind", lambda known: [one for one in known if one != "scoping_report"])
