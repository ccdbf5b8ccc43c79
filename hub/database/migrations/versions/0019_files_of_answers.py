"""Questions that are answered by a file, and the files of their answers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0019"
down_revision = "0018"

KINDS = (
    "short_text",
    "long_text",
    "single_choice",
    "multiple_choice",
    "ranking",
    "scale",
    "matrix",
    "number",
    "date",
    "place",
    "file",
    "notice",
    "consent",
)


def upgrade() -> None:
    op.drop_constraint("question_questionkind_check", "question")
    op.create_check_constraint(op.f("question_questionkind_check"), "question", f"kind IN {KINDS}")
    op.add_column("question", sa.Column("file_types", ARRAY(sa.Text()), nullable=True))
    op.add_column("question", sa.Column("max_size", sa.BigInteger(), nullable=True))
    op.create_check_constraint(op.f("question_max_size_check"), "question", "max_size BETWEEN 1 AND 10485760")
    op.add_column("answer", sa.Column("file_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("answer_file_id_fkey"), "answer", "stored_file", ["file_id"], ["id"])
    op.create_unique_constraint(op.f("answer_file_id_key"), "answer", ["file_id"])
