"""Sending: a draft without what it need not say, since the hub takes so many bytes at once and no more."""

from __future__ import annotations

import json
from typing import Any

MOST_BYTES = 98_000
"""How long a request may be that the hub takes, less what goes beside a questionnaire and is not counted here."""

UNSAID: dict[str, Any] = {
    "required": False,
    "sensitivity": "PUBLIC",
    "options": [],
    "rows": [],
    "other": False,
    "origin": "HUMAN",
}
"""What the hub takes for said where nothing is."""


def sent(thing: Any) -> Any:
    """Return the same in as few words as the hub understands."""
    if isinstance(thing, list):
        return [sent(one) for one in thing]
    if isinstance(thing, dict):
        return {
            name: sent(value)
            for name, value in thing.items()
            if value is not None and not (name in UNSAID and value == UNSAID[name])
        }
    return thing


def is_too_long(given: dict[str, Any]) -> bool:
    """Whether the hub would not even read it."""
    return len(json.dumps(given, ensure_ascii=False, separators=(",", ":")).encode()) > MOST_BYTES
