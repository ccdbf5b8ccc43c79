"""Every field, every filter and every order of the schema becomes a statement, for each class of viewer.

No database is needed: a field without a column, or an expression that SQLAlchemy cannot write, fails here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLUnionType,
    get_named_type,
)

from graphql_schema.planning.documents import Documents
from graphql_schema.queueing import Queue
from graphql_schema.schema import graphql
from hub.keys import Keyring, create, load
from hub.reading.asking import Asking
from hub.reading.readable import readables
from hub.viewer import Viewer
from tests.shape.contract import OBJECTS, is_object, possible
from tests.shape.rules import AT, SOMEBODY, VIEWERS

BY_IDS = {"Query.node", "Query.nodes"}
"""Roots that name no type by themselves."""
AN_ID = f"Consultation_{SOMEBODY}"

EXAMPLES: Mapping[str, Any] = {
    "ID": AN_ID,
    "String": "x",
    "Int": 1,
    "Boolean": True,
    "DateTime": AT.isoformat(),
    "Date": AT.date().isoformat(),
}
"""A value of each scalar that a filter or an argument takes."""


@dataclass(frozen=True)
class Way:
    """How a type is reached from the root: a document with a place for a selection of it."""

    fields: tuple[str, ...] = ()

    def through(self, field: str) -> Way:
        """Return the way on through a field."""
        return Way((*self.fields, field))

    def document(self, selection: str, variables: str = "") -> str:
        """Return the document that asks for this selection."""
        return f"query{variables} {{ {' { '.join((*self.fields, selection))} {'} ' * len(self.fields)}}}"


def _ways() -> dict[str, Way]:
    """The shortest way to each object type that can be read from the root."""
    found = {"Query": Way()}
    waiting = deque(found)
    while waiting:
        name = waiting.popleft()
        for key, field in OBJECTS[name].fields.items():
            target = get_named_type(field.type)
            if f"{name}.{key}" in BY_IDS or not is_object(field):
                continue
            abstract = isinstance(target, GraphQLInterfaceType | GraphQLUnionType)
            for type_ in sorted(possible(target) - set(found)):
                way = found[name].through(_asked(key, field))
                found[type_] = way.through(f"... on {type_}") if abstract else way
                waiting.append(type_)
    return found


def _asked(key: str, field: GraphQLField) -> str:
    """A field with the arguments that it must have."""
    given = {name: part.type for name, part in field.args.items() if isinstance(part.type, GraphQLNonNull)}
    values = {name: f'["{AN_ID}"]' if "[" in str(type_) else f'"{AN_ID}"' for name, type_ in given.items()}
    return f"{key}({', '.join(f'{name}: {value}' for name, value in values.items())})" if values else key


def _selected(key: str, field: GraphQLField) -> str:
    return f"{_asked(key, field)} {{ __typename }}" if is_object(field) else _asked(key, field)


WAYS = _ways()
FIELDS = [WAYS[name].document(_selected(key, field)) for name in WAYS for key, field in OBJECTS[name].fields.items()]


def _lists() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give each list in each of its orders and with each of its filters, from the start and from a cursor."""
    for name, way in WAYS.items():
        for key, field in OBJECTS[name].fields.items():
            if "first" not in field.args:
                continue
            whole = "{ totalCount pageInfo { hasPreviousPage endCursor } edges { cursor node { __typename } } }"
            yield way.document(f"{key}(first: 2, after: $at) {whole}", "($at: String)"), {"at": "x"}
            yield way.document(f"{key}(last: 2, before: $at) {whole}", "($at: String)"), {"at": "x"}
            if "orderBy" in field.args:
                for order in _enum(field.args["orderBy"].type).values:
                    yield way.document(f"{key}(orderBy: {order}) {whole}"), {}
            if "filter" in field.args:
                kind = get_named_type(field.args["filter"].type)
                assert isinstance(kind, GraphQLInputObjectType)
                for part, given in kind.fields.items():
                    yield (
                        way.document(f"{key}(filter: $filter) {whole}", f"($filter: {kind.name})"),
                        {"filter": {part: _example(given.type)}},
                    )


def _enum(type_: Any) -> GraphQLEnumType:
    named = get_named_type(type_)
    assert isinstance(named, GraphQLEnumType)
    return named


def _example(type_: Any) -> Any:
    if isinstance(type_, GraphQLNonNull):
        return _example(type_.of_type)
    if isinstance(type_, GraphQLList):
        return [_example(type_.of_type)]
    return next(iter(type_.values)) if isinstance(type_, GraphQLEnumType) else EXAMPLES[type_.name]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    """A file of keys of these tests' own."""
    path = tmp_path_factory.mktemp("keys") / "keys.json"
    create(path)
    return load(path, make=False)


async def plan(documents: Documents, text: str, given: Mapping[str, Any], viewer: Viewer) -> str:
    """Return the statement for a document."""
    document = await documents.document(text)
    operation = document.operation(None)
    variables = operation.coerce(given)
    root = graphql.get_root_type(operation.kind)
    assert root is not None
    selected = operation.selection(variables).root(root)
    return (await documents.plan(operation, selected, variables, Asking(viewer=viewer))).sql


def test_every_type_can_be_reached() -> None:
    """There is a way from the root to each type that can be read."""
    assert {name for name in readables if name in OBJECTS} - set(WAYS) == set()


@pytest.mark.parametrize("viewer", VIEWERS.values(), ids=VIEWERS)
async def test_every_field_becomes_a_statement(keys: Keyring, viewer: Viewer) -> None:
    """Each field of each type, by the shortest way to it."""
    documents = Documents(graphql, keys, Queue(at_once=1, places=1))
    failed = {}
    for text in FIELDS:
        try:
            assert await plan(documents, text, {}, viewer)
        except Exception as error:  # noqa: BLE001 - all that fail are told, not only the first
            failed[text] = repr(error)
    assert failed == {}


@pytest.mark.parametrize("viewer", VIEWERS.values(), ids=VIEWERS)
async def test_everything_that_is_followed_becomes_a_statement(keys: Keyring, viewer: Viewer) -> None:
    """Each root of following, with whether it goes on."""
    assert graphql.subscription_type is not None
    for key, field in graphql.subscription_type.fields.items():
        text = f"subscription {{ {_selected(key, field)} }}"
        assert "late_until" in await plan(Documents(graphql, keys, Queue(at_once=1, places=1)), text, {}, viewer)


@pytest.mark.parametrize("viewer", VIEWERS.values(), ids=VIEWERS)
async def test_every_filter_and_order_becomes_a_statement(keys: Keyring, viewer: Viewer) -> None:
    """Each list, in each order and with each filter."""
    documents = Documents(graphql, keys, Queue(at_once=1, places=1))
    failed = {}
    for text, given in _lists():
        try:
            assert await plan(documents, text, given, viewer)
        except Exception as error:  # noqa: BLE001 - all that fail are told, not only the first
            failed[text, str(given)] = repr(error)
    assert failed == {}
