"""Weaving objects: a selection on a type becomes a template over one row.

A `Weaver` lives for the planning of one operation. It collects the statement's parameters and the functions that
fill its python holes, and hands lists to `lists.py` and abstract types to `abstract.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from graphql import GraphQLField, GraphQLNonNull, GraphQLObjectType
from sqlalchemy import Column, ColumnElement, Text, and_, case, cast, inspect, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from graphql_schema.ids import decode
from graphql_schema.planning import abstract, lists
from graphql_schema.planning.arguments import finder, stored
from graphql_schema.planning.projection import Projection
from graphql_schema.planning.selection import Details, Selection, name_of, object_type, python_name
from hub.errors import BadRequest
from hub.keys import Keyring
from hub.reading.asking import Binds, ReadingSight
from hub.reading.json_text import json_text, or_null
from hub.reading.marks import Filler, promised, python_hole
from hub.reading.readable import (
    Answered,
    Call,
    Connected,
    Embedded,
    Expression,
    Listed,
    OfRecord,
    One,
    OneOf,
    Readable,
    Row,
    Source,
    readables,
    roots,
)
from hub.reading.template import Template
from hub.text import LocalizedTextType
from hub.visibility import visible_rows

MOST_BRANCHES = 150
"""How many selects one operation may become; a small document over interfaces could otherwise ask for thousands."""


Probe = Callable[[Mapping[str, Any]], Any]
"""What else of the variables decides a plan: the types that ids name."""


class Weaver:
    """The planning of one operation."""

    def __init__(
        self,
        selection: Selection,
        keys: Keyring,
        variables: Mapping[str, Any],
        *,
        signed_in: bool,
        system: bool,
        explicit_types: bool = False,
    ) -> None:
        self.selection, self.keys, self.explicit_types = selection, keys, explicit_types
        self._variables = variables
        self.probes: list[Probe] = []
        self.binds = Binds()
        self.sight = ReadingSight(self.binds, signed_in=signed_in, system=system)
        self.fillers: list[Filler] = []
        self.branches = 0

    # ---- fields ------------------------------------------------------------------------------------------------

    def root(self, parent: GraphQLObjectType, details: Details) -> Any:
        """Return the JSON text of a root field."""
        name = name_of(details)
        if name == "__typename":
            return f'"{parent.name}"'
        field = parent.fields[name]
        if name in ("node", "nodes"):
            return abstract.by_ids(self, field, details, many=name == "nodes")
        return self.field(parent, None, None, field, details, roots[python_name(field)])

    def object(self, type_: GraphQLObjectType, row: Row, details: Details) -> Template:
        """Return the JSON text of an object, whose fields are those of this row."""
        readable = readables[type_.name]
        parts: list[Any] = ["{"]
        for i, (key, sub) in enumerate(self.selection.fields(type_, details).items()):
            name = name_of(sub)
            parts.append(f'{"," if i else ""}"{key}":')
            if name == "__typename":
                parts.append(f'"{type_.name}"')
            else:
                field = type_.fields[name]
                parts.append(self.field(type_, readable, row, field, sub, readable.source(python_name(field))))
        return Template(*parts, *self._explicit(type_, parts), "}")

    def _explicit(self, type_: GraphQLObjectType, parts: list[Any]) -> list[str]:
        # The completion of a broken answer must know which type an object of an abstract field has.
        comma = "," if len(parts) > 1 else ""
        return [f'{comma}"{EXPLICIT_TYPE}":"{type_.name}"'] if self.explicit_types else []

    def field(
        self,
        parent: GraphQLObjectType,
        readable: Readable | None,
        row: Row,
        field: GraphQLField,
        details: Details,
        source: Source | None,
    ) -> Any:
        """Return the JSON text of one field."""
        name, nullable = python_name(field), not isinstance(field.type, GraphQLNonNull)
        if readable is not None and name == readable.key == "id" and source is None:
            return Template(f'"{parent.name}_', cast(row.id, Text), '"')
        call = self.call(field, details)
        if source is None:
            source = implied(readable, name) if readable is not None and readable.model is not None else None
            if source is None:
                return self._column(getattr(row, name), field, details, nullable=nullable)
        return self._sourced(source, parent, row, field, details, call, nullable=nullable)

    def _sourced(
        self,
        source: Source,
        parent: GraphQLObjectType,
        row: Row,
        field: GraphQLField,
        details: Details,
        call: Call,
        *,
        nullable: bool,
    ) -> Any:
        named = object_type(field.type)
        match source:
            case Expression(of):
                return self._column(of(row, call), field, details, nullable=nullable, certain=False)
            case Answered():
                return self._answered(source, row, field, details, call)
            case Embedded(present=present):
                text = self.object(named, source.of(row, call), details)
                return (
                    text
                    if present is None
                    else case((present(row, call), text), else_=literal_column("'null'", Text()))
                )
            case One(on=on):
                return self.kept(self.one(named, lambda t: on(row, t, call), details), nullable=nullable)
            case OneOf(choices=choices):
                return self.kept(abstract.one_of(self, choices, row, call, details), nullable=nullable)
            case OfRecord(id=id_):
                return self.kept(abstract.of_record(self, named, id_(row), details), nullable=nullable)
            case Listed():
                return lists.listed(self, source, named, row, call, details)
            case Connected():
                return lists.connected(self, source, f"{parent.name}.{name_of(details)}", row, field, details, call)

    def _column(
        self,
        value: ColumnElement[Any],
        field: GraphQLField,
        details: Details,
        *,
        nullable: bool,
        certain: bool = True,
    ) -> Any:
        if isinstance(value.type, LocalizedTextType):
            return self._localized(value, field, details, nullable=nullable)
        text = json_text(value)
        if nullable:
            return or_null(text)
        return text if certain else promised(text)

    def _localized(
        self, value: ColumnElement[Any], field: GraphQLField, details: Details, *, nullable: bool
    ) -> ColumnElement[str]:
        def written(row: ColumnElement[Any]) -> ColumnElement[str]:
            text: ColumnElement[str] = self.object(object_type(field.type), row, details)
            return text if not nullable else case((row.is_(None), literal_column("'null'", Text())), else_=text)

        if isinstance(value, InstrumentedAttribute | Column):
            return written(value)
        # A text is looked at once for each language that is tried. OFFSET keeps PostgreSQL from computing it anew
        # each time, which it would where the text is itself found by a select.
        # Whatever it is made of belongs to the statements around it.
        computed = select(value.label("value")).offset(literal_column("0")).correlate_except(None).lateral()
        found = select(written(computed.c.value)).select_from(computed).correlate_except(computed)
        if nullable:
            return found.scalar_subquery()
        # Without a text there is no object: it is the promise of this field that is broken, not of those within.
        return promised(found.where(computed.c.value.is_not(None)).scalar_subquery())

    def kept(self, text: ColumnElement[str], *, nullable: bool) -> ColumnElement[str]:
        """Return the text, with what stands in its place when there is no such object."""
        return or_null(text) if nullable else promised(text)

    def _answered(self, source: Answered, row: Row, field: GraphQLField, details: Details, call: Call) -> Template:
        projection = Projection(self.selection, field.type, details)

        def filler(asking: Any, *facts: Any) -> bytes:
            return orjson.dumps(projection.of(source.by(asking, *facts)))

        return self.hole(filler, source.facts(row, call))

    def hole(self, filler: Filler, facts: Any) -> Template:
        """Return a hole that this function will fill."""
        self.fillers.append(filler)
        return python_hole(len(self.fillers) - 1, facts)

    # ---- rows --------------------------------------------------------------------------------------------------

    def one(
        self, type_: GraphQLObjectType, on: Callable[[Row], ColumnElement[bool]], details: Details
    ) -> ColumnElement[str]:
        """Return the JSON text of the one visible row that this condition finds, or NULL."""
        target = self.table(type_.name)
        text = self.object(type_, target, details)
        return (
            select(text).where(on(target), self.visible(type_.name, target)).correlate_except(target).scalar_subquery()
        )

    def table(self, type_name: str) -> Row:
        """Return a new alias of the table behind a type; every one counts as a branch of the statement."""
        self.branches += 1
        if self.branches > MOST_BRANCHES:
            raise BadRequest("TOO_MANY_BRANCHES", most=MOST_BRANCHES)
        model = readables[type_name].model
        if model is None:
            raise LookupError(f"{type_name} has no table of its own.")
        return aliased(model)

    def visible(self, type_name: str, row: Row) -> ColumnElement[bool]:
        """Return the condition under which these rows may be seen."""
        model = readables[type_name].model
        assert model is not None  # noqa: S101 - `table` was asked before
        return visible_rows(model, row, self.sight)

    def named_types(self, value: Any, types: Mapping[str, Any]) -> tuple[str, ...]:
        """Return which types these ids name. They decide the plan, so the plan's key must ask again each time."""

        def probe(variables: Mapping[str, Any]) -> tuple[str, ...]:
            return abstract.named(value, variables, types)

        self.probes.append(probe)
        return probe(self._variables)

    # ---- arguments ---------------------------------------------------------------------------------------------

    def call(self, field: GraphQLField, details: Details) -> Call:
        """Return the arguments of a field as the parameters of the statement."""
        if not field.args:
            return Call(self.sight, lambda name, type_: None)
        values = self.selection.arguments(field, details)
        names = {python_argument(field, key): value for key, value in values.items()}

        def argument(name: str, sql_type: Any, *, ids: str | None = None) -> ColumnElement[Any] | None:
            value = names.get(name)
            if value is None:
                return None
            return self.parameter(value, sql_type, ids=ids)

        return Call(self.sight, argument)

    def parameter(self, value: Any, sql_type: Any, *, ids: str | None = None) -> ColumnElement[Any]:
        """Return the parameter for one value; opaque ids become the identifiers that they name."""

        def identifiers(given: Any) -> Any:
            return [decode(item, ids or "") for item in given] if isinstance(given, list) else decode(given, ids or "")

        return self.binds.value(sql_type, finder(stored(value), identifiers if ids else lambda given: given))


EXPLICIT_TYPE = "__hub_type"
"""The key under which a broken answer's second version names the type of each object."""


def implied(readable: Readable, name: str) -> Source | None:
    """Return the source that a model's relationship implies; None where the name is a column's."""
    mapper = inspect(readable.model)
    assert mapper is not None  # noqa: S101 - the caller knows the model
    if name not in mapper.relationships:
        return None
    relation = mapper.relationships[name]
    pairs = relation.local_remote_pairs
    keys = [(mapper.get_property_by_column(a).key, relation.mapper.get_property_by_column(b).key) for a, b in pairs]

    def on(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
        return and_(*[getattr(row, a) == getattr(target, b) for a, b in keys])

    return One(relation.mapper.class_.__name__, on)


def python_argument(field: GraphQLField, key: str) -> str:
    """Return the python name of an argument."""
    return str(field.args[key].extensions["strawberry-definition"].python_name)
