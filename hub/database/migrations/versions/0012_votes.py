"""Motions, the votes on them, minutes and action items."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from hub.database.migrations.tables import choice, guard, instant, mark

revision = "0012"
down_revision = "0011"

MARKED = (
    "action_item",
    "ballot_box",
    "minutes",
    "minutes_addendum",
    "minutes_revision",
    "minutes_signature",
    "motion",
    "observation",
    "sector_count",
    "vote",
    "vote_event",
    "voting_seat",
)

MACHINES = ("motion", "vote_event", "minutes", "observation", "action_item")


# A wording, a signature and an addendum are only ever added; a wording not even that once the minutes are approved.
# What was approved stays as it is: its text by these rules, its hash by the last one.
IMMUTABLE = """
CREATE TRIGGER minutes_revision_immutable BEFORE UPDATE OR DELETE ON minutes_revision
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER minutes_signature_immutable BEFORE UPDATE OR DELETE ON minutes_signature
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER minutes_addendum_immutable BEFORE UPDATE OR DELETE ON minutes_addendum
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_after_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM minutes WHERE id = NEW.minutes_id AND content_hash IS NOT NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'The minutes % are approved and never change; add an addendum.', NEW.minutes_id
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER minutes_revision_not_after_approval BEFORE INSERT ON minutes_revision
    FOR EACH ROW EXECUTE FUNCTION refuse_after_approval();

CREATE TRIGGER observation_not_after_approval BEFORE INSERT ON observation
    FOR EACH ROW EXECUTE FUNCTION refuse_after_approval();

CREATE FUNCTION refuse_change_of_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.content_hash IS NOT NULL AND (TG_OP = 'DELETE'
        OR (NEW.id, NEW.session_id, NEW.content_hash, NEW.approved_at, NEW.approved_by_id)
           IS DISTINCT FROM (OLD.id, OLD.session_id, OLD.content_hash, OLD.approved_at, OLD.approved_by_id))
    THEN
        RAISE EXCEPTION 'The minutes % are approved and never change; add an addendum.', OLD.id
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER minutes_immutable BEFORE UPDATE OR DELETE ON minutes
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_approved();
"""


def upgrade() -> None:
    _motions()
    _ballots()
    _minutes()
    _tasks()
    op.create_foreign_key(op.f("motion_minutes_id_fkey"), "motion", "minutes", ["minutes_id"], ["id"])
    for statement in IMMUTABLE.strip().split("\n\n"):
        op.execute(statement)
    for machine in MACHINES:
        guard(machine)
    for name in MARKED:
        mark(name)


def _motions() -> None:
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
        sa.Column("minutes_id", sa.Uuid(), nullable=True),
        sa.Column("subject_hash", sa.Text(), nullable=True),
        instant("tabled_at"),
        instant("decided_at", nullable=True),
        sa.CheckConstraint(
            "(decided_at IS NOT NULL) = (state IN ('carried', 'lost'))", name=op.f("motion_decided_check")
        ),
        sa.CheckConstraint(
            "(subject_hash IS NOT NULL) = (instrument_id IS NOT NULL OR minutes_id IS NOT NULL)",
            name=op.f("motion_subject_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(amends_id, instrument_id, minutes_id) <= 1", name=op.f("motion_about_one_thing_check")
        ),
        sa.ForeignKeyConstraint(["agenda_item_id"], ["agenda_item.id"], name=op.f("motion_agenda_item_id_fkey")),
        sa.ForeignKeyConstraint(["amends_id"], ["motion.id"], name=op.f("motion_amends_id_fkey")),
        sa.ForeignKeyConstraint(["mover_id"], ["membership.id"], name=op.f("motion_mover_id_fkey")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("motion_session_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("motion_pkey")),
    )
    op.create_index(op.f("motion_agenda_item_id_number_id_index"), "motion", ["agenda_item_id", "number", "id"])
    op.create_index(op.f("motion_amends_id_index"), "motion", ["amends_id"])
    op.create_index(op.f("motion_instrument_id_index"), "motion", ["instrument_id"])
    op.create_index(op.f("motion_minutes_id_index"), "motion", ["minutes_id"])
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
        instant("annulled_at", nullable=True),
        sa.Column("annulled_reason", JSONB(), nullable=True),
        sa.CheckConstraint(
            "(state = 'annulled') = (annulled_reason IS NOT NULL)", name=op.f("vote_event_annulled_with_a_reason_check")
        ),
        sa.CheckConstraint("state <> 'open' OR closed_at IS NULL", name=op.f("vote_event_open_without_a_result_check")),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (result IS NULL)", name=op.f("vote_event_closed_with_a_result_check")
        ),
        sa.CheckConstraint("num_nulls(annulled_at, annulled_reason) IN (0, 2)", name=op.f("vote_event_annulled_check")),
        sa.CheckConstraint(
            "num_nulls(votes_for, votes_against, abstentions, needed, result) IN (0, 5)",
            name=op.f("vote_event_together_check"),
        ),
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


def _ballots() -> None:
    op.create_table(
        "voting_seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vote_event_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "sector",
            choice("government", "civil_society", "academia", "private", "citizens", name="sector"),
            nullable=False,
        ),
        sa.Column("has_voted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("voting_seat_seat_id_fkey")),
        sa.ForeignKeyConstraint(["vote_event_id"], ["vote_event.id"], name=op.f("voting_seat_vote_event_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("voting_seat_pkey")),
    )
    op.create_index(op.f("voting_seat_seat_id_index"), "voting_seat", ["seat_id"])
    op.create_index(
        op.f("voting_seat_vote_event_id_seat_id_index"), "voting_seat", ["vote_event_id", "seat_id"], unique=True
    )
    op.create_table(
        "vote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vote_event_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("option", choice("for", "against", "abstain", name="voteoption"), nullable=False),
        sa.Column("reason", JSONB(), nullable=True),
        sa.Column("recorded", sa.Boolean(), nullable=False),
        instant("cast_at"),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("vote_membership_id_fkey")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("vote_seat_id_fkey")),
        sa.ForeignKeyConstraint(["vote_event_id"], ["vote_event.id"], name=op.f("vote_vote_event_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("vote_pkey")),
    )
    op.create_index(op.f("vote_membership_id_index"), "vote", ["membership_id"])
    op.create_index(op.f("vote_seat_id_index"), "vote", ["seat_id"])
    op.create_index(op.f("vote_vote_event_id_seat_id_index"), "vote", ["vote_event_id", "seat_id"], unique=True)
    op.create_table(
        "ballot_box",
        sa.Column("vote_event_id", sa.Uuid(), nullable=False),
        sa.Column("votes_for", sa.BigInteger(), nullable=False),
        sa.Column("votes_against", sa.BigInteger(), nullable=False),
        sa.Column("abstentions", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("least(votes_for, votes_against, abstentions) >= 0", name=op.f("ballot_box_counts_check")),
        sa.ForeignKeyConstraint(["vote_event_id"], ["vote_event.id"], name=op.f("ballot_box_vote_event_id_fkey")),
        sa.PrimaryKeyConstraint("vote_event_id", name=op.f("ballot_box_pkey")),
    )
    op.create_table(
        "sector_count",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vote_event_id", sa.Uuid(), nullable=False),
        sa.Column(
            "sector",
            choice("government", "civil_society", "academia", "private", "citizens", name="sector"),
            nullable=False,
        ),
        sa.Column("votes_for", sa.BigInteger(), nullable=False),
        sa.Column("votes_against", sa.BigInteger(), nullable=False),
        sa.Column("abstentions", sa.BigInteger(), nullable=False),
        sa.Column("silent", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "least(votes_for, votes_against, abstentions, silent) >= 0", name=op.f("sector_count_counts_check")
        ),
        sa.ForeignKeyConstraint(["vote_event_id"], ["vote_event.id"], name=op.f("sector_count_vote_event_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("sector_count_pkey")),
    )
    op.create_index(
        op.f("sector_count_vote_event_id_sector_index"), "sector_count", ["vote_event_id", "sector"], unique=True
    )


def _minutes() -> None:
    op.create_table(
        "minutes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            choice("draft", "circulated", "with_observations", "approved", "signed", "published", name="minutesstate"),
            nullable=False,
        ),
        sa.Column("content_hash", sa.Text(), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        instant("created_at"),
        instant("circulated_at", nullable=True),
        instant("observations_until", nullable=True),
        instant("approved_at", nullable=True),
        instant("published_at", nullable=True),
        sa.CheckConstraint(
            "(content_hash IS NOT NULL) = (state IN ('approved', 'signed', 'published'))",
            name=op.f("minutes_approved_check"),
        ),
        sa.ForeignKeyConstraint(["approved_by_id"], ["vote_event.id"], name=op.f("minutes_approved_by_id_fkey")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("minutes_session_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("minutes_pkey")),
        sa.UniqueConstraint("session_id", name=op.f("minutes_session_id_key")),
    )
    op.create_index(op.f("minutes_approved_by_id_index"), "minutes", ["approved_by_id"])
    op.create_table(
        "minutes_revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("minutes_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("text", JSONB(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        instant("created_at"),
        sa.ForeignKeyConstraint(["minutes_id"], ["minutes.id"], name=op.f("minutes_revision_minutes_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("minutes_revision_pkey")),
    )
    op.create_index(
        op.f("minutes_revision_minutes_id_number_index"), "minutes_revision", ["minutes_id", "number"], unique=True
    )
    op.create_table(
        "observation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("minutes_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("revision_number", sa.BigInteger(), nullable=False),
        sa.Column("text", JSONB(), nullable=False),
        sa.Column("state", choice("made", "taken_up", "not_taken_up", name="observationstate"), nullable=False),
        sa.Column("answer", JSONB(), nullable=True),
        instant("made_at"),
        instant("answered_at", nullable=True),
        sa.CheckConstraint("(state = 'made') = (answer IS NULL)", name=op.f("observation_answered_check")),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("observation_membership_id_fkey")),
        sa.ForeignKeyConstraint(["minutes_id"], ["minutes.id"], name=op.f("observation_minutes_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("observation_pkey")),
    )
    op.create_index(op.f("observation_membership_id_index"), "observation", ["membership_id"])
    op.create_index(op.f("observation_minutes_id_made_at_id_index"), "observation", ["minutes_id", "made_at", "id"])
    op.create_table(
        "minutes_signature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("minutes_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("post", choice("coordinator", "secretary", "member", name="signingpost"), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        instant("signed_at"),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("minutes_signature_membership_id_fkey")
        ),
        sa.ForeignKeyConstraint(["minutes_id"], ["minutes.id"], name=op.f("minutes_signature_minutes_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("minutes_signature_pkey")),
    )
    op.create_index(op.f("minutes_signature_membership_id_index"), "minutes_signature", ["membership_id"])
    op.create_index(
        op.f("minutes_signature_minutes_id_membership_id_index"),
        "minutes_signature",
        ["minutes_id", "membership_id"],
        unique=True,
    )
    op.create_table(
        "minutes_addendum",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("minutes_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("text", JSONB(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        instant("added_at"),
        sa.ForeignKeyConstraint(["minutes_id"], ["minutes.id"], name=op.f("minutes_addendum_minutes_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("minutes_addendum_pkey")),
    )
    op.create_index(
        op.f("minutes_addendum_minutes_id_number_index"), "minutes_addendum", ["minutes_id", "number"], unique=True
    )


def _tasks() -> None:
    op.create_table(
        "action_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("agenda_item_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("task", JSONB(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", choice("open", "done", "dropped", name="actionitemstate"), nullable=False),
        sa.Column("evidence", JSONB(), nullable=True),
        sa.Column("drop_reason", JSONB(), nullable=True),
        instant("created_at"),
        instant("ended_at", nullable=True),
        sa.CheckConstraint("(state = 'done') = (evidence IS NOT NULL)", name=op.f("action_item_evidence_check")),
        sa.CheckConstraint(
            "(state = 'dropped') = (drop_reason IS NOT NULL)", name=op.f("action_item_drop_reason_check")
        ),
        sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f("action_item_ended_check")),
        sa.CheckConstraint("(owner_id IS NULL) <> (organization_id IS NULL)", name=op.f("action_item_one_owner_check")),
        sa.ForeignKeyConstraint(["agenda_item_id"], ["agenda_item.id"], name=op.f("action_item_agenda_item_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("action_item_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["membership.id"], name=op.f("action_item_owner_id_fkey")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("action_item_session_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("action_item_pkey")),
    )
    op.create_index(op.f("action_item_agenda_item_id_index"), "action_item", ["agenda_item_id"])
    op.create_index(op.f("action_item_organization_id_index"), "action_item", ["organization_id"])
    op.create_index(op.f("action_item_owner_id_index"), "action_item", ["owner_id"])
    op.create_index(op.f("action_item_session_id_number_index"), "action_item", ["session_id", "number"], unique=True)
