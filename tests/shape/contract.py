"""The schema as its guards see it: every type of our own, and what stands behind each field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_introspection_type,
    is_specified_scalar_type,
)

from graphql_schema.schema import graphql

TYPES: dict[str, GraphQLNamedType] = {
    name: type_
    for name, type_ in graphql.type_map.items()
    if not is_introspection_type(type_) and not is_specified_scalar_type(type_)
}
"""Every type that the specification does not bring."""

ROOTS = [root for root in (graphql.query_type, graphql.mutation_type, graphql.subscription_type) if root]
OBJECTS = {name: type_ for name, type_ in TYPES.items() if isinstance(type_, GraphQLObjectType)}
INTERFACES = {name: type_ for name, type_ in TYPES.items() if isinstance(type_, GraphQLInterfaceType)}
INPUTS = {name: type_ for name, type_ in TYPES.items() if isinstance(type_, GraphQLInputObjectType)}
ENUMS = {name: type_ for name, type_ in TYPES.items() if isinstance(type_, GraphQLEnumType)}
CONNECTIONS = {name: type_ for name, type_ in OBJECTS.items() if name.endswith("Connection")}
EDGES = {name for name in OBJECTS if name.endswith("Edge")}
PAYLOADS = {
    get_named_type(f.type).name for f in (graphql.mutation_type.fields.values() if graphql.mutation_type else ())
}


def fields() -> Iterator[tuple[str, GraphQLField]]:
    """Give every field of every object and interface, with its place."""
    for name, type_ in OBJECTS.items():
        yield from ((f"{name}.{key}", field) for key, field in type_.fields.items())
    for name, interface in INTERFACES.items():
        yield from ((f"{name}.{key}", field) for key, field in interface.fields.items())


def described() -> Iterator[tuple[str, str | None]]:
    """Give everything that has to have a description, with its place."""
    for name, type_ in TYPES.items():
        yield name, type_.description
    for place, field in fields():
        yield place, field.description
        for key, argument in field.args.items():
            yield f"{place}({key}:)", argument.description
    for name, given in INPUTS.items():
        yield from ((f"{name}.{key}", part.description) for key, part in given.fields.items())
    for name, choices in ENUMS.items():
        yield from ((f"{name}.{key}", value.description) for key, value in choices.values.items())


def is_list(field: GraphQLField) -> bool:
    """Whether a field is a list."""
    type_: Any = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return isinstance(type_, GraphQLList)


def is_object(field: GraphQLField) -> bool:
    """Whether a field is, or holds, objects."""
    return isinstance(get_named_type(field.type), GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType)


def is_promised(field: GraphQLField) -> bool:
    """Whether a field is never null."""
    return isinstance(field.type, GraphQLNonNull)


def possible(type_: Any) -> set[str]:
    """Return the names of the object types that a field's type may turn out to be."""
    if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
        return {found.name for found in graphql.get_possible_types(type_)}
    return {type_.name}
