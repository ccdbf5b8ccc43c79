"""Cursors: opaque names of places in a list.

A cursor is base64url of a JSON array, `[version, tag, key, id]`. The tag is a keyed digest of the list's name, its
order and the place itself, so that a cursor of another list or a broken one is told apart and refused.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import BigInteger, Date, DateTime, Integer, Uuid
from sqlalchemy.sql.type_api import TypeEngine

from hub.errors import BadRequest
from hub.keys import Keyring

VERSION = 1
TAG_BYTES = 9


class Cursors:
    """Encodes and decodes the places of one list in one order."""

    def __init__(self, keys: Keyring, listing: str, types: tuple[TypeEngine[Any], ...]) -> None:
        self._keys, self._listing, self._types = keys, listing.encode(), types

    def _tag(self, place: list[Any]) -> str:
        digest = self._keys.digest("cursor", self._listing + b"\0" + orjson.dumps(place))
        return base64.urlsafe_b64encode(digest[:TAG_BYTES]).decode()

    def encode(self, place: list[Any]) -> str:
        """Return the cursor of a place, given as the facts of its row."""
        packed = orjson.dumps([VERSION, self._tag(place), *place])
        return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()

    def decode(self, cursor: str) -> list[Any]:
        """Return the place that a cursor names, as values for a statement; BadRequest where it is not one of ours."""
        try:
            padded = cursor.encode() + b"=" * (-len(cursor) % 4)
            version, tag, *place = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        except (ValueError, TypeError, binascii.Error, UnicodeError):
            raise BadRequest("BAD_CURSOR") from None
        if version != VERSION or len(place) != len(self._types) or tag != self._tag(place):
            raise BadRequest("BAD_CURSOR")
        return [_value(part, type_) for part, type_ in zip(place, self._types, strict=True)]


def _value(part: Any, type_: TypeEngine[Any]) -> Any:
    if isinstance(type_, DateTime):
        return dt.datetime.fromisoformat(part)
    if isinstance(type_, Date):
        return dt.date.fromisoformat(part)
    if isinstance(type_, Uuid):
        return UUID(part)
    return int(part) if isinstance(type_, Integer | BigInteger) else part
