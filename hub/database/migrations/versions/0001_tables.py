"""The tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "Body",
                "Organization",
                "Mandate",
                "Consultation",
                name="entrykind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("folio", sa.Text(), nullable=True),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column(
            "visibility",
            sa.Enum("public", "body", name="entryvisibility", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("title", postgresql.JSONB(), nullable=False),
        sa.Column("search", postgresql.TSVECTOR(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_via",
            sa.Enum(
                "api",
                "import",
                "command_line",
                "demonstration",
                name="createdvia",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("imported_from", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("entry_pkey")),
        sa.UniqueConstraint("folio", name=op.f("entry_folio_key")),
        sa.UniqueConstraint("imported_from", name=op.f("entry_imported_from_key")),
    )
    op.create_index(op.f("entry_body_id_index"), "entry", ["body_id"], unique=False)
    op.create_index(
        "entry_public_index",
        "entry",
        ["id"],
        unique=False,
        postgresql_where=sa.text("visibility = 'public' AND hidden_at IS NULL"),
    )
    op.create_index("entry_search_index", "entry", ["search"], unique=False, postgresql_using="gin")
    op.create_table(
        "idempotent_request",
        sa.Column("principal", sa.LargeBinary(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("principal", "operation", "key", name=op.f("idempotent_request_pkey")),
    )
    op.create_table(
        "lawful_move",
        sa.Column("machine", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("machine", "source", "event", "target", name=op.f("lawful_move_pkey")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("public_profile", sa.Boolean(), nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("person_pkey")),
    )
    op.create_table(
        "territory",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "country",
                "state",
                "municipality",
                name="territorykind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded_name", sa.Text(collation="C"), nullable=False),
        sa.Column("abbreviation", sa.Text(), nullable=True),
        sa.Column("former_names", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("population", sa.BigInteger(), nullable=True),
        sa.Column("catalogue", sa.Text(), nullable=False),
        sa.CheckConstraint("population >= 0", name=op.f("territory_population_check")),
        sa.ForeignKeyConstraint(["parent_id"], ["territory.id"], name=op.f("territory_parent_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("territory_pkey")),
        sa.UniqueConstraint("code", name=op.f("territory_code_key")),
    )
    op.create_index(op.f("territory_folded_name_id_index"), "territory", ["folded_name", "id"], unique=False)
    op.create_index(
        op.f("territory_parent_id_folded_name_id_index"), "territory", ["parent_id", "folded_name", "id"], unique=False
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "active",
                "suspended",
                "closed",
                name="accountstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("account_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("account_pkey")),
        sa.UniqueConstraint("person_id", name=op.f("account_person_id_key")),
    )
    op.create_table(
        "body",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "commission",
                "joint_commissions",
                "working_group",
                "forum",
                "council",
                "committee",
                "secretariat",
                name="bodykind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "constituted",
                "suspended",
                "dissolved",
                name="bodystate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("predecessor_id", sa.Uuid(), nullable=True),
        sa.Column("remit", postgresql.JSONB(), nullable=True),
        sa.Column("legal_basis", postgresql.JSONB(), nullable=True),
        sa.Column("folded_name", sa.Text(collation="C"), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["entry.id"], name=op.f("body_id_fkey")),
        sa.ForeignKeyConstraint(["parent_id"], ["body.id"], name=op.f("body_parent_id_fkey")),
        sa.ForeignKeyConstraint(["predecessor_id"], ["body.id"], name=op.f("body_predecessor_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("body_pkey")),
    )
    op.create_index(op.f("body_folded_name_id_index"), "body", ["folded_name", "id"], unique=False)
    op.create_index(op.f("body_parent_id_index"), "body", ["parent_id"], unique=False)
    op.create_table(
        "dated_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("name", postgresql.JSONB(), nullable=False),
        sa.Column("acronym", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("dated_name_interval_check")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("dated_name_entry_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("dated_name_pkey")),
    )
    op.create_index(op.f("dated_name_entry_id_valid_from_index"), "dated_name", ["entry_id", "valid_from"], unique=True)
    op.create_table(
        "event",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("actor_account_id", sa.Uuid(), nullable=True),
        sa.Column("actor_client_id", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("machine", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("move", sa.Text(), nullable=True),
        sa.Column("target", sa.Text(), nullable=True),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column(
            "transaction",
            sa.BigInteger(),
            server_default=sa.text("(pg_current_xact_id()::text::bigint)"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["machine", "source", "move", "target"],
            ["lawful_move.machine", "lawful_move.source", "lawful_move.event", "lawful_move.target"],
            name=op.f("event_machine_source_move_target_fkey"),
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("event_pkey")),
    )
    op.create_index(op.f("event_entity_id_position_index"), "event", ["entity_id", "position"], unique=False)
    op.create_index("event_public_index", "event", ["position"], unique=False, postgresql_where=sa.text("public"))
    op.create_table(
        "organization",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "authority",
                "guarantor",
                "obligated_subject",
                "civil_society",
                "academia",
                "private",
                "international",
                "media",
                name="organizationkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "federal",
                "state",
                "municipal",
                "international",
                name="governmentlevel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "branch",
            sa.Enum(
                "executive",
                "legislative",
                "judicial",
                "autonomous",
                name="branch",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "verified",
                "inactive",
                name="organizationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("territory_id", sa.Uuid(), nullable=True),
        sa.Column("predecessor_id", sa.Uuid(), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("folded_name", sa.Text(collation="C"), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["entry.id"], name=op.f("organization_id_fkey")),
        sa.ForeignKeyConstraint(["predecessor_id"], ["organization.id"], name=op.f("organization_predecessor_id_fkey")),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("organization_territory_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("organization_pkey")),
    )
    op.create_index(op.f("organization_folded_name_id_index"), "organization", ["folded_name", "id"], unique=False)
    op.create_index(op.f("organization_territory_id_index"), "organization", ["territory_id"], unique=False)
    op.create_table(
        "client",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("client_organization_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("client_pkey")),
    )
    op.create_table(
        "folio_counter",
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("folio_counter_body_id_fkey")),
        sa.PrimaryKeyConstraint("body_id", "kind", "year", name=op.f("folio_counter_pkey")),
    )
    op.create_table(
        "mandate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("consultation", name="mandatekind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "origin",
            sa.Enum(
                "own_initiative", "import", name="mandateorigin", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "ordered",
                "accepted",
                "in_progress",
                "delivered",
                "discharged",
                "cancelled",
                name="mandatestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("title", postgresql.JSONB(), nullable=False),
        sa.Column("reason", postgresql.JSONB(), nullable=False),
        sa.Column("question", postgresql.JSONB(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(body_id IS NULL) <> (organization_id IS NULL)", name=op.f("mandate_ordered_by_check")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("mandate_body_id_fkey")),
        sa.ForeignKeyConstraint(["id"], ["entry.id"], name=op.f("mandate_id_fkey")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("mandate_organization_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("mandate_pkey")),
    )
    op.create_index(op.f("mandate_body_id_index"), "mandate", ["body_id"], unique=False)
    op.create_index(op.f("mandate_created_at_id_index"), "mandate", ["created_at", "id"], unique=False)
    op.create_index(op.f("mandate_organization_id_index"), "mandate", ["organization_id"], unique=False)
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "coordinator",
                "secretary",
                "analyst",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("role_grant_account_id_fkey")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("role_grant_body_id_fkey")),
        sa.ForeignKeyConstraint(["granted_by"], ["account.id"], name=op.f("role_grant_granted_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("role_grant_pkey")),
    )
    op.create_index(op.f("role_grant_account_id_index"), "role_grant", ["account_id"], unique=False)
    op.create_table(
        "consultation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mandate_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("questionnaire", name="consultationkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "checked",
                "scheduled",
                "open",
                "closed",
                name="consultationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", postgresql.JSONB(), nullable=False),
        sa.Column("purpose", postgresql.JSONB(), nullable=False),
        sa.Column("scope", postgresql.JSONB(), nullable=True),
        sa.Column("privacy_notice", postgresql.JSONB(), nullable=True),
        sa.Column("attribution", postgresql.JSONB(), nullable=True),
        sa.Column("source_language", sa.Text(), nullable=False),
        sa.Column(
            "identity_policy",
            sa.Enum("account", "imported", name="identitypolicy", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "results_policy",
            sa.Enum(
                "live", "after_closing", name="resultspolicy", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opens_local", sa.DateTime(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_local", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(body_id IS NULL) <> (organization_id IS NULL)", name=op.f("consultation_publisher_check")),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("consultation_interval_check")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("consultation_body_id_fkey")),
        sa.ForeignKeyConstraint(["id"], ["entry.id"], name=op.f("consultation_id_fkey")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("consultation_mandate_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("consultation_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("consultation_pkey")),
    )
    op.create_index(op.f("consultation_body_id_index"), "consultation", ["body_id"], unique=False)
    op.create_index(op.f("consultation_closes_at_id_index"), "consultation", ["closes_at", "id"], unique=False)
    op.create_index(op.f("consultation_created_at_id_index"), "consultation", ["created_at", "id"], unique=False)
    op.create_index(op.f("consultation_mandate_id_index"), "consultation", ["mandate_id"], unique=False)
    op.create_index(op.f("consultation_opens_at_id_index"), "consultation", ["opens_at", "id"], unique=False)
    op.create_index(op.f("consultation_organization_id_index"), "consultation", ["organization_id"], unique=False)
    op.create_table(
        "token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(account_id IS NULL) <> (client_id IS NULL)", name=op.f("token_bearer_check")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("token_account_id_fkey")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("token_client_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("token_pkey")),
        sa.UniqueConstraint("digest", name=op.f("token_digest_key")),
    )
    op.create_table(
        "consultation_key",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("consultation_key_consultation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("consultation_key_pkey")),
    )
    op.create_table(
        "consultation_territory",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("consultation_territory_consultation_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territory.id"], name=op.f("consultation_territory_territory_id_fkey")
        ),
        sa.PrimaryKeyConstraint("consultation_id", "territory_id", name=op.f("consultation_territory_pkey")),
    )
    op.create_index(
        op.f("consultation_territory_territory_id_index"), "consultation_territory", ["territory_id"], unique=False
    )
    op.create_table(
        "participation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("pseudonym", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("participation_consultation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("participation_pkey")),
        sa.UniqueConstraint("consultation_id", "pseudonym", name=op.f("participation_consultation_id_pseudonym_key")),
    )
    op.create_index(op.f("participation_pseudonym_index"), "participation", ["pseudonym"], unique=False)
    op.create_table(
        "questionnaire_revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column(
            "revision_class",
            sa.Enum("initial", name="revisionclass", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "superseded",
                name="revisionstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("content_hash", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("questionnaire_revision_consultation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("questionnaire_revision_pkey")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("questionnaire_revision_consultation_id_number_key")
        ),
    )
    op.create_table(
        "response",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("participation_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "accepted",
                "replaced",
                "withdrawn",
                name="responsestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "respondent_kind",
            sa.Enum(
                "individual", "anonymous", name="respondentkind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "api", "import", "demonstration", name="channel", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "consent",
            sa.Enum(
                "without_name",
                "not_published",
                name="consentlevel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("imported_from", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("response_consultation_id_fkey")),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("response_participation_id_fkey")
        ),
        sa.ForeignKeyConstraint(["replaces_id"], ["response.id"], name=op.f("response_replaces_id_fkey")),
        sa.ForeignKeyConstraint(["revision_id"], ["questionnaire_revision.id"], name=op.f("response_revision_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("response_pkey")),
        sa.UniqueConstraint("imported_from", name=op.f("response_imported_from_key")),
        sa.UniqueConstraint("replaces_id", name=op.f("response_replaces_id_key")),
    )
    op.create_index(
        op.f("response_consultation_id_received_at_id_index"),
        "response",
        ["consultation_id", "received_at", "id"],
        unique=False,
    )
    op.create_index(
        "response_counted_index",
        "response",
        ["consultation_id"],
        unique=False,
        postgresql_where=sa.text("state = 'accepted'"),
    )
    op.create_index(
        "response_one_each",
        "response",
        ["participation_id"],
        unique=True,
        postgresql_where=sa.text("state = 'accepted'"),
    )
    op.create_index("response_participation_index", "response", ["participation_id"], unique=False)
    op.create_index(op.f("response_received_at_id_index"), "response", ["received_at", "id"], unique=False)
    op.create_table(
        "section",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("title", postgresql.JSONB(), nullable=False),
        sa.Column("introduction", postgresql.JSONB(), nullable=True),
        sa.ForeignKeyConstraint(["revision_id"], ["questionnaire_revision.id"], name=op.f("section_revision_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("section_pkey")),
        sa.UniqueConstraint("revision_id", "id", name=op.f("section_revision_id_id_key")),
        sa.UniqueConstraint("revision_id", "position", name=op.f("section_revision_id_position_key")),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("lineage_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "single_choice",
                "multiple_choice",
                "text",
                name="questionkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", postgresql.JSONB(), nullable=False),
        sa.Column("hint", postgresql.JSONB(), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("max_length", sa.BigInteger(), nullable=True),
        sa.Column("min_choices", sa.BigInteger(), nullable=True),
        sa.Column("max_choices", sa.BigInteger(), nullable=True),
        sa.Column(
            "source_moderation",
            sa.Enum(
                "accepted",
                "unreviewed",
                "rejected",
                name="sourcemoderation",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("code ~ '^[a-z0-9][a-z0-9_-]{0,63}$'", name=op.f("question_code_check")),
        sa.CheckConstraint("max_length BETWEEN 1 AND 20000", name=op.f("question_max_length_check")),
        sa.CheckConstraint("min_choices >= 0 AND max_choices >= min_choices", name=op.f("question_choices_check")),
        sa.ForeignKeyConstraint(
            ["revision_id", "section_id"],
            ["section.revision_id", "section.id"],
            name=op.f("question_revision_id_section_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["revision_id"], ["questionnaire_revision.id"], name=op.f("question_revision_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("question_pkey")),
        sa.UniqueConstraint("revision_id", "code", name=op.f("question_revision_id_code_key")),
        sa.UniqueConstraint("revision_id", "lineage_id", name=op.f("question_revision_id_lineage_id_key")),
        sa.UniqueConstraint("revision_id", "position", name=op.f("question_revision_id_position_key")),
    )
    op.create_index(op.f("question_lineage_id_index"), "question", ["lineage_id"], unique=False)
    op.create_index(op.f("question_section_id_position_index"), "question", ["section_id", "position"], unique=False)
    op.create_table(
        "receipt",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("receipt_response_id_fkey")),
        sa.PrimaryKeyConstraint("code", name=op.f("receipt_pkey")),
        sa.UniqueConstraint("response_id", name=op.f("receipt_response_id_key")),
    )
    op.create_table(
        "answer",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("lineage_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("answer_question_id_fkey")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("answer_response_id_fkey")),
        sa.PrimaryKeyConstraint("response_id", "question_id", name=op.f("answer_pkey")),
    )
    op.create_index("answer_counted_index", "answer", ["lineage_id"], unique=False, postgresql_where=sa.text("counted"))
    op.create_table(
        "option",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("label", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("code ~ '^[a-z0-9][a-z0-9_-]{0,63}$'", name=op.f("option_code_check")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("option_question_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("option_pkey")),
        sa.UniqueConstraint("question_id", "code", name=op.f("option_question_id_code_key")),
        sa.UniqueConstraint("question_id", "position", name=op.f("option_question_id_position_key")),
    )
    op.create_table(
        "answer_choice",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("option_code", sa.String(length=64), nullable=False),
        sa.Column("lineage_id", sa.Uuid(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id", "option_code"],
            ["option.question_id", "option.code"],
            name=op.f("answer_choice_question_id_option_code_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["response_id", "question_id"],
            ["answer.response_id", "answer.question_id"],
            name=op.f("answer_choice_response_id_question_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("response_id", "question_id", "option_code", name=op.f("answer_choice_pkey")),
    )
    op.create_index(
        "answer_choice_counted_index",
        "answer_choice",
        ["lineage_id", "option_code"],
        unique=False,
        postgresql_where=sa.text("counted"),
    )

    op.create_foreign_key(op.f("entry_body_id_fkey"), "entry", "body", ["body_id"], ["id"])


def downgrade() -> None:
    raise NotImplementedError("There is nothing before the first tables.")
