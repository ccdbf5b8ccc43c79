"""What every answer carries, so that a page can do no more than a page should."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
ENCRYPTED = {"strict-transport-security": "max-age=31536000"}
"""What only an answer over an encrypted connection may say."""

FOREVER = "public, max-age=31536000, immutable"


class Guarded:
    """An application whose every answer carries these headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its answer."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {**SECURITY, **(ENCRYPTED if scope["scheme"] == "https" else {})}.items():
                    headers.setdefault(name, value)
                named_by_content = scope["query_string"].startswith(b"v=") and message["status"] in (200, 304)
                headers.setdefault("cache-control", FOREVER if named_by_content else "no-cache")
            await send(message)

        await self._app(scope, receive, guarded if scope["type"] == "http" else send)
