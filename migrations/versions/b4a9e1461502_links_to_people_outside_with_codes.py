"""Links to people outside, with codes

Revision ID: b4a9e1461502
Revises: 5569a3da1fc0
"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from jcr.allowed_values import change_values


revision = 'b4a9e1461502'
down_revision = '5569a3da1fc0'
branch_labels = None
depends_on = None

KINDS = ("link_code", "link_anew")
REFERRER = "COALESCE((SELECT MAX(r.referrer_email) FROM referrals r WHERE r.draft_id = drafts.id), '')"
# Links that went out before: token, key of what it opens, purpose, address, case, and where they stand
SENT = (
    ("token_hash", "token_hash", "scoping", "contact_email",
     "(SELECT case_id FROM scoping_rounds WHERE scoping_rounds.id = round_id)", "scoping_requests"),
    ("sign_off_token_hash", "sign_off_token_hash", "sign_off", "lead_email", "case_id", "referrals"),
    ("token_hash", "token_hash", "referral", REFERRER, "case_id", "drafts"),
    ("return_token_hash", "token_hash", "referral", REFERRER, "case_id", "drafts"),
    ("link_hash", "link_hash", "letter", "recipient", "case_id", "letters"),
)


def take_over() -> None:
    """They hold for as long as a new one would."""
    now = datetime.now(UTC).replace(tzinfo=None)
    for token, opens, purpose, address, case, table in SENT:
        op.get_bind().execute(
            sa.text(
                "INSERT INTO outside_links (token_hash, opens, purpose, address, case_id, made_at, expires_at,"
                f" ended_because, renewable, wrong_codes) SELECT {token}, {opens}, '{purpose}', {address}, {case},"
                f" :now, :until, '', :yes, 0 FROM {table} WHERE {token} IS NOT NULL"
            ).bindparams(
                sa.bindparam("now", now, sa.DateTime()),
                sa.bindparam("until", now + timedelta(days=28), sa.DateTime()),
                sa.bindparam("yes", True, sa.Boolean()),
            )
        )


def upgrade() -> None:
    op.create_table('outside_links',
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('opens', sa.String(), nullable=False),
    sa.Column('purpose', sa.Enum('referral', 'sign_off', 'scoping', 'letter', name='purpose', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('ended_because', sa.String(), nullable=False),
    sa.Column('renewable', sa.Boolean(), nullable=False),
    sa.Column('wrong_codes', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(ended_at IS NULL) = (ended_because = '')", name=op.f('ck_outside_links_ended_with_reason')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_outside_links_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outside_links')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_outside_links_token_hash'))
    )
    with op.batch_alter_table('outside_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outside_links_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outside_links_opens'), ['opens'], unique=False)

    op.create_table('outside_codes',
    sa.Column('link_id', sa.Integer(), nullable=False),
    sa.Column('browser_hash', sa.String(), nullable=False),
    sa.Column('code_hash', sa.String(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('used_at', sa.DateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['link_id'], ['outside_links.id'], name=op.f('fk_outside_codes_link_id_outside_links')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outside_codes'))
    )
    with op.batch_alter_table('outside_codes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outside_codes_link_id'), ['link_id'], unique=False)

    take_over()

    with op.batch_alter_table('drafts', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_drafts_return_token_hash'), type_='unique')
        batch_op.drop_column('return_token_hash')

    change_values("letters", "kind", lambda known: [*known, *KINDS])



def downgrade() -> None:
    with op.batch_alter_table('drafts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('return_token_hash', sa.VARCHAR(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_drafts_return_token_hash'), ['return_token_hash'])

    with op.batch_alter_table('outside_codes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outside_codes_link_id'))

    op.drop_table('outside_codes')
    with op.batch_alter_table('outside_links', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outside_links_opens'))
        batch_op.drop_index(batch_op.f('ix_outside_links_case_id'))

    op.drop_table('outside_links')
    change_values("letters", "kind", lambda known: [one for one in known if one not in KINDS])
