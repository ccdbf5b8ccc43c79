"""Bringing a database to the schema that this release knows, and refusing one that it does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.dialects.postgresql import insert

from hub.changes.models import LawfulMove
from hub.database.engine import write_engine
from hub.errors import SetupError
from hub.lifecycle import Lifecycle

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")
OLDEST_SERVER = 180000


def configuration() -> Config:
    """Return Alembic's configuration: the scripts lie beside this file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def newest() -> str:
    """Return the revision that this release needs."""
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    assert head is not None  # noqa: S101 - the scripts are part of the package
    return head


async def migrate(url: str, machines: Iterable[Lifecycle], *, say: Callable[[str], None] = print) -> None:
    """Bring the database to the newest revision: all of it or nothing for each step. Safe to run again."""
    engine = write_engine(url, size=1, patient=True)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_require_server)
            # Two migrations at once would both create the same tables; the second waits here, then finds it done.
            await connection.execute(text("SELECT pg_advisory_lock(7237093)"))
            await connection.run_sync(_upgrade, say)
            await connection.run_sync(_load_machines, list(machines))
            await connection.execute(text("SELECT pg_advisory_unlock(7237093)"))
            await connection.commit()
    finally:
        await engine.dispose()


def _require_server(connection: Connection) -> None:
    found = int(connection.execute(text("SHOW server_version_num")).scalar_one())
    connection.commit()
    if found < OLDEST_SERVER:
        raise SetupError(
            f"The hub needs PostgreSQL 18 or newer, and this server is {found // 10000}.{found % 10000}. "
            "Point HUB_DATABASE_URL at a newer one, or unset it to let the hub run its own."
        )


def _upgrade(connection: Connection, say: Callable[[str], None]) -> None:
    before = MigrationContext.configure(connection).get_current_revision()
    _require_known(before)
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


def _require_known(revision: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions()}
    if revision is not None and revision not in known:
        raise SetupError(
            f"The database has schema revision {revision}, which this release does not know: it was made by a newer "
            "hub. Install that release, or restore a backup made by this one."
        )


async def require_current(url: str) -> None:
    """Refuse, with the command to run, a database whose schema is not the one of this release."""
    engine = write_engine(url, size=1)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_require_server)
            found = await connection.run_sync(lambda c: MigrationContext.configure(c).get_current_revision())
    finally:
        await engine.dispose()
    _require_known(found)
    if found != newest():
        raise SetupError(
            f"The database has schema revision {found or 'none'}, and this release needs {newest()}: "
            "run `hub migrate` (make a backup first: `hub backup FILE`)."
        )
