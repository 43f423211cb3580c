"""Invitations

Revision ID: 5569a3da1fc0
Revises: 1d4df68cbca4
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values


revision = '5569a3da1fc0'
down_revision = '1d4df68cbca4'
branch_labels = None
depends_on = None

KIND = "invitation"


def upgrade() -> None:
    op.create_table('invitations',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('sent_at', sa.DateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_invitations_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('person_id', name=op.f('uq_invitations_person_id')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitations_token_hash'))
    )
    change_values("letters", "kind", lambda known: [*known, KIND])


def downgrade() -> None:
    op.drop_table('invitations')
    change_values("letters", "kind", lambda known: [one for one in known if one != KIND])
