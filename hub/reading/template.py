"""A template: fixed text around holes. It is one element, whatever its length, compiled into a balanced tree of `||`.

A chain of operators would nest as deeply as it is long, and both SQLAlchemy and PostgreSQL give up on deep nesting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal

Part = "str | ColumnElement[Any] | Iterable[Part]"


class Template(ColumnElement[str]):
    """Text in which every hole is an SQL expression of type text. A hole that is NULL makes the whole NULL."""

    __visit_name__ = "template"
    inherit_cache = False
    _traverse_internals = [("holes", InternalTraversal.dp_clauseelement_list)]  # noqa: RUF012 - SQLAlchemy's own shape

    def __init__(self, *parts: Any) -> None:
        merged: list[str | ColumnElement[Any]] = []
        for part in _flat(parts):
            if isinstance(part, str) and merged and isinstance(merged[-1], str):
                merged[-1] += part
            elif part != "":
                merged.append(part)
        self.parts = tuple(merged)
        self.holes = [part for part in merged if not isinstance(part, str)]
        self.type = Text()

    @property
    def _from_objects(self) -> list[Any]:
        return [source for hole in self.holes for source in hole._from_objects]  # noqa: SLF001 - it is asked of every part


def _flat(parts: Iterable[Any]) -> Iterator[Any]:
    for part in parts:
        if isinstance(part, Template):
            yield from part.parts
        elif isinstance(part, str) or hasattr(part, "compile"):
            yield part
        else:
            yield from _flat(part)


@compiles(Template)
def _compile(template: Template, compiler: SQLCompiler, **options: Any) -> str:
    if not template.parts:
        return "''::text"
    pieces = [quoted(p) if isinstance(p, str) else compiler.process(p, **options) for p in template.parts]
    return pieces[0] + "::text" if len(pieces) == 1 else _balanced(pieces)


def _balanced(pieces: list[str]) -> str:
    if len(pieces) == 1:
        return pieces[0]
    middle = len(pieces) // 2
    return f"({_balanced(pieces[:middle])} || {_balanced(pieces[middle:])})"


def quoted(text: str) -> str:
    """Return an SQL literal of this text (names and fixed JSON only; values are always parameters)."""
    return "'" + text.replace("'", "''") + "'"
