"""People known from other cases

Revision ID: 49afd9f7ffbf
Revises: ceab69bda5f1
"""

import sqlalchemy as sa
from alembic import op

from jcr.cases.words import name_key


revision = '49afd9f7ffbf'
down_revision = 'ceab69bda5f1'
branch_labels = None
depends_on = None

SUBJECTS = sa.table(
    "subjects", sa.column("id"), sa.column("name"), sa.column("name_key"), sa.column("nhs_number"),
    sa.column("details", sa.JSON),
)


def upgrade() -> None:
    op.create_table('likenesses',
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.Enum('same', 'linked', 'different', name='verdict', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('undone_at', sa.DateTime(), nullable=True),
    sa.Column('undone_by', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(undone_at IS NULL) = (undone_by = '')", name=op.f('ck_likenesses_undone_by_somebody')),
    sa.CheckConstraint("why <> ''", name=op.f('ck_likenesses_has_reason')),
    sa.CheckConstraint('first_id < second_id', name=op.f('ck_likenesses_in_order')),
    sa.ForeignKeyConstraint(['first_id'], ['subjects.id'], name=op.f('fk_likenesses_first_id_subjects')),
    sa.ForeignKeyConstraint(['second_id'], ['subjects.id'], name=op.f('fk_likenesses_second_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_likenesses'))
    )
    with op.batch_alter_table('likenesses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_likenesses_first_id'), ['first_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_likenesses_second_id'), ['second_id'], unique=False)
        batch_op.create_index('uq_likenesses_standing', ['first_id', 'second_id'], unique=True, sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))

    with op.batch_alter_table('subjects', schema=None) as batch_op:
        batch_op.add_column(sa.Column('name_key', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('nhs_number', sa.String(), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_subjects_name_key'), ['name_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_subjects_nhs_number'), ['nhs_number'], unique=False)

    _fill()


def _fill() -> None:
    rows = op.get_bind().execute(sa.select(SUBJECTS.c.id, SUBJECTS.c.name, SUBJECTS.c.details)).all()
    for id, name, details in rows:
        number = str((details or {}).get("subject_nhs_number") or "")
        filled = SUBJECTS.update().where(SUBJECTS.c.id == id).values(name_key=name_key(name), nhs_number=number)
        op.execute(filled)


def downgrade() -> None:
    with op.batch_alter_table('subjects', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_subjects_nhs_number'))
        batch_op.drop_index(batch_op.f('ix_subjects_name_key'))
        batch_op.drop_column('nhs_number')
        batch_op.drop_column('name_key')

    with op.batch_alter_table('likenesses', schema=None) as batch_op:
        batch_op.drop_index('uq_likenesses_standing', sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_likenesses_second_id'))
        batch_op.drop_index(batch_op.f('ix_likenesses_first_id'))

    op.drop_table('likenesses')
