"""Letters, and signing in by mail."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def choice(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def instant(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    _letters()


def _letters() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", choice("sign_in", name="letterkind"), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("state", choice("waiting", "sent", "given_up", name="letterstate"), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        sa.Column("last_reply", sa.BigInteger(), nullable=True),
        instant("written_at"),
        instant("due_at"),
        instant("good_until", nullable=True),
        instant("finished_at", nullable=True),
        sa.CheckConstraint("(state = 'waiting') = (content IS NOT NULL)", name=op.f("letter_content_check")),
        sa.CheckConstraint("(state = 'waiting') = (finished_at IS NULL)", name=op.f("letter_finished_check")),
        sa.PrimaryKeyConstraint("id", name="letter_pkey"),
        sa.UniqueConstraint("cause", name="letter_cause_key"),
    )
    op.create_index("letter_due_index", "letter", ["due_at"], postgresql_where=sa.text("state = 'waiting'"))
