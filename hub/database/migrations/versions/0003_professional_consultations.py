"""Consultations as a professional runs them: every kind of question, acts about time, drafts, consent, results.

What was published before keeps its hash, which is that of the questionnaire's first form.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

CHOICES = {
    ("consultation", "state", "consultationstate"): (
        "draft",
        "checked",
        "scheduled",
        "open",
        "suspended",
        "closed",
        "withdrawn",
    ),
    ("consultation", "identity_policy", "identitypolicy"): ("open", "account", "verified", "invited", "imported"),
    ("questionnaire_revision", "revision_class", "revisionclass"): ("initial", "clarification", "substantive"),
    ("question", "kind", "questionkind"): (
        "short_text",
        "long_text",
        "single_choice",
        "multiple_choice",
        "ranking",
        "scale",
        "matrix",
        "number",
        "date",
        "place",
        "notice",
        "consent",
    ),
    ("response", "state", "responsestate"): ("accepted", "held", "refused", "replaced", "withdrawn"),
    ("response", "respondent_kind", "respondentkind"): ("individual", "organization", "public_body", "anonymous"),
    ("response", "channel", "channel"): (
        "web",
        "api",
        "email",
        "paper",
        "hearing",
        "assisted",
        "import",
        "demonstration",
    ),
    ("response", "consent", "consentlevel"): ("with_name", "organization_name", "without_name", "not_published"),
}
"""The choices that grew: what the columns may hold now."""

CHECKS = {
    ("consultation", "afterwards"): "counted_until >= closes_at AND late_until >= counted_until",
    ("consultation", "responses_each"): "responses_each BETWEEN 1 AND 20",
    ("consultation", "network_limit"): "network_limit >= 1",
    ("consultation", "smallest_cell"): "smallest_cell BETWEEN 3 AND 1000",
    ("questionnaire_revision", "note"): "revision_class = 'initial' OR note IS NOT NULL",
    ("question", "limits"): "maximum >= minimum",
    ("question", "days"): "latest >= earliest",
    ("question", "decimals"): "decimals BETWEEN 0 AND 6",
    ("response", "name"): "respondent_name IS NULL OR consent = 'with_name'",
}

# A text was one kind of question; what was published as such is a long one. The guard of published questionnaires
# is for what people do.
BEFORE = """
UPDATE consultation SET counted_until = closes_at + interval '60 seconds', late_until = closes_at + interval '7 days';

ALTER TABLE consultation ALTER counted_until SET NOT NULL, ALTER late_until SET NOT NULL;

INSERT INTO timetable_notice (id, consultation_id, number, kind, opens_at, opens_local, closes_at, closes_local, zone,
                              published_at)
SELECT gen_random_uuid(), c.id, 1, 'opening', c.opens_at, c.opens_local, c.closes_at, c.closes_local, c.zone,
       e.published_at
FROM consultation AS c JOIN entry AS e USING (id) WHERE e.published_at IS NOT NULL;

ALTER TABLE question DISABLE TRIGGER question_immutable;

UPDATE question SET kind = 'long_text' WHERE kind = 'text';

ALTER TABLE question ENABLE TRIGGER question_immutable;
"""

GUARDS = """
CREATE OR REPLACE FUNCTION refuse_published_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR NEW.state = 'draft'
        OR (NEW.id, NEW.consultation_id, NEW.number, NEW.revision_class, NEW.note, NEW.content_hash, NEW.published_at)
           IS DISTINCT FROM
           (OLD.id, OLD.consultation_id, OLD.number, OLD.revision_class, OLD.note, OLD.content_hash, OLD.published_at))
    THEN
        PERFORM refuse_published(OLD.id);
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER matrix_row_immutable BEFORE INSERT OR UPDATE OR DELETE ON matrix_row
    FOR EACH ROW EXECUTE FUNCTION refuse_option_in_published();

CREATE TRIGGER timetable_notice_append_only BEFORE UPDATE OR DELETE ON timetable_notice
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE CONSTRAINT TRIGGER representation_born_lawfully AFTER INSERT ON representation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_lawful_move('representation');

CREATE CONSTRAINT TRIGGER representation_moved_lawfully AFTER UPDATE OF state ON representation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION require_lawful_move('representation');

CREATE TRIGGER publication_consent_append_only BEFORE UPDATE OR DELETE ON publication_consent
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


def upgrade() -> None:
    create_tables()
    add_columns()
    for (table, column, name), values in CHOICES.items():
        constraint = f"{table}_{name}_check"
        if (table, column) == ("question", "kind"):
            continue
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} CHECK ({column} IN {values})")
    op.execute("ALTER TABLE question DROP CONSTRAINT question_questionkind_check")
    run(BEFORE)
    kinds = CHOICES["question", "kind", "questionkind"]
    op.execute(f"ALTER TABLE question ADD CONSTRAINT question_questionkind_check CHECK (kind IN {kinds})")
    for (table, name), condition in CHECKS.items():
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {table}_{name}_check CHECK ({condition})")
    op.execute("DROP INDEX response_one_each")
    op.create_index(
        "response_one_each",
        "response",
        ["participation_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('accepted', 'held')"),
    )
    op.create_index(
        "response_held_index",
        "response",
        ["consultation_id", "received_at", "id"],
        postgresql_where=sa.text("state = 'held'"),
    )
    op.execute("ALTER TABLE answer_choice DROP CONSTRAINT answer_choice_pkey")
    op.create_primary_key(
        "answer_choice_pkey", "answer_choice", ["response_id", "question_id", "row_code", "option_code"]
    )
    run(GUARDS)


def run(script: str) -> None:
    """Run statements that are separated by an empty line: the driver takes one at a time."""
    for statement in script.strip().split("\n\n"):
        op.execute(statement)


def create_tables() -> None:
    op.create_table(
        "verification_claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "in_person",
                "identity_provider",
                name="verificationmethod",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at > granted_at", name=op.f("verification_claim_interval_check")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("verification_claim_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("verification_claim_pkey")),
    )
    op.create_index(op.f("verification_claim_person_id_index"), "verification_claim", ["person_id"], unique=False)
    op.create_index(op.f("verification_claim_token_index"), "verification_claim", ["token"], unique=False)
    op.create_table(
        "representation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("powers", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "valid",
                "ended",
                name="representationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("representation_interval_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("representation_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("representation_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("representation_pkey")),
    )
    op.create_index(
        "representation_one_each",
        "representation",
        ["person_id", "organization_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('pending', 'valid')"),
    )
    op.create_index(op.f("representation_organization_id_index"), "representation", ["organization_id"], unique=False)
    op.create_index(op.f("representation_person_id_index"), "representation", ["person_id"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("invitation_consultation_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("invitation_pkey")),
        sa.UniqueConstraint("digest", name=op.f("invitation_digest_key")),
    )
    op.create_index(op.f("invitation_consultation_id_index"), "invitation", ["consultation_id"], unique=False)
    op.create_table(
        "network_count",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("drafts", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("network_count_consultation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("consultation_id", "day", "digest", name=op.f("network_count_pkey")),
    )
    op.create_table(
        "result_release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("smallest_cell", sa.BigInteger(), nullable=False),
        sa.Column("response_count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("result_release_consultation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("result_release_pkey")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("result_release_consultation_id_number_key")),
    )
    op.create_table(
        "timetable_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "opening",
                "extension",
                "suspension",
                "resumption",
                "withdrawal",
                name="noticekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opens_local", sa.DateTime(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_local", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("reason", postgresql.JSONB(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind = 'opening' OR reason IS NOT NULL", name=op.f("timetable_notice_reason_check")),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("timetable_notice_interval_check")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("timetable_notice_consultation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("timetable_notice_pkey")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("timetable_notice_consultation_id_number_key")),
    )
    op.create_table(
        "response_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("pseudonym", sa.LargeBinary(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("secret_digest", sa.LargeBinary(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "active",
                "expired",
                "discarded",
                name="draftstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("edition", sa.BigInteger(), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=True),
        sa.Column("last_section", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("response_draft_consultation_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["questionnaire_revision.id"], name=op.f("response_draft_revision_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("response_draft_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("response_draft_pkey")),
        sa.UniqueConstraint("code", name=op.f("response_draft_code_key")),
    )
    op.create_index(op.f("response_draft_consultation_id_index"), "response_draft", ["consultation_id"], unique=False)
    op.create_index(
        "response_draft_expiry_index",
        "response_draft",
        ["expires_at"],
        unique=False,
        postgresql_where=sa.text("state = 'active'"),
    )
    op.create_index("response_draft_one_each", "response_draft", ["consultation_id", "pseudonym"], unique=True)
    op.create_table(
        "result_table",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("lineage_id", sa.Uuid(), nullable=True),
        sa.Column(
            "dimension",
            sa.Enum(
                "total",
                "respondent_kind",
                "state",
                "language",
                name="dimension",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("truth", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("result_table_consultation_id_fkey")
        ),
        sa.ForeignKeyConstraint(["release_id"], ["result_release.id"], name=op.f("result_table_release_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("result_table_pkey")),
    )
    op.create_index(
        "result_table_place",
        "result_table",
        ["consultation_id", "lineage_id", "dimension"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "result_cell",
        sa.Column("table_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("row_code", sa.String(length=64), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=True),
        sa.Column("median", sa.Numeric(), nullable=True),
        sa.Column("lower_quartile", sa.Numeric(), nullable=True),
        sa.Column("upper_quartile", sa.Numeric(), nullable=True),
        sa.Column("points", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["table_id"], ["result_table.id"], name=op.f("result_cell_table_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("table_id", "category", "row_code", "item", name=op.f("result_cell_pkey")),
    )
    op.create_table(
        "text_fingerprint",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("bits", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("text_fingerprint_response_id_fkey")),
        sa.PrimaryKeyConstraint("response_id", "band", name=op.f("text_fingerprint_pkey")),
    )
    op.create_index(
        op.f("text_fingerprint_consultation_id_band_bits_index"),
        "text_fingerprint",
        ["consultation_id", "band", "bits"],
        unique=False,
    )
    op.create_table(
        "matrix_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("label", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("code ~ '^[a-z0-9][a-z0-9_-]{0,63}$'", name=op.f("matrix_row_code_check")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("matrix_row_question_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("matrix_row_pkey")),
        sa.UniqueConstraint("question_id", "code", name=op.f("matrix_row_question_id_code_key")),
        sa.UniqueConstraint("question_id", "position", name=op.f("matrix_row_question_id_position_key")),
    )
    op.create_table(
        "publication_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=True),
        sa.Column(
            "level",
            sa.Enum(
                "with_name",
                "organization_name",
                "without_name",
                "not_published",
                name="consentlevel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("notice_hash", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("publication_consent_question_id_fkey")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("publication_consent_response_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("publication_consent_pkey")),
    )
    op.create_index(op.f("publication_consent_response_id_index"), "publication_consent", ["response_id"], unique=False)


def add_columns() -> None:
    op.add_column("answer", sa.Column("number", sa.Numeric(precision=15, scale=6), nullable=True))
    op.add_column("answer", sa.Column("day", sa.Date(), nullable=True))
    op.add_column("answer", sa.Column("territory_id", sa.Uuid(), nullable=True))
    op.add_column("answer", sa.Column("agreed", sa.Boolean(), nullable=True))
    op.add_column(
        "answer",
        sa.Column(
            "consent",
            sa.Enum(
                "with_name",
                "organization_name",
                "without_name",
                "not_published",
                name="answerconsent",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
    )
    op.add_column("answer", sa.Column("published", sa.Boolean(), server_default="true", nullable=False))
    op.create_foreign_key(op.f("answer_territory_id_fkey"), "answer", "territory", ["territory_id"], ["id"])
    op.add_column("answer_choice", sa.Column("row_code", sa.String(length=64), server_default="", nullable=False))
    op.add_column("answer_choice", sa.Column("place", sa.BigInteger(), nullable=True))
    op.add_column("consultation", sa.Column("notice_hash", sa.Text(), nullable=True))
    op.add_column(
        "consultation",
        sa.Column(
            "anonymity",
            sa.Enum(
                "pseudonymous", "anonymous", name="anonymity", native_enum=False, create_constraint=True, length=32
            ),
            server_default="pseudonymous",
            nullable=False,
        ),
    )
    op.add_column("consultation", sa.Column("responses_each", sa.BigInteger(), server_default="1", nullable=False))
    op.add_column("consultation", sa.Column("network_limit", sa.BigInteger(), nullable=True))
    op.add_column("consultation", sa.Column("smallest_cell", sa.BigInteger(), server_default="10", nullable=False))
    op.add_column("consultation", sa.Column("grace_seconds", sa.BigInteger(), server_default="60", nullable=False))
    op.add_column("consultation", sa.Column("late_days", sa.BigInteger(), server_default="7", nullable=False))
    op.add_column("consultation", sa.Column("counted_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("consultation", sa.Column("late_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("option", sa.Column("other", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("participation", sa.Column("ordinal", sa.BigInteger(), server_default="1", nullable=False))
    op.drop_constraint(op.f("participation_consultation_id_pseudonym_key"), "participation", type_="unique")
    op.create_unique_constraint(
        op.f("participation_consultation_id_pseudonym_ordinal_key"),
        "participation",
        ["consultation_id", "pseudonym", "ordinal"],
    )
    op.add_column(
        "question",
        sa.Column(
            "sensitivity",
            sa.Enum(
                "public",
                "confidential",
                "personal",
                name="sensitivity",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            server_default="public",
            nullable=False,
        ),
    )
    op.add_column("question", sa.Column("display_rule", sa.Text(), nullable=True))
    op.add_column("question", sa.Column("minimum", sa.Numeric(precision=15, scale=6), nullable=True))
    op.add_column("question", sa.Column("maximum", sa.Numeric(precision=15, scale=6), nullable=True))
    op.add_column("question", sa.Column("decimals", sa.BigInteger(), nullable=True))
    op.add_column("question", sa.Column("unit", postgresql.JSONB(), nullable=True))
    op.add_column("question", sa.Column("low_label", postgresql.JSONB(), nullable=True))
    op.add_column("question", sa.Column("high_label", postgresql.JSONB(), nullable=True))
    op.add_column("question", sa.Column("earliest", sa.Date(), nullable=True))
    op.add_column("question", sa.Column("latest", sa.Date(), nullable=True))
    op.add_column(
        "question",
        sa.Column(
            "place_kind",
            sa.Enum(
                "country",
                "state",
                "municipality",
                name="placekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
    )
    op.add_column("questionnaire_revision", sa.Column("note", postgresql.JSONB(), nullable=True))
    op.add_column(
        "response",
        sa.Column(
            "timeliness",
            sa.Enum(
                "on_time", "grace", "late", name="timeliness", native_enum=False, create_constraint=True, length=32
            ),
            server_default="on_time",
            nullable=False,
        ),
    )
    op.add_column("response", sa.Column("respondent_name", sa.Text(), nullable=True))
    op.add_column("response", sa.Column("organization_id", sa.Uuid(), nullable=True))
    op.add_column("response", sa.Column("territory_id", sa.Uuid(), nullable=True))
    op.add_column("response", sa.Column("decision_reason", postgresql.JSONB(), nullable=True))
    op.add_column("response", sa.Column("similar_to_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("response_organization_id_index"), "response", ["organization_id"], unique=False)
    op.create_foreign_key(op.f("response_territory_id_fkey"), "response", "territory", ["territory_id"], ["id"])
    op.create_foreign_key(op.f("response_similar_to_id_fkey"), "response", "response", ["similar_to_id"], ["id"])
    op.create_foreign_key(
        op.f("response_organization_id_fkey"), "response", "organization", ["organization_id"], ["id"]
    )


def downgrade() -> None:
    raise NotImplementedError("What people said in the new forms cannot be put into the old ones; restore a backup.")
