"""Tracebacks for the log: where something failed and what kind of failure it was, without a word of what people wrote.

The message of an exception may hold anything: PostgreSQL quotes the row that breaks a constraint, Python the text that
is no number. So no message enters the log. Where it happened, the error's class and PostgreSQL's own code and
constraint tell enough to find the place.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator, MutableMapping
from types import TracebackType
from typing import Any

TOLD = ("sqlstate", "constraint_name", "table_name", "column_name")
"""What a database's error may tell: names that are in the program."""


def lines_of(error: BaseException | None) -> Iterator[str]:
    """Walk through an error and those that led to it, the first one first."""
    seen: set[int] = set()
    chain: list[BaseException] = []
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        chain.append(error)
        error = error.__cause__ or error.__context__
    for one in reversed(chain):
        yield f"{type(one).__module__}.{type(one).__qualname__}{_details(one)}"
        yield from _frames(one.__traceback__)


def _details(error: BaseException) -> str:
    source = getattr(error, "orig", error)
    told = {name: getattr(source, name, None) for name in TOLD}
    known = ", ".join(f"{name}={value}" for name, value in told.items() if isinstance(value, str))
    return f" ({known})" if known else ""


def _frames(at: TracebackType | None) -> Iterator[str]:
    for frame in traceback.extract_tb(at):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"


def without_messages(logger: Any, name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Write the error of a line of the log as a traceback without messages."""
    error = line.pop("exc_info", None)
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        line["exception"] = "\n".join(lines_of(error))
    return line
