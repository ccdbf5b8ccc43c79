"""What an answer depends on: the tables that its statement reads, and the instants at which it turns into another.

Nobody declares any of it. The tables are those that the compiler writes into the statement. The instants are those
that the instant of the request is compared with: columns in the statement, found by the compiler, and values in the
functions that fill its holes, found by an instant that remembers. An answer that uses the instant in any other way is
not certain: nothing is known of how long it holds, so it is never kept.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column

ALWAYS, NEVER = dt.datetime.min.replace(tzinfo=dt.UTC), dt.datetime.max.replace(tzinfo=dt.UTC)
"""Before and after every instant."""


@dataclass(frozen=True, slots=True)
class Span:
    """A time between two instants, neither of which belongs to it: what is open until one is not, just after it."""

    after: dt.datetime = ALWAYS
    before: dt.datetime = NEVER

    def __contains__(self, at: dt.datetime) -> bool:
        return self.after < at < self.before

    def __and__(self, other: Span) -> Span:
        return Span(max(self.after, other.after), min(self.before, other.before))


@dataclass(frozen=True)
class Dependencies:
    """What an answer depends on beside the request itself."""

    tables: frozenset[str] = frozenset()
    columns: frozenset[Column[Any]] = frozenset()
    """The columns that the instant of the request is compared with."""
    daily: bool = False
    """Whether it depends on the day (by the official clock)."""
    span: Span = Span()
    """Between which instants nothing lies that a function compared the request's with."""
    certain: bool = True
    """Whether that is all; if not, it may turn at any instant."""

    @property
    def by_the_clock(self) -> bool:
        """Whether the same request may be answered differently although nothing was written."""
        return bool(self.columns) or self.daily or self.span != Span()

    def noticed(self, instant: RememberingInstant) -> Dependencies:
        """Return these and what a remembering instant has noticed."""
        return dataclasses.replace(self, span=instant.span, certain=self.certain and instant.certain)


class RememberingInstant(dt.datetime):
    """An instant that remembers what it was compared with; anything else that is done with it makes it uncertain."""

    span: Span
    certain: bool

    @classmethod
    def of(cls, at: dt.datetime) -> RememberingInstant:
        """Return the same instant, which remembers from now on."""
        made = cls.combine(at.date(), at.timetz())
        made.span, made.certain = Span(), True
        return made

    def _compared(self, other: object) -> None:
        if not isinstance(other, dt.datetime) or isinstance(other, RememberingInstant) or other.tzinfo is None:
            self.certain = False
        else:
            earlier = dt.datetime.__lt__(other, _plain(self))
            self.span &= Span(after=other) if earlier else Span(before=other)

    def __lt__(self, other: Any) -> bool:
        self._compared(other)
        return super().__lt__(other)

    def __le__(self, other: Any) -> bool:
        self._compared(other)
        return super().__le__(other)

    def __gt__(self, other: Any) -> bool:
        self._compared(other)
        return super().__gt__(other)

    def __ge__(self, other: Any) -> bool:
        self._compared(other)
        return super().__ge__(other)

    def __eq__(self, other: object) -> bool:
        self._compared(other)
        return super().__eq__(other)

    __hash__ = dt.datetime.__hash__

    def __sub__(self, other: Any) -> Any:
        self.certain = False
        return _plain(self) - other

    def __rsub__(self, other: Any) -> Any:
        self.certain = False
        return other - _plain(self)

    def __add__(self, other: Any) -> Any:
        self.certain = False
        return _plain(self) + other

    __radd__ = __add__

    def __format__(self, form: str) -> str:
        self.certain = False
        return format(_plain(self), form)

    def __repr__(self) -> str:
        self.certain = False
        return repr(_plain(self))

    def __getattribute__(self, name: str) -> Any:
        if name not in REMEMBERING:
            self.certain = False
        return super().__getattribute__(name)


REMEMBERING = frozenset({"span", "certain", "_compared", "__class__", "__dict__"})
"""What may be asked of a remembering instant without its becoming uncertain."""


def _plain(instant: RememberingInstant) -> dt.datetime:
    """Return the instant that remembers nothing, without asking the other for anything."""
    return EPOCH + dt.datetime.__sub__(instant, EPOCH)


EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
