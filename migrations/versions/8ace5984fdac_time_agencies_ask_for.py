"""Time agencies ask for

Revision ID: 8ace5984fdac
Revises: 66ce407461dd
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values


revision = '8ace5984fdac'
down_revision = '66ce407461dd'
branch_labels = None
depends_on = None

KINDS = ("scoping_extension",)


def upgrade() -> None:
    op.create_table('scoping_extensions',
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('asked_by', sa.String(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('was', sa.Date(), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('answered_by', sa.String(), nullable=False),
    sa.Column('granted_until', sa.Date(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("answered_at IS NULL OR answer <> ''", name=op.f('ck_scoping_extensions_answered_with_reason')),
    sa.CheckConstraint("why <> ''", name=op.f('ck_scoping_extensions_has_reason')),
    sa.CheckConstraint('granted_until IS NULL OR answered_at IS NOT NULL', name=op.f('ck_scoping_extensions_granted_by_somebody')),
    sa.ForeignKeyConstraint(['request_id'], ['scoping_requests.id'], name=op.f('fk_scoping_extensions_request_id_scoping_requests')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scoping_extensions'))
    )
    with op.batch_alter_table('scoping_extensions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_scoping_extensions_answered_at'), ['answered_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_scoping_extensions_request_id'), ['request_id'], unique=False)

    with op.batch_alter_table('nudges', schema=None) as batch_op:
        batch_op.add_column(sa.Column('return_by', sa.Date(), nullable=True))
    op.execute(
        "UPDATE nudges SET return_by = (SELECT scoping_rounds.return_by FROM scoping_requests"
        " JOIN scoping_rounds ON scoping_rounds.id = scoping_requests.round_id"
        " WHERE scoping_requests.id = nudges.request_id)"
    )
    with op.batch_alter_table('nudges', schema=None) as batch_op:
        batch_op.alter_column('return_by', existing_type=sa.Date(), nullable=False)
        batch_op.drop_constraint(batch_op.f('uq_nudges_request_id'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_nudges_request_id'), ['request_id', 'rung', 'return_by'])

    with op.batch_alter_table('scoping_requests', schema=None) as batch_op:
        batch_op.add_column(sa.Column('own_return_by', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('own_return_since', sa.Date(), nullable=True))

    change_values("letters", "kind", lambda known: [*known, *KINDS])


def downgrade() -> None:
    with op.batch_alter_table('scoping_requests', schema=None) as batch_op:
        batch_op.drop_column('own_return_since')
        batch_op.drop_column('own_return_by')

    with op.batch_alter_table('nudges', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_nudges_request_id'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_nudges_request_id'), ['request_id', 'rung'])
        batch_op.drop_column('return_by')

    with op.batch_alter_table('scoping_extensions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_scoping_extensions_request_id'))
        batch_op.drop_index(batch_op.f('ix_scoping_extensions_answered_at'))

    op.drop_table('scoping_extensions')
    change_values("letters", "kind", lambda known: [one for one in known if one not in KINDS])
