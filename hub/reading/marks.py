"""Holes that PostgreSQL cannot fill by itself, marked by control characters that no JSON text holds.

JSON escapes every control character inside a string, so a bare one in an answer can only be one of these marks.

* A *python hole* is the number of a function and the few facts that it needs, as a JSON array. The process puts
  what the function says in its place: rules, cursors and rendered text are never written a second time in SQL.
* A *broken hole* is a NULL where the schema promises a value. Such an answer is completed again by the reference
  executor, which knows how far the null must reach and how to name the error.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Text, cast, func, literal_column

from hub.reading.template import Template

OPEN, CLOSE, BROKEN = "\x02", "\x03", "\x04"

Filler = Callable[..., bytes]
"""What fills a python hole: takes who is asking and the facts, returns JSON."""


def python_hole(number: int, facts: Sequence[ColumnElement[Any]]) -> Template:
    """Return the hole that filler `number` of the plan will fill from these facts."""
    return Template(f"{OPEN}{number} ", cast(func.json_build_array(*facts), Text), CLOSE)


def promised(text: ColumnElement[str]) -> ColumnElement[str]:
    """Return the JSON text, or the mark of a broken promise where there is none."""
    return func.coalesce(text, literal_column(f"'{BROKEN}null'", Text()))


def fill(answer: str, fillers: Sequence[Filler], asking: Any) -> str:
    """Put what the functions say in place of the python holes."""
    first, *marked = answer.split(OPEN)
    if not marked:
        return answer
    filled = [first]
    for piece in marked:
        hole, _, rest = piece.partition(CLOSE)
        number, _, facts = hole.partition(" ")
        filled.append(fillers[int(number)](asking, *orjson.loads(facts)).decode())
        filled.append(rest)
    return "".join(filled)
