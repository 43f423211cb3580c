"""Referrals given back or sent elsewhere

Revision ID: 35949e68e4fc
Revises: f08394ec9e81
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_check, change_values


revision = '35949e68e4fc'
down_revision = 'f08394ec9e81'
branch_labels = None
depends_on = None

STATUSES = ("returned", "redirected")
KINDS = ("referral_returned", "referral_redirected")
BEFORE_RECEIPT = "received_on IS NOT NULL OR status IN ('referred', 'awaiting_sign_off')"
AFTER_RECEIPT = "received_on IS NOT NULL OR status IN ('referred', 'awaiting_sign_off', 'redirected', 'closed')"


def upgrade() -> None:
    op.create_table('redirections',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('destination', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('passed_on', sa.Boolean(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("body <> ''", name=op.f('ck_redirections_has_body')),
    sa.CheckConstraint("why <> ''", name=op.f('ck_redirections_has_reason')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_redirections_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_redirections')),
    sa.UniqueConstraint('case_id', name=op.f('uq_redirections_case_id'))
    )
    op.create_table('referrals_given_back',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('questions', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('answered_how', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(answered_at IS NULL) = (answered_how = '')", name=op.f('ck_referrals_given_back_answered_somehow')),
    sa.CheckConstraint("why <> ''", name=op.f('ck_referrals_given_back_has_reason')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_referrals_given_back_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referrals_given_back'))
    )
    with op.batch_alter_table('referrals_given_back', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_referrals_given_back_case_id'), ['case_id'], unique=False)
    change_values("cases", "status", lambda known: [*known, *STATUSES])
    change_values("letters", "kind", lambda known: [*known, *KINDS])
    change_check("cases", "received_first", BEFORE_RECEIPT, AFTER_RECEIPT)


def downgrade() -> None:
    with op.batch_alter_table('referrals_given_back', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_referrals_given_back_case_id'))

    op.drop_table('referrals_given_back')
    op.drop_table('redirections')
    change_check("cases", "received_first", AFTER_RECEIPT, BEFORE_RECEIPT)
    change_values("letters", "kind", lambda known: [one for one in known if one not in KINDS])
    change_values("cases", "status", lambda known: [one for one in known if one not in STATUSES])
