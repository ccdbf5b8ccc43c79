"""Does the reference know all that can be asked? What is new in the schema or in the database is named here.

Random operations would come across it some day, as an error that says little; this says at once what is missing and
where it belongs.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    get_named_type,
)
from graphql.pyutils import camel_to_snake
from sqlalchemy import Table

import hub.models  # noqa: F401 - registers every table
from graphql_schema.schema import printed
from hub.database.base import Base
from hub.keys import load
from tests.reading.ground import table_of
from tests.reading.operations import PAGED, Generator
from tests.reading.paging import ORDERS, WORDS
from tests.reading.parts import PARTS, fields_of
from tests.reading.reference import Reference, reference_schema
from tests.reading.ways import reached
from tests.reading.worlds import SEEDS, TABLES, Maker

SCHEMA = reference_schema(printed())

NUMBERED = {("event", "position")}
"""Columns that the database fills by itself."""

NEVER = {("role_grant", "role"): {"member"}}
"""Codes that a column never has: a member is one by a seat, and not by a grant."""

LEFT_OPEN = {"acts_afterwards"}
"""What one part of the reference leaves to another that builds upon it."""

COLUMNS = {name: {column.name for column in table.columns} for name, table in Base.metadata.tables.items()}


def fields() -> Iterator[tuple[str, str, GraphQLField]]:
    """Give every field of these types, with its type and its name."""
    for type_, found in reached(SCHEMA).items():
        yield from ((type_, name, field) for name, field in found.fields.items())


def is_known(type_: str, name: str) -> bool:
    """Whether the reference answers a field: by a method, as a part of what is made whole, or as a column."""
    shared = hasattr(Reference, f"any_{name}") or camel_to_snake(name) in COLUMNS.get(table_of(type_), ())
    read = table_of(type_) in TABLES and shared
    return read or hasattr(Reference, f"{type_}_{name}") or name in fields_of(type_)


def test_every_field_is_answered() -> None:
    """By `Type_field`, by `any_field`, by a column of the type's table, or by `part` (parts.py)."""
    assert [f"{type_}.{name}" for type_, name, _ in fields() if not is_known(type_, name)] == []


def test_no_part_answers_by_the_name_of_another() -> None:
    """What two parts of the reference name alike, one of them asks the other without knowing."""
    named = Counter(name for part in Reference.__mro__[:-1] for name in vars(part) if not name.startswith("__"))
    assert {name for name, times in named.items() if times > 1} == LEFT_OPEN


def test_what_is_made_whole_is_a_type_of_the_schema() -> None:
    """The fields of a made object are those of its type."""
    whole = {*PARTS, *(type_ for type_ in reached(SCHEMA) if type_.endswith(("Connection", "Edge")))}
    assert {t: fields_of(t) for t in whole} == {
        t: set(reached(SCHEMA)[t].fields) if t in reached(SCHEMA) else set() for t in whole
    }


def test_every_object_with_an_id_has_a_rule_of_sight() -> None:
    """Sight is decided by `sees_<table>` (seeing.py), from rows that are in the world."""
    listed = {node_of(field) for _, _, field in fields() if "first" in field.args}
    found = {type_.name for type_ in SCHEMA.get_possible_types(SCHEMA.type_map["Node"])}  # type: ignore[arg-type]
    assert [t for t in sorted(found | listed) if not hasattr(Reference, f"sees_{table_of(t)}")] == []
    assert [t for t in sorted(found | listed) if table_of(t) not in TABLES] == []


def node_of(field: GraphQLField) -> str:
    """Return the type of what a connection lists."""
    connection = get_named_type(field.type)
    return str(get_named_type(connection.fields["nodes"].type).name)  # type: ignore[union-attr]


def test_every_order_is_known() -> None:
    """A list is ordered by what ORDERS (paging.py) says of its type, and by nothing else."""
    asked: dict[str, set[str]] = {}
    for _, _, field in fields():
        if "first" in field.args:
            orders = asked.setdefault(node_of(field), set())
            if "orderBy" in field.args:
                orders |= set(get_named_type(field.args["orderBy"].type).values)  # type: ignore[union-attr]
    known = {node: set(orders) for node, orders in ORDERS.items()}
    assert {node: orders or known.get(node, set()) for node, orders in asked.items()} == known


def filters() -> Iterator[tuple[str, str, Any]]:
    """Give every filter of every list: the type of what is listed, its name, the type of its value."""
    for _, _, field in fields():
        if "filter" in field.args:
            given = get_named_type(field.args["filter"].type)
            yield from ((node_of(field), key, part.type) for key, part in given.fields.items())  # type: ignore[union-attr]


def test_every_filter_is_known() -> None:
    """By `fits_<table>_<filter>`, by `fits_any_<filter>`, or by a column that holds its code or its id."""
    unknown = []
    for node, key, type_ in filters():
        name, table = camel_to_snake(key), table_of(node)
        column = f"{name}_id" if get_named_type(type_).name == "ID" else name
        known = hasattr(Reference, f"fits_{table}_{name}") or hasattr(Reference, f"fits_any_{name}")
        if not known and column not in COLUMNS[table]:
            unknown.append(f"{node}: {key}")
    assert unknown == []
    plain = {key for _, key, type_ in filters() if str(type_).rstrip("!") in ("String", "DateTime", "Date")}
    assert plain == set(WORDS)


def test_every_argument_can_be_drawn() -> None:
    """The generator has a `value_<argument>` for each, and a `wanted_<filter>` for each that is words."""
    arguments = {key for _, _, field in fields() for key in field.args if key not in PAGED}
    assert [key for key in sorted(arguments) if not hasattr(Generator, f"value_{key}")] == []
    words = {key for _, key, type_ in filters() if is_drawn_by_name(get_named_type(type_))}
    assert [key for key in sorted(words) if not hasattr(Generator, f"wanted_{camel_to_snake(key)}")] == []


def is_drawn_by_name(type_: Any) -> bool:
    return not isinstance(type_, GraphQLEnumType) and type_.name not in ("Boolean", "ID")


def test_every_table_that_is_read_is_in_the_worlds() -> None:
    """A table that a `reading` module names has random rows (worlds.py)."""
    reading = [module for name, module in sys.modules.items() if name.startswith("hub.") and name.endswith("reading")]
    named = [getattr(value, "__table__", value) for module in reading for value in vars(module).values()]
    read = {table.name for table in named if isinstance(table, Table)}
    assert "invitation" in read  # Which no field shows by itself.
    assert sorted(read - set(TABLES)) == []


def test_the_worlds_have_everything_that_a_field_shows(tmp_path: Path) -> None:
    """Each column that a field shows is filled, is null where it may be, and has each of its codes."""
    keys = load(tmp_path / "keys", make=True)
    worlds = [Maker(random.Random(seed), keys) for seed in SEEDS]
    for maker in worlds:
        maker.make()
    lacking = []
    for type_, name, _ in fields():
        table, column = table_of(type_), camel_to_snake(name)
        if table in TABLES and column in COLUMNS[table] and (table, column) not in NUMBERED:
            found = [hashable(row.get(column)) for maker in worlds for row in maker.rows[table]]
            wanted: set[Any] = set(getattr(Base.metadata.tables[table].columns[column].type, "enums", ()))
            wanted -= NEVER.get((table, column), set())
            nullable = Base.metadata.tables[table].columns[column].nullable
            if set(found) <= {None} or (nullable and None not in found) or not wanted <= set(found):
                lacking.append(f"{table}.{column}")
    assert lacking == []


def hashable(value: Any) -> Any:
    return str(value) if isinstance(value, dict | list) else value
