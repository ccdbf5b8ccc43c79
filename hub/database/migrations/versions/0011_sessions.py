"""Sessions: their rules, agendas, attendance and recusals."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from hub.database.migrations.tables import choice, guard, instant, mark

revision = "0011"
down_revision = "0010"

MARKED = (
    "agenda_item",
    "attendance",
    "convocation",
    "quorum_count",
    "recusal",
    "session",
    "session_rules",
)

MACHINES = ("session", "agenda_item")

NEVER_CHANGED = ("convocation", "quorum_count", "session_rules")


def upgrade() -> None:
    op.create_table(
        "session_rules",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("terms", JSONB(), nullable=False),
        sa.Column("source", JSONB(), nullable=False),
        instant("valid_from"),
        instant("created_at"),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("session_rules_body_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("session_rules_pkey")),
    )
    op.create_index(op.f("session_rules_body_id_version_index"), "session_rules", ["body_id", "version"], unique=True)
    op.create_table(
        "session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("joint_body_ids", ARRAY(sa.Uuid()), nullable=False),
        sa.Column("rules_id", sa.Uuid(), nullable=True),
        sa.Column("title", JSONB(), nullable=False),
        sa.Column("kind", choice("ordinary", "extraordinary", name="sessionkind"), nullable=False),
        sa.Column("mode", choice("in_person", "remote", "hybrid", name="sessionmode"), nullable=False),
        sa.Column(
            "state",
            choice(
                "planned",
                "convened",
                "in_session",
                "adjourned",
                "closed",
                "finished",
                "failed",
                "cancelled",
                name="sessionstate",
            ),
            nullable=False,
        ),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("call", sa.BigInteger(), nullable=False),
        sa.Column("previous_call_id", sa.Uuid(), nullable=True),
        instant("starts_at"),
        sa.Column("starts_local", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("planned_minutes", sa.BigInteger(), nullable=False),
        sa.Column("place", JSONB(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("open_to_public", sa.Boolean(), nullable=False),
        sa.Column("closed_reason", JSONB(), nullable=True),
        sa.Column("cancel_reason", JSONB(), nullable=True),
        instant("resumes_at", nullable=True),
        sa.Column("resumes_local", sa.DateTime(), nullable=True),
        instant("convened_at", nullable=True),
        instant("opened_at", nullable=True),
        instant("ended_at", nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        instant("created_at"),
        sa.CheckConstraint(
            "open_to_public OR closed_reason IS NOT NULL", name=op.f("session_closed_with_reason_check")
        ),
        sa.CheckConstraint("planned_minutes > 0", name=op.f("session_planned_minutes_check")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("session_body_id_fkey")),
        sa.ForeignKeyConstraint(["id"], ["entry.id"], name=op.f("session_id_fkey")),
        sa.ForeignKeyConstraint(["previous_call_id"], ["session.id"], name=op.f("session_previous_call_id_fkey")),
        sa.ForeignKeyConstraint(["rules_id"], ["session_rules.id"], name=op.f("session_rules_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("session_pkey")),
        sa.UniqueConstraint("previous_call_id", name=op.f("session_previous_call_id_key")),
    )
    op.create_index(op.f("session_body_id_starts_at_id_index"), "session", ["body_id", "starts_at", "id"])
    op.create_index("session_joint_bodies_index", "session", ["joint_body_ids"], postgresql_using="gin")
    op.create_index(op.f("session_starts_at_id_index"), "session", ["starts_at", "id"])
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            choice(
                "roll_call",
                "agenda_approval",
                "minutes_approval",
                "information",
                "discussion",
                "decision",
                "general_matters",
                name="agendakind",
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            choice("proposed", "accepted", "rejected", "deferred", "dealt_with", "removed", name="agendaitemstate"),
            nullable=False,
        ),
        sa.Column("title", JSONB(), nullable=False),
        sa.Column("explanation", JSONB(), nullable=True),
        sa.Column("presenter", sa.Text(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("requested_by_id", sa.Uuid(), nullable=True),
        instant("requested_at", nullable=True),
        sa.Column("answer", JSONB(), nullable=True),
        sa.Column("planned_minutes", sa.BigInteger(), nullable=True),
        instant("started_at", nullable=True),
        instant("ended_at", nullable=True),
        sa.Column("outcome", JSONB(), nullable=True),
        sa.CheckConstraint("planned_minutes > 0", name=op.f("agenda_item_planned_minutes_check")),
        sa.CheckConstraint("position >= 0", name=op.f("agenda_item_position_check")),
        sa.ForeignKeyConstraint(["parent_id"], ["agenda_item.id"], name=op.f("agenda_item_parent_id_fkey")),
        sa.ForeignKeyConstraint(["requested_by_id"], ["membership.id"], name=op.f("agenda_item_requested_by_id_fkey")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("agenda_item_session_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("agenda_item_pkey")),
    )
    op.create_index(op.f("agenda_item_parent_id_index"), "agenda_item", ["parent_id"])
    op.create_index(op.f("agenda_item_session_id_position_id_index"), "agenda_item", ["session_id", "position", "id"])
    op.create_table(
        "attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("mode", choice("in_person", "remote", name="attendancemode"), nullable=False),
        instant("came_at"),
        instant("left_at", nullable=True),
        sa.CheckConstraint("left_at >= came_at", name=op.f("attendance_interval_check")),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("attendance_membership_id_fkey")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("attendance_seat_id_fkey")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("attendance_session_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("attendance_pkey")),
    )
    op.create_index(op.f("attendance_membership_id_index"), "attendance", ["membership_id"])
    op.create_index(
        "attendance_seat_index",
        "attendance",
        ["session_id", "seat_id"],
        unique=True,
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_index(op.f("attendance_session_id_index"), "attendance", ["session_id"])
    op.create_table(
        "recusal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agenda_item_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("reason", JSONB(), nullable=False),
        instant("declared_at"),
        sa.ForeignKeyConstraint(["agenda_item_id"], ["agenda_item.id"], name=op.f("recusal_agenda_item_id_fkey")),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("recusal_membership_id_fkey")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("recusal_seat_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("recusal_pkey")),
    )
    op.create_index(op.f("recusal_agenda_item_id_seat_id_index"), "recusal", ["agenda_item_id", "seat_id"], unique=True)
    op.create_index(op.f("recusal_membership_id_index"), "recusal", ["membership_id"])
    _convocations()
    for machine in MACHINES:
        guard(machine)
    for name in MARKED:
        mark(name)
    for name in NEVER_CHANGED:
        op.execute(
            f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON {name} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def _convocations() -> None:
    op.create_table(
        "convocation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", choice("issued", "amended", "annulled", name="convocationkind"), nullable=False),
        instant("issued_at"),
        instant("starts_at"),
        sa.Column("starts_local", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("place", JSONB(), nullable=True),
        sa.Column("notice_met", sa.Boolean(), nullable=False),
        sa.Column("latest_day", sa.Date(), nullable=False),
        sa.Column("reason", JSONB(), nullable=True),
        sa.CheckConstraint("notice_met OR reason IS NOT NULL", name=op.f("convocation_short_with_reason_check")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("convocation_session_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("convocation_pkey")),
    )
    op.create_index(op.f("convocation_session_id_number_index"), "convocation", ["session_id", "number"], unique=True)
    op.create_table(
        "quorum_count",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("occasion", choice("opening", "failure", "resumption", name="quorumoccasion"), nullable=False),
        sa.Column("seats", sa.BigInteger(), nullable=False),
        sa.Column("needed", sa.BigInteger(), nullable=False),
        sa.Column("present", sa.BigInteger(), nullable=False),
        instant("counted_at"),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("quorum_count_body_id_fkey")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("quorum_count_session_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("quorum_count_pkey")),
    )
    op.create_index(
        op.f("quorum_count_session_id_counted_at_id_index"), "quorum_count", ["session_id", "counted_at", "id"]
    )
