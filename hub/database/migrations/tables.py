"""What migrations that make tables have in common: columns of one kind, and what guards and marks a table."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op


def choice(*values: str, name: str) -> sa.Enum:
    """Return the type of a column that holds one of these codes, checked by the database."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def instant(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """Return a column that holds an instant."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def guard(machine: str) -> None:
    """Let a row change its state by the event of a lawful move only, whatever writes it (0002)."""
    op.execute(
        f"CREATE CONSTRAINT TRIGGER {machine}_born_lawfully AFTER INSERT ON {machine} "
        f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_lawful_move('{machine}')"
    )
    op.execute(
        f"CREATE CONSTRAINT TRIGGER {machine}_moved_lawfully AFTER UPDATE OF state ON {machine} "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) "
        f"EXECUTE FUNCTION require_lawful_move('{machine}')"
    )


def mark(name: str) -> None:
    """Let answers that are kept be dropped when a table is written (0008)."""
    op.execute(f"INSERT INTO table_mark (name) VALUES ('{name}')")
    op.execute(
        f"CREATE TRIGGER {name}_noted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION note_written()"
    )
