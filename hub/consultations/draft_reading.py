"""What of a response that somebody has begun and not sent can be read, by whoever holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    Enum,
    Numeric,
    Text,
    and_,
    cast,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB

from hub.consultations.models import Consultation
from hub.consultations.response_models import (
    ConsentLevel,
    ResponseDraft,
)
from hub.consultations.response_reading import written_code
from hub.reading.readable import (
    Call,
    Expression,
    Listed,
    One,
    Readable,
    Row,
    Rows,
    roots,
)


def _draft_of_code(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    """A draft that nobody's account holds, by its code and its secret."""
    secret = func.sha256(func.convert_to(call.argument("secret", Text()), "UTF8"))
    code = written_code(call.argument("code", Text()))
    return and_(target.code == code, target.secret_digest == secret)


@dataclass(frozen=True)
class KeptRow:
    """What a draft says to one line of a matrix."""

    row_code: ColumnElement[str]
    option_code: ColumnElement[str]


def _elements(value: ColumnElement[Any], key: str) -> Any:
    found = func.jsonb_array_elements(func.jsonb_extract_path(type_coerce(value, JSONB), key))
    return found.table_valued(Column("value", JSONB), with_ordinality="place").render_derived().lateral()


def _draft_answers(row: Row, call: Call) -> Rows:
    table = _elements(row.answers, "given")
    return Rows(row=table.c, source=table, order=[table.c.place])


def _draft_rows(row: Row, call: Call) -> Rows:
    table = _elements(row.value, "rows")
    line = KeptRow(kept(table.c.value, "row"), kept(table.c.value, "option"))
    return Rows(row=line, source=table, order=[table.c.place])


def kept(value: ColumnElement[Any], name: str, type_: Any = None) -> ColumnElement[Any]:
    """Return what a draft keeps of an answer under this name."""
    return func.jsonb_extract_path_text(value, name, type_=type_ or Text())


def _list_of(name: str) -> Expression:
    """A list that a draft keeps as JSON, which is JSON in the answer as well."""
    empty = literal_column("'[]'::jsonb", JSONB)
    return Expression(lambda row, call: func.coalesce(func.jsonb_extract_path(row.value, name, type_=JSONB), empty))


def _draft_field(name: str, type_: Any = None) -> Expression:
    return Expression(lambda row, call: cast(kept(row.value, name), type_) if type_ else kept(row.value, name))


CONSENT = Enum(ConsentLevel, native_enum=False, values_callable=lambda members: [m.value for m in members])

draft_answer = Readable(
    "DraftAnswer",
    fields={
        "question": _draft_field("question"),
        "text": _draft_field("text"),
        "option": _draft_field("option"),
        "options": _list_of("options"),
        "other": _draft_field("other"),
        "ranking": _list_of("ranking"),
        "rows": Listed("RowAnswer", _draft_rows),
        "number": _draft_field("number", Numeric()),
        "date": _draft_field("date", Date()),
        "territory_id": Expression(lambda row, call: literal("Territory_") + kept(row.value, "territory")),
        "agreed": _draft_field("agreed", Boolean()),
        "consent": Expression(lambda row, call: kept(row.value, "consent", CONSENT)),
    },
)


def _expires_at(row: Row, call: Call) -> ColumnElement[Any]:
    asked = Consultation.__table__.alias()
    end = select(asked.c.late_until).where(asked.c.id == row.consultation_id).correlate_except(asked)
    return func.least(row.expires_at, end.scalar_subquery(), type_=row.expires_at.type)


response_draft = Readable(
    "ResponseDraft",
    ResponseDraft,
    fields={"answers": Listed("DraftAnswer", _draft_answers), "expires_at": Expression(_expires_at)},
)

roots["response_draft"] = One("ResponseDraft", _draft_of_code)
