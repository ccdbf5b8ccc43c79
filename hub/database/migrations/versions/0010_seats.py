"""Seats of bodies, and who sits in them; the role of a member, which only a seat gives."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from hub.database.migrations.tables import choice, guard, instant, mark

revision = "0010"
down_revision = "0009"

MARKED = (
    "body_charter",
    "body_territory",
    "join_request",
    "membership",
    "parity_rule",
    "seat",
)

MACHINES = ("body", "seat", "membership", "join_request")


def text_in_languages(name: str) -> sa.Column[Any]:
    return sa.Column(name, JSONB(), nullable=True)


def upgrade() -> None:
    op.create_check_constraint(op.f("role_grant_by_grant_check"), "role_grant", "role <> 'member'")
    op.drop_constraint("role_grant_role_check", "role_grant")
    roles = "role IN ('coordinator', 'secretary', 'analyst', 'administrator', 'member')"
    op.create_check_constraint(op.f("role_grant_role_check"), "role_grant", roles)
    _entries()
    op.add_column("body", text_in_languages("state_reason"))
    op.create_table(
        "body_territory",
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("body_territory_body_id_fkey")),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("body_territory_territory_id_fkey")),
        sa.PrimaryKeyConstraint("body_id", "territory_id", name=op.f("body_territory_pkey")),
    )
    op.create_index(op.f("body_territory_territory_id_index"), "body_territory", ["territory_id"])
    op.create_table(
        "body_charter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        text_in_languages("remit"),
        text_in_languages("legal_basis"),
        sa.Column("territory_ids", ARRAY(sa.Uuid()), nullable=False),
        text_in_languages("reason"),
        instant("adopted_at"),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("body_charter_body_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("body_charter_pkey")),
    )
    op.create_index(op.f("body_charter_body_id_number_index"), "body_charter", ["body_id", "number"], unique=True)
    op.create_table(
        "seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("post", choice("coordinator", "secretary", "member", "guest", name="post"), nullable=False),
        sa.Column("title", JSONB(), nullable=True),
        sa.Column(
            "sector",
            choice("government", "civil_society", "academia", "private", "citizens", name="sector"),
            nullable=False,
        ),
        sa.Column("voting", sa.Boolean(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("territory_id", sa.Uuid(), nullable=True),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("state", choice("open", "filled", "vacant", "abolished", name="seatstate"), nullable=False),
        instant("created_at"),
        sa.CheckConstraint("post <> 'guest' OR NOT voting", name=op.f("seat_guests_have_a_voice_and_no_vote_check")),
        sa.CheckConstraint("ordinal > 0", name=op.f("seat_ordinal_check")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("seat_body_id_fkey")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("seat_organization_id_fkey")),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("seat_territory_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("seat_pkey")),
    )
    op.create_index(op.f("seat_body_id_ordinal_id_index"), "seat", ["body_id", "ordinal", "id"])
    op.create_index(op.f("seat_organization_id_index"), "seat", ["organization_id"])
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("alternate", sa.Boolean(), nullable=False),
        sa.Column("state", choice("proposed", "active", "on_leave", "ended", name="membershipstate"), nullable=False),
        sa.Column("appointed_by_vote_id", sa.Uuid(), nullable=True),
        sa.Column("appointed_by_instrument_id", sa.Uuid(), nullable=True),
        instant("valid_from"),
        instant("valid_until", nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("gender", choice("woman", "man", "nonbinary", name="gender"), nullable=True),
        instant("created_at"),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("membership_interval_check")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("membership_body_id_fkey")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("membership_organization_id_fkey")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("membership_person_id_fkey")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("membership_seat_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("membership_pkey")),
    )
    op.create_index(op.f("membership_body_id_index"), "membership", ["body_id"])
    op.create_index(
        "membership_holder_index",
        "membership",
        ["seat_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('active', 'on_leave') AND NOT alternate"),
    )
    op.create_index(
        "membership_once_index",
        "membership",
        ["seat_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('proposed', 'active', 'on_leave')"),
    )
    op.create_index(op.f("membership_organization_id_index"), "membership", ["organization_id"])
    op.create_index(op.f("membership_person_id_index"), "membership", ["person_id"])
    op.create_index(op.f("membership_seat_id_index"), "membership", ["seat_id"])
    _parity()
    _joining()
    for machine in MACHINES:
        guard(machine)
    for name in MARKED:
        mark(name)


def _parity() -> None:
    dimensions = choice("sector", "gender", "territory", name="paritydimension")
    consequences = choice("warn", "block_constitution", "block_vote", name="parityconsequence")
    op.create_table(
        "parity_rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("dimension", dimensions, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("tolerance", sa.BigInteger(), nullable=False),
        sa.Column("consequence", consequences, nullable=False),
        text_in_languages("reason"),
        instant("adopted_at"),
        instant("ended_at", nullable=True),
        sa.CheckConstraint("tolerance BETWEEN 0 AND 100", name=op.f("parity_rule_tolerance_check")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("parity_rule_body_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("parity_rule_pkey")),
    )
    op.create_index(
        op.f("parity_rule_body_id_dimension_version_index"),
        "parity_rule",
        ["body_id", "dimension", "version"],
        unique=True,
    )
    standing = sa.text("ended_at IS NULL")
    op.create_index(
        "parity_rule_standing_index", "parity_rule", ["body_id", "dimension"], unique=True, postgresql_where=standing
    )


def _joining() -> None:
    states = choice("sent", "accepted", "declined", "withdrawn", "lapsed", name="joinstate")
    op.create_table(
        "join_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("kind", choice("request", "invitation", name="joinkind"), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("seat_id", sa.Uuid(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        instant("sent_at"),
        instant("lapses_at"),
        instant("answered_at", nullable=True),
        sa.CheckConstraint("num_nonnulls(person_id, organization_id) > 0", name=op.f("join_request_of_somebody_check")),
        sa.CheckConstraint(
            "(kind = 'invitation') <= (seat_id IS NOT NULL)", name=op.f("join_request_invited_to_a_seat_check")
        ),
        sa.CheckConstraint("lapses_at > sent_at", name=op.f("join_request_lapses_check")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("join_request_body_id_fkey")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("join_request_person_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("join_request_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("join_request_seat_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("join_request_pkey")),
    )
    for column in ("body_id", "person_id", "organization_id"):
        op.create_index(op.f(f"join_request_{column}_index"), "join_request", [column])
    op.create_index(
        "join_request_once_index",
        "join_request",
        ["body_id", "kind", sa.text("coalesce(organization_id, person_id)")],
        unique=True,
        postgresql_where=sa.text("state = 'sent'"),
    )


def _entries() -> None:
    op.drop_constraint("entry_entrykind_check", "entry")
    kinds = "kind IN ('Body', 'Organization', 'Mandate', 'Consultation', 'Session', 'Instrument', 'Study')"
    op.create_check_constraint(op.f("entry_entrykind_check"), "entry", kinds)
