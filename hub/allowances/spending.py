"""Spending: whether a caller has points left, decided in the process that was asked, without a statement as a rule.

A process lets a caller spend up to `SLICE` points that it has not settled yet; all of these are settled together, four
times a second and by one statement. Whoever wants more than that waits until it is settled. So all processes together
let a caller spend, in any time, at most

    the points of the allowance + what comes back in that time + SLICE for each process,

and what was spent too much is owed, and comes back before anything else: in the long run it is exactly what comes back.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import math
from collections import OrderedDict
from dataclasses import dataclass, field

import structlog

from hub import clock
from hub.allowances.settling import LOST, Settlement, Spent
from hub.errors import RateLimited

log = structlog.get_logger("hub.allowances")

SLICE = 100
PAUSE = 0.25
"""Seconds between two settlements."""

TIDYING = 600.0
"""Seconds between two times that full allowances are dropped."""

MOST_KNOWN = 50_000
"""Of how many callers a process remembers what they owe; of the others it asks when they have spent again."""


@dataclass(frozen=True)
class Terms:
    """What a caller may spend at once, and how much of it comes back in a second."""

    points: int
    restored: float


@dataclass(frozen=True)
class Spender:
    """A caller by the digest that stands for them, and their terms."""

    principal: bytes
    terms: Terms


@dataclass(frozen=True)
class Standing:
    """How a caller stands after an operation; without terms they may spend what they like."""

    cost: int
    nodes: int
    at: dt.datetime
    terms: Terms | None = None
    owed: float = 0.0

    @property
    def remaining(self) -> int | None:
        """How many points are left."""
        return None if self.terms is None else max(0, math.floor(self.terms.points - self.owed))

    @property
    def seconds(self) -> int:
        """In how many seconds everything will have come back."""
        return 0 if self.terms is None else math.ceil(self.owed / self.terms.restored)


@dataclass
class Account:
    """What one process knows of one caller."""

    restored: float
    full_at: dt.datetime
    """By what all processes have settled, and what this one has let be spent since."""
    at: dt.datetime
    unsettled: float = 0.0

    def owed(self, at: dt.datetime) -> float:
        """How many points have not come back."""
        return max(0.0, (self.full_at - at).total_seconds() * self.restored)

    def span(self, points: float) -> dt.timedelta:
        """How long so many points take to come back."""
        return dt.timedelta(seconds=points / self.restored)


@dataclass
class Allowances:
    """The allowances of all callers, as this process keeps them."""

    settlement: Settlement
    slice: float = SLICE
    _accounts: OrderedDict[bytes, Account] = field(default_factory=OrderedDict)
    _unsettled: dict[bytes, Account] = field(default_factory=dict)
    _settling: asyncio.Lock = field(default_factory=asyncio.Lock)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def owed(self, spender: Spender, at: dt.datetime) -> float:
        """Return how many points of a caller have not come back, as far as this process knows."""
        account = self._accounts.get(spender.principal)
        return 0.0 if account is None else account.owed(at)

    def require(self, spender: Spender, points: float, at: dt.datetime) -> None:
        """Go on if a caller has so many points left; RateLimited, with when they will have, if not."""
        lacking = self.owed(spender, at) + points - spender.terms.points
        if lacking > 0:
            retry_after = max(1, math.ceil(lacking / spender.terms.restored))
            raise RateLimited("RATE_LIMITED", seconds=retry_after, retry_after=retry_after)

    async def spend(self, spender: Spender, points: float, at: dt.datetime) -> None:
        """Take points; RateLimited where there are not so many left."""
        self.require(spender, points, at)
        account = self.take(spender, points, at)
        if account.unsettled <= self.slice:
            return
        await self._settled()
        try:
            self.require(spender, 0, at)
        except RateLimited:
            self.take(spender, -points, at)
            self.require(spender, points, at)
            raise

    def take(self, spender: Spender, points: float, at: dt.datetime) -> Account:
        """Note that a caller has spent so many points, or that less than nothing was spent and they come back."""
        principal = spender.principal
        account = self._accounts.get(principal) or self._unsettled.get(principal)
        if account is None:
            account = Account(spender.terms.restored, at, at)
        self._accounts[principal] = account
        self._accounts.move_to_end(principal)
        if len(self._accounts) > MOST_KNOWN:
            self._accounts.popitem(last=False)
        account.unsettled += points
        account.at = max(account.at, at)
        account.full_at = max(account.full_at, at) + account.span(points)
        self._unsettled[principal] = account
        return account

    # ---- settling ------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Settle again and again until cancelled, and drop what is full."""
        tidied = 0.0
        while True:
            await asyncio.sleep(PAUSE)
            await self.settle()
            tidied += PAUSE
            if tidied >= TIDYING:
                tidied = 0.0
                with contextlib.suppress(*LOST):
                    await self.settlement.forget(clock.now())

    async def _settled(self) -> None:
        """Settle, whatever becomes of the caller who waits for it: what was sent to the database is spent."""
        task = asyncio.create_task(self.settle())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await asyncio.shield(task)

    async def settle(self) -> None:
        """Settle what is unsettled. Where the database is away it stays unsettled, and nobody is kept waiting."""
        async with self._settling:
            accounts, self._unsettled = self._unsettled, {}
            if not accounts:
                return
            points = {principal: account.unsettled for principal, account in accounts.items()}
            spent = [Spent(p, account.at, account.span(account.unsettled)) for p, account in accounts.items()]
            for account in accounts.values():
                account.unsettled = 0.0
            try:
                full = await self.settlement.settle(spent)
            except LOST as error:
                log.warning("allowances are not settled", exc_info=error)
                for principal, account in accounts.items():
                    account.unsettled += points[principal]
                    self._unsettled[principal] = account
                return
            for principal, account in accounts.items():
                account.full_at = max(full[principal], account.at) + account.span(account.unsettled)

    async def close(self) -> None:
        """Settle what is left, and close the connection."""
        await self.settle()
        await self.settlement.close()
