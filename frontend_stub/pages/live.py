"""What changes on a consultation's page while it is open: followed by a browser, or asked for now and then."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator
from typing import Any

import httpx2
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from frontend_stub.languages import chosen
from frontend_stub.streaming import EVENTS, Over
from frontend_stub.whoever import UNSTORED, hub_of, token_if_any

BEGIN = b"retry: 5000\n\n"
"""Where a stream is cut, a browser asks for it again after five seconds."""

ALIVE = b":\n\n"
END = b"event: over\ndata:\n\n"
"""There is nothing more to follow; a browser that is told so asks no more."""


async def page(request: Request) -> Response:
    """Tell how many have answered: as a stream to whoever takes one, else as it is now."""
    if EVENTS in request.headers.get("accept", ""):
        return Events(_followed(request))
    found = await hub_of(request).ask("live_now", {"id": request.path_params["id"]}, language=chosen(request))
    if not found["node"]:
        raise HTTPException(404)
    return JSONResponse(found["node"], headers=UNSTORED)


async def _followed(request: Request) -> AsyncGenerator[bytes, None]:
    yield BEGIN
    told = hub_of(request).stream(
        "live", {"id": request.path_params["id"]}, language=chosen(request), token=token_if_any(request)
    )
    try:
        async for data in told:
            if data is None:
                yield ALIVE
            elif data["consultation"] is None:
                yield END
                return
            else:
                yield b"data: " + json.dumps(data["consultation"]).encode() + b"\n\n"
    except Over:
        yield END
    except httpx2.HTTPError:
        # The hub is away; the browser asks again by itself.
        return
    finally:
        await told.aclose()


class Events(Response):
    """A stream that is over, with all that it holds on to, as soon as nobody is there to take it."""

    def __init__(self, events: AsyncGenerator[bytes, None]) -> None:
        super().__init__(headers={"content-type": EVENTS, "x-accel-buffering": "no", **UNSTORED})
        del self.headers["content-length"]
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send events until there are no more or nobody takes them."""
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        tasks: list[asyncio.Task[Any]] = [asyncio.create_task(self._send(send)), asyncio.create_task(_gone(receive))]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            with contextlib.suppress(OSError):
                await asyncio.gather(*tasks, return_exceptions=True)
            await self._events.aclose()

    async def _send(self, send: Send) -> None:
        async for event in self._events:
            await send({"type": "http.response.body", "body": event, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


routes = [Route("/consultas/{id}/vivo", page, methods=["GET"])]
