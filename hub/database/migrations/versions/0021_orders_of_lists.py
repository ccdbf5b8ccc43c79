"""The members, mandates and recommendations of a body, and all findings, are kept in the order of their lists."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

DUE = sa.text("coalesce(due_on, '9999-12-30')")

OWNERS = ("body_id", "organization_id")


def upgrade() -> None:
    """Let the indexes of owners go on to what their lists are ordered by."""
    op.drop_index(op.f("membership_body_id_index"), table_name="membership")
    op.create_index(op.f("membership_body_id_valid_from_id_index"), "membership", ["body_id", "valid_from", "id"])
    op.drop_index(op.f("mandate_body_id_index"), table_name="mandate")
    op.create_index(op.f("mandate_body_id_created_at_id_index"), "mandate", ["body_id", "created_at", "id"])
    op.create_index("mandate_body_due_index", "mandate", ["body_id", DUE, "id"])
    op.create_index(op.f("finding_number_id_index"), "finding", ["number", "id"])
    for owner in OWNERS:
        op.drop_index(op.f(f"finding_{owner}_index"), table_name="finding")
        op.create_index(op.f(f"finding_{owner}_number_id_index"), "finding", [owner, "number", "id"])
    op.create_index("study_retracted_index", "study", ["id"], postgresql_where=sa.text("state = 'retracted'"))


def downgrade() -> None:
    """Keep only who owns them."""
    op.drop_index("study_retracted_index", table_name="study")
    for owner in OWNERS:
        op.drop_index(op.f(f"finding_{owner}_number_id_index"), table_name="finding")
        op.create_index(op.f(f"finding_{owner}_index"), "finding", [owner])
    op.drop_index(op.f("finding_number_id_index"), table_name="finding")
    op.drop_index("mandate_body_due_index", table_name="mandate")
    op.drop_index(op.f("mandate_body_id_created_at_id_index"), table_name="mandate")
    op.create_index(op.f("mandate_body_id_index"), "mandate", ["body_id"])
    op.drop_index(op.f("membership_body_id_valid_from_id_index"), table_name="membership")
    op.create_index(op.f("membership_body_id_index"), "membership", ["body_id"])
