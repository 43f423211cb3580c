"""Tries and known browsers

Revision ID: 1d4df68cbca4
Revises: 8d4da9a1781e
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values


revision = '1d4df68cbca4'
down_revision = '8d4da9a1781e'
branch_labels = None
depends_on = None

KIND = "new_browser"


def upgrade() -> None:
    op.create_table('tries',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tries')),
    sa.UniqueConstraint('key', name=op.f('uq_tries_key'))
    )
    op.create_table('known_browsers',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('since', sa.DateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_known_browsers_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_known_browsers'))
    )
    with op.batch_alter_table('known_browsers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_known_browsers_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_known_browsers_token_hash'), ['token_hash'], unique=False)
    change_values("letters", "kind", lambda known: [*known, KIND])



def downgrade() -> None:
    with op.batch_alter_table('known_browsers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_known_browsers_token_hash'))
        batch_op.drop_index(batch_op.f('ix_known_browsers_person_id'))

    op.drop_table('known_browsers')
    op.drop_table('tries')
    change_values("letters", "kind", lambda known: [one for one in known if one != KIND])
