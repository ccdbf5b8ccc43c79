"""Divisions: which categories of a dimension results tell apart. Decided once, at the first release, for good.

What is divided otherwise in two releases can be told apart by comparing them, so a later release divides as the first
one did; a category that was not there before joins those that are too small to be told apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hub.statistics.categories import published_categories
from hub.statistics.counts import is_small

OTHER = "other"
"""All categories together that are too small to be shown."""

UNKNOWN = "unknown"
"""Those of whom it is not known to which category they belong."""

TOTAL = ""
"""Everybody, who are the one category of a total."""


@dataclass(frozen=True)
class Count:
    """How many, and how many of them can be read one by one."""

    all: int = 0
    published: int = 0

    def is_small(self, k: int) -> bool:
        """Whether it must be withheld for itself."""
        return is_small(self.all, self.published, k=k)


NONE = Count()


@dataclass(frozen=True)
class Division:
    """Which categories are shown by themselves, and which together."""

    shown: tuple[str, ...] = (TOTAL,)
    merged: tuple[str, ...] = ()

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories of its tables."""
        return (*self.shown, OTHER) if self.merged else self.shown

    def to_json(self) -> dict[str, Any]:
        """Return the form that is stored with the tables."""
        return {"shown": list(self.shown), "merged": list(self.merged)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Division:
        """Read the stored form."""
        return cls(tuple(stored["shown"]), tuple(stored["merged"]))


def divided(counts: Mapping[str, Count], k: int) -> Division | None:
    """Return how a dimension is divided for the first time; None where nothing of it can be shown."""
    if not counts or set(counts) == {UNKNOWN}:
        return None
    order = sorted(counts, key=lambda name: (name == UNKNOWN, -counts[name].all, name))
    found = published_categories(
        {name: counts[name].all for name in order}, k, published={name: counts[name].published for name in order}
    )
    return Division(found.shown, found.merged) if found.shown else None


def divided_again(former: Division, counts: Mapping[str, Count], k: int) -> Division | None:
    """Return the same division with what has come since; None where that cannot be told without telling on somebody."""
    new = sorted(set(counts) - {*former.shown, *former.merged})
    if not new:
        return former
    if former.merged:
        return Division(former.shown, (*former.merged, *new))
    return None if any(counts[name].is_small(k) for name in new) else Division((*former.shown, *new))
