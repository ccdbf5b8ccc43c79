"""Subscribing: what goes on for one caller, for as long as they may be told.

Who is asking is made out anew while it lasts: before every answer, which costs nothing as long as the token was read
lately, at least every `RECHECK` seconds, and at once where the log tells that the token was made worthless. Then the
subscription ends. Where a role came or went, it goes on as what the caller may see now.

Asking costs what a query of the same document would. What is read again later is paid in equal parts by all who listen
to it; whoever has nothing left is told the newest state when points have come back, and nothing is lost by it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Hashable, Mapping
from typing import Any
from uuid import UUID

import asyncpg
import orjson
import structlog
from graphql.execution.values import VariableValues, get_argument_values
from sqlalchemy.exc import DBAPIError

from graphql_schema.admission import Admission, Passage
from graphql_schema.broadcasting import REFRESH, Broadcast, Broadcasts, Turn
from graphql_schema.context import Context
from graphql_schema.errors import masked, request_error
from graphql_schema.execution import Executor
from graphql_schema.ids import decode
from graphql_schema.places import Places
from graphql_schema.planning.documents import Operation
from graphql_schema.planning.selection import Selection, name_of, python_name
from hub import clock
from hub.allowances.spending import Spender
from hub.changes.feed import Fact, Feed
from hub.errors import Overloaded, Refusal
from hub.identity.authenticating import Authenticator
from hub.identity.events import SignInEnded, TokenRevoked
from hub.reading.asking import Asking
from hub.reading.streams import streams
from hub.tracing import new_request_id
from hub.viewer import ANONYMOUS, Viewer

log = structlog.get_logger("hub.graphql")

RECHECK = 30.0
"""Seconds after which a token is asked for again where nothing happens."""

AGAIN = 1.0
"""Seconds until the database is asked again who bears a token, where it could not say."""


class Live:
    """Everything that goes on in one process, and whether it must come to an end."""

    def __init__(
        self, executor: Executor, feed: Feed, authenticator: Authenticator, admission: Admission, places: Places
    ) -> None:
        self.executor, self.authenticator, self.admission, self.places = executor, authenticator, admission, places
        self.broadcasts = Broadcasts(feed, self._doubt)
        self.ending = asyncio.Event()
        """Set when the process is about to end: then every connection is closed so that its client comes back."""
        self._subscriptions: set[Subscription] = set()

    async def subscribe(
        self, operation: Operation, given: Mapping[str, Any], context: Context, passage: Passage
    ) -> Subscription:
        """Let a subscription in; a refusal where it may not be, or not now."""
        await passage.admit(operation, given)
        variables = operation.coerce(given)
        topic = _topic(operation, variables)
        return Subscription(self, operation, given, variables, topic, context, passage.share)

    def _doubt(self, fact: Fact) -> None:
        """Ask again what tokens are worth that a fact may have ended."""
        if fact.type not in (SignInEnded.__name__, TokenRevoked.__name__):
            return
        for subscription in list(self._subscriptions):
            signed_in = subscription.viewer.sign_in_id
            if signed_in == fact.entity_id if fact.type == SignInEnded.__name__ else signed_in is None:
                subscription.doubt()

    def entered(self, subscription: Subscription) -> None:
        """Know of a subscription that has begun."""
        self._subscriptions.add(subscription)

    def left(self, subscription: Subscription) -> None:
        """Know of it no more."""
        self._subscriptions.discard(subscription)


class Subscription:
    """One operation that goes on, for one caller."""

    def __init__(
        self,
        live: Live,
        operation: Operation,
        given: Mapping[str, Any],
        variables: dict[str, Any],
        topic: UUID | None,
        context: Context,
        share: tuple[Spender | None, int],
    ) -> None:
        self._live, self._operation, self._variables, self._topic = live, operation, variables, topic
        self._context, self.viewer = context, context.viewer
        self._asked = orjson.dumps(given, option=orjson.OPT_SORT_KEYS)
        self._spender, self._points = share
        self._woken = asyncio.Event()
        self._joined: tuple[Hashable, Broadcast] | None = None

    # ---- for whoever broadcasts ----------------------------------------------------------------------------------

    def wake(self) -> None:
        """Hear that there is something new."""
        self._woken.set()

    def pay(self, part: float) -> None:
        """Pay a part of a reading."""
        if self._spender is not None:
            self._live.admission.allowances.take(self._spender, part * self._points, clock.now())

    @property
    def solvent(self) -> bool:
        """Whether the caller has points left."""
        if self._spender is None:
            return True
        return self._live.admission.allowances.owed(self._spender, clock.now()) <= self._spender.terms.points

    def doubt(self) -> None:
        """Believe nothing of the token that was read before now."""
        if self._context.token is not None:
            self._live.authenticator.forget(self._context.token)
            self._woken.set()

    # ---- for whoever is told -------------------------------------------------------------------------------------

    async def turns(self) -> AsyncGenerator[Turn, None]:
        """Yield the present state, then every other one; Unauthenticated where the token is good no more."""
        told: Turn | None = None
        self._live.entered(self)
        try:
            while told is None or not told.last:
                self._woken.clear()
                broadcast = await self._broadcast()
                turn = broadcast.turn if broadcast is not None else None
                if turn is not None and turn is not told and (told is None or turn.last or self.solvent):
                    if told is None or turn.text != told.text:
                        yield turn
                    told = turn
                    continue
                await self._wait(AGAIN if broadcast is None else REFRESH if turn is not told else RECHECK)
        finally:
            self._leave()
            self._live.left(self)

    async def _wait(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()

    async def _broadcast(self) -> Broadcast | None:
        """Return what is broadcast to those who may see as much as the caller does now; None while nobody can say."""
        if self._context.token is not None:
            try:
                languages = self._context.asking.languages
                viewer = await self._live.authenticator.viewer(self._context.token, languages, clock.now())
            except (DBAPIError, OSError) as error:
                log.warning("a stream waits", exc_info=error)
                return None
            if viewer != self.viewer:
                self._leave()
                self.viewer = viewer
        if self._joined is None:
            viewer, languages = self.viewer, self._context.asking.languages
            key = (self._operation, self._asked, languages, None if viewer is ANONYMOUS else viewer)
            self._joined = key, self._live.broadcasts.join(key, self, self._made)
        return self._joined[1]

    def _leave(self) -> None:
        if self._joined is not None:
            key, broadcast = self._joined
            self._joined = None
            self._live.broadcasts.leave(key, broadcast, self)

    def _made(self) -> Broadcast:
        return _made(self._live, self._operation, self._variables, self._topic, self._context, self.viewer)


def _made(
    live: Live, operation: Operation, variables: dict[str, Any], topic: UUID | None, context: Context, viewer: Viewer
) -> Broadcast:
    """Make a broadcast, which knows nothing of the one who happened to ask first but what all have in common."""
    languages, request_id = context.asking.languages, new_request_id()
    changes = context.changes

    async def read() -> tuple[str, bool]:
        async with live.admission.queues.streams.turn(urgent=True):  # Before those who have not begun yet.
            asking = Asking(viewer, clock.now(), languages)
            answer, goes_on = await live.executor.state(operation, variables, Context(changes, asking, request_id))
        return answer.text, goes_on

    def failing(error: Exception) -> str:
        if isinstance(error, TimeoutError | asyncpg.QueryCanceledError):
            error = Overloaded("OVERLOADED", retry_after=int(REFRESH))
        if isinstance(error, Refusal):
            shown = request_error(error, languages, request_id=request_id)
        else:
            shown = masked(error, languages, request_id=request_id)
        return orjson.dumps({"errors": [shown]}).decode()

    return Broadcast(topic, read, failing)


def _topic(operation: Operation, variables: dict[str, Any]) -> UUID | None:
    """Return the identifier of what a subscription is about; BadRequest where its id names no such thing."""
    root = operation.schema.subscription_type
    assert root is not None  # noqa: S101 - the document is valid
    selection = Selection(operation.schema, operation.node, operation.fragments, variables)
    for details in selection.root(root).values():
        field = root.fields[name_of(details)]
        stream = streams[python_name(field)]
        given = get_argument_values(field, details[0].node, VariableValues({}, variables))
        return decode(given[stream.argument], stream.source.type)
    return None
