"""Following the hub as a client does: over a real socket, from the process of the test.

::

    async with serving(hub) as port:                          the same hub, with a server in front of it
        async with connected(port) as socket: …               a WebSocket that has said who it is
        async with events(port, QUERY, variables) as stream:  the events of one response
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import uvicorn
from uvicorn.server import ServerState
from websockets.asyncio.client import ClientConnection, connect

from hub.serving import OF_THE_SERVER
from tests.canaries import watch
from tests.talking import Somebody, Talking

PROTOCOL: Any = "graphql-transport-ws"
PATIENCE = 30.0
"""Seconds that a test waits for what has to come, before it gives up."""

VIEWER = "{ viewer { signedIn } }"
COUNT = "subscription ($id: ID!) { consultation(id: $id) { responseCount } }"


_servers: dict[int, ServerState] = {}


def server_of(port: int) -> ServerState:
    """What a server of this process holds."""
    return _servers[port]


@asynccontextmanager
async def serving(hub: Talking) -> AsyncIterator[int]:
    """Serve an open hub on a port of its own in this block."""
    options: dict[str, Any] = {**OF_THE_SERVER, "timeout_graceful_shutdown": 1}
    server = uvicorn.Server(uvicorn.Config(hub.app, host="127.0.0.1", port=0, lifespan="off", **options))
    task = asyncio.create_task(server.serve())
    while not server.started:
        assert not task.done(), task
        await asyncio.sleep(0.01)
    port: int = server.servers[0].sockets[0].getsockname()[1]
    _servers[port] = server.server_state
    try:
        yield port
    finally:
        server.should_exit = True
        await task


class Socket:
    """A connection by WebSocket, in the words of the protocol."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.told = "a visitor"

    async def say(self, **message: Any) -> None:
        """Say something."""
        await self.connection.send(json.dumps(message))

    async def hear(self) -> Any:
        """Hear the next message."""
        async with asyncio.timeout(PATIENCE):
            heard = await self.connection.recv()
        watch(str(heard), told=self.told, where="a WebSocket")
        return json.loads(heard)

    async def introduce(self, by: Somebody | None = None) -> None:
        """Say who it is, and hear that it is welcome."""
        payload = {"payload": {"authorization": f"Bearer {by.token}"}} if by is not None else {}
        self.told = by.name if by is not None else self.told
        await self.say(type="connection_init", **payload)
        assert await self.hear() == {"type": "connection_ack"}

    async def subscribe(self, query: str, variables: Mapping[str, Any] | None = None, *, id: str = "1") -> None:  # noqa: A002
        """Begin an operation."""
        await self.say(id=id, type="subscribe", payload={"query": query, "variables": variables or {}})

    async def closed(self) -> tuple[int | None, str | None]:
        """Wait until the other end has closed it; the code and the reason."""
        async with asyncio.timeout(PATIENCE):
            await self.connection.wait_closed()
        return self.connection.close_code, self.connection.close_reason


@asynccontextmanager
async def opened(port: int, *, headers: Mapping[str, str] | None = None, **known: Any) -> AsyncIterator[Socket]:
    """A connection that has said nothing yet."""
    options = {"subprotocols": [PROTOCOL], "additional_headers": dict(headers or {}), "proxy": None, **known}
    async with connect(f"ws://127.0.0.1:{port}/graphql", **options) as connection:
        yield Socket(connection)


@asynccontextmanager
async def connected(port: int, *, by: Somebody | None = None, **known: Any) -> AsyncIterator[Socket]:
    """A connection that has said who it is."""
    async with opened(port, **known) as socket:
        await socket.introduce(by)
        yield socket


async def answered(socket: Socket, query: str, variables: Any = None, *, id: str = "1") -> Any:  # noqa: A002
    """Return the one answer of an operation, which is then complete."""
    await socket.subscribe(query, variables, id=id)
    answer, end = await socket.hear(), await socket.hear()
    assert (answer["id"], answer["type"], end) == (id, "next", {"id": id, "type": "complete"})
    return answer["payload"]


class Events:
    """The events of one response."""

    def __init__(self, response: httpx2.Response, *, told: str = "a visitor") -> None:
        self.response, self.response_lines, self.told = response, response.aiter_lines(), told

    async def next(self) -> tuple[str, Any] | None:
        """Return the next event and its data; None where the response ends without another one."""
        kind, data = "", ""
        async with asyncio.timeout(PATIENCE):
            async for line in self.response_lines:
                watch(line, told=self.told, where="an event stream")
                name, _, value = line.partition(":")
                if name == "event":
                    kind = value.strip()
                elif name == "data":
                    data = value.strip()
                elif not line and kind:
                    return kind, json.loads(data) if data else None
        return None


@asynccontextmanager
async def events(
    port: int,
    query: str,
    variables: Mapping[str, Any] | None = None,
    *,
    by: Somebody | None = None,
    accept: str = "text/event-stream",
    headers: Mapping[str, str] | None = None,
) -> AsyncIterator[Events]:
    """The events of an operation that is asked for by POST."""
    sent = {"accept": accept, **(headers or {}), **({"authorization": f"Bearer {by.token}"} if by else {})}
    body = {"query": query, "variables": variables or {}}
    async with (
        httpx2.AsyncClient(timeout=PATIENCE) as client,
        client.stream("POST", f"http://127.0.0.1:{port}/graphql", json=body, headers=sent) as response,
    ):
        yield Events(response, **({"told": by.name} if by else {}))


async def settled(condition: Callable[[], bool]) -> None:
    """Wait until something that follows from what was done has come about."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - what comes about tells nobody
            await asyncio.sleep(0.01)
