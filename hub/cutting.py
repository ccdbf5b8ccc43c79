"""Cutting connections whose other end takes nothing: the server's own protocols, with the word for it that ASGI lacks.

A server that closes a connection first writes what it holds, and waits for ever where nobody takes that. So whoever
never reads would leave some memory behind each time, for as long as they like. Cut, a connection is gone at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

EXTENSION = "hub.cut"


async def cut(scope: MutableMapping[str, Any]) -> None:
    """Cut the connection of this scope, where the server can, and let the server see it."""
    extension = (scope.get("extensions") or {}).get(EXTENSION)
    if extension is not None:
        extension["now"]()
        await asyncio.sleep(0)


def _extended(scope: Any, transport: asyncio.Transport) -> None:
    scope["extensions"] = {**(scope.get("extensions") or {}), EXTENSION: {"now": transport.abort}}


class Requests(HttpToolsProtocol):
    """HTTP whose connections can be cut."""

    def on_message_begin(self) -> None:
        """Tell the application how, with each request."""
        super().on_message_begin()
        _extended(self.scope, self.transport)


class Sockets(WebSocketsSansIOProtocol):
    """WebSockets whose connections can be cut."""

    async def run_asgi(self) -> None:
        """Tell the application how, before it begins."""
        _extended(self.scope, self.transport)
        await super().run_asgi()
