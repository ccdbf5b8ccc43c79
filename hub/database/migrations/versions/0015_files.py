"""Files, and the documents that they are."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from hub.database.migrations.tables import choice, instant, mark

revision = "0015"
down_revision = "0014"

ROLES = ("background", "convocation", "minutes", "annex", "terms", "report", "dataset", "contract", "other")
MARKED = (
    "document",
    "stored_file",
)


def upgrade() -> None:
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=True),
        instant("uploaded_at"),
        instant("kept_until"),
        sa.CheckConstraint("size > 0", name=op.f("stored_file_size_check")),
        sa.CheckConstraint("octet_length(sha256) = 32", name=op.f("stored_file_sha256_check")),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["account.id"], name=op.f("stored_file_uploaded_by_fkey"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("stored_file_pkey")),
    )
    op.create_index(op.f("stored_file_kept_until_index"), "stored_file", ["kept_until"])
    op.create_index(op.f("stored_file_sha256_index"), "stored_file", ["sha256"])
    op.create_index(op.f("stored_file_uploaded_by_index"), "stored_file", ["uploaded_by"])
    op.create_table(
        "upload_allowance",
        sa.Column("principal", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("principal", "day", name=op.f("upload_allowance_pkey")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("sight", choice("public", "members", name="documentsight"), nullable=False),
        sa.Column("title", JSONB(), nullable=False),
        sa.Column("role", choice(*ROLES, name="documentrole"), nullable=False),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        instant("published_at"),
        instant("withdrawn_at", nullable=True),
        sa.Column("withdrawn_reason", JSONB(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("document_body_id_fkey")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("document_entry_id_fkey")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("document_file_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("document_pkey")),
    )
    op.create_index(op.f("document_body_id_index"), "document", ["body_id"])
    op.create_index(op.f("document_entry_id_position_id_index"), "document", ["entry_id", "position", "id"])
    op.create_index(op.f("document_file_id_index"), "document", ["file_id"])
    op.create_index(op.f("document_part_id_index"), "document", ["part_id"])
    op.create_foreign_key(op.f("deliverable_document_id_fkey"), "deliverable", "document", ["document_id"], ["id"])
    for name in MARKED:
        mark(name)
