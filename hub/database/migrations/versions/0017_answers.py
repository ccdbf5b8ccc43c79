"""What came of a consultation: its report, the statements that answer it, and until when they are due."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from hub.database.migrations.tables import choice, guard, instant, mark

revision = "0017"
down_revision = "0016"

MARKED = (
    "consultation_report",
    "statement",
)

MACHINES = ("consultation_report", "statement")

STATES = (
    "draft",
    "checked",
    "scheduled",
    "open",
    "suspended",
    "closed",
    "in_analysis",
    "findings_published",
    "answered",
    "archived",
    "withdrawn",
)

AT_WORK = "state IN ('draft', 'approved')"


def upgrade() -> None:
    op.drop_constraint("consultation_consultationstate_check", "consultation")
    op.create_check_constraint(op.f("consultation_consultationstate_check"), "consultation", f"state IN {STATES}")
    # What was published before there was such a day was promised none.
    op.add_column("consultation", sa.Column("answer_due_on", sa.Date(), nullable=True))
    op.add_column("consultation", instant("answered_at", nullable=True))
    _report()
    _statement()
    for statement in FIXED.strip().split("\n\n"):
        op.execute(statement)
    for machine in MACHINES:
        guard(machine)
        op.execute(
            f"CREATE TRIGGER {machine}_fixed BEFORE UPDATE OR DELETE ON {machine} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published()"
        )
    for name in MARKED:
        mark(name)


def _report() -> None:
    op.create_table(
        "consultation_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("state", choice("draft", "approved", "published", "corrected", name="reportstate"), nullable=False),
        sa.Column("method", JSONB(), nullable=False),
        sa.Column("limitations", JSONB(), nullable=True),
        sa.Column("correction_note", JSONB(), nullable=True),
        sa.Column("release_id", sa.Uuid(), nullable=True),
        sa.Column("snapshot_hash", sa.Text(), nullable=True),
        sa.Column("response_count", sa.BigInteger(), nullable=True),
        sa.Column("begun_not_sent", sa.BigInteger(), nullable=True),
        sa.Column("invitations_issued", sa.BigInteger(), nullable=True),
        instant("created_at"),
        instant("approved_at", nullable=True),
        instant("published_at", nullable=True),
        sa.CheckConstraint(
            "number = 1 OR correction_note IS NOT NULL", name=op.f("consultation_report_correction_note_check")
        ),
        sa.CheckConstraint(
            "state = 'draft' OR snapshot_hash IS NOT NULL", name=op.f("consultation_report_snapshot_check")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("consultation_report_consultation_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["result_release.id"], name=op.f("consultation_report_release_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("consultation_report_pkey")),
    )
    op.create_index(op.f("consultation_report_release_id_index"), "consultation_report", ["release_id"])
    op.create_index(
        op.f("consultation_report_consultation_id_number_index"),
        "consultation_report",
        ["consultation_id", "number"],
        unique=True,
    )
    op.create_index(
        "consultation_report_at_work",
        "consultation_report",
        ["consultation_id"],
        unique=True,
        postgresql_where=sa.text(AT_WORK),
    )


def _statement() -> None:
    op.create_table(
        "statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("lineage_id", sa.Uuid(), nullable=True),
        sa.Column("section_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            choice("draft", "approved", "published", "corrected", "discarded", name="statementstate"),
            nullable=False,
        ),
        sa.Column("asked", JSONB(), nullable=False),
        sa.Column("said", JSONB(), nullable=False),
        sa.Column("did", choice("accepted", "partly", "not_accepted", "noted", name="outcome"), nullable=False),
        sa.Column("reasons", JSONB(), nullable=False),
        sa.Column("instrument_id", sa.Uuid(), nullable=True),
        sa.Column("correction_note", JSONB(), nullable=True),
        instant("created_at"),
        instant("approved_at", nullable=True),
        instant("published_at", nullable=True),
        sa.CheckConstraint("(lineage_id IS NULL) <> (section_id IS NULL)", name=op.f("statement_subject_check")),
        sa.CheckConstraint("number = 1 OR correction_note IS NOT NULL", name=op.f("statement_correction_note_check")),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("statement_consultation_id_fkey")),
        sa.ForeignKeyConstraint(["instrument_id"], ["instrument.id"], name=op.f("statement_instrument_id_fkey")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("statement_section_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("statement_pkey")),
    )
    for column in ("instrument_id", "lineage_id", "section_id"):
        op.create_index(op.f(f"statement_{column}_index"), "statement", [column])
    op.create_index(
        op.f("statement_consultation_id_position_id_index"), "statement", ["consultation_id", "position", "id"]
    )
    for name, where in (("statement_at_work", AT_WORK), ("statement_in_force", "state = 'published'")):
        op.create_index(
            name,
            "statement",
            ["consultation_id", "lineage_id", "section_id"],
            unique=True,
            postgresql_where=sa.text(where),
            postgresql_nulls_not_distinct=True,
        )


FIXED = """
CREATE FUNCTION refuse_change_of_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('published', 'corrected')
        AND (TG_OP = 'DELETE' OR to_jsonb(NEW) - 'state' IS DISTINCT FROM to_jsonb(OLD) - 'state')
    THEN
        RAISE EXCEPTION '% % is published and never changes; correct it by another version.', TG_TABLE_NAME, OLD.id
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
"""
