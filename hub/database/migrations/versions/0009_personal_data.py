"""Everything about one person: links to a copy, erasures, showing again who one is, whose name stands on a response."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def choice(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def instant(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "personal_data_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        instant("made_at"),
        instant("expires_at"),
        instant("used_at", nullable=True),
        sa.CheckConstraint("expires_at > made_at", name=op.f("personal_data_link_interval_check")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("personal_data_link_account_id_fkey")),
        sa.PrimaryKeyConstraint("id", name="personal_data_link_pkey"),
        sa.UniqueConstraint("digest", name="personal_data_link_digest_key"),
    )
    op.create_index("personal_data_link_account_id_index", "personal_data_link", ["account_id"])
    op.create_index("personal_data_link_expires_at_index", "personal_data_link", ["expires_at"])
    op.create_table(
        "erasure",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("contributions", choice("kept_without_name", "removed", name="contributions"), nullable=False),
        sa.Column("erased_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="erasure_pkey"),
    )
    _signing_in()
    _letters()
    _responses()
    _log()


def _signing_in() -> None:
    op.create_index("account_closed_index", "account", ["id"], postgresql_where=sa.text("state = 'closed'"))
    op.add_column("sign_in", instant("confirmed_at", nullable=True))
    signed_in = sa.ForeignKey("sign_in.id", name=op.f("sign_in_request_sign_in_id_fkey"), ondelete="CASCADE")
    op.add_column("sign_in_request", sa.Column("sign_in_id", sa.Uuid(), signed_in))


def _letters() -> None:
    op.drop_constraint("letter_letterkind_check", "letter")
    kinds = "kind IN ('sign_in', 'expiry', 'reauthentication', 'erasure')"
    op.create_check_constraint(op.f("letter_letterkind_check"), "letter", kinds)
    op.add_column("letter", sa.Column("recipient", sa.LargeBinary()))
    op.create_check_constraint(op.f("letter_recipient_check"), "letter", "recipient IS NULL OR state = 'waiting'")
    waiting = sa.text("recipient IS NOT NULL")
    op.create_index("letter_recipient_index", "letter", ["recipient"], postgresql_where=waiting)


def _responses() -> None:
    person = sa.ForeignKey("person.id", name=op.f("response_named_person_id_fkey"))
    op.add_column("response", sa.Column("named_person_id", sa.Uuid(), person))
    named = "named_person_id IS NULL OR respondent_name IS NOT NULL"
    op.create_check_constraint(op.f("response_named_person_check"), "response", named)
    where = sa.text("named_person_id IS NOT NULL")
    op.create_index("response_named_index", "response", ["named_person_id"], postgresql_where=where)


def _log() -> None:
    """What somebody did, and what was done to their account, is looked for when they ask for it."""
    acted = sa.text("actor_account_id IS NOT NULL")
    op.create_index("event_actor_index", "event", ["actor_account_id", "position"], postgresql_where=acted)
    account = sa.text("(facts ->> 'account_id')")
    named = sa.text("(facts ->> 'account_id') IS NOT NULL")
    op.create_index("event_account_index", "event", [account, "position"], postgresql_where=named)
