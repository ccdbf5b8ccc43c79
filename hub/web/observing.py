"""Observing: each request gets a number, one line in the log and a place in the figures, and none of its content.

A line tells the method, the status, the milliseconds, what kind of thing was asked for, and the operation's name where
it stands in a trusted document. Tokens, addresses, variables, texts and paths are in none. A connection by WebSocket is
one request, which ends when it is closed, and leaves a line for each of its operations (`graphql_schema/ws.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.logs import tell_of_request
from hub.tracing import PAGE, Trace, traced
from hub.web.spans import Spans

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

NUMBER = b"x-request-id"

Observed = Callable[[Trace, int, float], None]
"""What is told the trace, the status and the seconds of each request."""


class Observing:
    """An application whose every request is seen."""

    def __init__(self, app: ASGIApp, *, observed: Observed | None = None, spans: Spans | None = None) -> None:
        self._app, self._observed, self._spans = app, observed, spans

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and tell of it when it is over."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        began, connection = time.perf_counter(), scope["type"] == "websocket"
        method = CONNECTED if connection else scope["method"] if scope["method"] in METHODS else "other"
        kind = CONNECTION if connection else KINDS.get(scope["path"], PAGE)
        with traced(kind) as trace:

            async def numbered(message: Message) -> None:
                if message["type"] in STARTS:
                    trace.status = message.get("status", 101)
                    headers = message.get("headers", ())
                    if NUMBER not in [name for name, _ in headers]:
                        message["headers"] = [*headers, (NUMBER, trace.request_id.encode())]
                await send(message)

            try:
                if self._spans is None:
                    await self._app(scope, receive, numbered)
                else:
                    with self._spans.request(trace, method, dict(scope["headers"])):
                        await self._app(scope, receive, numbered)
            finally:
                self._tell(trace, method, time.perf_counter() - began)

    def _tell(self, trace: Trace, method: str, seconds: float) -> None:
        tell_of_request(
            request_id=trace.request_id,
            method=method,
            status=trace.status,
            milliseconds=round(seconds * 1_000, 1),
            kind=trace.kind,
            name=trace.name,
        )
        if self._observed is not None:
            self._observed(trace, trace.status, seconds)
