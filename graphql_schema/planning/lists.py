"""Lists: short ones in full, long ones as keyset pages.

A page is read from its cursor in the order of its key, with one row more than was asked for: that row is never
shown, it only tells that there is a next page. The cost of a page does not depend on how deep in the list it lies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from graphql import GraphQLField, GraphQLObjectType
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Join,
    Text,
    case,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.elements import Grouping

from graphql_schema.planning.arguments import Param, finder, stored
from graphql_schema.planning.pages import DEFAULT_PAGE, FALSE, LARGEST_PAGE, TRUE, Page
from graphql_schema.planning.selection import Details, name_of, object_type, python_name
from hub.errors import BadRequest
from hub.reading.cursors import Cursors
from hub.reading.facets import Found
from hub.reading.json_text import or_null
from hub.reading.readable import Call, Connected, Listed, Order, Row, readables
from hub.reading.template import Template

if TYPE_CHECKING:
    from graphql_schema.planning.weaving import Weaver

ARRAY_OF_TEXT = ARRAY(Text())
COMMA, NOTHING = literal_column("','", Text()), literal_column("''", Text())


def listed(weaver: Weaver, source: Listed, type_: GraphQLObjectType, row: Row, call: Call, details: Details) -> Any:
    """Return the JSON text of a short list."""
    rows = source.rows(row, call)
    item = weaver.object(type_, rows.row, details).label("item")
    where = list(rows.where)
    if readables[source.type].model is not None and not source.part:
        where.append(weaver.visible(source.type, rows.row))
    inner = select(item).select_from(rows.source).where(*where).order_by(*rows.order)
    items = inner.correlate_except(*_tables(rows.source)).lateral()
    joined = select(func.coalesce(func.string_agg(items.c.item, COMMA), NOTHING))
    return Template("[", joined.correlate_except(items).scalar_subquery(), "]")


def _tables(source: Any) -> list[Any]:
    """The tables that a source is joined of: they are its own, everything else belongs to a statement around it."""
    return [*_tables(source.left), *_tables(source.right)] if isinstance(source, Join) else [source]


def connected(
    weaver: Weaver, source: Connected, name: str, row: Row, field: GraphQLField, details: Details, call: Call
) -> Any:
    """Return the JSON text of a connection."""
    type_ = object_type(field.type)
    arguments = weaver.selection.arguments(field, details)
    page = _page(weaver, source, name, row, arguments, call, filter_fields(field))
    node_type = object_type(type_.fields["nodes"].type)
    selected = weaver.selection.fields(type_, details)

    columns: list[ColumnElement[Any]] = []
    parts: list[Any] = ["{"]
    table = _Columns(columns)
    for i, (key, sub) in enumerate(selected.items()):
        parts.append(f'{"," if i else ""}"{key}":')
        match name_of(sub):
            case "__typename":
                parts.append(f'"{type_.name}"')
            case "nodes":
                parts.append(table.column(weaver.object(node_type, page.target, sub), kind="items"))
            case "edges":
                edge = object_type(type_.fields["edges"].type)
                parts.append(table.column(_edge(weaver, page, edge, node_type, sub), kind="items"))
            case "totalCount":
                parts.append(cast(_count(weaver, source, page), Text))
            case "facets":
                facets = object_type(type_.fields["facets"].type)
                parts.append(weaver.object(facets, Found(page.target, _counted(weaver, source, page)), sub))
            case "pageInfo":
                info = object_type(type_.fields["pageInfo"].type)
                parts.append(_page_info(weaver, page, table, info, sub))
    parts += [*weaver._explicit(type_, parts), "}"]  # noqa: SLF001 - one mechanism in several files
    if not table.used:
        return Template(*_resolved(parts, None, page))
    number = func.row_number().over(order_by=page.order).label("place")
    rows = select(*columns, number).where(*page.here).order_by(*page.order)
    asked = rows.limit(page.asked).correlate_except(page.target).lateral()
    # A plan that serves every caller knows no sizes, and takes a page for a tenth of the table: it would read and sort
    # all of a large one. The limit that it knows says how few rows there are to come.
    found = select(*asked.c).limit(literal_column(str(LARGEST_PAGE + 1))).correlate_except(asked).lateral()
    # Whether there is a surplus row is counted over these rows even where no column of them is selected.
    answer = select(Template(*_resolved(parts, found, page))).select_from(found)
    return answer.correlate_except(found).scalar_subquery()


class _Columns:
    """The columns that the page's rows must have, and the places in the template that are made of them."""

    def __init__(self, columns: list[ColumnElement[Any]]) -> None:
        self.columns, self.used, self._cursor = columns, False, None

    def column(self, value: ColumnElement[Any], *, kind: str) -> _Hole:
        self.used = True
        self.columns.append(value.label(f"c{len(self.columns)}"))
        return _Hole(kind, f"c{len(self.columns) - 1}")

    def whole(self, kind: str) -> _Hole:
        self.used = True
        return _Hole(kind, "")


@dataclass
class _Hole:
    """A part of the connection's template that is an aggregate over the page's rows."""

    kind: str
    column: str


def _resolved(parts: list[Any], rows: Any, page: Page) -> list[Any]:
    """Put the aggregates in their places, now that the page's rows are known."""
    resolved: list[Any] = []
    for part in parts:
        if isinstance(part, list):
            resolved += _resolved(part, rows, page)
        elif isinstance(part, _Hole):
            resolved += _aggregate(part, rows, page)
        else:
            resolved.append(part)
    return resolved


def _aggregate(hole: _Hole, rows: Any, page: Page) -> list[Any]:
    inside = rows.c.place <= page.size
    # The rows come in the order in which the page was read; a page read from its end is turned round here.
    turn = rows.c.place.desc() if page.backward else rows.c.place.asc()
    match hole.kind:
        case "items":
            joined = func.string_agg(rows.c[hole.column], COMMA).aggregate_order_by(turn)
            return ["[", func.coalesce(joined.filter(inside), NOTHING), "]"]
        case "surplus":
            return [case((func.count() > page.size, TRUE), else_=FALSE)]
        case "first" | "last":
            ascending = (hole.kind == "first") != page.backward
            by = rows.c.place.asc() if ascending else rows.c.place.desc()
            cursors = func.array_agg(rows.c[hole.column]).aggregate_order_by(by).filter(inside)
            return [or_null(Grouping(cast(cursors, ARRAY_OF_TEXT))[1])]
    raise AssertionError(hole.kind)


def _page(
    weaver: Weaver,
    source: Connected,
    name: str,
    row: Row,
    arguments: dict[str, Any],
    call: Call,
    names: dict[str, str],
) -> Page:
    first, last = arguments.get("first"), arguments.get("last")
    after, before = arguments.get("after"), arguments.get("before")
    if first is not None and last is not None:
        raise BadRequest("FIRST_AND_LAST", path=(name,))
    if (after is not None and last is not None) or (before is not None and last is None):
        raise BadRequest("CURSOR_AND_DIRECTION", path=(name,))
    backward = last is not None
    given = last if backward else first
    size = DEFAULT_PAGE if given is None else given

    order_name = stored(arguments["orderBy"]) if arguments.get("orderBy") is not None else next(iter(source.orders))
    order: Order = source.orders[order_name]
    target = weaver.table(source.type)
    unique = getattr(target, readables[source.type].key)
    keys = [unique] if order.key(target) is unique else [order.key(target), unique]
    cursors = Cursors(weaver.keys, f"{name}:{order_name}", tuple(key.type for key in keys))
    conditions, ways = _filters(weaver, source, target, arguments.get("filter"), call, names)
    if source.on is not None:
        conditions.append(source.on(row, target, call))
    cursor = before if backward else after
    return Page(
        target=target,
        visible=[] if source.part else [weaver.visible(source.type, target)],
        conditions=conditions,
        ways=ways,
        keys=keys,
        descending=order.descending,
        backward=backward,
        size=weaver.binds.value(BigInteger(), finder(size, page_size)),
        place=None if cursor is None else _place(weaver, cursors, cursor, keys),
        cursors=cursors,
    )


def page_size(given: int) -> int:
    """Return a page size that may be asked for; BadRequest where it may not."""
    if not 1 <= given <= LARGEST_PAGE:
        raise BadRequest("BAD_PAGE", largest=LARGEST_PAGE)
    return given


def _place(weaver: Weaver, cursors: Cursors, cursor: Any, keys: list[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    def part(n: int) -> Any:
        return lambda given: cursors.decode(given)[n]

    return [weaver.binds.value(key.type, finder(cursor, part(n))) for n, key in enumerate(keys)]


def filter_fields(field: GraphQLField) -> dict[str, str]:
    """Return the python names of a connection's filters by the names that callers use."""
    if "filter" not in field.args:
        return {}
    return {key: python_name(part) for key, part in object_type(field.args["filter"].type).fields.items()}


def _filters(
    weaver: Weaver, source: Connected, target: Row, given: Any, call: Call, names: dict[str, str]
) -> tuple[list[ColumnElement[bool]], Sequence[ColumnElement[bool]]]:
    """Return the conditions of a filter, and the ways to the rows that it leaves, where they are few."""
    conditions: list[ColumnElement[bool]] = []
    ways: Sequence[ColumnElement[bool]] = ()
    for key, value in (given or {}).items():
        if value is None:
            continue
        declared = source.filters[names[key]]
        decided = not isinstance(value, Param) and declared.sql_type is None
        bound = stored(value) if decided else weaver.parameter(value, declared.sql_type, ids=declared.ids)
        conditions.append(declared.of(target, bound, call))
        ways = ways or declared.ways(target, bound, call)
    return conditions, ways


def _count(weaver: Weaver, source: Connected, page: Page) -> ColumnElement[int]:
    counted = select(func.count()).select_from(page.target).where(*_counted(weaver, source, page))
    return counted.correlate_except(page.target).scalar_subquery()


def _counted(weaver: Weaver, source: Connected, page: Page) -> list[ColumnElement[bool]]:
    """The conditions of the whole list, made for going through all of it."""
    if source.part:
        return list(page.conditions)
    with weaver.sight.counting():
        return [weaver.visible(source.type, page.target), *page.conditions]


def _cursor_facts(page: Page) -> list[ColumnElement[Any]]:
    """The place of a row, exact to the microsecond: what a timestamp loses here would repeat or skip rows."""
    exact = literal_column("""'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'""", Text())
    return [func.to_char(key, exact) if isinstance(key.type, DateTime) else key for key in page.keys]


def _cursor(weaver: Weaver, page: Page) -> Template:
    def filler(asking: Any, *place: Any) -> bytes:
        return orjson.dumps(page.cursors.encode(list(place)))

    return weaver.hole(filler, _cursor_facts(page))


def _edge(
    weaver: Weaver, page: Page, edge: GraphQLObjectType, node_type: GraphQLObjectType, details: Details
) -> Template:
    parts: list[Any] = ["{"]
    for i, (key, sub) in enumerate(weaver.selection.fields(edge, details).items()):
        parts.append(f'{"," if i else ""}"{key}":')
        match name_of(sub):
            case "__typename":
                parts.append(f'"{edge.name}"')
            case "cursor":
                parts.append(_cursor(weaver, page))
            case "node":
                parts.append(weaver.object(node_type, page.target, sub))
    return Template(*parts, *weaver._explicit(edge, parts), "}")  # noqa: SLF001 - one mechanism in several files


def _page_info(weaver: Weaver, page: Page, table: _Columns, info: GraphQLObjectType, details: Details) -> list[Any]:
    parts: list[Any] = ["{"]
    for i, (key, sub) in enumerate(weaver.selection.fields(info, details).items()):
        parts.append(f'{"," if i else ""}"{key}":')
        match name_of(sub):
            case "__typename":
                parts.append(f'"{info.name}"')
            case "hasNextPage":
                parts.append(page.behind if page.backward else table.whole("surplus"))
            case "hasPreviousPage":
                parts.append(table.whole("surplus") if page.backward else page.behind)
            case "startCursor":
                parts.append(table.column(_cursor(weaver, page), kind="first"))
            case "endCursor":
                parts.append(table.column(_cursor(weaver, page), kind="last"))
    return [*parts, *weaver._explicit(info, parts), "}"]  # noqa: SLF001 - one mechanism in several files
