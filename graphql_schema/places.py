"""Places for what stays connected: how many live connections a process holds, in all and of one caller.

A connection that nobody closes costs memory for as long as it lasts. So there is a bound for all of them, and a
smaller one for each network and each account or program, so that nobody takes them from everybody else.
"""

from __future__ import annotations

from collections import Counter
from typing import Self

from hub.errors import Overloaded, RateLimited
from hub.viewer import ANONYMOUS, Viewer

RETRY_AFTER = 10
"""Seconds after which it is worth trying again: people leave, but not at once."""


def principal_of(viewer: Viewer) -> str | None:
    """Return what an account's or a program's places are counted by; None for nobody in particular."""
    return None if viewer is ANONYMOUS or viewer.system else viewer.principal


class Places:
    """The places of one process."""

    def __init__(self, *, most: int, most_each: int) -> None:
        self._most, self._most_each = most, most_each
        self._of: Counter[str] = Counter()
        self.open: Counter[str] = Counter()
        """How many are open, by their kind."""
        self.refused: Counter[str] = Counter()
        """How many were refused since the start, by the reason."""

    def take(self, kind: str, *whose: str | None) -> Place:
        """Return a place for a connection; a refusal where there are too many, or too many of one of these."""
        if self.open.total() >= self._most:
            self.refused["full"] += 1
            raise Overloaded("OVERLOADED", retry_after=RETRY_AFTER)
        place = Place(self, kind)
        try:
            for one in whose:
                place.count(one)
        except RateLimited:
            self._of.subtract(place.whose)
            raise
        self.open[kind] += 1
        return place

    def refuse(self, reason: str) -> None:
        """Count a connection that was refused for another reason."""
        self.refused[reason] += 1

    def _count(self, whose: str) -> None:
        if self._of[whose] >= self._most_each:
            self.refused["too many"] += 1
            raise RateLimited("TOO_MANY_STREAMS", most=self._most_each, seconds=RETRY_AFTER, retry_after=RETRY_AFTER)
        self._of[whose] += 1

    def _leave(self, place: Place) -> None:
        self.open[place.kind] -= 1
        self._of.subtract(place.whose)
        self._of = +self._of


class Place:
    """One connection's place, held for as long as the block."""

    def __init__(self, places: Places, kind: str) -> None:
        self._places, self.kind = places, kind
        self.whose: set[str] = set()

    def count(self, whose: str | None) -> None:
        """Count the place for a network, an account or a program too; RateLimited where these have too many."""
        if whose is not None and whose not in self.whose:
            self._places._count(whose)  # noqa: SLF001 - the two are one mechanism
            self.whose.add(whose)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._places._leave(self)  # noqa: SLF001 - the two are one mechanism
