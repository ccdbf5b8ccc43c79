"""Variables are symbolic while planning: what decides the plan is known, everything else is a parameter.

Null, booleans and enumerations decide the shape of a statement. Numbers, strings, dates, ids and page sizes do not,
so one prepared statement serves every caller.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Param:
    """A value that is not known while planning: where it stands in the variables."""

    path: tuple[str, ...]

    def find(self, variables: Mapping[str, Any]) -> Any:
        """Return the value when the plan runs."""
        value: Any = variables
        for name in self.path:
            value = value[name]
        return value


def symbolic(value: Any, path: tuple[str, ...] = ()) -> Any:
    """Return a variable's value with every part that does not decide the plan replaced by a `Param`."""
    if value is None or isinstance(value, bool | enum.Enum):
        return value
    if isinstance(value, Mapping):
        return {name: symbolic(part, (*path, name)) for name, part in value.items()}
    if isinstance(value, list) and all(isinstance(item, enum.Enum) for item in value):
        return value
    return Param(path)


PLAIN = frozenset({str, int, float})
"""The types that most variables are of: nothing else has to be asked of these."""


def structure(value: Any) -> Any:
    """Return what of a variable's value decides the plan, in a form that can be a key."""
    if type(value) in PLAIN:
        return type(value).__name__
    if value is None or isinstance(value, bool | enum.Enum):
        return value
    if isinstance(value, Mapping):
        return tuple((name, structure(part)) for name, part in value.items())
    if isinstance(value, list):
        return tuple(value) if all(isinstance(item, enum.Enum) for item in value) else "list"
    return type(value).__name__


def finder(value: Any, convert: Callable[[Any], Any] = lambda value: value) -> Callable[[Mapping[str, Any]], Any]:
    """Return how an argument's value is found when the plan runs, and made fit for the statement."""
    return lambda variables: convert(known(value, variables))


def known(value: Any, variables: Mapping[str, Any]) -> Any:
    """Return a value when the plan runs; variables may also stand inside a list."""
    if isinstance(value, Param):
        return value.find(variables)
    if isinstance(value, list):
        return [known(item, variables) for item in value]
    return value


def stored(value: Any) -> Any:
    """Return the stored code of an enumeration's value, or of each in a list; other values as they are."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, list) and value and isinstance(value[0], enum.Enum):
        return [item.value for item in value]
    return value
