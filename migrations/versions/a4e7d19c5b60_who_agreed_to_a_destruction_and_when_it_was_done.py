"""Who agreed to a destruction, and when it was done

Revision ID: a4e7d19c5b60
Revises: 9f1d6a2b84c7
"""

import sqlalchemy as sa
from alembic import op


revision = 'a4e7d19c5b60'
down_revision = '9f1d6a2b84c7'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('cases', sa.Column('destroyed_at', sa.DateTime(), nullable=True))
    op.create_table('agreed_destructions',
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("why <> ''", name=op.f('ck_agreed_destructions_has_reason')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_agreed_destructions_by_id_people')),
    sa.ForeignKeyConstraint(
        ['review_id'], ['retention_reviews.id'], name=op.f('fk_agreed_destructions_review_id_retention_reviews')
    ),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreed_destructions')),
    sa.UniqueConstraint('review_id', name=op.f('uq_agreed_destructions_review_id'))
    )
    with op.batch_alter_table('retention_reviews') as batch:
        batch.add_column(sa.Column('by_id', sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f('fk_retention_reviews_by_id_people'), 'people', ['by_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('retention_reviews') as batch:
        batch.drop_constraint(op.f('fk_retention_reviews_by_id_people'), type_='foreignkey')
        batch.drop_column('by_id')
    op.drop_table('agreed_destructions')
    op.drop_column('cases', 'destroyed_at')
