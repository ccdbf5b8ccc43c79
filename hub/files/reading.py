"""What of documents can be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, case, cast, func, literal, select
from sqlalchemy.types import Text

from hub.bodies.reading import body
from hub.files.models import Document, StoredFile
from hub.files.requesting import DOCUMENTS
from hub.people.reading import one_of_codes
from hub.reading.readable import Call, Connected, Expression, OfRecord, Order, Readable, Row


def _of_file(value: Callable[[Row], ColumnElement[Any]]) -> Expression:
    def of(row: Row, call: Call) -> ColumnElement[Any]:
        file = StoredFile.__table__.alias()
        return select(value(file.c)).where(file.c.id == row.file_id).correlate_except(file).scalar_subquery()

    return Expression(of)


def _path(row: Row, call: Call) -> ColumnElement[Any]:
    there = literal(DOCUMENTS, Text()) + cast(row.id, Text())
    return case((row.withdrawn_at.is_(None), there))


document = Readable(
    "Document",
    Document,
    fields={
        "record": OfRecord(lambda row: row.entry_id),
        "name": _of_file(lambda file: file.name),
        "size": _of_file(lambda file: file.size),
        "media_type": _of_file(lambda file: file.media_type),
        "sha256": _of_file(lambda file: func.encode(file.sha256, "hex")),
        "path": Expression(_path),
    },
)

ORDERS = {
    "position_asc": Order(lambda d: d.position),
    "published_desc": Order(lambda d: d.published_at, descending=True),
}

FILTERS = {
    "role": one_of_codes("role"),
    "sight": one_of_codes("sight"),
}


def documents_of_record() -> Connected:
    """Return the documents of a thing of the register, without those of its parts."""

    def on(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
        return and_(target.entry_id == row.id, target.part_id.is_(None))

    return Connected("Document", ORDERS, on=on, filters=FILTERS)


def documents_of_part() -> Connected:
    """Return the documents of a part of such a thing."""
    return Connected("Document", ORDERS, on=lambda row, target, call: target.part_id == row.id, filters=FILTERS)


body.fields["documents"] = documents_of_record()
