"""Streams: what the hub tells of a subscription, event by event, from within this process or over HTTP.

The client library gathers an answer of an application in this process until it is whole, which a stream never is. So
the application is called here itself, and is told that nobody is there any more as soon as nobody reads on.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, Mapping
from typing import Any

import httpx2
from starlette.types import ASGIApp, Message

EVENTS = "text/event-stream"
PATH = "/graphql"

Chunks = AsyncGenerator[bytes, None]
Told = dict[str, Any] | None
"""The data of one event; None where the hub only says that it is still there."""


class Over(Exception):
    """The hub has nothing more to tell of this, or not to whoever asks: asking again is of no use."""


async def within(graphql: ASGIApp, asked: Mapping[str, Any], headers: Mapping[str, str]) -> Chunks:
    """Return the parts of the answer of an application in this process, as they come."""
    parts: asyncio.Queue[bytes | None] = asyncio.Queue(maxsize=1)
    gone = asyncio.Event()
    sent: list[Message] = [{"type": "http.request", "body": json.dumps(asked).encode(), "more_body": False}]

    async def receive() -> Message:
        if sent:
            return sent.pop()
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            await parts.put(message.get("body", b""))

    async def answering() -> None:
        await graphql(_scope(headers), receive, send)
        await parts.put(None)

    task = asyncio.create_task(answering())
    try:
        while True:
            coming = asyncio.create_task(parts.get())
            await asyncio.wait({coming, task}, return_when=asyncio.FIRST_COMPLETED)
            if not coming.done():
                coming.cancel()
                return
            part = coming.result()
            if part is None:
                return
            yield part
    finally:
        gone.set()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def _scope(headers: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": PATH,
        "raw_path": PATH.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": None,
        "server": ("hub.internal", 80),
    }


async def over_http(
    client: httpx2.AsyncClient, address: str, asked: Mapping[str, Any], headers: Mapping[str, str]
) -> Chunks:
    """Return the parts of the answer at an address, as they come."""
    async with client.stream("POST", address, json=dict(asked), headers=dict(headers), timeout=60.0) as response:
        async for part in response.aiter_bytes():
            yield part


async def events(chunks: Chunks) -> AsyncGenerator[Told, None]:
    """Return the data of each event; Over where the stream was ended for good."""
    rest = b""
    try:
        async for chunk in chunks:
            *whole, rest = (rest + chunk).replace(b"\r\n", b"\n").split(b"\n\n")
            for event in whole:
                yield _read(event)
    finally:
        await chunks.aclose()


def _read(event: bytes) -> Told:
    lines = [line.partition(b":") for line in event.split(b"\n")]
    named = {name: value.strip() for name, _, value in lines if name}
    if not named:
        return None
    if named.get(b"event") != b"next":
        raise Over
    answer = json.loads(named[b"data"])
    data = answer.get("data")
    if answer.get("errors") or not isinstance(data, dict):
        raise Over
    return data
