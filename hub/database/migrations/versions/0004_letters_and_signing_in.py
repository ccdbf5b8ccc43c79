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
    _sign_in_requests()
    _sign_ins()
    op.add_column("token", instant("last_used_at", nullable=True))
    op.create_index("token_account_id_index", "token", ["account_id"])


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


def _sign_in_requests() -> None:
    op.create_table(
        "mail_address",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        instant("verified_at"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("mail_address_account_id_fkey")),
        sa.PrimaryKeyConstraint("account_id", name="mail_address_pkey"),
        sa.UniqueConstraint("digest", name="mail_address_digest_key"),
    )
    op.create_table(
        "sign_in_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("address_digest", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(), nullable=False),
        sa.Column("secret_digest", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        instant("asked_at"),
        instant("expires_at"),
        instant("used_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="sign_in_request_pkey"),
        sa.UniqueConstraint("secret_digest", name="sign_in_request_secret_digest_key"),
    )
    op.create_index("sign_in_request_expires_at_index", "sign_in_request", ["expires_at"])
    op.create_table(
        "sign_in_count",
        instant("hour"),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hour", "digest", name="sign_in_count_pkey"),
    )


def _sign_ins() -> None:
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("method", choice("mail", name="signinmethod"), nullable=False),
        instant("signed_in_at"),
        instant("last_used_at"),
        instant("expires_at"),
        instant("ended_at", nullable=True),
        sa.CheckConstraint("expires_at > signed_in_at", name=op.f("sign_in_interval_check")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("sign_in_account_id_fkey")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("sign_in_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name="sign_in_pkey"),
        sa.UniqueConstraint("digest", name="sign_in_digest_key"),
    )
    op.create_index("sign_in_person_id_index", "sign_in", ["person_id"])
