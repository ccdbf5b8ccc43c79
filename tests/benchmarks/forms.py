"""Forms in which answers are compared: whole, without each server's own cursors, or as bare facts."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

CHANGING = {"id", "receivedAt", "contentHash", "code", "issuedAt"}
"""What differs from one response to the next."""

GLOBAL_ID = re.compile(r"[A-Za-z]+_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:")


def whole(answer: Any) -> Any:
    """Return an answer as it is."""
    return answer


def masked(value: Any) -> Any:
    """Return an answer without what is new in each response."""
    if isinstance(value, dict):
        return {
            key: "…" if key in CHANGING and isinstance(part, str) and len(part) > 2 else masked(part)
            for key, part in value.items()
        }
    return [masked(item) for item in value] if isinstance(value, list) else value


def without_cursors(value: Any) -> Any:
    """Return an answer without the text of its cursors, which each server makes as it likes."""
    if isinstance(value, dict):
        return {
            key: "…" if key == "endCursor" and isinstance(part, str) else without_cursors(part)
            for key, part in value.items()
        }
    return [without_cursors(item) for item in value] if isinstance(value, list) else value


def facts(answer: Any) -> list[Any]:
    """Return what an answer says, value by value, in the order in which it was asked for.

    Whatever the fields are called and however they are wrapped: lists begin and end, ids are without their type,
    instants without their zone, and codes without their case.
    """
    return _facts(without_cursors(answer))


def _facts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [fact for key, part in value.items() if key != "errors" for fact in _facts(part)]
    if isinstance(value, list):
        return ["[", *[fact for item in value for fact in _facts(item)], "]"]
    if not isinstance(value, str):
        return [value]
    if named := GLOBAL_ID.fullmatch(value):
        return [named[1]]
    return [dt.datetime.fromisoformat(value) if INSTANT.match(value) else value.casefold()]
