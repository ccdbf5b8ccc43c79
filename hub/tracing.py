"""What is known of one request while it is answered: for the log and the figures, and so never who asks or what."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from random import getrandbits
from typing import Any

PAGE = "page"
OTHER = "other"
"""The name of every operation that stands in no trusted document: a caller's own words never enter the log."""


def new_request_id() -> str:
    """Return a number for a request. It is no secret, so it need not ask the kernel for random bytes."""
    return f"{getrandbits(128):032x}"


@dataclass(slots=True)
class Trace:
    """One request by its number, and what kind of thing it turned out to ask for."""

    kind: str = OTHER
    name: str = OTHER
    request_id: str = field(default_factory=new_request_id)
    status: int = 500
    """What was answered; the worst, until something was."""
    steps: Callable[[str], AbstractContextManager[Any]] | None = None
    """Who follows the steps of the request, where somebody does (`hub/web/spans.py`)."""
    refusals: list[str] = field(default_factory=list)
    """The codes of the acts that were refused."""

    def note(self, kind: str, name: str) -> None:
        """Note which operation it is; a page is named by what it asks for, and stays a page."""
        self.kind = PAGE if self.kind == PAGE else kind
        self.name = name


_current: ContextVar[Trace | None] = ContextVar("trace", default=None)


def current() -> Trace:
    """Return the trace of the request that is being answered; what a page asks for has the number of the page."""
    return _current.get() or Trace()


class traced:  # noqa: N801 - it is used as the block that it is; as a generator it would take three times as long
    """Trace one request in this block."""

    __slots__ = ("_token", "_trace")

    def __init__(self, kind: str) -> None:
        self._trace = Trace(kind)

    def __enter__(self) -> Trace:
        self._token = _current.set(self._trace)
        return self._trace

    def __exit__(self, *_: object) -> None:
        _current.reset(self._token)


_UNFOLLOWED: AbstractContextManager[Any] = nullcontext()


def step(name: str) -> AbstractContextManager[Any]:
    """Return the block of one step of the request that is being answered: `plan`, `statement`, `change`."""
    trace = _current.get()
    return _UNFOLLOWED if trace is None or trace.steps is None else trace.steps(name)
