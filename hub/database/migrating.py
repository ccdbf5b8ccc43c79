"""Bringing a database to the schema of this release."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.dialects.postgresql import insert

from hub.changes.models import LawfulMove
from hub.database.revisions import MIGRATIONS, connected, current, newest, require_known, require_server
from hub.lifecycle import Lifecycle

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")


def configuration() -> Config:
    """Return Alembic's configuration: the scripts lie beside this file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


async def migrate(url: str, machines: Iterable[Lifecycle], *, say: Callable[[str], None] = print) -> None:
    """Bring the database to the newest revision: all of it or nothing for each step. Safe to run again."""
    async with connected(url, patient=True) as connection:
        await connection.run_sync(require_server)
        # Two migrations at once would both create the same tables; the second waits here, then finds it done.
        await connection.execute(text("SELECT pg_advisory_lock(7237093)"))
        await connection.run_sync(_upgrade, say)
        await connection.run_sync(_load_machines, list(machines))
        await connection.execute(text("SELECT pg_advisory_unlock(7237093)"))
        await connection.commit()


def _upgrade(connection: Connection, say: Callable[[str], None]) -> None:
    before = current(connection)
    require_known(before)
    if before == newest():
        say(f"The schema is up to date (revision {before}).")
        connection.commit()
        return
    for extension in EXTENSIONS:
        connection.execute(text(f"CREATE EXTENSION IF NOT EXISTS {extension}"))
    connection.commit()
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()
    say(f"The schema went from revision {before or 'nothing'} to {newest()}.")


def _load_machines(connection: Connection, machines: list[Lifecycle]) -> None:
    for life in machines:
        for move in life.moves:
            row = {"machine": life.machine, "source": move.source, "event": move.event, "target": move.target}
            connection.execute(insert(LawfulMove).values(row).on_conflict_do_nothing())
    connection.commit()
