"""Studies: who works on them, their wordings, what was found, what reviewers say, and the data."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from hub.database.migrations.tables import choice, guard, instant, mark

revision = "0016"
down_revision = "0015"

MARKED = (
    "dataset_column",
    "finding",
    "finding_answer",
    "peer_review",
    "study",
    "study_dataset",
    "study_member",
    "study_milestone",
    "study_revision",
    "study_section",
)

MACHINES = ("study", "study_milestone", "study_revision", "finding", "peer_review")

# What was handed in never changes, and neither does what was published as found; only states go on. Answers are only
# ever added.
IMMUTABLE = """
CREATE FUNCTION refuse_in_handed_in() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wording uuid;
BEGIN
    IF TG_OP = 'INSERT' THEN wording := NEW.revision_id; ELSE wording := OLD.revision_id; END IF;
    PERFORM FROM study_revision WHERE id = wording AND state <> 'draft';
    IF FOUND THEN
        RAISE EXCEPTION 'Wording % was handed in and never changes; make a new one.', wording
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER study_section_immutable BEFORE INSERT OR UPDATE OR DELETE ON study_section
    FOR EACH ROW EXECUTE FUNCTION refuse_in_handed_in();

CREATE FUNCTION refuse_handed_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR NEW.state = 'draft'
        OR (NEW.id, NEW.study_id, NEW.number, NEW.abstract, NEW.note, NEW.strikes, NEW.content_hash)
           IS DISTINCT FROM
           (OLD.id, OLD.study_id, OLD.number, OLD.abstract, OLD.note, OLD.strikes, OLD.content_hash))
    THEN
        RAISE EXCEPTION 'Wording % was handed in and never changes; make a new one.', OLD.id
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER study_revision_immutable BEFORE UPDATE OR DELETE ON study_revision
    FOR EACH ROW EXECUTE FUNCTION refuse_handed_in();

CREATE FUNCTION refuse_found() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL AND (TG_OP = 'DELETE'
        OR (NEW.id, NEW.study_id, NEW.kind, NEW.number, NEW.text, NEW.strength, NEW.section, NEW.body_id,
            NEW.organization_id, NEW.replaces_id, NEW.since, NEW.published_at, NEW.answer_due_on)
           IS DISTINCT FROM
           (OLD.id, OLD.study_id, OLD.kind, OLD.number, OLD.text, OLD.strength, OLD.section, OLD.body_id,
            OLD.organization_id, OLD.replaces_id, OLD.since, OLD.published_at, OLD.answer_due_on))
    THEN
        RAISE EXCEPTION 'What was found is published and never changes; replace it in a new wording.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER finding_immutable BEFORE UPDATE OR DELETE ON finding
    FOR EACH ROW EXECUTE FUNCTION refuse_found();

CREATE TRIGGER finding_answer_append_only BEFORE UPDATE OR DELETE ON finding_answer
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


def upgrade() -> None:
    _studies()
    _wordings()
    _reviews_and_data()
    for machine in MACHINES:
        guard(machine)
    for name in MARKED:
        mark(name)
    for statement in IMMUTABLE.strip().split("\n\n"):
        op.execute(statement)


def _studies() -> None:
    op.create_table(
        "study",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mandate_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("kind", choice("research", "diagnosis", "evaluation", "opinion", name="studykind"), nullable=False),
        sa.Column(
            "state",
            choice(
                "ordered",
                "contracted",
                "planned",
                "in_progress",
                "in_review",
                "approved",
                "published",
                "corrected",
                "retracted",
                "cancelled",
                name="studystate",
            ),
            nullable=False,
        ),
        sa.Column("title", JSONB(), nullable=False),
        sa.Column("questions", JSONB(), nullable=False),
        sa.Column("terms", JSONB(), nullable=False),
        sa.Column("method", JSONB(), nullable=True),
        sa.Column("ethics_note", JSONB(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("contract", sa.Text(), nullable=True),
        sa.Column("contracted_on", sa.Date(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=64), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answer_days", sa.BigInteger(), nullable=False),
        sa.Column("end_reason", JSONB(), nullable=True),
        instant("ended_at", nullable=True),
        instant("created_at"),
        sa.CheckConstraint(
            "state NOT IN ('retracted', 'cancelled') OR end_reason IS NOT NULL", name=op.f("study_end_reason_check")
        ),
        sa.CheckConstraint("(cost IS NULL) = (currency IS NULL)", name=op.f("study_currency_check")),
        sa.CheckConstraint("answer_days BETWEEN 1 AND 730", name=op.f("study_answer_days_check")),
        sa.CheckConstraint("cost >= 0", name=op.f("study_cost_check")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("study_body_id_fkey")),
        sa.ForeignKeyConstraint(["id"], ["entry.id"], name=op.f("study_id_fkey")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("study_mandate_id_fkey")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("study_organization_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("study_pkey")),
        sa.UniqueConstraint("mandate_id", name=op.f("study_mandate_id_key")),
    )
    op.create_index(op.f("study_body_id_created_at_id_index"), "study", ["body_id", "created_at", "id"])
    op.create_index(op.f("study_created_at_id_index"), "study", ["created_at", "id"])
    op.create_index(op.f("study_organization_id_index"), "study", ["organization_id"])
    op.create_table(
        "study_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("role", choice("lead", "researcher", "adviser", "support", name="teamrole"), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("interests", sa.Text(), nullable=True),
        instant("declared_at", nullable=True),
        instant("joined_at"),
        instant("left_at", nullable=True),
        sa.CheckConstraint("left_at >= joined_at", name=op.f("study_member_interval_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("study_member_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("study_member_person_id_fkey")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("study_member_study_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("study_member_pkey")),
    )
    op.create_index(
        "study_member_once_index",
        "study_member",
        ["study_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_index(op.f("study_member_organization_id_index"), "study_member", ["organization_id"])
    op.create_index(op.f("study_member_person_id_index"), "study_member", ["person_id"])
    op.create_index(op.f("study_member_study_id_joined_at_id_index"), "study_member", ["study_id", "joined_at", "id"])
    op.create_table(
        "study_milestone",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("title", JSONB(), nullable=False),
        sa.Column(
            "state",
            choice("planned", "handed_in", "returned", "accepted", "dropped", name="milestonestate"),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("payment", sa.BigInteger(), nullable=True),
        sa.Column("handed_in_note", JSONB(), nullable=True),
        instant("handed_in_at", nullable=True),
        sa.Column("decision_reason", JSONB(), nullable=True),
        instant("decided_at", nullable=True),
        sa.CheckConstraint(
            "state NOT IN ('returned', 'dropped') OR decision_reason IS NOT NULL",
            name=op.f("study_milestone_reason_check"),
        ),
        sa.CheckConstraint("payment >= 0", name=op.f("study_milestone_payment_check")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("study_milestone_study_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("study_milestone_pkey")),
    )
    op.create_index(
        op.f("study_milestone_study_id_number_index"), "study_milestone", ["study_id", "number"], unique=True
    )


def _wordings() -> None:
    op.create_table(
        "study_revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            choice("draft", "in_review", "returned", "published", "corrected", "retracted", name="studyrevisionstate"),
            nullable=False,
        ),
        sa.Column("abstract", JSONB(), nullable=False),
        sa.Column("note", JSONB(), nullable=True),
        sa.Column("return_reason", JSONB(), nullable=True),
        sa.Column("strikes", ARRAY(sa.Uuid()), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=True),
        instant("handed_in_at", nullable=True),
        instant("published_at", nullable=True),
        instant("created_at"),
        sa.CheckConstraint(
            "(state = 'draft') = (content_hash IS NULL)", name=op.f("study_revision_content_hash_check")
        ),
        sa.CheckConstraint(
            "state <> 'returned' OR return_reason IS NOT NULL", name=op.f("study_revision_return_reason_check")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("study_revision_study_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("study_revision_pkey")),
    )
    op.create_index(op.f("study_revision_study_id_number_index"), "study_revision", ["study_id", "number"], unique=True)
    op.create_table(
        "study_section",
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("heading", JSONB(), nullable=False),
        sa.Column("text", JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["study_revision.id"], name=op.f("study_section_revision_id_fkey")),
        sa.PrimaryKeyConstraint("revision_id", "position", name=op.f("study_section_pkey")),
    )
    op.create_index(op.f("study_section_revision_id_code_index"), "study_section", ["revision_id", "code"], unique=True)
    op.create_table(
        "finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("kind", choice("finding", "recommendation", name="findingkind"), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("state", choice("open", "answered", "taken_up", "not_taken_up", name="findingstate"), nullable=False),
        sa.Column("text", JSONB(), nullable=False),
        sa.Column("strength", choice("weak", "moderate", "strong", name="findingstrength"), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=True),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        instant("published_at", nullable=True),
        sa.Column("answer_due_on", sa.Date(), nullable=True),
        instant("answered_at", nullable=True),
        sa.Column("follow_up", JSONB(), nullable=True),
        instant("followed_up_at", nullable=True),
        instant("created_at"),
        sa.CheckConstraint(
            "(kind = 'recommendation') = (body_id IS NOT NULL OR organization_id IS NOT NULL)",
            name=op.f("finding_addressed_check"),
        ),
        sa.CheckConstraint("(state = 'open') = (answered_at IS NULL)", name=op.f("finding_answered_check")),
        sa.CheckConstraint("body_id IS NULL OR organization_id IS NULL", name=op.f("finding_one_addressee_check")),
        sa.CheckConstraint("until > since", name=op.f("finding_said_check")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("finding_body_id_fkey")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("finding_organization_id_fkey")),
        sa.ForeignKeyConstraint(["replaces_id"], ["finding.id"], name=op.f("finding_replaces_id_fkey")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("finding_study_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("finding_pkey")),
    )
    op.create_index(op.f("finding_body_id_index"), "finding", ["body_id"])
    op.create_index(op.f("finding_created_at_id_index"), "finding", ["created_at", "id"])
    op.create_index(op.f("finding_organization_id_index"), "finding", ["organization_id"])
    op.create_index(
        "finding_number_index",
        "finding",
        ["study_id", "kind", "number"],
        unique=True,
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    op.create_index(
        op.f("finding_study_id_kind_number_since_index"),
        "finding",
        ["study_id", "kind", "number", "since"],
        unique=True,
    )
    op.create_table(
        "finding_answer",
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column(
            "decision", choice("accepted", "partly", "not_accepted", "noted", name="answerdecision"), nullable=False
        ),
        sa.Column("reasons", JSONB(), nullable=False),
        sa.Column("instrument_id", sa.Uuid(), nullable=True),
        sa.Column("recorded", sa.Boolean(), nullable=False),
        instant("answered_at"),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("finding_answer_finding_id_fkey")),
        sa.ForeignKeyConstraint(["instrument_id"], ["instrument.id"], name=op.f("finding_answer_instrument_id_fkey")),
        sa.PrimaryKeyConstraint("finding_id", "number", name=op.f("finding_answer_pkey")),
    )
    op.create_index(op.f("finding_answer_instrument_id_index"), "finding_answer", ["instrument_id"])


def _reviews_and_data() -> None:
    op.create_table(
        "peer_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            choice("invited", "delivered", "answered", "declined", "cancelled", name="reviewstate"),
            nullable=False,
        ),
        sa.Column("verdict", choice("accept", "minor", "major", "reject", name="reviewverdict"), nullable=True),
        sa.Column("report", JSONB(), nullable=True),
        sa.Column("interests", sa.Text(), nullable=True),
        sa.Column("authors_answer", JSONB(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        instant("invited_at"),
        instant("delivered_at", nullable=True),
        instant("answered_at", nullable=True),
        sa.CheckConstraint(
            "(state = 'answered') = (authors_answer IS NOT NULL)", name=op.f("peer_review_authors_answer_check")
        ),
        sa.CheckConstraint(
            "(state IN ('delivered', 'answered')) = (report IS NOT NULL AND verdict IS NOT NULL)",
            name=op.f("peer_review_report_check"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("peer_review_person_id_fkey")),
        sa.ForeignKeyConstraint(["revision_id"], ["study_revision.id"], name=op.f("peer_review_revision_id_fkey")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("peer_review_study_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("peer_review_pkey")),
    )
    op.create_index(
        "peer_review_once_index",
        "peer_review",
        ["revision_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('invited', 'delivered', 'answered')"),
    )
    op.create_index(op.f("peer_review_person_id_index"), "peer_review", ["person_id"])
    op.create_index(op.f("peer_review_revision_id_index"), "peer_review", ["revision_id"])
    op.create_index(op.f("peer_review_study_id_invited_at_id_index"), "peer_review", ["study_id", "invited_at", "id"])
    op.create_table(
        "study_dataset",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("role", choice("used", "produced", name="datasetrole"), nullable=False),
        sa.Column("title", JSONB(), nullable=False),
        sa.Column("description", JSONB(), nullable=True),
        sa.Column("mended", JSONB(), nullable=True),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("row_count", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        instant("published_at", nullable=True),
        instant("created_at"),
        sa.CheckConstraint("row_count >= 0", name=op.f("study_dataset_row_count_check")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("study_dataset_study_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("study_dataset_pkey")),
    )
    op.create_index(
        op.f("study_dataset_study_id_position_id_index"), "study_dataset", ["study_id", "position", "id"], unique=True
    )
    op.create_table(
        "dataset_column",
        sa.Column("dataset_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "type",
            choice("text", "category", "integer", "number", "boolean", "date", "datetime", name="columntype"),
            nullable=False,
        ),
        sa.Column("meaning", JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["dataset_id"], ["study_dataset.id"], name=op.f("dataset_column_dataset_id_fkey")),
        sa.PrimaryKeyConstraint("dataset_id", "position", name=op.f("dataset_column_pkey")),
    )
    op.create_index(op.f("dataset_column_dataset_id_name_index"), "dataset_column", ["dataset_id", "name"], unique=True)
