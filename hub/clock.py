"""What time it is. The instant of a request is taken once and passed on; SQL never asks for the time itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

_stopped: ContextVar[dt.datetime | None] = ContextVar("stopped_clock", default=None)

OFFICIAL_ZONE = "America/Mexico_City"
"""By whose clock the hub counts days that nobody declared a zone for: what is due on a day is due until it ends there.

The time of the centre is what the federal authorities keep (Ley de los Husos Horarios en los Estados Unidos Mexicanos,
2022, article 4)."""


def now() -> dt.datetime:
    """Return the current instant in UTC, or the one at which a test stopped the clock."""
    return _stopped.get() or dt.datetime.now(dt.UTC)


@contextmanager
def stopped_at(instant: dt.datetime) -> Iterator[None]:
    """Stop the clock at an instant (with its zone) inside this block."""
    if instant.tzinfo is None:
        raise ValueError("A clock is stopped at an instant with a zone.")
    token = _stopped.set(instant.astimezone(dt.UTC))
    try:
        yield
    finally:
        _stopped.reset(token)


def day_of(instant: dt.datetime) -> dt.date:
    """Return the day on which an instant falls by the official clock."""
    return instant.astimezone(ZoneInfo(OFFICIAL_ZONE)).date()


def midnight_before(instant: dt.datetime) -> dt.datetime:
    """Return the instant at which the official day of an instant began."""
    return dt.datetime.combine(day_of(instant), dt.time(), ZoneInfo(OFFICIAL_ZONE)).astimezone(dt.UTC)
