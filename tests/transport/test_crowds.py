"""When many come at once, nobody waits long to be let in."""

from __future__ import annotations

import asyncio
import socket
from typing import cast

import uvicorn
import uvloop

from hub.listening import listening

MANY = 64
TURNS = 8


def test_a_crowd_is_let_in_within_a_few_turns() -> None:
    """By one handle it would be one in each turn of the loop, however many are at the door."""
    crowd: list[socket.socket] = []
    let_in: list[asyncio.BaseTransport] = []

    class Noting(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            let_in.append(transport)
            cast("asyncio.Transport", transport).abort()

    async def come() -> int:
        loop = asyncio.get_running_loop()
        handles = listening(uvicorn.Config("hub.app:create_app", port=0, log_level="warning"))
        servers = [await loop.create_server(Noting, sock=handle, backlog=256) for handle in handles]
        address = handles[0].getsockname()
        crowd.extend(socket.create_connection(address) for _ in range(MANY))
        for _ in range(TURNS):
            await asyncio.sleep(0)
        taken = len(let_in)
        for server, handle in zip(servers, handles, strict=True):
            server.close()
            handle.close()
        return taken

    assert uvloop.run(come()) == MANY
    for person in crowd:
        person.close()
