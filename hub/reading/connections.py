"""The connections of reading: raw asyncpg, last in, first out, without a reset between borrowers.

Statements of reads leave no state behind, so a round trip to clean up would buy nothing; the connection used last is
the one whose caches are warm. A waiter that is cancelled gives back what it was handed, and a connection that failed
is replaced, never returned.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Sequence
from itertools import count
from typing import Any

import asyncpg

from hub.tracing import step

READ_SETTINGS = {
    "timezone": "UTC",
    "plan_cache_mode": "force_generic_plan",
    "jit": "off",
    # The plan for every caller takes a page for a tenth of the table, and would start workers for twenty rows.
    "max_parallel_workers_per_gather": "0",
    "statement_timeout": "10s",
    # A caller who is gone, or whose time is up, closes the connection: the server then ends the statement, too.
    "client_connection_check_interval": "500ms",
    "default_transaction_read_only": "on",
    "application_name": "hub read",
}

PREPARED = 64
"""How many prepared statements a connection keeps: each costs up to two megabytes in the server."""

ONLY_CONNECTION_ERRORS = (asyncpg.PostgresConnectionError, asyncpg.InterfaceError, OSError)


class Reader:
    """One connection and the statements that it has prepared."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection
        self._prepared: OrderedDict[str, Any] = OrderedDict()
        self._names = count()

    async def value(self, sql: str, arguments: Sequence[Any], *, keep: bool) -> Any:
        """Return the single value of a statement, prepared by name where it is worth keeping."""
        statement = self._prepared.get(sql)
        if statement is None:
            if not keep:
                return await self.connection.fetchval(sql, *arguments)
            # Without a name, and without the driver's own cache, it would be parsed and planned again each time.
            statement = await self.connection.prepare(sql, name=f"read_{next(self._names)}")
            self._prepared[sql] = statement
            if len(self._prepared) > PREPARED:
                self._prepared.popitem(last=False)
        else:
            self._prepared.move_to_end(sql)
        return await statement.fetchval(*arguments)


class Readers:
    """A bounded stack of reading connections."""

    def __init__(self, url: str, *, size: int) -> None:
        self._url, self._size = url, size
        self._free: list[Reader] = []
        self._waiting: deque[asyncio.Future[Reader | None]] = deque()
        self._made = 0
        self.statements = 0
        """How many statements were run; what the tests count."""

    @property
    def in_use(self) -> int:
        """How many connections are at work."""
        return self._made - len(self._free)

    async def value(self, sql: str, arguments: Sequence[Any], *, keep: bool = True) -> Any:
        """Run one statement on a free connection and return its single value."""
        self.statements += 1
        reader = await self._borrow()
        try:
            with step("statement"):
                value = await reader.value(sql, arguments, keep=keep)
        except BaseException as error:
            await self._give_back(reader, broken=_is_broken(reader, error))
            raise
        await self._give_back(reader, broken=False)
        return value

    async def _borrow(self) -> Reader:
        while self._free:
            reader = self._free.pop()
            if not reader.connection.is_closed():
                return reader
            self._made -= 1
        if self._made < self._size:
            return await self._connect()
        waiter: asyncio.Future[Reader | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        try:
            reader_or_room = await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():
                handed = waiter.result()
                if handed is None:
                    self._pass_on_room()
                else:
                    await self._give_back(handed, broken=False)
            raise
        return reader_or_room if reader_or_room is not None else await self._connect()

    async def _connect(self) -> Reader:
        self._made += 1
        try:
            # The driver's own cache forgets statements after five minutes and refuses long ones: ours does neither.
            connection = await asyncpg.connect(self._url, server_settings=READ_SETTINGS, statement_cache_size=0)
        except BaseException:
            self._made -= 1
            self._pass_on_room()
            raise
        return Reader(connection)

    async def _give_back(self, reader: Reader, *, broken: bool) -> None:
        if broken or reader.connection.is_closed():
            self._made -= 1
            reader.connection.terminate()
            self._pass_on_room()
            return
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(reader)
                return
        self._free.append(reader)

    def _pass_on_room(self) -> None:
        """Let the next waiter open a connection in the place of one that is gone."""
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(None)
                return

    async def close(self) -> None:
        """Close every connection that is not in use."""
        while self._free:
            await self._free.pop().connection.close()
            self._made -= 1


def _is_broken(reader: Reader, error: BaseException) -> bool:
    # A statement that was cancelled half-way leaves the connection in an unknown place; an ordinary error does not.
    cancelled = isinstance(error, asyncio.CancelledError | TimeoutError)
    return cancelled or isinstance(error, ONLY_CONNECTION_ERRORS) or reader.connection.is_closed()
