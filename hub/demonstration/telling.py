"""Telling a story: acts in the order in which they happened, each of them once.

Each act is a change of its own under a key that follows from its place in the story, as the request of a client has
one: where a load was stopped, the next one passes over what was done and goes on from there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Concatenate, ParamSpec, Protocol
from uuid import UUID

from hub.changes.change import Change, Changes
from hub.changes.idempotency import IdempotencyKey, Replayed
from hub.importing.summary import Progress
from hub.register.models import Entry
from hub.timetables.zones import Declared, declared_at, instant_of
from hub.viewer import Viewer

P = ParamSpec("P")

ZONE = "America/Mexico_City"
"""Where the commission of the demonstration has its clock."""

ONE_DAY = dt.timedelta(days=1)


class Made(Protocol):
    """What an act made, or changed."""

    @property
    def id(self) -> UUID:
        """By what it is found again."""


class Story:
    """One thing that happened in many acts, which are watched as they are told."""

    def __init__(self, changes: Changes, name: str, progress: Progress) -> None:
        self.changes, self.name, self.progress = changes, name, progress
        self._told = 0

    async def tell(
        self,
        viewer: Viewer,
        at: dt.datetime,
        act: Callable[Concatenate[Change, P], Awaitable[Made]],
        /,
        *given: P.args,
        **named: P.kwargs,
    ) -> UUID:
        """Let somebody act at an instant, unless they have; return the id of what it was about."""
        self._told += 1
        try:
            async with self.changes.begin(viewer, at=at, repeatable=self._key()) as change:
                made = await act(change, *given, **named)
                change.results["made"] = str(made.id)
        except Replayed as earlier:
            return UUID(earlier.results["made"])
        self.progress.advance(1)
        return made.id

    def _key(self) -> IdempotencyKey:
        # What leaves no trace of whoever did it takes a key that nobody guesses: it is made of the hub's own.
        place = f"{self.name}/{self._told}".encode()
        key = UUID(bytes=self.changes.keys.digest("idempotency", place)[:16], version=4)
        return IdempotencyKey.of("demonstration", str(key), {})


async def named(change: Change, id_: UUID, name: str) -> Entry:
    """Note by what something of the demonstration is found again, now that its story was told to the end."""
    entry = await change.session.get_one(Entry, id_)
    entry.imported_from = name
    return entry


def declared(now: dt.datetime, days: int, hour: int, *, weekday: int | None = None) -> Declared:
    """Return an hour on a day of the story, counted from another day, as the commission's clock shows it.

    With a weekday (0 is Monday) it is the last such day until then.
    """
    day = declared_at(now + days * ONE_DAY, ZONE).local
    if weekday is not None:
        day -= (day.weekday() - weekday) % 7 * ONE_DAY
    return Declared(day.replace(hour=hour, minute=0, second=0, microsecond=0), ZONE)


def instant(declared: Declared) -> dt.datetime:
    """Return the instant that a declared time means, which the zone of the commission always has."""
    found = instant_of(declared)
    if not isinstance(found, dt.datetime):
        raise TypeError(f"The time {declared} of the demonstration does not exist.")
    return found
