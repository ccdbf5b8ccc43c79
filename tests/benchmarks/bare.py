"""The bare peer: Starlette answers bytes that were there before.

Run as `python -m tests.benchmarks.bare PORT FOLDER`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def app(folder: Path) -> Starlette:
    """Make the application: `POST /NAME` answers the bytes of `NAME.json`."""
    bodies = {path.stem: path.read_bytes() for path in folder.glob("*.json")}

    async def answer(request: Request) -> Response:
        await request.body()
        return Response(bodies[request.path_params["name"]], media_type="application/json")

    return Starlette(routes=[Route("/{name}", answer, methods=["POST"])])


if __name__ == "__main__":
    uvicorn.run(
        app(Path(sys.argv[2])),
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        log_level="warning",
        access_log=False,
        server_header=False,
    )
