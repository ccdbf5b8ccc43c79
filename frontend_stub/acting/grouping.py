"""The fields of an act that hold others: one group of them, as many rows as somebody writes, or one row for each thing.

A row into which nothing was written is not sent; a button asks for one more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from frontend_stub.acting.fields import Field, Told
from frontend_stub.acting.filling import Filling, Read

MOST_ROWS = 60
"""How many rows of one list a form shows: what is longer is written by the API."""


@dataclass(frozen=True)
class Group(Field):
    """Several fields that the hub takes as one thing."""

    fields: tuple[Field, ...] = ()

    kind = "group"

    def shown(self, filling: Filling, at: str, before: Any) -> Told:
        """Return its fields."""
        return {**super().shown(filling, at, None), "fields": _shown(self.fields, filling, at, before or {})}

    def read(self, filling: Filling, at: str, before: Any) -> Any:
        """Return what its fields say; nothing, where it may be left out and was."""
        if self.optional and self.is_blank(filling, at):
            return None
        return _read(self.fields, filling, at, before or {})

    def is_blank(self, filling: Filling, at: str) -> bool:
        """Whether nothing was written into any of its fields."""
        return all(field.is_blank(filling, f"{at}.{field.name}") for field in self.fields)

    def found_at(self, filling: Filling, at: str, path: Sequence[str]) -> str:
        """Return the field of the group that the path names."""
        return found_among(self.fields, filling, path, above=f"{at}.") or at


@dataclass(frozen=True)
class Rows(Group):
    """A list, each of whose things has the same fields."""

    spare: int = 1
    """How many empty rows are shown beyond those that are there."""

    kind = "rows"

    def shown(self, filling: Filling, at: str, before: Any) -> Told:
        """Return its rows, one more where that was asked for."""
        former = list(before or [])
        rows = [
            _shown(self.fields, filling, f"{at}.{row}", former[row] if row < len(former) else {})
            for row in range(self._count(filling, at, former))
        ]
        return {**Field.shown(self, filling, at, None), "rows": rows}

    def read(self, filling: Filling, at: str, before: Any) -> Any:
        """Return the rows into which something was written."""
        former, rows = list(before or []), range(self._count(filling, at, list(before or [])))
        kept = [row for row in rows if not Group.is_blank(self, filling, f"{at}.{row}")]
        filling.rows[at] = kept
        return [_read(self.fields, filling, f"{at}.{row}", former[row] if row < len(former) else {}) for row in kept]

    def is_blank(self, filling: Filling, at: str) -> bool:
        """Whether nothing was written into any row."""
        return all(Group.is_blank(self, filling, f"{at}.{row}") for row in range(self._count(filling, at, [])))

    def found_at(self, filling: Filling, at: str, path: Sequence[str]) -> str:
        """Return the field of the row that the path names, counting only those that were sent."""
        sent = filling.rows.get(at, [])
        if not path or not path[0].isdigit() or int(path[0]) >= len(sent):
            return at
        return Group.found_at(self, filling, f"{at}.{sent[int(path[0])]}", path[1:])

    def _count(self, filling: Filling, at: str, former: list[Any]) -> int:
        if filling.given is None:
            return min(max(len(former) + self.spare, 1), MOST_ROWS)
        told = filling.given.get(f"{at}.count", "")
        asked = int(told) if told.isascii() and told.isdigit() else 0
        return min(asked + (at in filling.given.all("more")), MOST_ROWS)


@dataclass(frozen=True)
class Each(Group):
    """One row for each of the things that are there, such as the seats that vote; a row that says nothing is left out.

    What makes a row say something is its first field.
    """

    of: Callable[[Read], Iterable[Told]] = lambda node: ()
    """The things: `code` is sent under `key`, and `label` is what the row is called."""
    key: str = ""

    kind = "each"

    def shown(self, filling: Filling, at: str, before: Any) -> Told:
        """Return the rows by the names of the things."""
        rows = [
            {"label": thing["label"], "at": f"{at}.{row}", "fields": _shown(self.fields, filling, f"{at}.{row}", {})}
            for row, thing in enumerate(self.of(filling.node))
        ]
        return {**Field.shown(self, filling, at, None), "rows": rows}

    def read(self, filling: Filling, at: str, before: Any) -> Any:
        """Return the rows that say something, each with the id of its thing."""
        things, first = list(self.of(filling.node)), self.fields[0].name
        filling.rows[at] = kept = [row for row in range(len(things)) if filling.words_at(f"{at}.{row}.{first}")]
        return [{self.key: things[row]["code"], **_read(self.fields, filling, f"{at}.{row}", {})} for row in kept]

    def found_at(self, filling: Filling, at: str, path: Sequence[str]) -> str:
        """Return the field of the row that the path names."""
        sent = filling.rows.get(at, [])
        if not path or not path[0].isdigit() or int(path[0]) >= len(sent):
            return at
        return Group.found_at(self, filling, f"{at}.{sent[int(path[0])]}", path[1:])


def found_among(fields: Iterable[Field], filling: Filling, path: Sequence[str], *, above: str = "") -> str | None:
    """Return the part of a form that a path leads to; None where no field is meant."""
    for field in fields:
        if path and field.name == path[0]:
            return field.found_at(filling, f"{above}{field.name}", path[1:])
    return None


def _shown(fields: Iterable[Field], filling: Filling, at: str, before: Read) -> list[Told]:
    return [field.shown(filling, f"{at}.{field.name}", field.now(before)) for field in fields]


def _read(fields: Iterable[Field], filling: Filling, at: str, before: Read) -> Told:
    return {field.name: field.read(filling, f"{at}.{field.name}", field.now(before)) for field in fields}
