"""Scalars that GraphQL does not have."""

from __future__ import annotations

import datetime as dt
from typing import NewType

import strawberry


class NotAValue(ValueError):
    """A value is none of a scalar's. The sentence is for the caller; what else may be raised is not."""


def parse_instant(value: object) -> dt.datetime:
    """Read an instant; NotAValue where it is none, or where nobody can tell which because its zone is missing."""
    try:
        parsed = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        parsed = None
    if parsed is None or parsed.tzinfo is None:
        raise NotAValue(f"An instant with its zone is wanted, such as 2026-12-01T15:00:00Z, not {value!r}.")
    if not 1000 <= parsed.year <= 9000:
        raise NotAValue(f"An instant between the years 1000 and 9000 is wanted, not {value!r}.")
    return parsed.astimezone(dt.UTC)


def parse_day(value: object) -> dt.date:
    """Read a calendar day; NotAValue where it is none."""
    try:
        day = dt.date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise NotAValue(f"A calendar day is wanted, such as 2026-12-01, not {value!r}.") from None
    # The ends of Python's calendar are what the driver says infinity with.
    if not 1000 <= day.year <= 9000:
        raise NotAValue(f"A calendar day between the years 1000 and 9000 is wanted, not {value!r}.")
    return day


DATE_TIME = strawberry.scalar(
    name="DateTime",
    description="An instant in ISO 8601 with its zone; answers are in UTC, such as `2026-12-01T15:00:00.000000Z`.",
    serialize=dt.datetime.isoformat,
    parse_value=parse_instant,
)
"""How an instant is shown in the schema."""

DATE = strawberry.scalar(
    name="Date",
    description="A calendar day in ISO 8601, such as `2026-12-01`.",
    serialize=dt.date.isoformat,
    parse_value=parse_day,
)
"""How a calendar day is shown in the schema."""

LocalDateTime = NewType("LocalDateTime", dt.datetime)
"""A wall-clock time without a zone, such as `2026-12-01T09:00:00`."""


def parse_local(value: object) -> dt.datetime:
    """Read a wall-clock time; NotAValue where it is none, or where it carries a zone."""
    try:
        parsed = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        parsed = None
    if parsed is None or parsed.tzinfo is not None:
        raise NotAValue(f"A wall-clock time without a zone is wanted, such as 2026-12-01T09:00:00, not {value!r}.")
    return parsed


LOCAL_DATE_TIME = strawberry.scalar(
    name="LocalDateTime",
    description="A wall-clock time without a zone, in ISO 8601, such as `2026-12-01T09:00:00`.",
    serialize=str,
    parse_value=parse_local,
)
"""How `LocalDateTime` is shown in the schema; `schema.py` joins the two."""


def parse_whole(value: object) -> int:
    """Read a whole number; NotAValue where it is none, or too large to be one in JSON."""
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**53:
        raise NotAValue(f"A whole number of up to 53 bits is wanted, not {value!r}.")
    return value


BigInt = NewType("BigInt", int)
"""A whole number beyond 32 bits: a place in the log."""

BIG_INT = strawberry.scalar(
    name="BigInt",
    description="A whole number of up to 53 bits, written as a JSON number.",
    serialize=int,
    parse_value=parse_whole,
)
