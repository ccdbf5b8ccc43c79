"""Settling: what a process has let its callers spend is added to what all processes know, and comes back as the truth.

One statement settles any number of callers. It stands beside every change: nothing of it is a fact, and a process that
dies before it has settled loses no more than it may leave unsettled.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg

from hub.database.address import plain

# `full_at` of a new row is when it was spent and the time that the points take to come back; for a row that is there,
# that time is added to what is owed already. The rows are taken in one order, so that no two processes meet crosswise.
SETTLE = """
INSERT INTO allowance AS kept (principal, spent_at, full_at)
SELECT principal, spent_at, spent_at + span FROM unnest($1::bytea[], $2::timestamptz[], $3::interval[])
    AS spent (principal, spent_at, span) ORDER BY principal
ON CONFLICT (principal) DO UPDATE SET
    spent_at = greatest(kept.spent_at, excluded.spent_at),
    full_at = greatest(kept.full_at, excluded.spent_at) + (excluded.full_at - excluded.spent_at)
RETURNING principal, full_at
"""
FORGET = "DELETE FROM allowance WHERE full_at < $1"

SETTINGS = {"timezone": "UTC", "statement_timeout": "2s", "lock_timeout": "1s", "application_name": "hub allowances"}

LOST = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)
"""What says that the database cannot settle now."""


@dataclass(frozen=True)
class Spent:
    """What one caller has spent: when last, and how long it takes to come back."""

    principal: bytes
    at: dt.datetime
    span: dt.timedelta


class Settlement:
    """The shared count, behind one connection that does nothing else."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: Any = None
        self._turn = asyncio.Lock()
        self.statements = 0
        """How many statements were run; what the tests count."""

    async def settle(self, spent: Sequence[Spent]) -> dict[bytes, dt.datetime]:
        """Add what was spent, and return when each of these allowances will be full again."""
        columns = [[s.principal for s in spent], [s.at for s in spent], [s.span for s in spent]]
        rows = await self._run(SETTLE, *columns)
        return {row["principal"]: row["full_at"] for row in rows}

    async def forget(self, at: dt.datetime) -> None:
        """Drop the rows of allowances that are full again."""
        await self._run(FORGET, at)

    async def _run(self, statement: str, *values: Any) -> Any:
        async with self._turn:
            if self._connection is None or self._connection.is_closed():
                self._connection = await asyncpg.connect(plain(self._url), server_settings=SETTINGS, timeout=2)
            self.statements += 1
            return await self._connection.fetch(statement, *values)

    async def close(self) -> None:
        """Close the connection."""
        if self._connection is not None and not self._connection.is_closed():
            await self._connection.close()
