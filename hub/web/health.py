"""Whether a process lives, and whether it can serve."""

from __future__ import annotations

import asyncpg
from starlette.requests import Request
from starlette.responses import JSONResponse

from hub.database.revisions import newest


async def live(request: Request) -> JSONResponse:
    """The event loop turns."""
    return JSONResponse({"status": "alive"})


async def ready(request: Request) -> JSONResponse:
    """The database answers, with the schema of this release."""
    try:
        found = await request.app.state.hub.readers.value("SELECT version_num FROM alembic_version", [], keep=False)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return JSONResponse({"status": "waiting", "database": "unreachable"}, status_code=503)
    if found != newest():
        return JSONResponse({"status": "waiting", "schema": found, "needed": newest()}, status_code=503)
    return JSONResponse({"status": "ready", "schema": found})
