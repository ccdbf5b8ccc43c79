"""What time it is. The instant of a request is taken once and passed on; SQL never asks for the time itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_stopped: ContextVar[dt.datetime | None] = ContextVar("stopped_clock", default=None)


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
