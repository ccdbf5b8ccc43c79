"""Listening: one address, with several handles on it, so that nobody waits long to be let in when there is a crowd.

The event loop (libuv, under uvloop) takes one new connection for each handle and turn. A turn is long when hundreds of
requests are answered or refused in it, and whoever had just come would wait for as many turns as there are people in
front of them: half a minute, where those who were in already waited four seconds.
"""

from __future__ import annotations

import socket

import uvicorn

HANDLES = 16
"""How many connections a process takes in one turn of its loop."""


def listening(config: uvicorn.Config) -> list[socket.socket]:
    """Return the handles on the address that is to be served on."""
    first = config.bind_socket()
    return [first, *(first.dup() for _ in range(HANDLES - 1))]
