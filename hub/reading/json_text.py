"""How a value is written as JSON, by its SQL type. No rule here can raise, whatever the column holds."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Enum,
    Float,
    Integer,
    Numeric,
    Text,
    Uuid,
    cast,
    func,
    literal_column,
)
from sqlalchemy.sql.type_api import TypeEngine

from hub.reading.template import Template

INSTANT = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
DAY = "YYYY-MM-DD"


def json_text(value: ColumnElement[Any]) -> ColumnElement[str]:
    """Return the expression of a value's JSON text; NULL stays NULL."""
    kind: TypeEngine[Any] = value.type
    if isinstance(kind, Boolean | Integer | BigInteger):
        return cast(value, Text)
    if isinstance(kind, Enum):
        # GraphQL's names are the stored codes in capitals, and codes have nothing to escape.
        return Template('"', func.upper(value), '"')
    if isinstance(kind, Uuid):
        return Template('"', cast(value, Text), '"')
    if isinstance(kind, DateTime) and kind.timezone:
        return Template('"', func.to_char(value, _format(INSTANT)), '"')
    if isinstance(kind, Date):
        return Template('"', func.to_char(value, _format(DAY)), '"')
    if isinstance(kind, Numeric) and not isinstance(kind, Float):
        # A number has one form, whatever scale its column has: 5, and not 5.000000.
        return cast(func.to_json(func.trim_scale(value)), Text)
    return cast(func.to_json(value), Text)


def _format(pattern: str) -> ColumnElement[str]:
    return literal_column(f"'{pattern}'", Text())


def or_null(text: ColumnElement[str]) -> ColumnElement[str]:
    """Return the JSON text, or `null` where there is none."""
    return func.coalesce(text, literal_column("'null'", Text()))
