"""Chairs words on letters about missed meetings

Revision ID: 0bfc56924db3
Revises: be03d5eb9720
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values


revision = '0bfc56924db3'
down_revision = 'be03d5eb9720'
branch_labels = None
depends_on = None

KINDS = ("attendance_reminder", "attendance_escalation")


def upgrade() -> None:
    op.create_table('chairs_words',
    sa.Column('attendance_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Integer(), nullable=False),
    sa.Column('sent', sa.Boolean(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('decided_at', sa.DateTime(), nullable=False),
    sa.Column('decided_by', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("sent OR why <> ''", name=op.f('ck_chairs_words_not_sent_has_reason')),
    sa.ForeignKeyConstraint(['attendance_id'], ['attendances.id'], name=op.f('fk_chairs_words_attendance_id_attendances')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chairs_words')),
    sa.UniqueConstraint('attendance_id', name=op.f('uq_chairs_words_attendance_id'))
    )
    change_values("letters", "kind", lambda known: [*known, *KINDS])


def downgrade() -> None:
    op.drop_table('chairs_words')
    change_values("letters", "kind", lambda known: [one for one in known if one not in KINDS])
