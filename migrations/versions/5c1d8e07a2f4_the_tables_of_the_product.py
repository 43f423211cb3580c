"""The tables of the product

Revision ID: 5c1d8e07a2f4
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "5c1d8e07a2f4"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agencies",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "sector",
            sa.Enum(
                "health",
                "local_authority",
                "police",
                "probation",
                "youth_justice",
                "fire",
                "housing",
                "education",
                "other",
                name="sector",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("quorum_group", sa.String(), nullable=False),
        sa.Column(
            "membership",
            sa.Enum(
                "standing",
                "when_appropriate",
                "none",
                name="membership",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("board_email", sa.String(), nullable=False),
        sa.Column("domains", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agencies")),
        sa.UniqueConstraint("code", name=op.f("uq_agencies_code")),
        sa.UniqueConstraint("name", name=op.f("uq_agencies_name")),
    )
    op.create_table(
        "boards",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boards")),
        sa.UniqueConstraint("code", name=op.f("uq_boards_code")),
    )
    op.create_table(
        "case_numbers",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_numbers")),
        sa.UniqueConstraint("year", name=op.f("uq_case_numbers_year")),
    )
    op.create_table(
        "files",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("scanned_at", sa.DateTime(), nullable=True),
        sa.Column("infected", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
        sa.UniqueConstraint("sha256", name=op.f("uq_files_sha256")),
    )
    with op.batch_alter_table("files", schema=None) as batch_op:
        batch_op.create_index(
            "ix_files_to_scan",
            ["id"],
            unique=False,
            sqlite_where=sa.text("scanned_at IS NULL"),
            postgresql_where=sa.text("scanned_at IS NULL"),
        )

    op.create_table(
        "flowchart_versions",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("why <> ''", name=op.f("ck_flowchart_versions_has_reason")),
        sa.CheckConstraint("number > 1", name=op.f("ck_flowchart_versions_after_the_delivered")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flowchart_versions")),
        sa.UniqueConstraint("number", name=op.f("uq_flowchart_versions_number")),
    )
    op.create_table(
        "heartbeats",
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("beat_at", sa.DateTime(), nullable=True),
        sa.Column("well_at", sa.DateTime(), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heartbeats")),
        sa.UniqueConstraint("part", name=op.f("uq_heartbeats_part")),
    )
    op.create_table(
        "history_end",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_end")),
    )
    op.create_table(
        "history_seals",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_seals")),
        sa.UniqueConstraint("day", name=op.f("uq_history_seals_day")),
    )
    op.create_table(
        "kept_tokens",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_tokens")),
        sa.UniqueConstraint("name", name=op.f("uq_kept_tokens_name")),
    )
    op.create_table(
        "letter_wordings",
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("why <> ''", name=op.f("ck_letter_wordings_has_reason")),
        sa.CheckConstraint("number > 1", name=op.f("ck_letter_wordings_after_the_delivered")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_wordings")),
        sa.UniqueConstraint("letter", "number", name=op.f("uq_letter_wordings_letter")),
    )
    op.create_table(
        "mail_channels",
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column(
            "way",
            sa.Enum("direct", "gateway", "link", name="way", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_channels")),
        sa.UniqueConstraint("domain", name=op.f("uq_mail_channels_domain")),
    )
    op.create_table(
        "one_off_holidays",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("taken_out_at", sa.DateTime(), nullable=True),
        sa.Column("taken_out_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(taken_out_at IS NULL) = (taken_out_by = '')", name=op.f("ck_one_off_holidays_taken_out_by_somebody")
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_one_off_holidays_has_name")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_off_holidays")),
    )
    with op.batch_alter_table("one_off_holidays", schema=None) as batch_op:
        batch_op.create_index(
            "uq_one_off_holidays_standing",
            ["day"],
            unique=True,
            sqlite_where=sa.text("taken_out_at IS NULL"),
            postgresql_where=sa.text("taken_out_at IS NULL"),
        )

    op.create_table(
        "terms_of_reference",
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("review_by", sa.Date(), nullable=False),
        sa.Column("what_changed", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("what_changed <> ''", name=op.f("ck_terms_of_reference_says_what_changed")),
        sa.CheckConstraint("review_by > approved_on", name=op.f("ck_terms_of_reference_reviewed_after_approval")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms_of_reference")),
        sa.UniqueConstraint("approved_on", name=op.f("uq_terms_of_reference_approved_on")),
    )
    op.create_table(
        "tries",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tries")),
        sa.UniqueConstraint("key", name=op.f("uq_tries_key")),
    )
    op.create_table(
        "cases",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "referred",
                "awaiting_sign_off",
                "returned",
                "triage",
                "redirected",
                "declined",
                "scoping",
                "rapid_review",
                "recommended",
                "ratified",
                "sent_back",
                "not_ratified",
                "decided",
                "closed",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum("web", "email", name="source", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("incident_notified_on", sa.Date(), nullable=True),
        sa.Column("la_aware_on", sa.Date(), nullable=True),
        sa.Column("no_notification_because", sa.Text(), nullable=True),
        sa.Column("commissioned_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("publish_on", sa.Date(), nullable=True),
        sa.Column("panel_copied_on", sa.Date(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("destroyed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "received_on IS NOT NULL OR status IN ('referred', 'awaiting_sign_off', 'redirected', 'closed')",
            name=op.f("ck_cases_received_first"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_cases_agency_id_agencies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("reference", name=op.f("uq_cases_reference")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cases_closed_on"), ["closed_on"], unique=False)
        batch_op.create_index("ix_cases_newest", ["opened_at", "id"], unique=False)
        batch_op.create_index("ix_cases_status_newest", ["status", "opened_at", "id"], unique=False)

    op.create_table(
        "people",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "officer",
                "support_officer",
                "manager",
                "chair",
                "vice_chair",
                "member",
                "decision_maker",
                "safeguarding_lead",
                "agency_contact",
                "panel_member",
                "independent_reviewer",
                "auditor",
                "administrator",
                "outsider",
                "system",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("feed_hash", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("role NOT IN ('outsider', 'system')", name=op.f("ck_people_is_somebody")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_people_agency_id_agencies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("email", name=op.f("uq_people_email")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_feed_hash"), ["feed_hash"], unique=True)

    op.create_table(
        "absences",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("person_id <> deputy_id", name=op.f("ck_absences_by_somebody_else")),
        sa.CheckConstraint("until >= since", name=op.f("ck_absences_in_order")),
        sa.ForeignKeyConstraint(["deputy_id"], ["people.id"], name=op.f("fk_absences_deputy_id_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_absences_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absences_deputy_id"), ["deputy_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_absences_person_id"), ["person_id"], unique=False)

    op.create_table(
        "actions",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("owner_email", sa.String(), server_default="", nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("expected", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "done", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("agreed_at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("what_was_done", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), server_default="", nullable=False),
        sa.Column("progress_at", sa.DateTime(), nullable=True),
        sa.Column("link_key", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name=op.f("ck_actions_done_has_moment")),
        sa.CheckConstraint("owner <> ''", name=op.f("ck_actions_has_owner")),
        sa.CheckConstraint("task <> ''", name=op.f("ck_actions_has_task")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_actions_agency_id_agencies")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_actions_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
        sa.UniqueConstraint("number", name=op.f("uq_actions_number")),
    )
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_actions_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_actions_link_key"), ["link_key"], unique=True)
        batch_op.create_index("ix_actions_state_due", ["state", "due_on", "number"], unique=False)

    op.create_table(
        "case_files",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_files_case_id_cases")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_case_files_file_id_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_files")),
    )
    with op.batch_alter_table("case_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_files_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_routes",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "route",
            sa.Enum("child", "adult", "domestic", name="route", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_routes_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_routes")),
        sa.UniqueConstraint("case_id", "route", name=op.f("uq_case_routes_case_id")),
    )
    with op.batch_alter_table("case_routes", schema=None) as batch_op:
        batch_op.create_index("ix_case_routes_route", ["route", "case_id"], unique=False)

    op.create_table(
        "case_words",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_words_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_words")),
        sa.UniqueConstraint("case_id", "word", name=op.f("uq_case_words_case_id")),
    )
    with op.batch_alter_table("case_words", schema=None) as batch_op:
        batch_op.create_index("ix_case_words_word", ["word", "case_id"], unique=False)

    op.create_table(
        "chair_terms",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "officer",
                "support_officer",
                "manager",
                "chair",
                "vice_chair",
                "member",
                "decision_maker",
                "safeguarding_lead",
                "agency_contact",
                "panel_member",
                "independent_reviewer",
                "auditor",
                "administrator",
                "outsider",
                "system",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("why_ended", sa.Text(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(reviewed_on IS NULL) = (review = '')", name=op.f("ck_chair_terms_review_is_told")),
        sa.CheckConstraint("role IN ('chair', 'vice_chair')", name=op.f("ck_chair_terms_of_a_chair")),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_chair_terms_in_order")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_chair_terms_board_id_boards")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_chair_terms_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chair_terms")),
    )
    with op.batch_alter_table("chair_terms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chair_terms_person_id"), ["person_id"], unique=False)

    op.create_table(
        "changed_cases",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_changed_cases_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changed_cases")),
    )
    with op.batch_alter_table("changed_cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_changed_cases_case_id"), ["case_id"], unique=False)

    op.create_table(
        "deadlines",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=True),
        sa.Column("warning", sa.Text(), nullable=False),
        sa.Column("was", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_deadlines_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadlines")),
        sa.UniqueConstraint("case_id", "label", name=op.f("uq_deadlines_case_id")),
    )
    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        batch_op.create_index("ix_deadlines_on", ["on", "id"], unique=False)

    op.create_table(
        "drafts",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("visited", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("returned_because", sa.Text(), nullable=False),
        sa.Column("links_sent", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_drafts_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_drafts_token_hash")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drafts_case_id"), ["case_id"], unique=False)

    op.create_table(
        "entries",
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column(
            "actor_role",
            sa.Enum(
                "officer",
                "support_officer",
                "manager",
                "chair",
                "vice_chair",
                "member",
                "decision_maker",
                "safeguarding_lead",
                "agency_contact",
                "panel_member",
                "independent_reviewer",
                "auditor",
                "administrator",
                "outsider",
                "system",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("from_status", sa.String(), nullable=False),
        sa.Column("to_status", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("actor_name <> ''", name=op.f("ck_entries_has_actor")),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_entries_actor_id_people")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_entries_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
    )
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entries_case_id"), ["case_id"], unique=False)

    op.create_table(
        "expenses",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("from_budget", sa.Integer(), nullable=False),
        sa.Column("estimated_by", sa.String(), nullable=False),
        sa.Column("estimated_at", sa.DateTime(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.Column("committed_by", sa.String(), nullable=False),
        sa.Column("committed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("what <> ''", name=op.f("ck_expenses_has_purpose")),
        sa.CheckConstraint("(agreed IS NULL) = (answered_at IS NULL)", name=op.f("ck_expenses_answered_at_a_moment")),
        sa.CheckConstraint(
            "amount > 0 AND from_budget >= 0 AND from_budget <= amount", name=op.f("ck_expenses_amounts_fit")
        ),
        sa.CheckConstraint("committed_at IS NULL OR agreed", name=op.f("ck_expenses_manager_first")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_expenses_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expenses")),
    )
    with op.batch_alter_table("expenses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expenses_case_id"), ["case_id"], unique=False)

    op.create_table(
        "identities",
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_identities_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identities_issuer")),
        sa.UniqueConstraint("person_id", "issuer", name=op.f("uq_identities_person_id")),
    )
    with op.batch_alter_table("identities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identities_person_id"), ["person_id"], unique=False)

    op.create_table(
        "inquiries",
        sa.Column(
            "kind",
            sa.Enum("access", "foi", "complaint", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'complaint') = (due_on IS NULL)", name=op.f("ck_inquiries_answer_is_due")),
        sa.CheckConstraint("asked_by <> '' AND what <> ''", name=op.f("ck_inquiries_says_who_and_what")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_inquiries_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiries")),
        sa.UniqueConstraint("kind", "year", "number", name=op.f("uq_inquiries_kind")),
    )
    with op.batch_alter_table("inquiries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inquiries_answered_on"), ["answered_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_inquiries_case_id"), ["case_id"], unique=False)

    op.create_table(
        "invitations",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_invitations_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("person_id", name=op.f("uq_invitations_person_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    op.create_table(
        "known_browsers",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_known_browsers_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_browsers")),
    )
    with op.batch_alter_table("known_browsers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_browsers_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_known_browsers_token_hash"), ["token_hash"], unique=False)

    op.create_table(
        "later_dates",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("was", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("approved_by <> ''", name=op.f("ck_later_dates_has_approver")),
        sa.CheckConstraint("why <> ''", name=op.f("ck_later_dates_has_reason")),
        sa.CheckConstraint("until > was", name=op.f("ck_later_dates_later")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_later_dates_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_later_dates")),
    )
    with op.batch_alter_table("later_dates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_later_dates_case_id"), ["case_id"], unique=False)

    op.create_table(
        "legal_holds",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(), nullable=True),
        sa.Column("lifted_by", sa.String(), nullable=False),
        sa.Column("lifted_why", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(lifted_at IS NULL) = (lifted_by = '')", name=op.f("ck_legal_holds_lifted_by_somebody")),
        sa.CheckConstraint("(lifted_at IS NULL) = (lifted_why = '')", name=op.f("ck_legal_holds_lifted_with_reason")),
        sa.CheckConstraint("why <> ''", name=op.f("ck_legal_holds_has_reason")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_legal_holds_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
    )
    with op.batch_alter_table("legal_holds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_legal_holds_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "uq_legal_holds_standing",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("lifted_at IS NULL"),
            postgresql_where=sa.text("lifted_at IS NULL"),
        )

    op.create_table(
        "letters",
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "draft_link",
                "link_code",
                "link_anew",
                "sign_off_request",
                "sign_off_refused",
                "referral_returned",
                "referral_redirected",
                "acknowledgement",
                "referral_received",
                "declined",
                "scoping_request",
                "scoping_link",
                "scoping_sent_back",
                "scoping_extension",
                "scoping_receipt",
                "scoping_sign_off",
                "scoping_reminder",
                "scoping_escalation",
                "scoping_report",
                "ratification_request",
                "cost_estimated",
                "decision_waits",
                "decision",
                "outcome_notice",
                "reconsideration_received",
                "reconsideration",
                "meeting_invitation",
                "meeting_moved",
                "meeting_cancelled",
                "agenda_sent",
                "minutes_sent",
                "paper_sent_back",
                "substitute_chair",
                "action_reminder",
                "cancellation_report",
                "attendance_reminder",
                "attendance_escalation",
                "mailbox_alarm",
                "new_browser",
                "case_opened",
                "invitation",
                "history_seal",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("in_reply_to", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("addressed", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("signed", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("wording", sa.Integer(), server_default="1", nullable=False),
        sa.Column("values", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column(
            "delivery",
            sa.Enum(
                "ready",
                "sending",
                "sent",
                "failed",
                "unsure",
                "bounced",
                name="delivery",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.Column("not_before", sa.DateTime(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("link_hash", sa.String(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(delivery = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_letters_sent_has_moment")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_letters_agency_id_agencies")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_letters_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_letters_link_hash")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letters_message_id")),
        sa.UniqueConstraint("occasion", name=op.f("uq_letters_occasion")),
    )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.create_index("ix_letters_case_id_kind", ["case_id", "kind", "written_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_letters_delivery"), ["delivery"], unique=False)
        batch_op.create_index("ix_letters_kind_written_at", ["kind", "written_at"], unique=False)

    op.create_table(
        "namings",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.DateTime(), nullable=False),
        sa.Column("named_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("briefed_at", sa.DateTime(), nullable=True),
        sa.Column("briefed_by", sa.String(), server_default="", nullable=False),
        sa.Column("independent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("senior", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by = '')", name=op.f("ck_namings_ended_by_somebody")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_namings_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_namings_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_namings")),
    )
    with op.batch_alter_table("namings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_namings_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_namings_standing",
            ["case_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "office_holders",
        sa.Column(
            "office",
            sa.Enum(
                "partner_council",
                "partner_icb",
                "partner_police",
                "hsab_chair",
                "csp_chair",
                name="office",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_office_holders_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_holders")),
        sa.UniqueConstraint("office", "person_id", "since", name=op.f("uq_office_holders_office")),
    )
    with op.batch_alter_table("office_holders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_holders_person_id"), ["person_id"], unique=False)

    op.create_table(
        "openings",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by = '')", name=op.f("ck_openings_ended_by_somebody")),
        sa.CheckConstraint("why <> ''", name=op.f("ck_openings_has_reason")),
        sa.CheckConstraint("until > opened_at", name=op.f("ck_openings_in_order")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_openings_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_openings_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_openings")),
    )
    with op.batch_alter_table("openings", schema=None) as batch_op:
        batch_op.create_index("ix_openings_case_person", ["case_id", "person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_openings_person_id"), ["person_id"], unique=False)

    op.create_table(
        "outside_links",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("opens", sa.String(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "referral",
                "sign_off",
                "scoping",
                "return_sign_off",
                "letter",
                "action",
                "meeting",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=False),
        sa.Column("renewable", sa.Boolean(), nullable=False),
        sa.Column("wrong_codes", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_because = '')", name=op.f("ck_outside_links_ended_with_reason")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_outside_links_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_outside_links_token_hash")),
    )
    with op.batch_alter_table("outside_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outside_links_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outside_links_opens"), ["opens"], unique=False)

    op.create_table(
        "owed",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("initials", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_owed_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owed")),
    )
    with op.batch_alter_table("owed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_owed_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_owed_until", ["until", "since", "id"], unique=False)

    op.create_table(
        "pseudonyms",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("pseudonym", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> '' AND pseudonym <> ''", name=op.f("ck_pseudonyms_name_and_pseudonym")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_pseudonyms_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pseudonyms")),
        sa.UniqueConstraint("case_id", "name", name="uq_pseudonyms_name"),
        sa.UniqueConstraint("case_id", "pseudonym", name="uq_pseudonyms_pseudonym"),
    )
    with op.batch_alter_table("pseudonyms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pseudonyms_case_id"), ["case_id"], unique=False)

    op.create_table(
        "publication_copies",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("let_stand", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("released_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(released_at IS NULL) = (released_by = '')", name=op.f("ck_publication_copies_released_by_somebody")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_publication_copies_case_id_cases")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_publication_copies_file_id_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_copies")),
    )
    with op.batch_alter_table("publication_copies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publication_copies_case_id"), ["case_id"], unique=False)

    op.create_table(
        "recommendation_drafts",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_recommendation_drafts_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_drafts")),
        sa.UniqueConstraint("case_id", name=op.f("uq_recommendation_drafts_case_id")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_recovery_codes_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_recovery_codes_code_hash")),
    )
    with op.batch_alter_table("recovery_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_codes_person_id"), ["person_id"], unique=False)

    op.create_table(
        "redirections",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("passed_on", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("body <> ''", name=op.f("ck_redirections_has_body")),
        sa.CheckConstraint("why <> ''", name=op.f("ck_redirections_has_reason")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_redirections_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redirections")),
        sa.UniqueConstraint("case_id", name=op.f("uq_redirections_case_id")),
    )
    op.create_table(
        "referrals_given_back",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_how", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_how = '')", name=op.f("ck_referrals_given_back_answered_somehow")
        ),
        sa.CheckConstraint("why <> ''", name=op.f("ck_referrals_given_back_has_reason")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_referrals_given_back_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals_given_back")),
    )
    with op.batch_alter_table("referrals_given_back", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referrals_given_back_case_id"), ["case_id"], unique=False)

    op.create_table(
        "retention_reviews",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "fate",
            sa.Enum("keep", "destroy", name="fate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("keep_until", sa.Date(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(fate = 'keep') = (keep_until IS NOT NULL)", name=op.f("ck_retention_reviews_kept_until_a_day")
        ),
        sa.CheckConstraint("why <> ''", name=op.f("ck_retention_reviews_has_reason")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_retention_reviews_by_id_people")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_retention_reviews_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_reviews")),
    )
    with op.batch_alter_table("retention_reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retention_reviews_case_id"), ["case_id"], unique=False)

    op.create_table(
        "saved_views",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_saved_views_has_name")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_saved_views_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_saved_views_person_id")),
    )
    op.create_table(
        "scoping_rounds",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("return_by", sa.Date(), nullable=False),
        sa.Column("meeting_at", sa.DateTime(), nullable=False),
        sa.Column("meeting_place", sa.String(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("meeting_place <> ''", name=op.f("ck_scoping_rounds_meeting_has_place")),
        sa.CheckConstraint("period_from <= period_to", name=op.f("ck_scoping_rounds_period_in_order")),
        sa.CheckConstraint("return_by < meeting_at", name=op.f("ck_scoping_rounds_returns_before_meeting")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_scoping_rounds_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scoping_rounds")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_scoping_rounds_case_id")),
    )
    with op.batch_alter_table("scoping_rounds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scoping_rounds_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scoping_rounds_return_by"), ["return_by"], unique=False)

    op.create_table(
        "second_factors",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_second_factors_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factors")),
        sa.UniqueConstraint("person_id", name=op.f("uq_second_factors_person_id")),
    )
    op.create_table(
        "sign_ins",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sign_ins_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_ins_token_hash")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ins_person_id"), ["person_id"], unique=False)

    op.create_table(
        "step_answers",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("flowchart", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("answer = 'not_known' OR why <> ''", name=op.f("ck_step_answers_has_reason")),
        sa.CheckConstraint("answer IN ('yes', 'no', 'not_known')", name=op.f("ck_step_answers_three_valued")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_step_answers_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_answers")),
    )
    with op.batch_alter_table("step_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_step_answers_case_id"), ["case_id"], unique=False)

    op.create_table(
        "subjects",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("nhs_number", sa.String(), nullable=False),
        sa.Column("dob", sa.Date(), nullable=True),
        sa.Column("date_of_death", sa.Date(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_subjects_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subjects")),
    )
    with op.batch_alter_table("subjects", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subjects_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_subjects_dob"), ["dob"], unique=False)
        batch_op.create_index(batch_op.f("ix_subjects_name_key"), ["name_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_subjects_nhs_number"), ["nhs_number"], unique=False)

    op.create_table(
        "walls",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_walls_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_walls_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walls")),
        sa.UniqueConstraint("case_id", "person_id", name=op.f("uq_walls_case_id")),
    )
    with op.batch_alter_table("walls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_walls_person_id"), ["person_id"], unique=False)

    op.create_table(
        "action_nudges",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_action_nudges_action_id_actions")),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_action_nudges_letter_id_letters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_nudges")),
        sa.UniqueConstraint("action_id", "rung", name=op.f("uq_action_nudges_action_id")),
    )
    with op.batch_alter_table("action_nudges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_nudges_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_nudges_letter_id"), ["letter_id"], unique=False)

    op.create_table(
        "agreed_destructions",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("why <> ''", name=op.f("ck_agreed_destructions_has_reason")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_agreed_destructions_by_id_people")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["retention_reviews.id"], name=op.f("fk_agreed_destructions_review_id_retention_reviews")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_destructions")),
        sa.UniqueConstraint("review_id", name=op.f("uq_agreed_destructions_review_id")),
    )
    op.create_table(
        "draft_files",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_draft_files_draft_id_drafts")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_draft_files_file_id_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_files")),
    )
    with op.batch_alter_table("draft_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_files_draft_id"), ["draft_id"], unique=False)

    op.create_table(
        "enclosures",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_enclosures_file_id_files")),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_enclosures_letter_id_letters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enclosures")),
    )
    with op.batch_alter_table("enclosures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enclosures_letter_id"), ["letter_id"], unique=False)

    op.create_table(
        "facts",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column(
            "route",
            sa.Enum("child", "adult", "domestic", name="route", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "value IN ('yes', 'no', 'not_known') OR name = 'perpetrator_age'", name=op.f("ck_facts_three_valued")
        ),
        sa.CheckConstraint("value NOT IN ('yes', 'no') OR why <> ''", name=op.f("ck_facts_has_reason")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_facts_case_id_cases")),
        sa.ForeignKeyConstraint(["subject_id"], ["subjects.id"], name=op.f("fk_facts_subject_id_subjects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facts")),
    )
    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.create_index("ix_facts_case_id_subject_id", ["case_id", "subject_id"], unique=False)

    op.create_table(
        "history_links",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_history_links_entry_id_entries")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_links")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_history_links_entry_id")),
    )
    op.create_table(
        "inquiry_steps",
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "acknowledged",
                "searched",
                "basis",
                "exemption",
                "extended",
                "note",
                "answered",
                name="step",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_inquiry_steps_says_something")),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiries.id"], name=op.f("fk_inquiry_steps_inquiry_id_inquiries")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_steps")),
    )
    with op.batch_alter_table("inquiry_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inquiry_steps_inquiry_id"), ["inquiry_id"], unique=False)

    op.create_table(
        "likenesses",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "same", "linked", "different", name="verdict", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=False),
        sa.Column("joined", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by = '')", name=op.f("ck_likenesses_undone_by_somebody")),
        sa.CheckConstraint("why <> ''", name=op.f("ck_likenesses_has_reason")),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_likenesses_in_order")),
        sa.ForeignKeyConstraint(["first_id"], ["subjects.id"], name=op.f("fk_likenesses_first_id_subjects")),
        sa.ForeignKeyConstraint(["second_id"], ["subjects.id"], name=op.f("fk_likenesses_second_id_subjects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_likenesses")),
    )
    with op.batch_alter_table("likenesses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_likenesses_first_id"), ["first_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_likenesses_second_id"), ["second_id"], unique=False)
        batch_op.create_index(
            "uq_likenesses_standing",
            ["first_id", "second_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )

    op.create_table(
        "meetings",
        sa.Column(
            "kind",
            sa.Enum(
                "business", "rapid_review", "panel", name="kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("called_at", sa.DateTime(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("chair_id", sa.Integer(), nullable=True),
        sa.Column("minutes_approved_at", sa.DateTime(), nullable=True),
        sa.Column("minutes_approved_by", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), server_default="", nullable=False),
        sa.Column("sequence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind = 'business' OR case_id IS NOT NULL", name=op.f("ck_meetings_has_case")),
        sa.CheckConstraint("place <> ''", name=op.f("ck_meetings_has_place")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_meetings_case_id_cases")),
        sa.ForeignKeyConstraint(["chair_id"], ["people.id"], name=op.f("fk_meetings_chair_id_people")),
        sa.ForeignKeyConstraint(["round_id"], ["scoping_rounds.id"], name=op.f("fk_meetings_round_id_scoping_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_meetings_kind")),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meetings_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_meetings_kind_starts", ["kind", "starts_at"], unique=False)
        batch_op.create_index("ix_meetings_starts", ["starts_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meetings_uid"), ["uid"], unique=True)

    op.create_table(
        "outside_codes",
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("browser_hash", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["outside_links.id"], name=op.f("fk_outside_codes_link_id_outside_links")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_codes")),
    )
    with op.batch_alter_table("outside_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outside_codes_link_id"), ["link_id"], unique=False)

    op.create_table(
        "reconsiderations",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum("new", "test", "missing", name="ground", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("upheld", "reopened", name="looked", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(outcome IS NULL) = (reason = '')", name=op.f("ck_reconsiderations_answered_with_reason")),
        sa.CheckConstraint("what <> ''", name=op.f("ck_reconsiderations_says_what")),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_at IS NULL)", name=op.f("ck_reconsiderations_answered_at_a_moment")
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_by_id IS NULL)", name=op.f("ck_reconsiderations_answered_by_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["people.id"], name=op.f("fk_reconsiderations_answered_by_id_people")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_reconsiderations_case_id_cases")),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_reconsiderations_letter_id_letters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconsiderations")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_reconsiderations_letter_id")),
    )
    with op.batch_alter_table("reconsiderations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reconsiderations_case_id"), ["case_id"], unique=False)

    op.create_table(
        "referrals",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("form_edition", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("sent_answers", sa.JSON(), nullable=False),
        sa.Column("earlier", sa.JSON(), nullable=False),
        sa.Column("reading", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("corrections", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("referrer_name", sa.String(), nullable=False),
        sa.Column("referrer_email", sa.String(), nullable=False),
        sa.Column("referrer_agency", sa.String(), nullable=False),
        sa.Column("lead_name", sa.String(), nullable=False),
        sa.Column("lead_email", sa.String(), nullable=False),
        sa.Column("sign_off_token_hash", sa.String(), nullable=True),
        sa.Column("sign_off_asked_at", sa.DateTime(), nullable=True),
        sa.Column("sign_offs_asked", sa.Integer(), nullable=False),
        sa.Column("signed_off_at", sa.DateTime(), nullable=True),
        sa.Column("signed_off_by", sa.String(), nullable=False),
        sa.Column(
            "signed_off_how",
            sa.Enum(
                "link",
                "on_form",
                "told_officer",
                name="signoffhow",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("returned_at", sa.DateTime(), nullable=True),
        sa.Column("returned_because", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by = '')", name=op.f("ck_referrals_confirmed_by_somebody")
        ),
        sa.CheckConstraint(
            "(signed_off_at IS NULL) = (signed_off_by = '')", name=op.f("ck_referrals_signed_by_somebody")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_referrals_case_id_cases")),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_referrals_draft_id_drafts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
        sa.UniqueConstraint("case_id", name=op.f("uq_referrals_case_id")),
        sa.UniqueConstraint("sign_off_token_hash", name=op.f("uq_referrals_sign_off_token_hash")),
    )
    op.create_table(
        "scoping_requests",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("links_sent", sa.Integer(), nullable=False),
        sa.Column("known", sa.JSON(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "returned",
                "accepted",
                "sent_back",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("own_return_by", sa.Date(), nullable=True),
        sa.Column("own_return_since", sa.Date(), nullable=True),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("briefed_at", sa.DateTime(), nullable=True),
        sa.Column("briefed_by", sa.String(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_scoping_requests_agency_id_agencies")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["scoping_rounds.id"], name=op.f("fk_scoping_requests_round_id_scoping_rounds")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scoping_requests")),
        sa.UniqueConstraint("round_id", "agency_id", name=op.f("uq_scoping_requests_round_id")),
        sa.UniqueConstraint("stamp", name=op.f("uq_scoping_requests_stamp")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_scoping_requests_token_hash")),
    )
    with op.batch_alter_table("scoping_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scoping_requests_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scoping_requests_own_return_by"), ["own_return_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_scoping_requests_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scoping_requests_state"), ["state"], unique=False)

    op.create_table(
        "attendances",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("in_attendance", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "invited",
                "present",
                "deputy",
                "apologies",
                "absent",
                name="presence",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("deputy_name", sa.String(), nullable=False),
        sa.Column("deputy_why", sa.Text(), server_default="", nullable=False),
        sa.Column("chairing", sa.Boolean(), nullable=False),
        sa.Column("told_sequence", sa.Integer(), nullable=True),
        sa.Column("link_key", sa.String(), nullable=True),
        sa.Column(
            "reply",
            sa.Enum(
                "coming", "deputy", "apologies", name="reply", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("replied_at", sa.DateTime(), nullable=True),
        sa.Column("reply_note", sa.Text(), server_default="", nullable=False),
        sa.Column("deputy_post", sa.String(), server_default="", nullable=False),
        sa.Column("deputy_email", sa.String(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("NOT chairing OR state = 'present'", name=op.f("ck_attendances_chair_is_present")),
        sa.CheckConstraint("state <> 'deputy' OR deputy_name <> ''", name=op.f("ck_attendances_deputy_is_named")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_attendances_agency_id_agencies")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_attendances_meeting_id_meetings")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_attendances_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_attendances_meeting_id")),
    )
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendances_link_key"), ["link_key"], unique=True)
        batch_op.create_index(batch_op.f("ix_attendances_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "declarations",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("of_deputy", sa.Boolean(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("handled", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("NOT conflicted OR what <> ''", name=op.f("ck_declarations_conflict_is_told")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_declarations_meeting_id_meetings")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_declarations_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declarations")),
        sa.UniqueConstraint("meeting_id", "person_id", "of_deputy", name=op.f("uq_declarations_meeting_id")),
    )
    with op.batch_alter_table("declarations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_declarations_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "holding_decisions",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "go_ahead",
                "rearranged",
                "cancelled",
                name="holding",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("was_at", sa.DateTime(), nullable=False),
        sa.Column("was_place", sa.String(), nullable=False),
        sa.Column("became_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'rearranged') = (became_at IS NOT NULL)", name=op.f("ck_holding_decisions_moved_to_a_day")
        ),
        sa.CheckConstraint("why <> ''", name=op.f("ck_holding_decisions_has_reason")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_holding_decisions_meeting_id_meetings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holding_decisions")),
    )
    with op.batch_alter_table("holding_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_holding_decisions_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "meeting_items",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("decide", "discuss", "note", name="purpose", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_items_meeting_id_meetings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_items")),
        sa.UniqueConstraint("meeting_id", "position", name=op.f("uq_meeting_items_meeting_id")),
    )
    with op.batch_alter_table("meeting_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_items_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "minute_agreements",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("agreed_in_id", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreed_in_id"], ["meetings.id"], name=op.f("fk_minute_agreements_agreed_in_id_meetings")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_minute_agreements_meeting_id_meetings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minute_agreements")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_minute_agreements_meeting_id")),
    )
    op.create_table(
        "nudges",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("return_by", sa.Date(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_nudges_letter_id_letters")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["scoping_requests.id"], name=op.f("fk_nudges_request_id_scoping_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nudges")),
        sa.UniqueConstraint("request_id", "rung", "return_by", name=op.f("uq_nudges_request_id")),
    )
    with op.batch_alter_table("nudges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nudges_letter_id"), ["letter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_nudges_request_id"), ["request_id"], unique=False)

    op.create_table(
        "publications",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "paper",
            sa.Enum("agenda", "minutes", name="paper", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_publications_file_id_files")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_publications_meeting_id_meetings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
        sa.UniqueConstraint("meeting_id", "paper", "number", name=op.f("uq_publications_meeting_id")),
    )
    with op.batch_alter_table("publications", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publications_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "recommendations",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "sar_mandatory",
                "sar_discretionary",
                "lcspr",
                "dhr",
                "joint",
                "other_learning",
                "no_further_action",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reviews", sa.JSON(), nullable=False),
        sa.Column("activities", sa.JSON(), nullable=False),
        sa.Column("routes", sa.JSON(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("facts_summary", sa.Text(), nullable=False),
        sa.Column("equality", sa.Text(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("good_practice", sa.Text(), nullable=False),
        sa.Column("learning", sa.Text(), nullable=False),
        sa.Column("other_activity", sa.Text(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("national_review", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("publication", sa.Text(), nullable=False),
        sa.Column("composition", sa.Text(), nullable=False),
        sa.Column("episodes", sa.JSON(), nullable=False),
        sa.Column("immediate", sa.Text(), nullable=False),
        sa.Column("parallel", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("enquiry", sa.Text(), nullable=False),
        sa.Column("legal_advice", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("delay", sa.Text(), nullable=False),
        sa.Column("action_ids", sa.JSON(), nullable=False),
        sa.Column("chaired_by_id", sa.Integer(), nullable=False),
        sa.Column("quorum", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("equality <> ''", name=op.f("ck_recommendations_has_equality")),
        sa.CheckConstraint("facts_summary <> ''", name=op.f("ck_recommendations_has_facts")),
        sa.CheckConstraint("rationale <> ''", name=op.f("ck_recommendations_has_rationale")),
        sa.CheckConstraint("told <> ''", name=op.f("ck_recommendations_has_told")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_recommendations_case_id_cases")),
        sa.ForeignKeyConstraint(["chaired_by_id"], ["people.id"], name=op.f("fk_recommendations_chaired_by_id_people")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_recommendations_meeting_id_meetings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendations")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_recommendations_case_id")),
        sa.UniqueConstraint("id", "chaired_by_id", name=op.f("uq_recommendations_id")),
    )
    with op.batch_alter_table("recommendations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommendations_case_id"), ["case_id"], unique=False)

    op.create_table(
        "scoping_extensions",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("was", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("granted_until", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answered_at IS NULL OR answer <> ''", name=op.f("ck_scoping_extensions_answered_with_reason")
        ),
        sa.CheckConstraint("why <> ''", name=op.f("ck_scoping_extensions_has_reason")),
        sa.CheckConstraint(
            "granted_until IS NULL OR answered_at IS NOT NULL", name=op.f("ck_scoping_extensions_granted_by_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["scoping_requests.id"], name=op.f("fk_scoping_extensions_request_id_scoping_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scoping_extensions")),
    )
    with op.batch_alter_table("scoping_extensions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scoping_extensions_answered_at"), ["answered_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_scoping_extensions_request_id"), ["request_id"], unique=False)

    op.create_table(
        "scoping_letters",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_scoping_letters_letter_id_letters")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["scoping_requests.id"], name=op.f("fk_scoping_letters_request_id_scoping_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scoping_letters")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_scoping_letters_letter_id")),
    )
    with op.batch_alter_table("scoping_letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scoping_letters_request_id"), ["request_id"], unique=False)

    op.create_table(
        "scoping_returns",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("nil", sa.Boolean(), nullable=False),
        sa.Column(
            "how",
            sa.Enum("web", "email", name="how", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("reading", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("lead_email", sa.Text(), server_default="", nullable=False),
        sa.Column("lead_name", sa.Text(), server_default="", nullable=False),
        sa.Column("lead_key", sa.String(), nullable=True),
        sa.Column("lead_asked", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lead_answered_at", sa.DateTime(), nullable=True),
        sa.Column("not_approved_because", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["scoping_requests.id"], name=op.f("fk_scoping_returns_request_id_scoping_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scoping_returns")),
    )
    with op.batch_alter_table("scoping_returns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scoping_returns_lead_key"), ["lead_key"], unique=True)
        batch_op.create_index(batch_op.f("ix_scoping_returns_request_id"), ["request_id"], unique=False)

    op.create_table(
        "substitute_chairs",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answered_at IS NULL OR answered_by <> ''", name=op.f("ck_substitute_chairs_answer_has_author")
        ),
        sa.CheckConstraint("why <> ''", name=op.f("ck_substitute_chairs_has_reason")),
        sa.CheckConstraint(
            "(person_id IS NULL) = (answered_at IS NULL)", name=op.f("ck_substitute_chairs_answered_has_person")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_substitute_chairs_meeting_id_meetings")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_substitute_chairs_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitute_chairs")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_substitute_chairs_meeting_id")),
    )
    op.create_table(
        "chairs_words",
        sa.Column("attendance_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("sent OR why <> ''", name=op.f("ck_chairs_words_not_sent_has_reason")),
        sa.ForeignKeyConstraint(
            ["attendance_id"], ["attendances.id"], name=op.f("fk_chairs_words_attendance_id_attendances")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chairs_words")),
        sa.UniqueConstraint("attendance_id", name=op.f("uq_chairs_words_attendance_id")),
    )
    op.create_table(
        "dissents",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("attendance_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_dissents_has_reason")),
        sa.ForeignKeyConstraint(
            ["attendance_id"], ["attendances.id"], name=op.f("fk_dissents_attendance_id_attendances")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["meeting_items.id"], name=op.f("fk_dissents_item_id_meeting_items")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dissents")),
        sa.UniqueConstraint("item_id", "attendance_id", name=op.f("uq_dissents_item_id")),
    )
    with op.batch_alter_table("dissents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dissents_item_id"), ["item_id"], unique=False)

    op.create_table(
        "meeting_movements",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("attendance_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "came", "left", "withdrew", "chaired", name="step", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_id"], ["attendances.id"], name=op.f("fk_meeting_movements_attendance_id_attendances")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["meeting_items.id"], name=op.f("fk_meeting_movements_item_id_meeting_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_movements")),
        sa.UniqueConstraint("item_id", "attendance_id", name=op.f("uq_meeting_movements_item_id")),
    )
    with op.batch_alter_table("meeting_movements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_movements_item_id"), ["item_id"], unique=False)

    op.create_table(
        "meeting_papers",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("pdf_id", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("leave_at", sa.DateTime(), nullable=True),
        sa.Column("leave_by", sa.String(), nullable=False),
        sa.Column("leave_why", sa.Text(), nullable=False),
        sa.Column("only_for", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "leave_at IS NULL OR (leave_by <> '' AND leave_why <> '')", name=op.f("ck_meeting_papers_leave_has_reason")
        ),
        sa.CheckConstraint(
            "(item_id IS NULL) = (accepted_at IS NULL)", name=op.f("ck_meeting_papers_accepted_has_item")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_meeting_papers_case_id_cases")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_meeting_papers_file_id_files")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["meeting_items.id"], name=op.f("fk_meeting_papers_item_id_meeting_items")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_papers_meeting_id_meetings")),
        sa.ForeignKeyConstraint(["pdf_id"], ["files.id"], name=op.f("fk_meeting_papers_pdf_id_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_papers")),
    )
    with op.batch_alter_table("meeting_papers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_papers_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_papers_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_papers_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "minute_corrections",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(), nullable=False),
        sa.Column("corrected_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("why <> ''", name=op.f("ck_minute_corrections_has_reason")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["meeting_items.id"], name=op.f("fk_minute_corrections_item_id_meeting_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minute_corrections")),
    )
    with op.batch_alter_table("minute_corrections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minute_corrections_item_id"), ["item_id"], unique=False)

    op.create_table(
        "minuted_actions",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_minuted_actions_action_id_actions")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["meeting_items.id"], name=op.f("fk_minuted_actions_item_id_meeting_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minuted_actions")),
        sa.UniqueConstraint("action_id", name=op.f("uq_minuted_actions_action_id")),
    )
    with op.batch_alter_table("minuted_actions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minuted_actions_item_id"), ["item_id"], unique=False)

    op.create_table(
        "notices",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column(
            "body",
            sa.Enum(
                "panel",
                "home_office",
                "family",
                "hscp",
                "hsab",
                "csp",
                name="body",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column(
            "reply",
            sa.Enum(
                "agrees",
                "disagrees",
                "national",
                "more",
                name="reply",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("lapsed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(told_on IS NULL) = (told_by = '')", name=op.f("ck_notices_told_by_somebody")),
        sa.CheckConstraint("(reply IS NULL) = (replied_on IS NULL)", name=op.f("ck_notices_replied_on_a_day")),
        sa.CheckConstraint("replied_on IS NULL OR replied_on >= told_on", name=op.f("ck_notices_replied_once_told")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_notices_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendations.id"], name=op.f("fk_notices_recommendation_id_recommendations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("recommendation_id", "body", name=op.f("uq_notices_recommendation_id")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notices_case_id"), ["case_id"], unique=False)

    op.create_table(
        "ratifications",
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("chaired_by_id", sa.Integer(), nullable=False),
        sa.Column(
            "office",
            sa.Enum(
                "partner_council",
                "partner_icb",
                "partner_police",
                "hsab_chair",
                "csp_chair",
                name="office",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "accept", "send_back", "refuse", name="answered", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_ratifications_has_reason")),
        sa.CheckConstraint("person_id <> chaired_by_id", name=op.f("ck_ratifications_not_by_the_chair")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_ratifications_person_id_people")),
        sa.ForeignKeyConstraint(
            ["recommendation_id", "chaired_by_id"],
            ["recommendations.id", "recommendations.chaired_by_id"],
            name="fk_ratifications_chaired_by_recommendations",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratifications")),
        sa.UniqueConstraint("recommendation_id", "office", name=op.f("uq_ratifications_recommendation_id")),
    )
    with op.batch_alter_table("ratifications", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ratifications_recommendation_id"), ["recommendation_id"], unique=False)

    op.create_table(
        "withdrawn_answers",
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column(
            "office",
            sa.Enum(
                "partner_council",
                "partner_icb",
                "partner_police",
                "hsab_chair",
                "csp_chair",
                name="office",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_withdrawn_answers_person_id_people")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendations.id"],
            name=op.f("fk_withdrawn_answers_recommendation_id_recommendations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawn_answers")),
    )
    with op.batch_alter_table("withdrawn_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_withdrawn_answers_recommendation_id"), ["recommendation_id"], unique=False)

    op.create_table(
        "submissions",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("reading", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "accepted",
                "sent_back",
                "not_ours",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'waiting') = (settled_at IS NULL)", name=op.f("ck_submissions_settled_has_moment")
        ),
        sa.CheckConstraint(
            "state NOT IN ('not_ours', 'sent_back') OR why <> ''", name=op.f("ck_submissions_put_aside_with_reason")
        ),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_submissions_action_id_actions")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_submissions_case_id_cases")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_submissions_meeting_id_meetings")),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["meeting_papers.id"], name=op.f("fk_submissions_paper_id_meeting_papers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
    )
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submissions_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submissions_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submissions_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submissions_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submissions_state"), ["state"], unique=False)

    op.create_table(
        "messages",
        sa.Column("mailbox", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("uidvalidity", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("sender_name", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(), nullable=False),
        sa.Column("met_at", sa.DateTime(), nullable=False),
        sa.Column("in_hand_of", sa.String(), server_default="", nullable=False),
        sa.Column("deaths", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "referral",
                "scoping_return",
                "submission",
                "reply",
                "bounce",
                "auto_reply",
                "repeated",
                "encrypted",
                "not_ours",
                "to_sort",
                "failed",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("because", sa.JSON(), nullable=False),
        sa.Column("readings", sa.JSON(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("form_print", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("same_as_id", sa.Integer(), nullable=True),
        sa.Column("part_of_id", sa.Integer(), nullable=True),
        sa.Column("part_files", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(), nullable=True),
        sa.Column("resolved_by", sa.String(), nullable=False),
        sa.Column(
            "resolved_how",
            sa.Enum(
                "referral",
                "case",
                "request",
                "submission",
                "not_ours",
                "split",
                "merged",
                "read_again",
                name="resolution",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("resolved_why", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(resolved_at IS NULL) = (resolved_by = '')", name=op.f("ck_messages_resolved_by_somebody")),
        sa.CheckConstraint("NOT waiting OR outcome IS NOT NULL", name=op.f("ck_messages_waits_with_outcome")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_messages_case_id_cases")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_messages_file_id_files")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["messages.id"], name=op.f("fk_messages_merged_into_id_messages")),
        sa.ForeignKeyConstraint(["part_of_id"], ["messages.id"], name=op.f("fk_messages_part_of_id_messages")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["scoping_requests.id"], name=op.f("fk_messages_request_id_scoping_requests")
        ),
        sa.ForeignKeyConstraint(["same_as_id"], ["messages.id"], name=op.f("fk_messages_same_as_id_messages")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_messages_submission_id_submissions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("mailbox", "handle", name=op.f("uq_messages_mailbox")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_messages_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_form_print"), ["form_print"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_outcome"), ["outcome"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_part_of_id"), ["part_of_id"], unique=False)
        batch_op.create_index("ix_messages_pile", ["waiting", "arrived_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_same_as_id"), ["same_as_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_submission_id"), ["submission_id"], unique=False)

    op.create_table(
        "opened_files",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_opened_files_file_id_files")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_opened_files_message_id_messages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opened_files")),
    )
    with op.batch_alter_table("opened_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opened_files_message_id"), ["message_id"], unique=False)
