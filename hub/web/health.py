"""Whether a process lives, and whether it can serve.

Readiness is asked for by machines, every few seconds, by anybody: so the database is tried at most once a second,
whoever asks. A record in its journal, committed, is a write that only a server that takes writes carries out, and
leaves nothing behind.
"""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from starlette.requests import Request
from starlette.responses import JSONResponse

from hub.database.address import plain
from hub.database.revisions import newest
from hub.web.draining import Draining

PROBE_SECONDS = 1.0
LEAST_FREE = 0.05
"""The share of the disk that has to be free."""

PROBE = """
    SELECT version_num, CASE WHEN current_setting('transaction_read_only') = 'off'
                             THEN pg_logical_emit_message(true, 'readyz', '') END IS NOT NULL AS written
    FROM alembic_version
"""
NOT_CACHED = {"cache-control": "no-store"}


@dataclass(frozen=True)
class Database:
    """What was found of the database."""

    state: str
    schema: str | None = None


class Readiness:
    """What one process knows of itself."""

    def __init__(self, url: str, data: Path, draining: Draining) -> None:
        self._url, self._data, self._draining = plain(url), data, draining
        self._probing = asyncio.Lock()
        self._found, self._asked_at = Database("unknown"), float("-inf")

    async def found(self) -> tuple[bool, dict[str, str]]:
        """Return whether this process can serve, and what it says of each thing that it needs."""
        database = await self._database()
        found = {
            "database": database.state,
            "schema": "current" if database.schema == newest() else f"{database.schema} instead of {newest()}",
            "disk": await asyncio.to_thread(self._disk),
            "process": "draining" if self._draining.begun else "serving",
        }
        wanted = {"database": "writable", "schema": "current", "disk": "free", "process": "serving"}
        return found == wanted, found

    async def _database(self) -> Database:
        loop = asyncio.get_running_loop()
        async with self._probing:
            if loop.time() - self._asked_at >= PROBE_SECONDS:
                self._found = await self._probed()
                self._asked_at = loop.time()
            return self._found

    async def _probed(self) -> Database:
        try:
            async with asyncio.timeout(PROBE_SECONDS):
                connection = await asyncpg.connect(self._url, statement_cache_size=0)
                try:
                    row = await connection.fetchrow(PROBE)
                finally:
                    connection.terminate()
                return Database("writable" if row["written"] else "read only", row["version_num"])
        except TimeoutError:
            return Database("slow")
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return Database("unreachable")

    def _disk(self) -> str:
        there = next(folder for folder in (self._data, *self._data.absolute().parents) if folder.exists())
        usage = shutil.disk_usage(there)
        return "free" if usage.free >= LEAST_FREE * usage.total else "full"


async def live(request: Request) -> JSONResponse:
    """The event loop turns."""
    return JSONResponse({"status": "alive"}, headers=NOT_CACHED)


async def ready(request: Request) -> JSONResponse:
    """The database takes writes, with the schema of this release; there is room; and the process is not ending."""
    can_serve, found = await request.app.state.readiness.found()
    status = "ready" if can_serve else "waiting"
    return JSONResponse({"status": status, **found}, status_code=200 if can_serve else 503, headers=NOT_CACHED)
