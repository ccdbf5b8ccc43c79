"""Canaries: words that must not leave the hub, and the watch over everything that leaves it during the whole suite.

A test puts a canary where something is kept that others may not read. From then on every answer that the tests get over
HTTP is searched for it (`tests/talking.py`), and so is every line of the log (`tests/conftest.py`): whoever is answered
a canary that is not theirs has found a leak, in whichever test that happens.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from typing import Any
from uuid import uuid4

MARK = "canario-"

_keepers: dict[str, frozenset[str]] = {}
"""Each canary with the names of those who may be answered it."""


class Leak(AssertionError):
    """A canary was where it must never be."""


def a_canary(of: str, *, seen_by: Iterable[str] = ()) -> str:
    """Return a word that stands nowhere else, and that nobody is answered but these people."""
    word = f"{MARK}{of}-{uuid4().hex}"
    _keepers[word] = frozenset(seen_by)
    return word


def watch(text: str, *, told: str, where: str) -> None:
    """Raise Leak where somebody is told a canary that is not theirs."""
    if MARK not in text:
        return
    for word, keepers in _keepers.items():
        if word in text and told not in keepers:
            raise Leak(f"{word} was told to {told} by {where}")


def watch_log(logger: Any, name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Watch over a line of the log before it is written: nobody may read a canary there."""
    watch(repr(dict(line)), told="the log", where=str(line.get("event")))
    return line
