"""Instruments and their wordings; what votes and instruments appoint, adopt and order."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from hub.database.migrations.tables import choice, guard, instant, mark

revision = "0013"
down_revision = "0012"

MARKED = (
    "instrument",
    "instrument_order",
    "instrument_relation",
    "instrument_revision",
    "instrument_section",
    "instrument_signature",
)

MACHINES = ("instrument",)


def upgrade() -> None:
    op.create_table(
        "instrument",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            choice(
                "acuerdo",
                "dictamen",
                "informe",
                "opinion",
                "resolucion",
                "recomendacion",
                "guideline",
                "criterion",
                name="instrumentkind",
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            choice(
                "draft",
                "tabled",
                "adopted",
                "signed",
                "published",
                "amended",
                "repealed",
                "void",
                "withdrawn",
                name="instrumentstate",
            ),
            nullable=False,
        ),
        sa.Column("title", JSONB(), nullable=False),
        sa.Column("vote_event_id", sa.Uuid(), nullable=True),
        instant("adopted_at", nullable=True),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("in_force_until", sa.Date(), nullable=True),
        sa.Column("gazette", sa.Text(), nullable=True),
        sa.Column("gazette_date", sa.Date(), nullable=True),
        sa.Column("gazette_page", sa.Text(), nullable=True),
        sa.Column("void_reason", JSONB(), nullable=True),
        instant("created_at"),
        sa.CheckConstraint("in_force_until >= in_force_from", name=op.f("instrument_in_force_check")),
        sa.CheckConstraint(
            "gazette IS NOT NULL OR (gazette_date IS NULL AND gazette_page IS NULL)",
            name=op.f("instrument_gazette_check"),
        ),
        sa.CheckConstraint("(state = 'void') = (void_reason IS NOT NULL)", name=op.f("instrument_void_check")),
        sa.CheckConstraint(
            "(adopted_at IS NULL) = (vote_event_id IS NULL) "
            "AND (adopted_at IS NULL) = (state IN ('draft', 'tabled', 'withdrawn'))",
            name=op.f("instrument_adopted_check"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("instrument_body_id_fkey")),
        sa.ForeignKeyConstraint(["id"], ["entry.id"], name=op.f("instrument_id_fkey")),
        sa.ForeignKeyConstraint(["vote_event_id"], ["vote_event.id"], name=op.f("instrument_vote_event_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("instrument_pkey")),
        sa.UniqueConstraint("vote_event_id", name=op.f("instrument_vote_event_id_key")),
    )
    op.create_index(op.f("instrument_body_id_created_at_id_index"), "instrument", ["body_id", "created_at", "id"])
    op.create_index(op.f("instrument_created_at_id_index"), "instrument", ["created_at", "id"])
    op.create_table(
        "instrument_revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instrument_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("title", JSONB(), nullable=False),
        sa.Column("addressed_to", JSONB(), nullable=True),
        sa.Column("note", JSONB(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=True),
        instant("fixed_at", nullable=True),
        instant("created_at"),
        sa.CheckConstraint("(content_hash IS NULL) = (fixed_at IS NULL)", name=op.f("instrument_revision_fixed_check")),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instrument.id"], name=op.f("instrument_revision_instrument_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("instrument_revision_pkey")),
    )
    op.create_index(
        op.f("instrument_revision_instrument_id_number_index"),
        "instrument_revision",
        ["instrument_id", "number"],
        unique=True,
    )
    op.create_table(
        "instrument_section",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("heading", JSONB(), nullable=True),
        sa.Column("text", JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["instrument_revision.id"], name=op.f("instrument_section_revision_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("instrument_section_pkey")),
    )
    op.create_index(
        op.f("instrument_section_revision_id_code_index"), "instrument_section", ["revision_id", "code"], unique=True
    )
    op.create_index(
        op.f("instrument_section_revision_id_position_index"),
        "instrument_section",
        ["revision_id", "position"],
        unique=True,
    )
    _effects()
    for statement in WORDINGS.strip().split("\n\n"):
        op.execute(statement)
    op.create_foreign_key(
        op.f("membership_appointed_by_instrument_id_fkey"),
        "membership",
        "instrument",
        ["appointed_by_instrument_id"],
        ["id"],
    )
    op.create_foreign_key(
        op.f("membership_appointed_by_vote_id_fkey"), "membership", "vote_event", ["appointed_by_vote_id"], ["id"]
    )
    op.create_foreign_key(op.f("motion_instrument_id_fkey"), "motion", "instrument", ["instrument_id"], ["id"])
    for machine in MACHINES:
        guard(machine)
    for name in MARKED:
        mark(name)


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

RESPONSIBLE = "num_nonnulls(responsible_body_id, responsible_organization_id, responsible_membership_id) <= 1"

# What was tabled never changes, whatever writes it: a wording with its paragraphs, its orders and its relations.
WORDINGS = """
CREATE FUNCTION refuse_tabled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.fixed_at IS NOT NULL THEN
        RAISE EXCEPTION 'A wording that was tabled never changes.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION refuse_in_tabled() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE revision uuid;
BEGIN
    IF TG_OP = 'DELETE' THEN revision := OLD.revision_id; ELSE revision := NEW.revision_id; END IF;
    IF EXISTS (SELECT FROM instrument_revision WHERE id = revision AND fixed_at IS NOT NULL)
        OR (TG_OP = 'UPDATE' AND OLD.revision_id <> NEW.revision_id)
    THEN
        RAISE EXCEPTION 'A wording that was tabled never changes.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER instrument_revision_immutable BEFORE UPDATE OR DELETE ON instrument_revision
    FOR EACH ROW EXECUTE FUNCTION refuse_tabled();

CREATE TRIGGER instrument_section_immutable BEFORE INSERT OR UPDATE OR DELETE ON instrument_section
    FOR EACH ROW EXECUTE FUNCTION refuse_in_tabled();

CREATE TRIGGER instrument_order_immutable BEFORE INSERT OR UPDATE OR DELETE ON instrument_order
    FOR EACH ROW EXECUTE FUNCTION refuse_in_tabled();

CREATE TRIGGER instrument_relation_immutable BEFORE INSERT OR UPDATE OR DELETE ON instrument_relation
    FOR EACH ROW EXECUTE FUNCTION refuse_in_tabled();

CREATE TRIGGER instrument_signature_append_only BEFORE UPDATE OR DELETE ON instrument_signature
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


def _effects() -> None:
    op.create_table(
        "instrument_order",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("paragraph", sa.String(length=64), nullable=False),
        sa.Column("kind", choice(*KINDS, name="mandatekind"), nullable=False),
        sa.Column("title", JSONB(), nullable=False),
        sa.Column("question", JSONB(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("budget_note", JSONB(), nullable=True),
        sa.Column("responsible_body_id", sa.Uuid(), nullable=True),
        sa.Column("responsible_organization_id", sa.Uuid(), nullable=True),
        sa.Column("responsible_membership_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(RESPONSIBLE, name=op.f("instrument_order_responsible_check")),
        *_references(
            "instrument_order",
            revision_id="instrument_revision",
            responsible_body_id="body",
            responsible_organization_id="organization",
            responsible_membership_id="membership",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("instrument_order_pkey")),
    )
    _index("instrument_order", "revision_id", "position", unique=True)
    op.create_table(
        "instrument_relation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", choice("amends", "repeals", "implements", name="relationkind"), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        *_references("instrument_relation", revision_id="instrument_revision", target_id="instrument"),
        sa.PrimaryKeyConstraint("id", name=op.f("instrument_relation_pkey")),
    )
    _index("instrument_relation", "target_id")
    _index("instrument_relation", "revision_id", "position", unique=True)
    _index("instrument_relation", "revision_id", "kind", "target_id", unique=True)
    op.create_table(
        "instrument_signature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instrument_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        instant("signed_at"),
        *_references("instrument_signature", instrument_id="instrument", membership_id="membership"),
        sa.PrimaryKeyConstraint("id", name=op.f("instrument_signature_pkey")),
    )
    _index("instrument_signature", "membership_id")
    _index("instrument_signature", "instrument_id", "membership_id", unique=True)


def _references(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"{table}_{column}_fkey"))
        for column, target in columns.items()
    ]


def _index(table: str, *columns: str, unique: bool = False) -> None:
    op.create_index(op.f(f"{table}_{'_'.join(columns)}_index"), table, list(columns), unique=unique)
