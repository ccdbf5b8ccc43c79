"""Abstract types: unions over foreign keys, the register's interface, and `node` by the type that an id names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from graphql import GraphQLField, GraphQLObjectType
from sqlalchemy import ColumnElement, Integer, Text, case, cast, func, literal_column, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Uuid

from graphql_schema.ids import split
from graphql_schema.planning.arguments import finder, known
from graphql_schema.planning.selection import Details, name_of, python_name
from hub.errors import BadRequest
from hub.reading.json_text import or_null
from hub.reading.readable import Call, Row, readables
from hub.reading.template import Template

if TYPE_CHECKING:
    from graphql_schema.planning.weaving import Weaver

MOST_IDS = 100


def object_types(weaver: Weaver) -> Mapping[str, GraphQLObjectType]:
    """Return the types that a node may have: those that are readable by an id and implement `Node`."""
    node = weaver.selection.schema.type_map["Node"]
    possible = weaver.selection.schema.get_possible_types(node)  # type: ignore[arg-type]
    return {type_.name: type_ for type_ in possible}


def one_of(
    weaver: Weaver,
    choices: Mapping[str, Callable[[Row, Row, Call], ColumnElement[bool]]],
    row: Row,
    call: Call,
    details: Details,
) -> ColumnElement[str]:
    """Return the JSON text of the object among several types that is there, or NULL."""
    texts = []
    for name, on in choices.items():
        type_ = weaver.selection.schema.type_map[name]
        texts.append(weaver.one(type_, _joined(on, row, call), details))  # type: ignore[arg-type]
    return func.coalesce(*texts)


def _joined(on: Callable[[Row, Row, Call], ColumnElement[bool]], row: Row, call: Call) -> Any:
    return lambda target: on(row, target, call)


def of_record(weaver: Weaver, interface: Any, id_: ColumnElement[Any], details: Details) -> ColumnElement[str]:
    """Return the JSON text of the public thing that an id of the register names, or NULL.

    The interface's own fields are read from the one row of the register. Only a type of which more is selected
    makes a branch of its own, so an interface over many types stays one small statement.
    """
    entry = weaver.table("PublicRecord")
    own = set(interface.fields)
    texts = []
    for type_ in weaver.selection.schema.get_possible_types(interface):
        fields = weaver.selection.fields(type_, details)
        if all(name_of(sub) in own or name_of(sub) == "__typename" for sub in fields.values()):
            text: ColumnElement[str] = _from_entry(weaver, interface, type_, entry, details)
        else:
            text = weaver.one(type_, lambda target: target.id == entry.id, details)
        texts.append((entry.kind == type_.name, text))
    found = case(*texts)
    condition = (entry.id == id_) & weaver.visible("PublicRecord", entry)
    return select(found).where(condition).correlate_except(entry).scalar_subquery()


def _from_entry(
    weaver: Weaver, interface: Any, type_: GraphQLObjectType, entry: Row, details: Details
) -> ColumnElement[str]:
    readable = readables["PublicRecord"]
    parts: list[Any] = ["{"]
    for i, (key, sub) in enumerate(weaver.selection.fields(type_, details).items()):
        name = name_of(sub)
        parts.append(f'{"," if i else ""}"{key}":')
        if name == "__typename":
            parts.append(f'"{type_.name}"')
        elif name == "id":
            parts += [f'"{type_.name}_', cast(entry.id, Text), '"']
        else:
            field = interface.fields[name]
            source = readable.source(python_name(field))
            parts.append(weaver.field(interface, readable, entry, field, sub, source))
    return Template(*parts, *weaver._explicit(type_, parts), "}")  # noqa: SLF001 - one mechanism in two files


def by_ids(weaver: Weaver, field: GraphQLField, details: Details, *, many: bool) -> Any:
    """Return the JSON text of `node(id)` or `nodes(ids)`: only the types that the ids name are planned."""
    value = weaver.selection.arguments(field, details)["ids" if many else "id"]
    types = object_types(weaver)
    present = weaver.named_types(value, types)
    if not many:
        return _node(weaver, types[present[0]], value, details) if present else "null"
    return _nodes(weaver, [types[name] for name in present], value, details)


def _node(weaver: Weaver, type_: GraphQLObjectType, value: Any, details: Details) -> Any:
    def identifier(given: str) -> Any:
        found = split(given)
        return found[1] if found else None

    bound = weaver.binds.value(Uuid(), finder(value, identifier))
    return or_null(weaver.one(type_, lambda target: target.id == bound, details))


def _nodes(weaver: Weaver, types: list[GraphQLObjectType], value: Any, details: Details) -> Any:
    def checked(given: list[str]) -> list[str]:
        if len(given) > MOST_IDS:
            raise BadRequest("TOO_MANY_IDS", most=MOST_IDS)
        return given

    def places_of(name: str) -> Callable[[list[str]], list[int]]:
        return lambda given: [n for n, (found, _) in _found(given) if found == name]

    def identifiers_of(name: str) -> Callable[[list[str]], list[Any]]:
        return lambda given: [identifier for _, (found, identifier) in _found(given) if found == name]

    count = weaver.binds.value(Integer(), finder(value, lambda given: len(checked(given))))
    found = []
    for type_ in types:
        places = weaver.binds.value(ARRAY(Integer), finder(value, places_of(type_.name)))
        identifiers = weaver.binds.value(ARRAY(Uuid()), finder(value, identifiers_of(type_.name)))
        wanted = select(func.unnest(places).label("place"), func.unnest(identifiers).label("identifier")).subquery()
        text = weaver.one(type_, _identified(wanted.c.identifier), details)
        found.append(select(wanted.c.place, text.label("text")))
    if not found:
        empty = select(literal_column("'null'", Text()).label("text")).select_from(
            func.generate_series(1, count).alias("places")
        )
        rows = empty.subquery()
        return Template("[", func.coalesce(select(func.string_agg(rows.c.text, ",")).scalar_subquery(), ""), "]")
    rows = union_all(*found).subquery()
    series = func.generate_series(0, count - 1).table_valued("place").render_derived()
    text = func.coalesce(rows.c.text, literal_column("'null'", Text()))
    joined = func.string_agg(text, literal_column("','", Text())).aggregate_order_by(series.c.place)
    listed = select(func.coalesce(joined, "")).select_from(series.outerjoin(rows, rows.c.place == series.c.place))
    return Template("[", listed.scalar_subquery(), "]")


def _identified(identifier: ColumnElement[Any]) -> Any:
    return lambda target: target.id == identifier


def _found(given: list[str]) -> list[tuple[int, tuple[str, Any]]]:
    parts = [(n, split(id_)) for n, id_ in enumerate(given)]
    return [(n, found) for n, found in parts if found is not None]


def named(value: Any, variables: Mapping[str, Any], types: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the types that these ids name, in the schema's order; unknown ones name none."""
    given = known(value, variables)
    # Whether the rest of an id names anything at all is seen when the plan runs.
    found = {id_.rpartition("_")[0] for id_ in ([given] if isinstance(given, str) else given)}
    return tuple(name for name in types if name in found)
