"""When an answer turns into another by the clock alone: the next instant that stands in a column."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column, DateTime, bindparam, func, select

from hub.reading.statement import DIALECT


@dataclass(frozen=True)
class Turn:
    """The next instant in a column as it was once seen, and how much had been written by then."""

    seen: dt.datetime
    at: dt.datetime
    count: int


@cache
def next_turn(column: Column[Any]) -> str:
    """Return the statement that finds the first instant in a column from a given one on.

    The given one counts: what is open until an instant is not open any more just after it.
    """
    from_then_on = column >= bindparam("at", type_=DateTime(timezone=True))
    return str(select(func.min(column)).where(from_then_on).compile(dialect=DIALECT))
