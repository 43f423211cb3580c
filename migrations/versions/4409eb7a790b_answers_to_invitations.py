"""Answers to invitations

Revision ID: 4409eb7a790b
Revises: a4e7d19c5b60
"""

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values


revision = '4409eb7a790b'
down_revision = 'a4e7d19c5b60'
branch_labels = None
depends_on = None


REPLY = "CHECK (reply IN ('coming', 'deputy', 'apologies'))"


def upgrade() -> None:
    _rename("paper_key", "link_key")
    op.execute(f"ALTER TABLE attendances ADD COLUMN reply VARCHAR(40) CONSTRAINT ck_attendances_reply {REPLY}")
    op.add_column("attendances", sa.Column("replied_at", sa.DateTime(), nullable=True))
    op.add_column("attendances", sa.Column("reply_note", sa.Text(), server_default="", nullable=False))
    op.add_column("attendances", sa.Column("deputy_post", sa.String(), server_default="", nullable=False))
    op.add_column("attendances", sa.Column("deputy_email", sa.String(), server_default="", nullable=False))
    _rename_purpose("paper", "meeting")


def downgrade() -> None:
    _rename_purpose("meeting", "paper")
    with op.batch_alter_table("attendances") as batch_op:
        for column in ("deputy_email", "deputy_post", "reply_note", "replied_at"):
            batch_op.drop_column(column)
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint("ck_attendances_reply", "attendances", type_="check")
    op.execute("ALTER TABLE attendances DROP COLUMN reply")
    _rename("link_key", "paper_key")


def _rename(before: str, after: str) -> None:
    op.drop_index(f"ix_attendances_{before}", "attendances")
    op.execute(f"ALTER TABLE attendances RENAME COLUMN {before} TO {after}")
    op.create_index(f"ix_attendances_{after}", "attendances", [after], unique=True)


def _rename_purpose(before: str, after: str) -> None:
    change_values("outside_links", "purpose", lambda known: [*known, after])
    op.execute(f"UPDATE outside_links SET purpose = '{after}' WHERE purpose = '{before}'")
    change_values("outside_links", "purpose", lambda known: [one for one in known if one != before])
