"""Readables that every concept uses: texts in several languages, declared moments, days, and what may come next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Enum, Text, and_, case, func, literal, or_, type_coerce
from sqlalchemy.dialects.postgresql import JSONB

from hub.errors import Verdict
from hub.reading.asking import Asking
from hub.reading.readable import Call, Embedded, Expression, Listed, Readable, Row, Rows
from hub.text import DEFAULT_LANGUAGE, TextOrigin
from hub.wording import label, sentence

TEXT_ORIGIN = Enum(TextOrigin, native_enum=False, values_callable=lambda members: [m.value for m in members])


def _path(row: Row, *keys: Any) -> ColumnElement[str]:
    return func.jsonb_extract_path_text(type_coerce(row, JSONB), *keys, type_=Text())


def _words(row: Row, language: ColumnElement[str] | str) -> ColumnElement[str]:
    return _path(row, "translations", language, "text")


def _source(row: Row) -> ColumnElement[str]:
    return _path(row, "source")


def _preferred(call: Call) -> list[ColumnElement[str]]:
    """The languages to try, before the text's own."""
    asked = call.argument("language", Text())
    chosen = [asked] if asked is not None else [call.sight.language(0), call.sight.language(1)]
    return [*chosen, literal(DEFAULT_LANGUAGE, Text())]


def _text(row: Row, call: Call) -> ColumnElement[str]:
    return func.coalesce(*[_words(row, language) for language in _preferred(call)], _words(row, _source(row)))


def _language(row: Row, call: Call) -> ColumnElement[str]:
    found = [(_words(row, language).is_not(None), language) for language in _preferred(call)]
    return case(*found, else_=_source(row))


def _easy_read(row: Row, call: Call) -> ColumnElement[str]:
    """The version that is easy to read, in the language that the text itself is shown in."""
    return _path(row, "translations", _language(row, call), "easy")


def _translations(row: Row, call: Call) -> Rows:
    words = func.jsonb_each(func.jsonb_extract_path(type_coerce(row, JSONB), "translations"))
    table = words.table_valued(Column("key", Text), Column("value", JSONB)).lateral()
    version = Version(table.c.key, table.c.value, table.c.key == _source(row))
    return Rows(row=version, source=table, order=[table.c.key])


@dataclass(frozen=True)
class Version:
    """One language of a text, and whether it is the one that the text was written in."""

    key: ColumnElement[str]
    value: ColumnElement[Any]
    authentic: ColumnElement[bool]


localized_text = Readable(
    "LocalizedText",
    fields={
        "text": Expression(_text),
        "language": Expression(_language),
        "easy_read": Expression(_easy_read),
        "source_language": Expression(lambda row, call: _source(row)),
        "translations": Listed("Translation", _translations),
    },
)

translation = Readable(
    "Translation",
    fields={
        "language": Expression(lambda row, call: row.key),
        "text": Expression(lambda row, call: func.jsonb_extract_path_text(row.value, "text")),
        "easy_read": Expression(lambda row, call: func.jsonb_extract_path_text(row.value, "easy")),
        "authentic": Expression(lambda row, call: row.authentic),
        "origin": Expression(lambda row, call: func.jsonb_extract_path_text(row.value, "origin", type_=TEXT_ORIGIN)),
    },
)


@dataclass(frozen=True)
class MomentRow:
    """The three columns of a declared moment."""

    instant: ColumnElement[Any]
    declared_local: ColumnElement[Any]
    zone: ColumnElement[str]


moment = Readable(
    "Moment",
    fields={
        "instant": Expression(lambda row, call: row.instant),
        "declared_local": Expression(lambda row, call: row.declared_local),
        "zone": Expression(lambda row, call: row.zone),
    },
)


def moment_of(instant: str, local: str, zone: str = "zone") -> Embedded:
    """Return the field of a moment that a row keeps in these three columns."""
    return Embedded(
        "Moment", lambda row, call: MomentRow(getattr(row, instant), getattr(row, local), getattr(row, zone))
    )


def transition(asking: Asking, event: str, verdict: Verdict) -> dict[str, Any]:
    """Return what may come next, or why not, in the viewer's language."""
    reason = None
    if verdict is not True:
        message = sentence(verdict.code, verdict.facts, asking.languages)
        reason = {"code": verdict.code, "message": message}
    return {
        "event": event,
        "label": label(event, asking.languages),
        "allowed": verdict is True,
        "reason": reason,
    }


def runs_today(row: Row, call: Call, *standing: str) -> ColumnElement[bool]:
    """Whether a thing in one of these states runs today, by its days `in_force_from` and `in_force_until`."""
    today = call.sight.today
    running = and_(
        row.state.in_(standing),
        row.in_force_from <= today,
        or_(row.in_force_until.is_(None), row.in_force_until > today),
    )
    return func.coalesce(running, literal(False))  # noqa: FBT003 - an SQL value
