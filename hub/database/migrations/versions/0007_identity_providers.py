"""Signing in by identity providers, and how sure a consultation wants to be of who answers it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

LEVELS = ("email", "social", "verified_person")


def choice(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def instant(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def secret(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def upgrade() -> None:
    _sign_ins()
    _identities()
    op.add_column(
        "consultation",
        sa.Column("assurance", choice(*LEVELS, name="assurance"), nullable=False, server_default="email"),
    )


def _sign_ins() -> None:
    op.drop_constraint(op.f("sign_in_signinmethod_check"), "sign_in")
    op.create_check_constraint(op.f("sign_in_signinmethod_check"), "sign_in", "method IN ('mail', 'provider')")
    op.add_column(
        "sign_in", sa.Column("assurance", choice(*LEVELS, name="assurance"), nullable=False, server_default="email")
    )
    for name in ("provider", "acr"):
        op.add_column("sign_in", sa.Column(name, sa.Text(), nullable=True))
    for name in ("subject_digest", "session_digest"):
        op.add_column("sign_in", secret(name, nullable=True))
        op.create_index(f"sign_in_{name}_index", "sign_in", [name])


def _identities() -> None:
    op.create_table(
        "linked_identity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        secret("digest"),
        instant("linked_at"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("linked_identity_person_id_fkey")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("linked_identity_account_id_fkey")),
        sa.PrimaryKeyConstraint("id", name="linked_identity_pkey"),
        sa.UniqueConstraint("digest", name="linked_identity_digest_key"),
    )
    op.create_index("linked_identity_person_id_index", "linked_identity", ["person_id"])
    op.create_index("linked_identity_account_id_index", "linked_identity", ["account_id"])
    op.create_table(
        "proven_sign_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        secret("code_digest"),
        secret("challenge"),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        secret("subject_digest"),
        secret("session_digest", nullable=True),
        sa.Column("assurance", choice(*LEVELS, name="assurance"), nullable=False),
        sa.Column("acr", sa.Text(), nullable=True),
        secret("person_token", nullable=True),
        sa.Column("days", sa.BigInteger(), nullable=False),
        secret("address_digest", nullable=True),
        secret("address", nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        instant("proven_at"),
        instant("expires_at"),
        instant("used_at", nullable=True),
        sa.CheckConstraint("(address_digest IS NULL) = (address IS NULL)", name=op.f("proven_sign_in_address_check")),
        sa.PrimaryKeyConstraint("id", name="proven_sign_in_pkey"),
        sa.UniqueConstraint("code_digest", name="proven_sign_in_code_digest_key"),
    )
    op.create_index("proven_sign_in_expires_at_index", "proven_sign_in", ["expires_at"])
    op.create_table(
        "logout_token_taken",
        secret("digest"),
        instant("forgotten_at"),
        sa.PrimaryKeyConstraint("digest", name="logout_token_taken_pkey"),
    )
    op.create_index("logout_token_taken_forgotten_at_index", "logout_token_taken", ["forgotten_at"])
