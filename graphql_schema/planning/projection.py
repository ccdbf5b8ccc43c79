"""What a selection takes of a value that Python computed: the same walk as for rows, over attributes."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from graphql import get_named_type, is_abstract_type, is_object_type

from graphql_schema.planning.selection import Details, Selection, name_of, python_name


class Projection:
    """A selection over Python objects (dataclasses or mappings by python names), prepared once for each type."""

    def __init__(self, selection: Selection, type_: Any, details: Details) -> None:
        self._selection, self._type, self._details = selection, get_named_type(type_), details
        self._shapes: dict[str, list[tuple[str, str, Projection | None]]] = {}
        if is_object_type(self._type):
            self._shape(self._type)

    def of(self, value: Any) -> Any:
        """Return the JSON value that the selection takes of this value."""
        if value is None:
            return None
        if isinstance(value, list | tuple):
            return [self.of(item) for item in value]
        if not (is_object_type(self._type) or is_abstract_type(self._type)):
            return leaf(value)
        type_name = _type_name(value) if is_abstract_type(self._type) else self._type.name
        shape = self._shapes.get(type_name) or self._shape(self._selection.schema.type_map[type_name])
        return {
            key: type_name if sub is None and name == "__typename" else _part(value, name, sub)
            for key, name, sub in shape
        }

    def _shape(self, type_: Any) -> list[tuple[str, str, Projection | None]]:
        shape: list[tuple[str, str, Projection | None]] = []
        for key, details in self._selection.fields(type_, self._details).items():
            name = name_of(details)
            if name == "__typename":
                shape.append((key, name, None))
            else:
                field = type_.fields[name]
                shape.append((key, python_name(field), Projection(self._selection, field.type, details)))
        self._shapes[type_.name] = shape
        return shape


def _part(value: Any, name: str, sub: Projection | None) -> Any:
    part = value[name] if isinstance(value, Mapping) else getattr(value, name)
    return sub.of(part) if sub is not None else part


def _type_name(value: Any) -> str:
    definition = type(value).__dict__.get("__strawberry_definition__")
    return str(definition.name) if definition is not None else str(value["__typename"])


def leaf(value: Any) -> Any:
    """Return the JSON form of a scalar."""
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, dt.date | UUID):
        return str(value)
    return value
