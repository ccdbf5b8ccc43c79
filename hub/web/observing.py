"""Observing: each request gets a number, one line in the log and a place in the figures, and none of its content.

A line tells the method, the status, the milliseconds, what kind of thing was asked for, and the operation's name where
it stands in a trusted document. Tokens, addresses, variables, texts and paths are in none.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.tracing import PAGE, Trace, traced

log = structlog.get_logger("hub.web")

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
KINDS = {
    "/graphql": "no operation",
    "/graphql/schema.graphql": "contract",
    "/livez": "health",
    "/readyz": "health",
}

Observed = Callable[[Trace, int, float], None]
"""What is told the trace, the status and the seconds of each request."""


class Observing:
    """An application whose every request is seen."""

    def __init__(self, app: ASGIApp, *, observed: Observed | None = None) -> None:
        self._app, self._observed = app, observed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and tell of it when it is over."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500
        with traced(KINDS.get(scope["path"], PAGE)) as trace:

            async def numbered(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                    headers = message.setdefault("headers", [])
                    if not any(name == b"x-request-id" for name, _ in headers):
                        message["headers"] = [*headers, (b"x-request-id", trace.request_id.encode())]
                await send(message)

            try:
                await self._app(scope, receive, numbered)
            finally:
                self._tell(trace, scope["method"], status, time.perf_counter() - began)

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
