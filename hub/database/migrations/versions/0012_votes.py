"""Motions, and the votes on them."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"

MARKED = (
    "motion",
    "vote_event",
)

MACHINES = ("motion", "vote_event")


def choice(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def instant(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "motion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("agenda_item_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("mover_id", sa.Uuid(), nullable=True),
        sa.Column("matter", sa.String(length=64), nullable=False),
        sa.Column("text", JSONB(), nullable=False),
        sa.Column("state", choice("tabled", "withdrawn", "put", "carried", "lost", name="motionstate"), nullable=False),
        sa.Column("amends_id", sa.Uuid(), nullable=True),
        sa.Column("instrument_id", sa.Uuid(), nullable=True),
        instant("tabled_at"),
        sa.ForeignKeyConstraint(["agenda_item_id"], ["agenda_item.id"], name=op.f("motion_agenda_item_id_fkey")),
        sa.ForeignKeyConstraint(["amends_id"], ["motion.id"], name=op.f("motion_amends_id_fkey")),
        sa.ForeignKeyConstraint(["mover_id"], ["membership.id"], name=op.f("motion_mover_id_fkey")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("motion_session_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("motion_pkey")),
    )
    op.create_index(op.f("motion_agenda_item_id_number_id_index"), "motion", ["agenda_item_id", "number", "id"])
    op.create_index(op.f("motion_amends_id_index"), "motion", ["amends_id"])
    op.create_index(op.f("motion_instrument_id_index"), "motion", ["instrument_id"])
    op.create_index(op.f("motion_mover_id_index"), "motion", ["mover_id"])
    op.create_index(op.f("motion_session_id_index"), "motion", ["session_id"])
    op.create_index(op.f("motion_session_id_number_index"), "motion", ["session_id", "number"], unique=True)
    op.create_table(
        "vote_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("motion_id", sa.Uuid(), nullable=False),
        sa.Column("method", choice("roll_call", "show_of_hands", "secret", name="votemethod"), nullable=False),
        sa.Column("state", choice("open", "closed", "annulled", name="votestate"), nullable=False),
        instant("opened_at"),
        instant("closed_at", nullable=True),
        sa.Column("entitled", sa.BigInteger(), nullable=False),
        sa.Column("present", sa.BigInteger(), nullable=False),
        sa.Column("quorum", sa.BigInteger(), nullable=False),
        sa.Column("votes_for", sa.BigInteger(), nullable=True),
        sa.Column("votes_against", sa.BigInteger(), nullable=True),
        sa.Column("abstentions", sa.BigInteger(), nullable=True),
        sa.Column("needed", sa.BigInteger(), nullable=True),
        sa.Column("result", choice("carried", "lost", "tied", name="voteresult"), nullable=True),
        sa.Column("casting_vote", sa.Boolean(), nullable=False),
        sa.Column("annulled_reason", JSONB(), nullable=True),
        sa.CheckConstraint("present >= quorum", name=op.f("vote_event_quorum_check")),
        sa.CheckConstraint("votes_for + votes_against + abstentions <= present", name=op.f("vote_event_counted_check")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("vote_event_motion_id_fkey")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("vote_event_session_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("vote_event_pkey")),
    )
    op.create_index(op.f("vote_event_motion_id_opened_at_id_index"), "vote_event", ["motion_id", "opened_at", "id"])
    op.create_index(op.f("vote_event_session_id_index"), "vote_event", ["session_id"])
    op.create_index(
        "vote_event_standing_index",
        "vote_event",
        ["motion_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'annulled'"),
    )
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
