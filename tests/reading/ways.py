"""Ways through the schema: how far it is from each type to another one.

Fields drawn blindly seldom get further than the first lists. So each operation has aims, and every type is one of
them as often as any other, however deep it lies.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from graphql import (
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_introspection_type,
    is_object_type,
)

FORMS = ("Query", "PageInfo")
"""Types that every way leads through anyhow; so are pages and their edges."""


@cache
def reached(schema: GraphQLSchema) -> dict[str, GraphQLObjectType]:
    """Return the object types that a query can come to."""
    found: dict[str, Any] = {}
    ahead: list[Any] = [schema.query_type]
    while ahead:
        type_ = ahead.pop()
        if type_.name not in found and not is_introspection_type(type_):
            found[type_.name] = type_
            ahead += inner_types(schema, type_)
    return {name: type_ for name, type_ in found.items() if is_object_type(type_)}


def inner_types(schema: GraphQLSchema, type_: Any) -> list[Any]:
    """Return the types that the fields of a type lead to, or that it may turn out to be."""
    possible = list(schema.get_possible_types(type_)) if is_abstract_type(type_) else []
    inner = [get_named_type(field.type) for field in getattr(type_, "fields", {}).values()]
    return possible + [named for named in inner if is_composite_type(named)]


@cache
def aims(schema: GraphQLSchema) -> list[str]:
    """Return the types that an operation may be drawn towards."""
    return [name for name in reached(schema) if name not in FORMS and not name.endswith(("Connection", "Edge"))]


@cache
def distances(schema: GraphQLSchema, aim: str) -> dict[str, int]:
    """Return how many fields lie between each type and this one; what may turn out to be it is no step away."""
    found, changed = {aim: 0}, True
    while changed:
        changed = False
        for name, type_ in schema.type_map.items():
            if is_composite_type(type_):
                step = 0 if is_abstract_type(type_) else 1
                near = [found[inner.name] for inner in inner_types(schema, type_) if inner.name in found]
                if near and min(near) + step < found.get(name, len(schema.type_map)):
                    found[name], changed = min(near) + step, True
    return found
