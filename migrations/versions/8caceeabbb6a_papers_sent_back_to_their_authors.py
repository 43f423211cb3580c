"""Papers sent back to their authors

Revision ID: 8caceeabbb6a
Revises: 0110b25a0775
"""

from jcr.allowed_values import change_check, change_values


revision = '8caceeabbb6a'
down_revision = '0110b25a0775'
branch_labels = None
depends_on = None


REASONS = ("state <> 'not_ours' OR why <> ''", "state NOT IN ('not_ours', 'sent_back') OR why <> ''")


def upgrade() -> None:
    change_values("letters", "kind", lambda known: [*known, "paper_sent_back"])
    change_values("submissions", "state", lambda known: [*known, "sent_back"])
    change_check("submissions", "put_aside_with_reason", *REASONS)


def downgrade() -> None:
    change_check("submissions", "put_aside_with_reason", *REASONS[::-1])
    change_values("submissions", "state", lambda known: [one for one in known if one != "sent_back"])
    change_values("letters", "kind", lambda known: [one for one in known if one != "paper_sent_back"])
