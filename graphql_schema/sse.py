"""Server-sent events: an answer, or each state of what goes on, as an event of one response (GraphQL over SSE).

This is the protocol's mode of distinct connections: each operation has a response of its own, whose events are `next`
with an answer and `complete` at the end. A line without a name tells every few seconds that both ends still live.

Where the process ends, the response ends without `complete`: what was followed is not over, so a client asks again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import orjson
from starlette.types import Receive, Scope, Send

from graphql_schema.broadcasting import next_event
from graphql_schema.errors import request_error
from graphql_schema.negotiating import EVENT_STREAM
from graphql_schema.sending import ANY_ORIGIN, EXPOSED, NOBODY, VARY, taken
from graphql_schema.subscribing import Subscription
from hub.cutting import cut
from hub.errors import Unauthenticated

HEARTBEAT = 15.0
"""Seconds after which it is said that the stream lives, where there is nothing else to say."""

Events = AsyncGenerator[bytes, None]
"""The events of one response, each ready to be sent."""

ALIVE = b":\n\n"
COMPLETE = b"event: complete\ndata:\n\n"


async def once(body: bytes) -> Events:
    """The events of an operation that is carried out once."""
    yield next_event(body)


async def each(subscription: Subscription, languages: tuple[str, ...], *, request_id: str) -> Events:
    """The events of an operation that goes on; where the token is good no more, the last one says so."""
    turns = subscription.turns()
    try:
        async for turn in turns:
            yield turn.frame
    except Unauthenticated as refusal:
        yield next_event(orjson.dumps({"errors": [request_error(refusal, languages, request_id=request_id)]}))
    finally:
        await turns.aclose()


async def send_events(
    scope: Scope, receive: Receive, send: Send, events: Events, ending: asyncio.Event, *, request_id: str
) -> None:
    """Send events as they come, until there are no more, nobody takes them, or the process ends."""
    headers = [
        (b"content-type", f"{EVENT_STREAM}; charset=utf-8".encode()),
        (b"cache-control", NOBODY),
        (b"x-accel-buffering", b"no"),  # A proxy that gathers an answer first would hold this one back for ever.
        VARY,
        (b"x-request-id", request_id.encode()),
        ANY_ORIGIN,
        EXPOSED,
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    if scope["method"] == "HEAD":
        await send({"type": "http.response.body", "body": b""})
        return
    try:
        await _send(send, ALIVE)
        if await _pass_on(send, receive, events, ending):
            async with taken():
                await send({"type": "http.response.body", "body": b""})
    except TimeoutError:
        await cut(scope)  # Nobody takes what is sent, so nobody can be told of it either.
    finally:
        await events.aclose()


async def _pass_on(send: Send, receive: Receive, events: Events, ending: asyncio.Event) -> bool:
    """Pass events on; whether somebody is there to be told that these were all."""
    gone = asyncio.create_task(_gone(receive))
    over = asyncio.create_task(ending.wait())
    coming: asyncio.Task[bytes | None] = asyncio.create_task(_next(events))
    try:
        while True:
            waited = {gone, over, coming}
            await asyncio.wait(waited, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                return False
            if over.done():
                return True
            if not coming.done():
                await _send(send, ALIVE)
                continue
            event = coming.result()
            if event is None:
                await _send(send, COMPLETE)
                return True
            await _send(send, event)
            coming = asyncio.create_task(_next(events))
    finally:
        for task in (gone, over, coming):
            task.cancel()
        await asyncio.gather(gone, over, coming, return_exceptions=True)


async def _next(events: Events) -> bytes | None:
    return await anext(events, None)


async def _gone(receive: Receive) -> None:
    """Wait until whoever asked is there no more."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, event: bytes) -> None:
    async with taken():
        await send({"type": "http.response.body", "body": event, "more_body": True})
