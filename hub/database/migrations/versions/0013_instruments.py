"""Instruments and their wordings; what votes and instruments appoint, adopt and order."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0013"
down_revision = "0012"

MARKED = (
    "instrument",
    "instrument_revision",
    "instrument_section",
)

MACHINES = ("instrument",)


def choice(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def instant(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


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
                name="instrumentstate",
            ),
            nullable=False,
        ),
        sa.Column("title", JSONB(), nullable=False),
        sa.Column("addressed_to", JSONB(), nullable=True),
        sa.Column("vote_event_id", sa.Uuid(), nullable=True),
        instant("adopted_at", nullable=True),
        instant("published_at", nullable=True),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("in_force_until", sa.Date(), nullable=True),
        sa.Column("gazette", sa.Text(), nullable=True),
        sa.Column("gazette_date", sa.Date(), nullable=True),
        sa.Column("gazette_page", sa.Text(), nullable=True),
        sa.Column("void_reason", JSONB(), nullable=True),
        instant("created_at"),
        sa.CheckConstraint("in_force_until >= in_force_from", name=op.f("instrument_in_force_check")),
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
        sa.Column("note", JSONB(), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        instant("fixed_at", nullable=True),
        instant("created_at"),
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
        _guard(machine)
    for name in MARKED:
        _mark(name)


def _guard(machine: str) -> None:
    """A row changes its state by the event of a lawful move only, whatever writes it (0002)."""
    op.execute(
        f"CREATE CONSTRAINT TRIGGER {machine}_born_lawfully AFTER INSERT ON {machine} "
        f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_lawful_move('{machine}')"
    )
    op.execute(
        f"CREATE CONSTRAINT TRIGGER {machine}_moved_lawfully AFTER UPDATE OF state ON {machine} "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) "
        f"EXECUTE FUNCTION require_lawful_move('{machine}')"
    )


def _mark(name: str) -> None:
    """Answers that are kept are dropped when the table is written (0008)."""
    op.execute(f"INSERT INTO table_mark (name) VALUES ('{name}')")
    op.execute(
        f"CREATE TRIGGER {name}_noted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION note_written()"
    )
