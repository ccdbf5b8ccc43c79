"""What all tables share: naming, identifiers, column types."""

from __future__ import annotations

import datetime as dt
import enum
import os
import time
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Enum, Index, MetaData, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from hub.text import LocalizedText, LocalizedTextType

NAMING = {
    "ix": "%(table_name)s_%(column_0_N_name)s_index",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own shape
        dt.datetime: DateTime(timezone=True),
        int: BigInteger,
        str: Text,
        LocalizedText: LocalizedTextType,
        dict[str, Any]: JSONB,
    }


def uuid7() -> UUID:
    """Return a new identifier that sorts by its time (RFC 9562, version 7).

    What follows the millisecond is first its fraction (section 6.2, method 3), so that what one process makes in the
    same millisecond sorts in the order in which it was made.
    """
    stamp, rest = divmod(time.time_ns(), 1_000_000)
    fraction = (rest << 12) // 1_000_000
    chance = int.from_bytes(os.urandom(8)) & ((1 << 62) - 1)
    return UUID(int=(stamp << 80) | (7 << 76) | (fraction << 64) | (0x2 << 62) | chance)


Identifier = Annotated[UUID, mapped_column(primary_key=True, default=uuid7)]
"""The primary key of nearly every table."""

Code = Annotated[str, mapped_column(String(64))]
"""A short code of letters, digits and simple signs, stable and machine-readable."""


FoldedName = Annotated[str, mapped_column(Text(collation="C"))]
"""A name made fit for sorting: its bytes are its order, on every server."""


def choice(values: type[enum.StrEnum], **options: Any) -> Any:
    """Return a column that holds one of an enumeration's values, checked by the database."""
    kind = Enum(
        values,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=options.pop("name", None) or values.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )
    return mapped_column(kind, **options)


__all__ = ["Base", "Code", "FoldedName", "Identifier", "Index", "Mapped", "choice", "mapped_column", "uuid7"]
