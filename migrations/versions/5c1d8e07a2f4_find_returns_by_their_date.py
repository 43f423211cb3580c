"""Find returns by their date

Revision ID: 5c1d8e07a2f4
Revises: b7d0e4c91a52
"""

from alembic import op


revision = '5c1d8e07a2f4'
down_revision = 'b7d0e4c91a52'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f('ix_scoping_rounds_return_by'), 'scoping_rounds', ['return_by'])
    op.create_index(op.f('ix_scoping_requests_own_return_by'), 'scoping_requests', ['own_return_by'])


def downgrade() -> None:
    op.drop_index(op.f('ix_scoping_requests_own_return_by'), 'scoping_requests')
    op.drop_index(op.f('ix_scoping_rounds_return_by'), 'scoping_rounds')
