"""Interests that members of bodies declare, and agreements of bodies with others."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from hub.database.migrations.tables import choice, guard, instant, mark

revision = "0018"
down_revision = "0017"

MARKED = (
    "agreement",
    "agreement_obligation",
    "agreement_party",
    "agreement_renewal",
    "interest_declaration",
)

MACHINES = ("interest_declaration", "agreement")

# What was declared never changes: it is reviewed, superseded, and emptied when its member is erased. What all signed
# never changes either: it is prolonged and ended, mandates carry it out, and who signed may be erased.
FIXED = """
CREATE FUNCTION refuse_change_of_declared() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    erasable CONSTANT text[] := ARRAY['summary', 'organization_id', 'matter', 'since', 'until'];
    moving CONSTANT text[] := ARRAY['state', 'review_note', 'reviewed_at'];
    declared jsonb := to_jsonb(OLD) - moving;
    written jsonb;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        written := jsonb_strip_nulls(to_jsonb(NEW) - moving);
    END IF;
    IF TG_OP = 'DELETE' OR NOT declared @> written OR NOT written @> jsonb_strip_nulls(declared - erasable) THEN
        RAISE EXCEPTION 'Declaration % never changes; make another one.', OLD.id
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER interest_declaration_fixed BEFORE UPDATE OR DELETE ON interest_declaration
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_declared();

CREATE FUNCTION refuse_change_of_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving CONSTANT text[] := ARRAY['state', 'in_force_until', 'ended_at', 'end_reason'];
BEGIN
    IF OLD.signed_on IS NOT NULL
        AND (TG_OP = 'DELETE' OR to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving)
    THEN
        RAISE EXCEPTION 'Agreement % was signed and never changes; prolong it, or end it.', OLD.id
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER agreement_fixed BEFORE UPDATE OR DELETE ON agreement
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_signed();

CREATE FUNCTION refuse_in_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whole uuid;
BEGIN
    IF TG_OP = 'INSERT' THEN whole := NEW.agreement_id; ELSE whole := OLD.agreement_id; END IF;
    PERFORM FROM agreement WHERE id = whole AND signed_on IS NOT NULL;
    IF FOUND AND (TG_OP <> 'UPDATE' OR to_jsonb(NEW) - TG_ARGV::text[] IS DISTINCT FROM to_jsonb(OLD) - TG_ARGV::text[])
    THEN
        RAISE EXCEPTION 'Agreement % was signed and never changes; prolong it, or end it.', whole
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER agreement_party_fixed BEFORE INSERT OR UPDATE OR DELETE ON agreement_party
    FOR EACH ROW EXECUTE FUNCTION refuse_in_signed('person_id', 'signatory');

CREATE TRIGGER agreement_obligation_fixed BEFORE INSERT OR UPDATE OR DELETE ON agreement_obligation
    FOR EACH ROW EXECUTE FUNCTION refuse_in_signed('mandate_id');

CREATE FUNCTION refuse_change_of_renewal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'That agreement % was prolonged stays as it was written.', OLD.agreement_id
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER agreement_renewal_fixed BEFORE UPDATE OR DELETE ON agreement_renewal
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_renewal();
"""


def upgrade() -> None:
    op.drop_constraint("entry_entrykind_check", "entry")
    kinds = "kind IN ('Body', 'Organization', 'Mandate', 'Consultation', 'Session', 'Instrument', 'Study', 'Agreement')"
    op.create_check_constraint(op.f("entry_entrykind_check"), "entry", kinds)
    _interests()
    _agreements()
    _parts_of_agreements()
    for statement in FIXED.strip().split("\n\nCREATE"):
        op.execute(statement if statement.startswith("CREATE") else "CREATE" + statement)
    for machine in MACHINES:
        guard(machine)
    for name in MARKED:
        mark(name)


def _interests() -> None:
    kinds = ("none", "employment", "ownership", "contract", "position", "family", "other")
    op.create_table(
        "interest_declaration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("kind", choice(*kinds, name="interestkind"), nullable=False),
        sa.Column("state", choice("declared", "reviewed", "superseded", name="intereststate"), nullable=False),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("matter", sa.Text(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=True),
        instant("declared_at"),
        instant("reviewed_at", nullable=True),
        sa.CheckConstraint("until >= since", name=op.f("interest_declaration_interval_check")),
        sa.CheckConstraint(
            "kind <> 'none' OR num_nonnulls(organization_id, matter, since, until) = 0",
            name=op.f("interest_declaration_none_check"),
        ),
        sa.CheckConstraint(
            "(state <> 'reviewed') OR reviewed_at IS NOT NULL", name=op.f("interest_declaration_reviewed_check")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("interest_declaration_body_id_fkey")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("interest_declaration_membership_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("interest_declaration_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["interest_declaration.id"], name=op.f("interest_declaration_replaces_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("interest_declaration_pkey")),
        sa.UniqueConstraint("replaces_id", name=op.f("interest_declaration_replaces_id_key")),
    )
    for column in ("body_id", "membership_id", "organization_id"):
        op.create_index(op.f(f"interest_declaration_{column}_index"), "interest_declaration", [column])
    op.add_column("recusal", sa.Column("interest_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("recusal_interest_id_fkey"), "recusal", "interest_declaration", ["interest_id"], ["id"])


def _agreements() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("state", choice("draft", "signed", "ended", name="agreementstate"), nullable=False),
        sa.Column("title", JSONB(), nullable=False),
        sa.Column("purpose", JSONB(), nullable=False),
        sa.Column("territory_ids", ARRAY(sa.Uuid()), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("in_force_until", sa.Date(), nullable=True),
        sa.Column("end_reason", JSONB(), nullable=True),
        instant("ended_at", nullable=True),
        instant("created_at"),
        sa.CheckConstraint("in_force_until > in_force_from", name=op.f("agreement_in_force_check")),
        sa.CheckConstraint("signed_on IS NULL OR in_force_from IS NOT NULL", name=op.f("agreement_signed_check")),
        sa.CheckConstraint("state <> 'signed' OR signed_on IS NOT NULL", name=op.f("agreement_signed_by_all_check")),
        sa.CheckConstraint(
            "(state = 'ended') = (ended_at IS NOT NULL) AND (ended_at IS NULL) = (end_reason IS NULL)",
            name=op.f("agreement_ended_check"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("agreement_body_id_fkey")),
        sa.ForeignKeyConstraint(["id"], ["entry.id"], name=op.f("agreement_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("agreement_pkey")),
    )
    op.create_index(op.f("agreement_body_id_index"), "agreement", ["body_id"])
    op.create_index(op.f("agreement_created_at_id_index"), "agreement", ["created_at", "id"])


def _parts_of_agreements() -> None:
    op.create_table(
        "agreement_party",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("signatory", sa.Text(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("recorded", sa.Boolean(), nullable=False),
        sa.CheckConstraint("num_nonnulls(body_id, organization_id) = 1", name=op.f("agreement_party_somebody_check")),
        sa.CheckConstraint(
            "signed_on IS NOT NULL OR num_nonnulls(person_id, signatory) = 0",
            name=op.f("agreement_party_signed_check"),
        ),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("agreement_party_agreement_id_fkey")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("agreement_party_body_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("agreement_party_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("agreement_party_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("agreement_party_pkey")),
    )
    for column in ("body_id", "organization_id", "person_id"):
        op.create_index(op.f(f"agreement_party_{column}_index"), "agreement_party", [column])
    op.create_table(
        "agreement_obligation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("text", JSONB(), nullable=False),
        sa.Column("party_position", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("mandate_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("agreement_obligation_agreement_id_fkey")
        ),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("agreement_obligation_mandate_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("agreement_obligation_pkey")),
    )
    op.create_index(op.f("agreement_obligation_mandate_id_index"), "agreement_obligation", ["mandate_id"])
    op.create_table(
        "agreement_renewal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("former_until", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", JSONB(), nullable=False),
        instant("renewed_at"),
        sa.CheckConstraint("until > former_until", name=op.f("agreement_renewal_longer_check")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("agreement_renewal_agreement_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("agreement_renewal_pkey")),
    )
    for table, place in (("party", "position"), ("obligation", "position"), ("renewal", "number")):
        name = op.f(f"agreement_{table}_agreement_id_{place}_index")
        op.create_index(name, f"agreement_{table}", ["agreement_id", place], unique=True)
