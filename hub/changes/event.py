"""Facts: what happened, in the past tense, as frozen dataclasses of ids, states, codes and numbers.

No text and no name written by or about a person ever enters the log: texts live in rows that can be emptied.
The docstring of an event class is its public documentation.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from typing import Any, ClassVar
from uuid import UUID

from hub.lifecycle import Move


@dataclasses.dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to an entity."""

    entity: ClassVar[str]
    """The field that names the entity."""
    entry: ClassVar[str | None] = None
    """The field that names the public thing it happened to, if there is one."""
    public: ClassVar[frozenset[str]] = frozenset()
    """The fields that everybody may read in the change feed; an event with none of them is not in it."""
    anonymous: ClassVar[bool] = False
    """Whether the log must not say who did it."""

    def facts(self) -> dict[str, Any]:
        """Return the fields in the form that is stored."""
        return {field.name: plain(getattr(self, field.name)) for field in dataclasses.fields(self)}


def plain(value: Any) -> Any:
    """Return the stored form of a fact: a number, a truth value, an id, a code, a date."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, enum.StrEnum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, Code):
        return str(value)
    raise TypeError(f"{type(value).__name__} may not enter the log: only ids, states, codes, numbers and dates do.")


class Code(str):
    """A folio, a hash or another code that no person wrote."""

    __slots__ = ()


@dataclasses.dataclass(frozen=True)
class Recorded:
    """An event about to be written, with the move of the life cycle that it stands for, if any."""

    event: Event
    machine: str | None = None
    move: Move | None = None
