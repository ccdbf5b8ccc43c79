"""Everything that can be asked of a world: every root of the schema, each filter by each value, each order, each id.

The operations come from the schema, so a new field or filter is asked as soon as it exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNonNull,
    get_named_type,
    is_composite_type,
    is_list_type,
    is_object_type,
)

from graphql_schema.schema import graphql as contract
from tests.making.consultations import Asked

WORDS = "Lo que Canario dice de los jueves no lo sabe nadie más en esta calle"


@dataclass
class World:
    """A consultation with everything in it that may not be read, and something that may."""

    asked: Asked
    jalisco: UUID
    nayarit: UUID
    organizations: tuple[UUID, UUID]
    responses: dict[str, UUID]
    ids: list[str]


DEPTH = 2
ELSEWHERE = {"Mandate", "Body", "Session", "Instrument", "Study", "Finding"}
"""They lead everywhere, and have roots of their own."""

FOUND = "{ totalCount pageInfo { hasNextPage endCursor } edges { cursor } }"


def operations(world: World) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every root of the schema with everything below it, each filter by each value, each order, each id that is."""
    query = contract.query_type
    assert query is not None
    for name, field in query.fields.items():
        if name in ("node", "nodes"):
            continue
        whole, *others = arguments(field, world)
        yield f"{{ {name}{whole} {selection(field, DEPTH)} }}", {}
        # Whatever an order or a filter could tell, it tells by which things it finds, and where.
        yield from ((f"{{ {name}{given} {FOUND} }}", {}) for given in others)
    for id_ in world.ids:
        type_ = id_.rpartition("_")[0]
        fragment = f"... on {type_} {below(contract.type_map[type_], DEPTH)}" if is_node(type_) else "id"
        yield f"query ($id: ID!) {{ node(id: $id) {{ __typename {fragment} }} }}", {"id": id_}
    yield "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", {"ids": world.ids[:100]}


def is_node(type_: str) -> bool:
    """Whether there may be such a thing by its id."""
    found = contract.type_map[type_]
    return is_object_type(found) and "Node" in {interface.name for interface in found.interfaces}


def selection(field: GraphQLField, depth: int) -> str:
    """Everything below a field."""
    named = get_named_type(field.type)
    return below(named, depth) if is_composite_type(named) else ""


def below(type_: Any, depth: int) -> str:
    """Everything of a type, to a depth."""
    if not is_object_type(type_):
        members = [f"... on {member.name} {{ __typename }}" for member in contract.get_possible_types(type_)]
        return "{ __typename " + " ".join(members) + " }"
    parts = []
    for name, field in type_.fields.items():
        required = [a for a in field.args.values() if isinstance(a.type, GraphQLNonNull)]
        named = get_named_type(field.type)
        if required or (is_composite_type(named) and depth <= 0):
            continue
        if named.name.removesuffix("Connection") in ELSEWHERE or name in ("edges", "translations"):
            continue
        inner = depth if named.name.endswith("Connection") else depth - 1
        parts.append(f"{name} {selection(field, inner)}")
    return "{ __typename " + " ".join(parts) + " }"


def arguments(field: GraphQLField, world: World) -> Iterator[str]:
    """The arguments of a root: nothing, each order, each filter by each of its values."""
    required = {name: a for name, a in field.args.items() if isinstance(a.type, GraphQLNonNull)}
    if required:
        yield "(" + ", ".join(f'{name}: "{WORDS}"' for name in required) + ")"
        return
    yield "(first: 100)" if "first" in field.args else ""
    order = field.args.get("orderBy")
    if order is not None:
        yield from (f"(last: 100, orderBy: {value})" for value in get_named_type(order.type).values)
    filters = field.args.get("filter")
    if filters is not None:
        for key, known in get_named_type(filters.type).fields.items():
            yield from (f"(first: 100, filter: {{{key}: {value}}})" for value in values(key, known.type, world))


def values(key: str, type_: Any, world: World) -> Iterator[str]:
    """Values of one filter."""
    named = get_named_type(type_)
    inner = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    if isinstance(named, GraphQLEnumType):
        yield from (f"[{value}]" if is_list_type(inner) else value for value in named.values)
    elif named.name == "Boolean":
        yield from ("true", "false")
    elif named.name == "ID":
        named_ids = {
            "consultation": [world.asked.node],
            "body": [f"Body_{world.asked.body_id}"],
            "organization": [f"Organization_{id_}" for id_ in world.organizations],
            "territory": [f"Territory_{id_}" for id_ in (world.jalisco, world.nayarit)],
        }
        # What else a filter may name may be of any of these types; of a wrong one it says so.
        yield from (f'"{id_}"' for id_ in named_ids.get(key, [ids[0] for ids in named_ids.values()]))
    elif named.name == "DateTime":
        yield '"2026-01-01T00:00:00Z"'
    elif named.name == "String":
        texts = ("Canario", "jueves", "distinto", "Ab")
        yield from (f'["{text}"]' if is_list_type(inner) else f'"{text}"' for text in texts)
    else:
        assert not isinstance(named, GraphQLInputObjectType), f"No value is known for the filter {key}."
