"""What can be followed: a root field of a subscription is an object that is read anew whenever something happens to it.

A concept declares in its `reading.py` what one of its things looks like, by which argument it is named, and until when
it is worth following. When it is read, what is read, and who may see it, is decided as for every query.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement

from hub.reading.readable import Call, One, Row


@dataclass(frozen=True)
class Stream:
    """A thing of the register that is followed: every event that names its entry may have changed it."""

    source: One
    argument: str
    """The argument that holds its opaque id."""
    goes_on: Callable[[Row, Call], ColumnElement[bool]]
    """Whether anything may still happen to it; where it is not seen at all, nothing is told in any case."""


streams: dict[str, Stream] = {}
"""The root fields of subscriptions, by their python names."""
