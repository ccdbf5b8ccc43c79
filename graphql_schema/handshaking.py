"""Handshaking: who may connect by WebSocket, from which pages, by which protocol, and whether there is a place.

Whoever may not is told by HTTP, in the form of every other refusal: a browser shows it to nobody, but an operator sees
it and a program can read it.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import Receive, Scope, Send

from graphql_schema.http import Endpoint, failed, turned_away
from graphql_schema.negotiating import JSON_TYPE, accepted_languages
from graphql_schema.receiving import Rejected
from graphql_schema.sending import NOBODY, Reply
from graphql_schema.subscribing import Live
from graphql_schema.ws import Caller, Connection
from hub.consultations.networks import network_of
from hub.cutting import cut
from hub.errors import Refusal
from hub.tracing import current

PROTOCOL = "graphql-transport-ws"


class Sockets:
    """The endpoint for WebSockets. Pages of other origins than the hub's own are let in where they are listed."""

    def __init__(self, endpoint: Endpoint, live: Live, *, origins: tuple[str, ...] = ()) -> None:
        self._endpoint, self._live = endpoint, live
        self._origins = frozenset(origin.lower().rstrip("/") for origin in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a connection in, and serve it to its end."""
        await receive()
        headers = dict(scope["headers"])
        languages = accepted_languages(headers.get(b"accept-language", b"").decode("latin-1"))
        network = network_of(scope["client"][0]) if scope.get("client") else None
        if not self._is_welcome(headers):
            self._live.places.refuse("origin")
            reply = failed(Rejected(403, "FOREIGN_ORIGIN"), languages, request_id=current().request_id)
            await _turn_away(send, reply)
            return
        try:
            place = self._live.places.take("websocket", network)
        except Refusal as refusal:
            await _turn_away(send, turned_away(refusal, languages, request_id=current().request_id))
            return
        with place:
            if PROTOCOL not in scope["subprotocols"]:
                await send({"type": "websocket.accept"})
                await send({"type": "websocket.close", "code": 4406, "reason": "Subprotocol not acceptable"})
                return
            await send({"type": "websocket.accept", "subprotocol": PROTOCOL})
            caller = Caller(headers, languages, network)
            if not await Connection(self._endpoint, self._live, place, caller, receive, send).serve():
                await cut(scope)

    def _is_welcome(self, headers: Mapping[bytes, bytes]) -> bool:
        """Whether a page of this origin may connect; a program that is no browser names none."""
        origin = headers.get(b"origin")
        if origin is None:
            return True
        named = origin.decode("latin-1").lower()
        host = headers.get(b"host", b"").decode("latin-1").lower()
        return named in self._origins or (bool(host) and named.partition("://")[2] == host)


async def _turn_away(send: Send, reply: Reply) -> None:
    """Answer the handshake by HTTP, so that whoever knocked hears why."""
    headers = [
        (b"content-type", f"{JSON_TYPE}; charset=utf-8".encode()),
        (b"cache-control", NOBODY),
        *reply.headers,
    ]
    await send({"type": "websocket.http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": reply.body})
