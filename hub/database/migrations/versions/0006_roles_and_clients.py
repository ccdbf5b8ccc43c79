"""Grants with reasons and ends, programs of organisations, and letters before a token ends."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0006"
down_revision = "0005"


def instant(name: str, *, nullable: bool = True, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, **options)


def texts(name: str) -> sa.Column[Any]:
    return sa.Column(name, ARRAY(sa.Text()), nullable=False, server_default="{}")


def upgrade() -> None:
    _role_grants()
    _clients()
    op.add_column(
        "token", sa.Column("made_by", sa.Uuid(), sa.ForeignKey("account.id", name=op.f("token_made_by_fkey")))
    )
    op.create_index("token_made_by_index", "token", ["made_by"])
    op.create_index("token_client_id_index", "token", ["client_id"])
    op.drop_constraint("letter_letterkind_check", "letter")
    op.create_check_constraint(op.f("letter_letterkind_check"), "letter", "kind IN ('sign_in', 'expiry')")


def _role_grants() -> None:
    account = sa.ForeignKey("account.id", name=op.f("role_grant_ended_by_fkey"))
    op.add_column("role_grant", sa.Column("reason", sa.Text()))
    op.add_column("role_grant", instant("ended_at"))
    op.add_column("role_grant", sa.Column("ended_by", sa.Uuid(), account))
    op.add_column("role_grant", sa.Column("end_reason", sa.Text()))
    op.create_index("role_grant_body_id_index", "role_grant", ["body_id"])
    op.create_check_constraint(op.f("role_grant_interval_check"), "role_grant", "valid_until >= valid_from")


def _clients() -> None:
    op.add_column("client", sa.Column("contact", sa.Text()))
    op.add_column("client", sa.Column("language", sa.Text(), nullable=False, server_default="es"))
    op.add_column("client", texts("redirect_uris"))
    op.add_column("client", texts("scopes"))
    op.add_column("client", instant("created_at", nullable=False, server_default=sa.func.now()))
    op.add_column("client", instant("expires_at"))
    op.add_column("client", instant("ended_at"))
    op.add_column("client", sa.Column("end_reason", sa.Text()))
    # Programs that are there already keep whatever their tokens may do.
    op.execute(
        "UPDATE client SET scopes = ARRAY(SELECT DISTINCT unnest(token.scopes) FROM token"
        " WHERE token.client_id = client.id ORDER BY 1)"
    )
    for column in ("language", "redirect_uris", "scopes", "created_at"):
        op.alter_column("client", column, server_default=None)
    op.create_index("client_organization_id_index", "client", ["organization_id"])
