"""Mandates of every kind, which rest on a paragraph of an instrument; who does them by when, and what came of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from hub.database.migrations.tables import choice, guard, instant, mark

revision = "0014"
down_revision = "0013"

MARKED = (
    "deliverable",
    "mandate_notice",
    "work_programme",
    "work_programme_line",
)

MACHINES = ("work_programme",)


def upgrade() -> None:
    _kinds()
    op.add_column("mandate", sa.Column("instrument_id", sa.Uuid(), nullable=True))
    op.add_column("mandate", sa.Column("paragraph", sa.String(length=64), nullable=True))
    op.create_index(op.f("mandate_instrument_id_index"), "mandate", ["instrument_id"])
    op.create_foreign_key(op.f("mandate_instrument_id_fkey"), "mandate", "instrument", ["instrument_id"], ["id"])
    for column in ("budget_note", "closing_reason"):
        op.add_column("mandate", sa.Column(column, JSONB(), nullable=True))
    for column in ("ordered_at", "delivered_at"):
        op.add_column("mandate", instant(column, nullable=True))
    for column, target in RESPONSIBLE.items():
        op.add_column("mandate", sa.Column(column, sa.Uuid(), nullable=True))
        op.create_index(op.f(f"mandate_{column}_index"), "mandate", [column])
        op.create_foreign_key(op.f(f"mandate_{column}_fkey"), "mandate", target, [column], ["id"])
    op.create_check_constraint(
        op.f("mandate_instrument_check"),
        "mandate",
        "(origin = 'instrument') = (instrument_id IS NOT NULL) AND (instrument_id IS NULL) = (paragraph IS NULL)",
    )
    op.create_check_constraint(
        op.f("mandate_responsible_check"), "mandate", f"num_nonnulls({', '.join(RESPONSIBLE)}) <= 1"
    )
    op.create_index("mandate_due_index", "mandate", [sa.text("coalesce(due_on, '9999-12-30')"), "id"])
    _duties()
    _programmes()
    _shortening()
    for machine in MACHINES:
        guard(machine)
    for name in MARKED:
        mark(name)


RESPONSIBLE = {
    "responsible_body_id": "body",
    "responsible_organization_id": "organization",
    "responsible_membership_id": "membership",
}

KINDS = (
    "consultation",
    "study",
    "proposal_call",
    "policy",
    "action",
    "activity",
    "research",
    "evaluation",
    "platform",
    "thematic_project",
    "sectoral_project",
    "outreach_material",
    "guideline",
    "criterion",
    "report",
    "opinion",
)


def _kinds() -> None:
    op.drop_constraint("mandate_mandatekind_check", "mandate")
    op.create_check_constraint(op.f("mandate_mandatekind_check"), "mandate", f"kind IN {KINDS}")
    op.drop_constraint("mandate_mandateorigin_check", "mandate")
    origins = "origin IN ('own_initiative', 'instrument', 'import')"
    op.create_check_constraint(op.f("mandate_mandateorigin_check"), "mandate", origins)


def _duties() -> None:
    op.create_table(
        "mandate_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mandate_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", choice("order", "reassignment", "rescheduling", name="mandatenoticekind"), nullable=False),
        *[sa.Column(column, sa.Uuid(), nullable=True) for column in RESPONSIBLE],
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reason", JSONB(), nullable=True),
        instant("published_at"),
        sa.CheckConstraint("kind = 'order' OR reason IS NOT NULL", name=op.f("mandate_notice_reason_check")),
        *_references("mandate_notice", mandate_id="mandate", **RESPONSIBLE),
        sa.PrimaryKeyConstraint("id", name=op.f("mandate_notice_pkey")),
    )
    _index("mandate_notice", "mandate_id", "number", unique=True)
    op.execute(
        "CREATE TRIGGER mandate_notice_append_only BEFORE UPDATE OR DELETE ON mandate_notice "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.create_table(
        "deliverable",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mandate_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        instant("delivered_at"),
        sa.CheckConstraint("num_nonnulls(entry_id, document_id) = 1", name=op.f("deliverable_target_check")),
        # The table of documents comes after this one, and brings the key to it.
        *_references("deliverable", mandate_id="mandate", entry_id="entry"),
        sa.PrimaryKeyConstraint("id", name=op.f("deliverable_pkey")),
    )
    _index("deliverable", "mandate_id", "entry_id", unique=True)
    _index("deliverable", "mandate_id", "document_id", unique=True)


def _programmes() -> None:
    op.create_table(
        "work_programme",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("title", JSONB(), nullable=False),
        sa.Column("state", choice("draft", "approved", "closed", name="workprogrammestate"), nullable=False),
        sa.Column("instrument_id", sa.Uuid(), nullable=True),
        instant("approved_at", nullable=True),
        instant("created_at"),
        sa.CheckConstraint("year BETWEEN 1900 AND 2200", name=op.f("work_programme_year_check")),
        sa.CheckConstraint(
            "(state = 'draft') = (instrument_id IS NULL) AND (instrument_id IS NULL) = (approved_at IS NULL)",
            name=op.f("work_programme_approved_check"),
        ),
        *_references("work_programme", body_id="body", instrument_id="instrument"),
        sa.PrimaryKeyConstraint("id", name=op.f("work_programme_pkey")),
    )
    _index("work_programme", "instrument_id")
    _index("work_programme", "body_id", "year", unique=True)
    op.create_table(
        "work_programme_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_programme_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("title", JSONB(), nullable=False),
        sa.Column("explanation", JSONB(), nullable=True),
        sa.Column("mandate_id", sa.Uuid(), nullable=True),
        *_references("work_programme_line", work_programme_id="work_programme", mandate_id="mandate"),
        sa.PrimaryKeyConstraint("id", name=op.f("work_programme_line_pkey")),
    )
    _index("work_programme_line", "mandate_id")
    _index("work_programme_line", "work_programme_id", "position", unique=True)


def _shortening() -> None:
    """A closing that is brought forward rests on an instrument."""
    op.drop_constraint("timetable_notice_noticekind_check", "timetable_notice")
    kinds = "kind IN ('opening', 'extension', 'shortening', 'suspension', 'resumption', 'withdrawal')"
    op.create_check_constraint(op.f("timetable_notice_noticekind_check"), "timetable_notice", kinds)
    op.add_column("timetable_notice", sa.Column("instrument_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("timetable_notice_instrument_id_index"), "timetable_notice", ["instrument_id"])
    op.create_foreign_key(
        op.f("timetable_notice_instrument_id_fkey"), "timetable_notice", "instrument", ["instrument_id"], ["id"]
    )
    op.create_check_constraint(
        op.f("timetable_notice_instrument_check"),
        "timetable_notice",
        "(kind = 'shortening') = (instrument_id IS NOT NULL)",
    )


def _references(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"{table}_{column}_fkey"))
        for column, target in columns.items()
    ]


def _index(table: str, *columns: str, unique: bool = False) -> None:
    op.create_index(op.f(f"{table}_{'_'.join(columns)}_index"), table, list(columns), unique=unique)
