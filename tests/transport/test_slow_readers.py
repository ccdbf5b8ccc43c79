"""Whoever does not read costs no memory: there is only the newest state, and after a while nobody waits for them."""

from __future__ import annotations

import asyncio
import base64
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import psutil  # type: ignore[import-untyped]  # it has no types of its own
import pytest

from graphql_schema import broadcasting, sending, ws
from graphql_schema.execution import Answer
from tests.making.bodies import a_body
from tests.making.consultations import an_open_consultation
from tests.talking import Talking
from tests.transport.streaming import COUNT, PROTOCOL, connected, server_of, serving, settled

SIZE = 100_000
"""Letters of one state, so that no buffer of the system holds many of them."""

STATES = 1_000
MOST = 40 * 1024 * 1024
"""What the process may grow by, while a hundred megabytes are told to those who read."""


async def a_state_each_time(number: Any, *_: object) -> tuple[Answer, bool]:
    """Another state at each reading."""
    return Answer(f'{{"number":{next(number)},"x":"{"x" * SIZE}"}}'), True


def a_frame(message: dict[str, Any]) -> bytes:
    """A text as a client frames it (RFC 6455), masked with zeros."""
    text = json.dumps(message).encode()
    assert len(text) < 65_536
    length = bytes([0x80 | len(text)]) if len(text) < 126 else b"\xfe" + len(text).to_bytes(2, "big")
    return b"\x81" + length + bytes(4) + text


@asynccontextmanager
async def never_reading(port: int, *sent: bytes) -> AsyncIterator[socket.socket]:
    """A connection with little room of its own, which sends something and reads nothing."""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(connection, ("127.0.0.1", port))
        for part in sent:
            await loop.sock_sendall(connection, part)
            await asyncio.sleep(0.1)
        yield connection


def by_events(node: str) -> list[bytes]:
    """What is sent for a stream of events."""
    body = json.dumps({"query": COUNT, "variables": {"id": node}}).encode()
    head = "POST /graphql HTTP/1.1\r\nhost: hub\r\naccept: text/event-stream\r\ncontent-type: application/json\r\n"
    return [head.encode() + b"content-length: %d\r\n\r\n" % len(body) + body]


def by_socket(node: str) -> list[bytes]:
    """What is sent for a WebSocket."""
    key = base64.b64encode(bytes(16)).decode()
    head = (
        "GET /graphql HTTP/1.1\r\nhost: hub\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
        f"sec-websocket-version: 13\r\nsec-websocket-key: {key}\r\nsec-websocket-protocol: {PROTOCOL}\r\n\r\n"
    )
    begin = {"id": "1", "type": "subscribe", "payload": {"query": COUNT, "variables": {"id": node}}}
    return [head.encode(), a_frame({"type": "connection_init"}), a_frame(begin)]


async def test_a_reader_that_does_not_read_costs_no_memory(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another one, of the same states, is told the newest; then the idle ones lose their places."""
    monkeypatch.setattr(broadcasting, "PAUSE", 0.0)
    monkeypatch.setattr(broadcasting, "LEISURE", 0)
    monkeypatch.setattr(broadcasting, "REFRESH", 0.001)
    asked = await an_open_consultation(hub, await a_body(hub))
    number = count()
    monkeypatch.setattr(hub.hub.executor, "state", lambda *given: a_state_each_time(number, *given))
    places, process = hub.hub.live.places, psutil.Process()
    async with (
        serving(hub) as port,
        never_reading(port, *by_events(asked.node)),
        never_reading(port, *by_socket(asked.node)),
        connected(port) as reader,
    ):
        await reader.subscribe(COUNT, {"id": asked.node})
        await settled(lambda: len(hub.hub.live._subscriptions) == 3)
        before = process.memory_info().rss
        told: list[int] = []
        while not told or told[-1] < STATES:
            told.append((await reader.hear())["payload"]["data"]["number"])
        assert told == sorted(set(told))
        assert process.memory_info().rss - before < MOST
        assert places.open == {"events": 1, "websocket": 2}, "Nobody was left yet."
        monkeypatch.setattr(sending, "SLOWEST", 0.1)
        # What waits already waits as long as it was told to; whoever comes now is left at once.
    await settled(lambda: places.open.total() == 0)


@pytest.mark.parametrize("way", [by_events, by_socket])
async def test_a_reader_that_does_not_read_is_left(hub: Talking, monkeypatch: pytest.MonkeyPatch, way: Any) -> None:
    assert sending.SLOWEST == 10
    monkeypatch.setattr(sending, "SLOWEST", 0.2)
    monkeypatch.setattr(ws, "GOODBYE", 0.1)
    monkeypatch.setattr(broadcasting, "PAUSE", 0.01)
    monkeypatch.setattr(broadcasting, "REFRESH", 0.001)
    asked = await an_open_consultation(hub, await a_body(hub))
    number = count()
    monkeypatch.setattr(hub.hub.executor, "state", lambda *given: a_state_each_time(number, *given))
    async with serving(hub) as port, never_reading(port, *way(asked.node)):
        await settled(lambda: len(hub.hub.live.broadcasts) == 1)
        await settled(lambda: hub.hub.live.places.open.total() == 0)
        assert len(hub.hub.live.broadcasts) == 0
        # What the server held for them is gone too, though they are still there.
        await settled(lambda: len(server_of(port).connections) == 0)


async def test_whoever_floods_without_reading_is_not_heard_on(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each message is answered before the next one is taken, so what is not read comes back to who sends it."""
    monkeypatch.setattr(sending, "SLOWEST", 0.3)
    monkeypatch.setattr(ws, "GOODBYE", 0.1)
    asked = await an_open_consultation(hub, await a_body(hub))
    begin, *_ = by_socket(asked.node)
    ping = a_frame({"type": "ping"}) * 1_000
    async with serving(hub) as port, never_reading(port, begin, a_frame({"type": "connection_init"})) as flooding:
        loop, sent = asyncio.get_running_loop(), 0
        try:
            # However slow the machine is, it goes on until nobody takes any more of it for a while.
            while sent < 100_000_000:
                async with asyncio.timeout(1.5):
                    await loop.sock_sendall(flooding, ping)
                sent += len(ping)
        except (TimeoutError, OSError):
            pass
        assert sent < 20_000_000
        await settled(lambda: hub.hub.live.places.open.total() == 0)
