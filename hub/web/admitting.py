"""Admitting: requests by a name that is not the hub's, or to a process that is ending, go no further."""

from __future__ import annotations

from collections.abc import Iterable

import orjson
from starlette.types import ASGIApp, Receive, Scope, Send

from hub.tracing import current
from hub.web.draining import Draining
from hub.wording import sentence

HEALTH = ("/livez", "/readyz")
"""What is asked by machines that know no name, also of a process that is ending."""

FORMS = {"http": "http.response", "websocket": "websocket.http.response"}
"""How ASGI calls an answer: to a request, and to the handshake of a connection."""


class Admitting:
    """An application that only some requests reach."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str], draining: Draining) -> None:
        self._app, self._draining = app, draining
        self._hosts = tuple(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or say why not."""
        if scope["type"] == "lifespan" or scope["path"] in HEALTH:
            await self._app(scope, receive, send)
            return
        if self._hosts and not self._is_called(dict(scope["headers"]).get(b"host", b"").decode("latin-1")):
            await _refuse(scope, send, 400, "UNKNOWN_HOST", code="BAD_USER_INPUT")
        elif self._draining.refusing:
            later = ((b"retry-after", b"1"), (b"connection", b"close"))
            await _refuse(scope, send, 503, "DRAINING", code="UNAVAILABLE", further=later)
        else:
            with self._draining.under_way():
                await self._app(scope, receive, send)

    def _is_called(self, host: str) -> bool:
        name = host.lower()
        if not name.endswith("]"):  # What stands in brackets is an address of IPv6, whose colons lead to no port.
            before, colon, port = name.rpartition(":")
            name = before if colon and port.isdigit() else name
        return any(name.endswith(own[1:]) if own.startswith("*.") else name == own for own in self._hosts)


async def _refuse(
    scope: Scope,
    send: Send,
    status: int,
    reason: str,
    *,
    code: str,
    further: tuple[tuple[bytes, bytes], ...] = (),
) -> None:
    """Answer in the form of GraphQL, in the first language of the caller that the hub speaks."""
    asked, form = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1"), FORMS[scope["type"]]
    languages = [part.partition(";")[0].strip() for part in asked.split(",")]
    extensions = {"code": code, "reason": reason, "requestId": current().request_id}
    body = orjson.dumps({"errors": [{"message": sentence(reason, {}, languages), "extensions": extensions}]})
    answered = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
        (b"access-control-allow-origin", b"*"),
        (b"access-control-expose-headers", b"X-Request-Id, Retry-After"),
        *further,
    ]
    await send({"type": f"{form}.start", "status": status, "headers": answered})
    await send({"type": f"{form}.body", "body": body})
