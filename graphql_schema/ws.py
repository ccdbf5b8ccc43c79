"""GraphQL over WebSocket: the protocol `graphql-transport-ws`, and no other.

A connection says who it is in its first message, then carries up to twenty operations at once: queries and mutations
as over HTTP, and subscriptions, which are told every state of what they follow. Who may connect is `handshaking.py`.

==== ===========================================================================================================
1009 a message over 64 KB (the server's own limit)
1012 the process ends: come back
1013 the other end takes nothing of what it is sent
4400 a message that is none of the protocol, or no JSON object
4401 an operation before the connection said who it is
4403 a token that is not good, or is no more; the reason is the code of the refusal
4406 none of the offered protocols is ours
4408 the first message did not come within five seconds
4409 an id that another operation has
4429 a second first message, or too many connections of one account
4500 a surprise; the reason is its number in the log
==== ===========================================================================================================
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import structlog
from starlette.types import Receive, Send

from graphql_schema.errors import masked
from graphql_schema.http import Endpoint, failed, token_of
from graphql_schema.negotiating import RESPONSE_TYPE
from graphql_schema.places import Place, principal_of
from graphql_schema.receiving import Rejected, checked
from graphql_schema.sending import Reply, taken
from graphql_schema.subscribing import Live, Subscription
from hub import clock
from hub.errors import RateLimited, Unauthenticated
from hub.tracing import new_request_id, traced

log = structlog.get_logger("hub.web")

MOST_OPERATIONS = 20
"""How many operations a connection may have under way at once."""

LONGEST_ID = 256
INTRODUCTION = 5.0
"""Seconds that a connection has to say who it is."""

GOODBYE = 1.0
"""Seconds in which a last word must be taken."""


@dataclass
class Closed(Exception):
    """The connection ends here, with this code and reason."""

    code: int
    reason: str


@dataclass
class Caller:
    """Who is at the other end, as far as it has been said."""

    headers: Mapping[bytes, bytes]
    languages: tuple[str, ...]
    network: str | None
    token: str | None = None


class Connection:
    """One connection, from its first message to its last."""

    def __init__(
        self, endpoint: Endpoint, live: Live, place: Place, caller: Caller, receive: Receive, send: Send
    ) -> None:
        self._endpoint, self._live, self._place, self._caller = endpoint, live, place, caller
        self._receive, self._send = receive, send
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._known = False
        self._closing: asyncio.Future[Closed] = asyncio.get_running_loop().create_future()

    async def serve(self) -> bool:
        """Serve the connection to its end, whoever makes it; whether the last word was taken."""
        listening = asyncio.create_task(self._listen())
        ending = asyncio.create_task(self._live.ending.wait())
        waited: set[asyncio.Future[Any]] = {listening, ending, self._closing}
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        closed = self._closing.result() if self._closing.done() else None
        if closed is None and ending.done():
            closed = Closed(1012, "The process ends: connect again")
        tasks = [listening, ending, *self._tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if closed is None:
            return True
        try:
            async with asyncio.timeout(GOODBYE):
                await self._send({"type": "websocket.close", "code": closed.code, "reason": closed.reason})
        except OSError:  # Which a last word that nobody takes ends in, too.
            return False
        return True

    def _close(self, closed: Closed) -> None:
        if not self._closing.done():
            self._closing.set_result(closed)

    # ---- hearing -------------------------------------------------------------------------------------------------

    async def _listen(self) -> None:
        """Hear messages until the other end is gone; Closed is how it is said that this one has to end."""
        try:
            try:
                async with asyncio.timeout(INTRODUCTION):
                    while not self._known:
                        if not await self._hear():
                            return
            except TimeoutError:
                raise Closed(4408, "Connection initialisation timeout") from None
            while await self._hear():
                pass
        except Closed as closed:
            self._close(closed)
        except Exception as error:  # noqa: BLE001 - whoever it is: what went wrong is not for them
            self._close(_surprised(error, self._caller, request_id=new_request_id()))

    async def _hear(self) -> bool:
        """Hear one message; whether there may be another one."""
        message = await self._receive()
        if message["type"] == "websocket.disconnect":
            return False
        said = _parsed(message)
        match said.get("type"):
            case "connection_init":
                await self._introduced(said.get("payload"))
            case "ping":
                await self._say('{"type":"pong"}')
            case "pong":
                pass
            case "subscribe":
                await self._begin(said)
            case "complete":
                if not isinstance(said.get("id"), str):
                    raise Closed(4400, "Invalid message: complete without an id")
                self._end(said["id"])
            case _:
                raise Closed(4400, "Invalid message: unknown type")
        return True

    async def _introduced(self, payload: Any) -> None:
        if self._known:
            raise Closed(4429, "Too many initialisation requests")
        if payload is not None and not isinstance(payload, dict):
            raise Closed(4400, "Invalid message: the payload is no object")
        given = (payload or {}).get("authorization", (payload or {}).get("Authorization"))
        if given is not None and not isinstance(given, str):
            raise Closed(4400, "Invalid message: the authorization is no text")
        with traced("stream") as trace:
            try:
                self._caller.token = token_of(given)
                context = await self._endpoint.context(
                    self._caller.token, self._caller.languages, self._caller.network, clock.now(), {}
                )
                self._place.count(principal_of(context.viewer))
            except Unauthenticated as refusal:
                raise Closed(4403, refusal.code) from None
            except RateLimited as refusal:
                raise Closed(4429, refusal.code) from None
            except Exception as error:  # noqa: BLE001 - as above
                raise _surprised(error, self._caller, request_id=trace.request_id) from None
        self._known = True
        await self._say('{"type":"connection_ack"}')

    async def _begin(self, said: Mapping[str, Any]) -> None:
        id_, payload = said.get("id"), said.get("payload")
        if not self._known:
            raise Closed(4401, "Unauthorized")
        if not isinstance(id_, str) or not 0 < len(id_) <= LONGEST_ID or not isinstance(payload, dict):
            raise Closed(4400, "Invalid message: subscribe needs an id and a payload")
        if id_ in self._operations:
            raise Closed(4409, "Subscriber already exists")
        if len(self._operations) >= MOST_OPERATIONS:
            # Said before the next message is heard: whoever does not listen to it is not heard either.
            rejected = Rejected(400, "TOO_MANY_OPERATIONS")
            reply = failed(rejected, self._caller.languages, request_id=new_request_id())
            await self._refuse(orjson.dumps(id_).decode(), reply.body)
            return
        task = self._operations[id_] = asyncio.create_task(self._operate(id_, payload))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _end(self, id_: str) -> None:
        task = self._operations.pop(id_, None)
        if task is not None:
            task.cancel()

    # ---- saying --------------------------------------------------------------------------------------------------

    async def _operate(self, id_: str, payload: Mapping[str, Any]) -> None:
        """Carry out one operation in its own time, and leave one line about it in the log."""
        began = time.perf_counter()
        with traced("no operation") as trace:
            try:
                await self._carry_out(orjson.dumps(id_).decode(), payload, trace.request_id)
            except Closed as closed:
                self._close(closed)
            finally:
                if self._operations.get(id_) is asyncio.current_task():
                    del self._operations[id_]
                milliseconds = round((time.perf_counter() - began) * 1_000, 1)
                told = {"kind": trace.kind, "name": trace.name, "milliseconds": milliseconds}
                log.info("operation", request_id=trace.request_id, **told)

    async def _carry_out(self, key: str, payload: Mapping[str, Any], request_id: str) -> None:
        """Carry out one operation, and say what came of it."""
        try:
            reply = await self._answered(payload)
            if isinstance(reply, Subscription):
                await self._follow(key, reply)
            elif reply.status == 200:
                await self._say(f'{{"id":{key},"type":"next","payload":{reply.body.decode()}}}')
                await self._say(f'{{"id":{key},"type":"complete"}}')
            else:
                await self._refuse(key, reply.body)
        except Closed:
            raise
        except Unauthenticated as refusal:
            raise Closed(4403, refusal.code) from None
        except Exception as error:  # noqa: BLE001 - the one place where a surprise becomes an answer
            await self._refuse(key, failed(error, self._caller.languages, request_id=request_id).body)

    async def _answered(self, payload: Mapping[str, Any]) -> Reply | Subscription:
        caller, at = self._caller, clock.now()
        request, key = checked(payload), None
        if caller.token is None:
            # As Python writes it, since that tells apart whatever JSON does.
            key = self._endpoint.key("WEBSOCKET", repr(payload).encode(), caller.languages)
        again = await self._endpoint.again(
            key, caller.languages, caller.network, at, caller.headers, RESPONSE_TYPE, reading=False
        )
        if again is not None:
            return again
        context = await self._endpoint.context(caller.token, caller.languages, caller.network, at, {})
        return await self._endpoint.answer(
            request, context, caller.headers, RESPONSE_TYPE, key, reading=False, streaming=True
        )

    async def _follow(self, key: str, subscription: Subscription) -> None:
        turns = subscription.turns()
        try:
            async for turn in turns:
                if turn.failed:
                    await self._refuse(key, turn.text.encode())
                    return
                await self._say(f'{{"id":{key},"type":"next","payload":{turn.text}}}')
        finally:
            await turns.aclose()
        await self._say(f'{{"id":{key},"type":"complete"}}')

    async def _refuse(self, key: str, body: bytes) -> None:
        errors = orjson.dumps(orjson.loads(body)["errors"]).decode()
        await self._say(f'{{"id":{key},"type":"error","payload":{errors}}}')

    async def _say(self, text: str) -> None:
        """Say something; Closed where the other end has not taken anything for too long."""
        try:
            async with taken():
                await self._send({"type": "websocket.send", "text": text})
        except TimeoutError:
            raise Closed(1013, "Nothing is taken of what is sent") from None
        except OSError:
            raise Closed(1006, "The other end is gone") from None


def _parsed(message: Mapping[str, Any]) -> dict[str, Any]:
    """Return a message as the JSON object that it is; Closed where it is none."""
    text = message.get("text")
    if text is None:
        raise Closed(4400, "Invalid message: it is no text")
    try:
        said = orjson.loads(text)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise Closed(4400, "Invalid message: it is no JSON object")
    return said


def _surprised(error: Exception, caller: Caller, *, request_id: str) -> Closed:
    """Log a surprise whole, and close the connection with its number."""
    masked(error, caller.languages, request_id=request_id)
    return Closed(4500, request_id)
