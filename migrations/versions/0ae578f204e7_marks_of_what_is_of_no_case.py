"""What is marked of records that belong to no case

Revision ID: 0ae578f204e7
Revises: c41e7a90d5b8
"""

import sqlalchemy as sa
from alembic import op

revision = "0ae578f204e7"
down_revision = "c41e7a90d5b8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "old_marks",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("up_to", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("agreed_why", sa.Text(), nullable=False),
        sa.Column("over_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(agreed_by_id IS NULL) = (agreed_why = '')", name=op.f("ck_old_marks_agreed_with_reason")
        ),
        sa.CheckConstraint("why <> ''", name=op.f("ck_old_marks_has_reason")),
        sa.ForeignKeyConstraint(
            ["agreed_by_id"], ["people.id"], name=op.f("fk_old_marks_agreed_by_id_people")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_old_marks_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_old_marks")),
    )
    op.create_index(
        "uq_old_marks_standing",
        "old_marks",
        ["kind"],
        unique=True,
        sqlite_where=sa.text("over_at IS NULL"),
        postgresql_where=sa.text("over_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("old_marks")
