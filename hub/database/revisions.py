"""Which schema a database has, and whether this release knows it.

The migrations are numbered in their file names, so that a process that only serves need not load the tool that runs
them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import asyncpg
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.database.engine import write_engine
from hub.errors import SetupError

OLDEST_SERVER = 180000

MIGRATIONS = Path(__file__).parent / "migrations"


@cache
def known() -> tuple[str, ...]:
    """Return the revisions of this release, the oldest first."""
    return tuple(sorted(script.name[:4] for script in (MIGRATIONS / "versions").glob("[0-9]*.py")))


def newest() -> str:
    """Return the revision that this release needs."""
    return known()[-1]


@asynccontextmanager
async def connected(url: str, *, patient: bool = False) -> AsyncIterator[AsyncConnection]:
    """Connect once; what stands in the way is said in words, since every command passes here first."""
    engine = write_engine(url, size=1, patient=patient)
    try:
        try:
            connection = await engine.connect()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, DBAPIError) as error:
            raise SetupError(
                f"The database cannot be reached: {error}. Check HUB_DATABASE_URL, and that its server runs."
            ) from None
        try:
            yield connection
        finally:
            await connection.close()
    finally:
        await engine.dispose()


def require_server(connection: Connection) -> None:
    """Refuse a server that is older than the hub needs."""
    found = int(connection.execute(text("SHOW server_version_num")).scalar_one())
    connection.commit()
    if found < OLDEST_SERVER:
        raise SetupError(
            f"The hub needs PostgreSQL 18 or newer, and this server is {found // 10000}.{found % 10000}. "
            "Point HUB_DATABASE_URL at a newer one, or unset it to let the hub run its own."
        )


def require_known(revision: str | None) -> None:
    """Refuse a database that a newer release has migrated."""
    if revision is not None and revision not in known():
        raise SetupError(
            f"The database has schema revision {revision}, which this release does not know: it was made by a newer "
            "hub. Install that release, or restore a backup made by this one."
        )


def current(connection: Connection) -> str | None:
    """Return the revision of a database; None where nothing was ever migrated."""
    there = connection.execute(text("SELECT to_regclass('alembic_version') IS NOT NULL")).scalar_one()
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if there else None


async def require_current(url: str) -> None:
    """Refuse, with the command to run, a database whose schema is not the one of this release."""
    async with connected(url) as connection:
        await connection.run_sync(require_server)
        found = await connection.run_sync(current)
    require_known(found)
    if found != newest():
        raise SetupError(
            f"The database has schema revision {found or 'none'}, and this release needs {newest()}: "
            "run `hub migrate` (make a backup first: `hub backup FILE`)."
        )
