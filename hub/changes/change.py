"""The one door of writing: a block is a transaction, and a transaction is one or more recorded facts.

::

    async with changes.begin(viewer) as change:
        consultation = await change.take(Consultation, consultation_id)
        require(may_schedule(change.viewer, consultation))
        await change.move(consultation, CONSULTATION_LIFE, "schedule", ConsultationScheduled(…))

Leaving the block commits; an exception undoes everything. The log's rows are the last statement before COMMIT.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import inspect, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from hub import clock
from hub.changes import idempotency, log
from hub.changes.event import Event, Recorded
from hub.changes.idempotency import IdempotencyKey
from hub.database.base import Base
from hub.errors import HubError, NotFound, Refusal, WrongState
from hub.keys import Keyring
from hub.lifecycle import BORN, Lifecycle
from hub.viewer import ANONYMOUS, Viewer
from hub.visibility import PlainSight, visible_rows

R = TypeVar("R", bound=Base)
T = TypeVar("T")

WRITES_IN_FLIGHT = 2
"""How many writes one principal may have under way in a process; counted before a connection is taken."""


class OutcomeUnknown(HubError):
    """COMMIT was sent and its answer was lost. Whether it happened is decided by repeating with the idempotency key."""


class Busy(HubError):
    """The database was waited for too long, and undid everything: nothing has happened, and it may be tried again."""


class Stateful(Protocol):
    """A row that has a life cycle."""

    state: Any


class Change:
    """One transaction under way."""

    def __init__(self, session: AsyncSession, viewer: Viewer, keys: Keyring, at: dt.datetime) -> None:
        self.session = session
        self.viewer = viewer
        self.keys = keys
        self.at = at
        self.results: dict[str, Any] = {}
        self.secrets: dict[str, Any] = {}
        """What the payload shows once and nothing keeps: a repetition of the request does not get it again."""
        self.unlinked = False
        self.kept_back = False
        self.position: int | None = None
        self.recorded: list[Recorded] = []

    async def find(self, model: type[R], id_: UUID) -> R:
        """Return a row that a rule relies on, locked against changes; NotFound if the viewer may not see it."""
        return await self._locked(model, id_, read=True)

    async def take(self, model: type[R], id_: UUID) -> R:
        """Return a row that will change, locked against everybody else's changes; NotFound as in `find`."""
        return await self._locked(model, id_, read=False)

    async def _locked(self, model: type[R], id_: UUID, *, read: bool) -> R:
        key = inspect(model).primary_key[0]
        sight = PlainSight(self.viewer, self.at)
        statement = (
            select(model)
            .where(key == id_, visible_rows(model, model, sight))
            .with_for_update(read=read, key_share=not read, of=model)
            .execution_options(populate_existing=True)
        )
        row = (await self.session.execute(statement)).scalar_one_or_none()
        if row is None:
            raise NotFound("NOT_FOUND", type=model.__name__)
        return row

    async def add(self, *rows: Base) -> None:
        """Write new rows now, so that the database's constraints speak here and not at the commit."""
        self.session.add_all(rows)
        await self.session.flush()

    async def add_once(self, row: Base, otherwise: Refusal) -> None:
        """Write a row that may exist once; if it does already, raise the refusal."""
        try:
            async with self.session.begin_nested():
                self.session.add(row)
        except IntegrityError as error:
            if getattr(error.orig, "sqlstate", None) == "23505":
                raise otherwise from None
            raise

    def unlink(self) -> None:
        """Let nothing lead from what happens here to who did it: its facts keep the day alone, its key no principal."""
        self.unlinked = True

    def keep_back(self) -> None:
        """Let the change feed tell nothing of what happens here: it is about something that not everybody may see."""
        self.kept_back = True

    def record(self, event: Event) -> None:
        """Say what happened."""
        self.recorded.append(Recorded(event))

    async def bear(self, row: Base, life: Lifecycle, by: str, event: Event, *, once: Refusal | None = None) -> None:
        """Write a new row in the first state of its life, and say so. Its `state` is set here.

        With `once` it may be there once: if it is already, that refusal is raised.
        """
        self._step(row, life, by, event, source=BORN)
        if once is None:
            await self.add(row)
        else:
            await self.add_once(row, once)

    async def move(self, row: Base, life: Lifecycle, by: str, event: Event) -> None:
        """Change the state of a row by an event of its life cycle, and say so; WrongState if that is not lawful."""
        self._step(row, life, by, event, source=str(row.state))  # type: ignore[attr-defined]
        # Each move is written by itself: the database checks every step, not only the sum of them.
        await self.session.flush()

    def _step(self, row: Base, life: Lifecycle, by: str, event: Event, *, source: str) -> None:
        move = life.move(source, by)
        if move is None:
            raise WrongState("WRONG_STATE", machine=life.machine, state=source, event=by)
        row.state = type(row).__table__.c.state.type.enum_class(move.target)  # type: ignore[attr-defined]
        self.recorded.append(Recorded(event, life.machine, move))

    def record_move(self, life: Lifecycle, by: str, event: Event, *, source: str = BORN) -> None:
        """Say that a row written in bulk made this move; the row itself is the caller's."""
        move = life.move(source, by)
        if move is None:
            raise WrongState("WRONG_STATE", machine=life.machine, state=source, event=by)
        self.recorded.append(Recorded(event, life.machine, move))

    @property
    def events(self) -> tuple[Event, ...]:
        """What was recorded so far."""
        return tuple(record.event for record in self.recorded)


class Changes:
    """Where changes begin: the engine, the keys, and who is told that something was committed."""

    def __init__(
        self, engine: AsyncEngine, keys: Keyring, *, committed: Callable[[frozenset[str]], None] = lambda written: None
    ) -> None:
        self._engine = engine
        self.keys = keys
        self._committed = committed
        self._in_flight: Counter[str] = Counter()
        self._turns = asyncio.Condition()

    @asynccontextmanager
    async def begin(
        self,
        viewer: Viewer,
        *,
        at: dt.datetime | None = None,
        request_id: str | None = None,
        repeatable: IdempotencyKey | None = None,
    ) -> AsyncIterator[Change]:
        """Begin a transaction; it commits when the block is left, and leaves nothing behind when it fails."""
        at = at or clock.now()
        principal, nobody = (self.keys.digest("idempotency", who.principal.encode()) for who in (viewer, ANONYMOUS))
        async with self._turn(viewer), AsyncSession(self._engine, expire_on_commit=False) as session:
            change = Change(session, viewer, self.keys, at)
            if repeatable is not None:
                await idempotency.claim(session, repeatable, principal=principal, nobody=nobody, today=at.date())
            yield change
            await session.flush()
            if change.recorded:
                change.position, written = await log.append(
                    session,
                    change.recorded,
                    viewer=viewer,
                    at=_day(at) if change.unlinked else at,
                    request_id=None if change.unlinked else request_id,
                    kept_back=change.kept_back,
                )
            else:
                written = await log.written(session)
            if repeatable is not None:
                results = {**change.results, "event": change.position}
                await idempotency.keep(
                    session,
                    repeatable,
                    principal=principal,
                    nobody=nobody,
                    unlinked=change.unlinked,
                    results=results,
                )
            try:
                await self._commit(session)
            finally:
                # Also where nobody knows whether it was committed: what is read anew is never wrong.
                self._committed(written)

    @staticmethod
    async def _commit(session: AsyncSession) -> None:
        try:
            await session.commit()
        except (DBAPIError, OSError) as error:
            lost = isinstance(error, OSError) or (isinstance(error, DBAPIError) and error.connection_invalidated)
            if lost:
                raise OutcomeUnknown("The answer to COMMIT was lost.") from error
            raise

    @asynccontextmanager
    async def _turn(self, viewer: Viewer) -> AsyncIterator[None]:
        if viewer.system:
            yield
            return
        who = viewer.principal
        async with self._turns:
            await self._turns.wait_for(lambda: self._in_flight[who] < WRITES_IN_FLIGHT)
            self._in_flight[who] += 1
        try:
            yield
        finally:
            async with self._turns:
                self._in_flight[who] -= 1
                if not self._in_flight[who]:
                    del self._in_flight[who]
                self._turns.notify_all()


def _day(at: dt.datetime) -> dt.datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


TRIED_AGAIN = frozenset({"40001", "40P01", "55P03"})
"""Serialization failure, deadlock, a lock that was not free in time: the whole act is run again."""

TOO_LONG = frozenset({"57014", "25P03"})
"""A statement, or a pause between two of them, that took too long: another attempt would take as long."""

ATTEMPTS = 3


async def retrying(act: Callable[[], Awaitable[T]]) -> T:
    """Run a whole act, again if the database undid it for somebody else's sake; at most three times, then Busy."""
    for attempt in range(ATTEMPTS):
        try:
            return await act()
        except PoolTimeout as error:
            raise Busy("No connection became free in time.") from error
        except DBAPIError as error:
            undone = getattr(error.orig, "sqlstate", None)
            if undone not in TRIED_AGAIN | TOO_LONG:
                raise
            if undone in TOO_LONG or attempt == ATTEMPTS - 1:
                raise Busy("The database undid the act, which took too long.") from error
    raise AssertionError("The last attempt returns or raises.")
