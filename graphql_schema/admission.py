"""Letting an operation in: its price, what the caller has left, whose turn it is, and telling all of that.

::

    async with passage:                                     whoever has nothing left is turned away here
        operation = …                                       (a document that cannot be run costs what reading it did)
        await passage.admit(operation, variables)           priced, charged, and waiting for its turn
        answer = await …

Nothing of it is a statement beside the operation's own: allowances are settled apart (`hub/allowances`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import TracebackType
from typing import Any, Self

import orjson
from graphql import OperationType

from graphql_schema.context import Context
from graphql_schema.planning.documents import Operation
from graphql_schema.planning.parsing import InvalidDocument
from graphql_schema.pricing import Cost
from graphql_schema.queueing import Queue, Queues
from hub.allowances.spending import Allowances, Spender, Standing, Terms
from hub.errors import BadRequest, Overloaded, RateLimited, Refusal, TooExpensive
from hub.keys import Keyring
from hub.settings import Settings
from hub.viewer import Scope

SUBMISSIONS = frozenset({"submitResponse", "changeResponse", "withdrawResponse", "saveResponseDraft"})
"""What people do in the last hour of a consultation: these acts are the last to be refused."""

SIGN_INS = frozenset({"requestSignIn", "confirmSignIn", "exchangeSignIn"})
"""What people do before they are anybody: a flood of it keeps nobody from what they came for."""

STANDING = "rateLimit"
"""The root field that tells what the caller has left."""

BULK = 10
"""How many times as much may be spent with a token that has the scope `bulk:read`."""

LETTERS_FOR_A_POINT = 500
"""What a document costs beside its operation where it was not seen lately: it is read, checked and planned."""

ASKED_FOR = b"graphql-cost"
"""The header by which a caller asks for `extensions.cost`. An answer without it is the same for everybody."""

Header = tuple[bytes, bytes]


class Admission:
    """What decides whether operations are let in, for one process."""

    def __init__(
        self,
        settings: Settings,
        keys: Keyring,
        queues: Queues,
        allowances: Allowances,
        is_new: Callable[[str], bool],
    ) -> None:
        self.queues, self.allowances = queues, allowances
        self.is_new = is_new
        self._nodes, self._nodes_with_token = settings.nodes, settings.nodes_with_token
        self._terms, self._bulk = (
            Terms(times * settings.points, times * settings.points_restored) if settings.points else None
            for times in (1, BULK)
        )
        # A caller comes again and again; what is kept here is forgotten with the process.
        self._digest = lru_cache(maxsize=10_000)(lambda who: keys.digest("allowance", who.encode()))
        self._of_network = lru_cache(maxsize=10_000)(
            lambda network, day, terms: Spender(self._digest(f"network {day} {network}"), terms)
        )

    def passage(self, context: Context, text: str, headers: Mapping[bytes, bytes]) -> Passage:
        """Return the way in for one request with this document."""
        unread = len(text) // LETTERS_FOR_A_POINT if self.is_new(text) else 0
        return Passage(self, context, unread, reporting=ASKED_FOR in headers)

    def passage_again(self, context: Context, headers: Mapping[bytes, bytes]) -> Passage:
        """Return the way in for one request whose answer is there: its document need not be read."""
        return Passage(self, context, 0, reporting=ASKED_FOR in headers)

    def spender(self, context: Context) -> Spender | None:
        """Return who pays for a request; None for the hub itself, and where nobody can tell who is in front of it."""
        viewer = context.viewer
        terms = self._bulk if Scope.BULK_READ in viewer.scopes else self._terms
        if terms is None or viewer.system:
            return None
        if viewer.account_id is not None or viewer.client_id is not None:
            return Spender(self._digest(viewer.principal), terms)
        if context.network is None:
            return None
        # Another digest on each day, so that nobody's coming and going can be followed.
        return self._of_network(context.network, context.at.date(), terms)

    def budget(self, context: Context) -> int:
        """Return how many nodes an operation of this caller may read at most."""
        viewer = context.viewer
        known = viewer.system or viewer.account_id is not None or viewer.client_id is not None
        return self._nodes_with_token if known else self._nodes


class Passage:
    """One request's way in and out."""

    def __init__(self, admission: Admission, context: Context, unread: int, *, reporting: bool) -> None:
        self._admission, self._context, self._reporting = admission, context, reporting
        self._spender = admission.spender(context)
        self._unread = unread
        self._queue: Queue | None = None
        self._retry_after: int | None = None
        self._cost: Cost | None = None
        self._spent = 0
        self.telling = False
        """Whether the operation itself asks for what this caller has left."""
        self.personal = reporting
        """Whether the answer says what this caller has left, so that it is for nobody else."""

    # ---- in ------------------------------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        if self._spender is not None:
            try:
                self._admission.allowances.require(self._spender, 1, self._context.at)
            except RateLimited as refusal:
                self._note(refusal)
                raise
        return self

    async def admit(self, operation: Operation, given: Mapping[str, Any]) -> Cost:
        """Let an operation in when it is its turn, and return what it costs.

        A refusal where it is too dear, or too much for now.
        """
        price = operation.price
        cost = self._cost = price.of(given)
        budget = self._admission.budget(self._context)
        if cost.nodes > budget:
            raise TooExpensive("MAX_COST_EXCEEDED", nodes=cost.nodes, budget=budget)
        # First the turn: whoever is turned away there has spent nothing.
        await self._take_turn(operation, urgent=price.roots <= SUBMISSIONS)
        await self._spend(cost.points + self._unread)
        if STANDING in price.roots:
            self.telling = self.personal = True
            self._context.asking = dataclasses.replace(self._context.asking, standing=self._standing(cost))
        return cost

    async def admit_again(self, cost: Cost) -> None:
        """Let in an operation whose answer is there: it costs what it does, and waits for nothing."""
        self._cost = cost
        await self._spend(cost.points)

    async def _spend(self, points: int) -> None:
        if self._spender is None:
            return
        try:
            await self._admission.allowances.spend(self._spender, points, self._context.at)
        except RateLimited as refusal:
            self._note(refusal)
            raise
        self._spent = points

    async def _take_turn(self, operation: Operation, *, urgent: bool) -> None:
        queues = self._admission.queues
        writing = queues.sign_ins if operation.price.roots <= SIGN_INS else queues.writes
        kinds = {OperationType.QUERY: queues.reads, OperationType.SUBSCRIPTION: queues.streams}
        queue = kinds.get(operation.kind, writing)
        await queue.enter(urgent=urgent and queue is queues.writes)
        self._queue = queue

    @property
    def share(self) -> tuple[Spender | None, int]:
        """Who pays for what is read again while a subscription goes on, and what reading it once costs."""
        return self._spender, self._cost.points if self._cost is not None else 0

    def _note(self, refusal: Refusal) -> None:
        self._retry_after = int(str(refusal.facts["retry_after"]))

    # ---- and out -------------------------------------------------------------------------------------------------

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._queue is not None:
            self._queue.leave()
        if isinstance(error, Overloaded):
            self._note(error)
        if self._spender is None or self._spent or self._retry_after is not None:
            return
        if isinstance(error, InvalidDocument | BadRequest):
            self._spent = 1 + self._unread
            self._admission.allowances.take(self._spender, self._spent, self._context.at)

    @property
    def headers(self) -> tuple[Header, ...]:
        """What the answer's headers tell (draft-ietf-httpapi-ratelimit-headers)."""
        told: list[Header] = []
        if self._retry_after is not None:
            told.append((b"retry-after", b"%d" % self._retry_after))
        if self._spender is not None:
            terms, standing = self._spender.terms, self._standing(Cost(0, 0))
            told.append((b"ratelimit-policy", _policy(terms)))
            told.append((b"ratelimit", b'"points";r=%d;t=%d' % (standing.remaining or 0, standing.seconds)))
        return tuple(told)

    def told(self, body: bytes) -> bytes:
        """Return the answer with `extensions.cost`, where the caller asked for it or was refused for its sake."""
        refused = self._retry_after is not None or (self._cost is not None and self._is_over_budget(self._cost))
        if not (self._reporting or refused) or not body.endswith(b"}"):
            return body
        return body[:-1] + b',"extensions":' + orjson.dumps({"cost": self._report()}) + b"}"

    def _is_over_budget(self, cost: Cost) -> bool:
        return cost.nodes > self._admission.budget(self._context)

    def _report(self) -> dict[str, Any]:
        cost = self._cost or Cost(0, 0)
        standing = self._standing(cost)
        return {
            "requested": cost.points,
            "actual": self._spent if self._spender is not None else None,
            "nodes": cost.nodes,
            "budget": self._admission.budget(self._context),
            "available": standing.remaining,
            "restoreRate": None if standing.terms is None else standing.terms.restored,
        }

    def _standing(self, cost: Cost) -> Standing:
        at = self._context.at
        if self._spender is None:
            return Standing(cost.points, cost.nodes, at)
        owed = self._admission.allowances.owed(self._spender, at)
        return Standing(cost.points, cost.nodes, at, self._spender.terms, owed)


@lru_cache(maxsize=8)
def _policy(terms: Terms) -> bytes:
    window = max(1, round(terms.points / terms.restored))
    return f'"points";q={terms.points};w={window}'.encode()
