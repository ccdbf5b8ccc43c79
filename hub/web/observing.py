"""Observing: each request gets a number, one line in the log and a place in the figures, and none of its content.

A line tells the method, the status, the milliseconds, what kind of thing was asked for, and the operation's name where
it stands in a trusted document. Tokens, addresses, variables, texts and paths are in none. A connection by WebSocket is
one request, which ends when it is closed, and leaves a line for each of its operations (`graphql_schema/ws.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.tracing import PAGE, Trace, traced

log = structlog.get_logger("hub.web")

CONNECTED, CONNECTION = "WEBSOCKET", "connection"
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", CONNECTED})
STARTS = frozenset({"http.response.start", "websocket.http.response.start", "websocket.accept"})
"""How an answer begins, with its headers."""

KINDS = {
    "/graphql": "no operation",
    "/graphql/schema.graphql": "contract",
    "/livez": "health",
    "/readyz": "health",
}
"""What is asked for at addresses of the hub's own; anything else is a page."""

Observed = Callable[[Trace, int, float], None]
"""What is told the trace, the status and the seconds of each request."""


class Observing:
    """An application whose every request is seen."""

    def __init__(self, app: ASGIApp, *, observed: Observed | None = None) -> None:
        self._app, self._observed = app, observed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and tell of it when it is over."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500
        connection = scope["type"] == "websocket"
        with traced(CONNECTION if connection else KINDS.get(scope["path"], PAGE)) as trace:

            async def numbered(message: Message) -> None:
                nonlocal status
                if message["type"] in STARTS:
                    status = message.get("status", 101)
                    headers = message.setdefault("headers", [])
                    if not any(name == b"x-request-id" for name, _ in headers):
                        message["headers"] = [*headers, (b"x-request-id", trace.request_id.encode())]
                await send(message)

            try:
                await self._app(scope, receive, numbered)
            finally:
                method = CONNECTED if connection else scope["method"]
                self._tell(trace, method, status, time.perf_counter() - began)

    def _tell(self, trace: Trace, method: str, status: int, seconds: float) -> None:
        log.info(
            "request",
            request_id=trace.request_id,
            method=method if method in METHODS else "other",
            status=status,
            milliseconds=round(seconds * 1_000, 1),
            kind=trace.kind,
            name=trace.name,
        )
        if self._observed is not None:
            self._observed(trace, status, seconds)
