"""Mandates of every kind, which rest on a paragraph of an instrument."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def choice(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def instant(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    _kinds()
    op.add_column("mandate", sa.Column("instrument_id", sa.Uuid(), nullable=True))
    op.add_column("mandate", sa.Column("paragraph", sa.String(length=64), nullable=True))
    op.create_index(op.f("mandate_instrument_id_index"), "mandate", ["instrument_id"])
    op.create_foreign_key(op.f("mandate_instrument_id_fkey"), "mandate", "instrument", ["instrument_id"], ["id"])
    op.create_check_constraint(
        op.f("mandate_instrument_check"), "mandate", "(origin = 'instrument') = (instrument_id IS NOT NULL)"
    )


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
