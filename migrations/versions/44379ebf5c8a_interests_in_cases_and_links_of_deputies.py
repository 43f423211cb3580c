"""Interests in cases and links of deputies

Revision ID: 44379ebf5c8a
Revises: b27f0d9a6c31
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values


revision = "44379ebf5c8a"
down_revision = "b27f0d9a6c31"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_interests",
        sa.Column("attendance_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("of_deputy", sa.Boolean(), nullable=False),
        sa.Column("has_one", sa.Boolean(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("walled", sa.Boolean(), nullable=False),
        sa.Column("is_conflict", sa.Boolean(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(is_conflict IS NULL) = (decided_at IS NULL) AND (decided_at IS NULL OR (decided_by <> '' AND why <> ''))",
            name=op.f("ck_case_interests_decision_has_reason"),
        ),
        sa.CheckConstraint("NOT has_one OR what <> ''", name=op.f("ck_case_interests_interest_is_told")),
        sa.ForeignKeyConstraint(
            ["attendance_id"], ["attendances.id"], name=op.f("fk_case_interests_attendance_id_attendances")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_interests_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_interests")),
        sa.UniqueConstraint(
            "attendance_id", "case_id", "of_deputy", name=op.f("uq_case_interests_attendance_id")
        ),
    )
    with op.batch_alter_table("case_interests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_interests_attendance_id"), ["attendance_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_interests_case_id"), ["case_id"], unique=False)

    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.add_column(sa.Column("replied_how", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("deputy_key", sa.String(), nullable=True))
        batch_op.create_index(batch_op.f("ix_attendances_deputy_key"), ["deputy_key"], unique=True)

    change_values("letters", "kind", lambda known: [*known, "deputy_freed"])


def downgrade() -> None:
    op.execute(
        "DELETE FROM enclosures WHERE letter_id IN (SELECT id FROM letters WHERE kind = 'deputy_freed')"
    )
    op.execute("DELETE FROM letters WHERE kind = 'deputy_freed'")
    change_values("letters", "kind", lambda known: [one for one in known if one != "deputy_freed"])
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendances_deputy_key"))
        batch_op.drop_column("deputy_key")
        batch_op.drop_column("replied_how")

    with op.batch_alter_table("case_interests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_interests_case_id"))
        batch_op.drop_index(batch_op.f("ix_case_interests_attendance_id"))

    op.drop_table("case_interests")
