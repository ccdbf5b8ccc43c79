"""When an answer turns into another by the clock alone: the instants in a column, before and after the request's."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from sqlalchemy import Column, DateTime, bindparam, func, select
from sqlalchemy.dialects.postgresql import array

from hub.reading.depending import Span
from hub.reading.statement import DIALECT


@cache
def neighbours(column: Column[Any]) -> str:
    """Return the statement that finds the last instant in a column before a given one, and the first from it on."""
    at = bindparam("at", type_=DateTime(timezone=True))
    last, first = select(func.max(column)).where(column < at), select(func.min(column)).where(column >= at)
    return str(select(array([last.scalar_subquery(), first.scalar_subquery()])).compile(dialect=DIALECT))


def between(found: tuple[dt.datetime | None, dt.datetime | None]) -> Span:
    """Return the time between two instants, either of which may not be there."""
    last, first = found
    return Span(**({"after": last} if last else {}), **({"before": first} if first else {}))
