"""How often what several people write on was written: whoever writes on it says which edition they have read."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

WRITTEN_ON = (
    "agenda_item",
    "consultation_report",
    "seat",
    "statement",
    "study_dataset",
    "study_revision",
    "work_programme",
)


def upgrade() -> None:
    for table in WRITTEN_ON:
        op.add_column(table, sa.Column("edition", sa.BigInteger(), nullable=False, server_default="1"))
