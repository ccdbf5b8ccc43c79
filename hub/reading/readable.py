"""What the fields of a type are in SQL.

A concept's `reading.py` makes one `Readable` for each of its types. A field that has the name of a column needs no
word; the others are declared here, as one of a few kinds:

========== ============================================================================================
expression a value computed by SQL
embedded   an object made of the same row (an opening, a text in several languages)
one        an object of another row
one_of     an object of another row that may be of several types
listed     a short list whose length the model bounds
connected  a keyset page of a list of any length
answered   a value that Python computes from a few facts of the row
========== ============================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement

from hub.reading.asking import ReadingSight

Row = Any
"""An alias of a mapped class; for embedded objects whatever their own expressions are made of."""


@dataclass(frozen=True)
class Call:
    """One field being asked for: its arguments as SQL, and the sight of who is asking."""

    sight: ReadingSight
    argument: Callable[..., ColumnElement[Any] | None]
    """`argument(name, sql_type)`: the parameter of an argument, or None where it is absent or null.

    With `ids="Consultation"` it is an opaque id of such a thing, and its parameter the identifier that it names."""


@dataclass(frozen=True)
class Expression:
    """A value computed by SQL."""

    of: Callable[[Row, Call], ColumnElement[Any]]


@dataclass(frozen=True)
class Embedded:
    """An object made of the same row; `present` (if given) is false where the field is null."""

    type: str
    of: Callable[[Row, Call], Row]
    present: Callable[[Row, Call], ColumnElement[bool]] | None = None


@dataclass(frozen=True)
class One:
    """An object of another row: `on(row, target, call)` joins them."""

    type: str
    on: Callable[[Row, Row, Call], ColumnElement[bool]]


@dataclass(frozen=True)
class OneOf:
    """An object of another row that may be of several types: at most one of the conditions holds."""

    choices: Mapping[str, Callable[[Row, Row, Call], ColumnElement[bool]]]


@dataclass(frozen=True)
class OfRecord:
    """The public thing that an id of the register names."""

    id: Callable[[Row], ColumnElement[Any]]


@dataclass(frozen=True)
class Rows:
    """Where a short list comes from: the rows, which of them, in which order."""

    row: Row
    source: Any
    where: Sequence[ColumnElement[bool]] = ()
    order: Sequence[ColumnElement[Any]] = ()


@dataclass(frozen=True)
class Listed:
    """A short list whose length the model bounds."""

    type: str
    rows: Callable[[Row, Call], Rows]
    part: bool = False
    """Whether the rows are parts of this object: seen whenever it is, so their own condition is met already."""


@dataclass(frozen=True)
class Order:
    """An order of a list: a key that is never NULL, and its direction. The id breaks ties, in the same direction."""

    key: Callable[[Row], ColumnElement[Any]]
    descending: bool = False


@dataclass(frozen=True)
class Filter:
    """A condition of a list: the SQL type of its value, and what it says of a row.

    A value of an enumeration decides the shape of the statement and arrives as its stored code (a list of them as a
    list of codes); `ids` names the type whose opaque ids the filter takes.
    """

    of: Callable[[Row, Any, Call], ColumnElement[bool]]
    sql_type: Any = None
    ids: str | None = None
    ways: Callable[[Row, Any, Call], Sequence[ColumnElement[bool]]] = lambda row, value, call: ()
    """The ways by which rows that this value leaves are seen, where a viewer may see few of many: conditions that an
    index serves. Every row that is seen meets one of them, and what meets one is seen."""


@dataclass(frozen=True)
class Connected:
    """A keyset page of a list of any length. The first order is the default."""

    type: str
    orders: Mapping[str, Order]
    on: Callable[[Row, Row, Call], ColumnElement[bool]] | None = None
    filters: Mapping[str, Filter] = field(default_factory=dict)
    part: bool = False
    """As in `Listed`."""
    facets: str | None = None
    """The type of what is counted over the whole list, whose fields are made by facets.py; none, if left out."""


@dataclass(frozen=True)
class Answered:
    """A value that Python computes: `by(asking, *facts)` gets the facts as JSON gives them."""

    facts: Callable[[Row, Call], Sequence[ColumnElement[Any]]]
    by: Callable[..., Any]


Source = Expression | Embedded | One | OneOf | OfRecord | Listed | Connected | Answered

readables: dict[str, Readable] = {}
"""Every readable type, by its GraphQL name."""


class Readable:
    """How rows answer the fields of one type. Without a model the type only exists embedded in other rows."""

    def __init__(
        self,
        type_: str,
        model: type | None = None,
        *,
        key: str = "id",
        fields: Mapping[str, Source] | None = None,
    ) -> None:
        if type_ in readables:
            raise TypeError(f"{type_} is declared twice.")
        self.type, self.model, self.key = type_, model, key
        self.fields: dict[str, Source] = dict(fields or {})
        readables[type_] = self

    def source(self, name: str) -> Source | None:
        """Return how a field is declared, or None where it is a column by the same name."""
        return self.fields.get(name)


roots: dict[str, Source] = {}
"""The sources of the root fields, by their python names."""
