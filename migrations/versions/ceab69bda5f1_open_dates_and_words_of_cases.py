"""Open dates and words of cases

Revision ID: ceab69bda5f1
Revises: f7a8ff163504
"""

import sqlalchemy as sa
from alembic import op


revision = 'ceab69bda5f1'
down_revision = 'f7a8ff163504'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('case_words',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('word', sa.String().with_variant(sa.String(collation='C'), 'postgresql'), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_words_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_words')),
    sa.UniqueConstraint('case_id', 'word', name=op.f('uq_case_words_case_id'))
    )
    with op.batch_alter_table('case_words', schema=None) as batch_op:
        batch_op.create_index('ix_case_words_word', ['word', 'case_id'], unique=False)

    op.create_table('changed_cases',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_changed_cases_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_changed_cases'))
    )
    with op.batch_alter_table('changed_cases', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_changed_cases_case_id'), ['case_id'], unique=False)

    op.create_table('deadlines',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('authority', sa.String(), nullable=False),
    sa.Column('because', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('start', sa.Date(), nullable=False),
    sa.Column('working_days', sa.Integer(), nullable=True),
    sa.Column('warning', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_deadlines_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deadlines')),
    sa.UniqueConstraint('case_id', 'label', name=op.f('uq_deadlines_case_id'))
    )
    with op.batch_alter_table('deadlines', schema=None) as batch_op:
        batch_op.create_index('ix_deadlines_on', ['on', 'id'], unique=False)

    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cases_status'))
        batch_op.create_index('ix_cases_newest', ['opened_at', 'id'], unique=False)
        batch_op.create_index('ix_cases_status_newest', ['status', 'opened_at', 'id'], unique=False)

    with op.batch_alter_table('subjects', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_subjects_dob'), ['dob'], unique=False)

    op.execute("INSERT INTO changed_cases (case_id) SELECT id FROM cases")


def downgrade() -> None:
    with op.batch_alter_table('subjects', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_subjects_dob'))

    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.drop_index('ix_cases_status_newest')
        batch_op.drop_index('ix_cases_newest')
        batch_op.create_index(batch_op.f('ix_cases_status'), ['status'], unique=False)

    with op.batch_alter_table('deadlines', schema=None) as batch_op:
        batch_op.drop_index('ix_deadlines_on')

    op.drop_table('deadlines')
    with op.batch_alter_table('changed_cases', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_changed_cases_case_id'))

    op.drop_table('changed_cases')
    with op.batch_alter_table('case_words', schema=None) as batch_op:
        batch_op.drop_index('ix_case_words_word')

    op.drop_table('case_words')
