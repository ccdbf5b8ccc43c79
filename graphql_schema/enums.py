"""Enumerations of the hub, shown in the schema with a description of each value.

The names are the stored codes in capitals: the planner relies on it (a test holds every enumeration to it).
"""

from __future__ import annotations

import enum
from typing import TypeVar

import strawberry

E = TypeVar("E", bound=enum.Enum)


def described(values: type[E], description: str, /, **values_described: str) -> type[E]:
    """Show an enumeration in the schema. Every value needs its sentence; a missing one is an error at start."""
    shown = strawberry.enum(values, description=description)
    for value in shown.__strawberry_definition__.values:  # type: ignore[attr-defined]
        value.description = values_described.pop(value.name.lower())
    if values_described:
        raise TypeError(f"{values.__name__} has no {', '.join(values_described)}.")
    return shown
