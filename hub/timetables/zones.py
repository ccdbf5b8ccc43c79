"""Declared times: what a clock on the wall shows in a zone, and the instant that this means.

The declaration is the legal truth and the instant follows from it. A time that does not exist in its zone
(the clocks went forward) or that exists twice (they went back) is refused with the way out, never guessed.
Intervals are half-open: the opening belongs to them, the closing does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from hub.errors import Problem

YEARS = range(1900, 2200)
"""Years for which zones have rules that mean something."""


@dataclass(frozen=True)
class Declared:
    """A moment as people declare it: a bare date and time on a clock on the wall, in a zone."""

    local: dt.datetime
    zone: str


@cache
def known_zones() -> frozenset[str]:
    """Return the names of the IANA zones, without those that only stand for the machine's own setting."""
    return frozenset(available_timezones() - {"Factory", "localtime", "posixrules"})


def instant_of(declared: Declared, *, path: Sequence[str] = ()) -> dt.datetime | Problem:
    """Return the instant in UTC that was declared, or what is wrong with the declaration."""
    if declared.zone not in known_zones():
        return Problem("UNKNOWN_ZONE", (*path, "zone"), {"zone": declared.zone})
    shown = declared.local
    if shown.tzinfo is not None or shown.year not in YEARS:
        return Problem("BAD_TIME", (*path, "declaredLocal"), {"first": str(YEARS[0]), "last": str(YEARS[-1])})
    zone = ZoneInfo(declared.zone)
    earlier, later = (shown.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC) for fold in (0, 1))
    if earlier == later:
        return earlier
    facts = {"local": shown, "zone": declared.zone}
    where = (*path, "declaredLocal")
    if earlier < later:
        # The hour is shown twice; any time outside it is clear, so the hint names the first one after it.
        return Problem("TIME_IS_AMBIGUOUS", where, {**facts, "instead": _after_overlap(shown, zone)})
    # Read with the offset before the change, a skipped time lands after it: that is the next one that exists.
    return Problem("TIME_DOES_NOT_EXIST", where, {**facts, "instead": earlier.astimezone(zone).replace(tzinfo=None)})


def _after_overlap(shown: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    after = shown.replace(second=0)
    while after.replace(tzinfo=zone, fold=0).utcoffset() != after.replace(tzinfo=zone, fold=1).utcoffset():
        after += dt.timedelta(minutes=1)
    return after


def declared_at(instant: dt.datetime, zone: str) -> Declared:
    """Return how an instant is declared in a zone, to the second; for times that the hub itself chooses."""
    return Declared(instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, microsecond=0), zone)


def within(at: dt.datetime, *, opens_at: dt.datetime, closes_at: dt.datetime) -> bool:
    """Whether an instant lies in the half-open interval from the opening to the closing."""
    return opens_at <= at < closes_at


def day_in(at: dt.datetime, zone: str) -> dt.date:
    """Return the calendar day that an instant falls on in a zone."""
    return at.astimezone(ZoneInfo(zone)).date()
