"""Who asks, at which instant, in which languages: what every statement has as parameters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Date, DateTime, LargeBinary, Text, Uuid, bindparam
from sqlalchemy.dialects.postgresql import ARRAY

from hub import clock
from hub.clock import day_of
from hub.text import DEFAULT_LANGUAGE
from hub.viewer import ANONYMOUS, Role, Scope, Viewer


@dataclass(frozen=True)
class Asking:
    """One request's view of the world."""

    viewer: Viewer = ANONYMOUS
    at: dt.datetime = field(default_factory=clock.now)
    languages: tuple[str, ...] = (DEFAULT_LANGUAGE,)
    pseudonyms: tuple[bytes, ...] = ()
    providers: tuple[object, ...] = ()
    """Whom people may sign in by here (hub/providers), as the installation says."""
    standing: object = None
    """What this operation costs and what is left (hub/allowances), where it asks for that."""

    @property
    def structure(self) -> tuple[Any, ...]:
        """What of it decides the shape of a statement; all else is a parameter."""
        return (self.viewer.signed_in, self.viewer.system)


INSTANT, DAY = "asking_at", "asking_day"
"""The two parameters of a statement that the clock decides; no other may look at it (guard test)."""

Getter = Callable[[Any, Asking], Any]
"""Finds a parameter's value in the variables and in who is asking."""


class Binds:
    """The parameters of a statement under construction: a name each, and how its value is found when it runs."""

    def __init__(self) -> None:
        self.getters: dict[str, Getter] = {}

    def asked(self, name: str, type_: Any, getter: Callable[[Asking], Any]) -> ColumnElement[Any]:
        """Return a parameter that depends on who is asking; one name is one parameter."""
        self.getters.setdefault(name, lambda _, asking: getter(asking))
        return bindparam(name, None, type_=type_)

    def value(self, type_: Any, getter: Callable[[Any], Any]) -> ColumnElement[Any]:
        """Return a new parameter that is found in the variables."""
        name = f"p{len(self.getters)}"
        self.getters[name] = lambda variables, _: getter(variables)
        return bindparam(name, None, type_=type_)


def _person(asking: Asking) -> UUID | None:
    return asking.viewer.person_id if asking.viewer.reads_as_themself else None


def _account(asking: Asking) -> UUID | None:
    return asking.viewer.account_id if asking.viewer.reads_as_themself else None


def _pseudonyms(asking: Asking) -> list[bytes]:
    return list(asking.pseudonyms) if asking.viewer.reads_as_themself else []


class ReadingSight:
    """A viewer's sight as the parameters of a plan that serves all viewers of the same class."""

    def __init__(self, binds: Binds, *, signed_in: bool, system: bool) -> None:
        self._binds = binds
        self.signed_in = signed_in
        self.system = system
        self.whole = False
        self.needs_pseudonyms = False

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Let the conditions of this block be made for going through all rows."""
        self.whole, before = True, self.whole
        try:
            yield
        finally:
            self.whole = before

    @property
    def now(self) -> ColumnElement[dt.datetime]:
        """The instant of the request."""
        return self._binds.asked(INSTANT, DateTime(timezone=True), lambda asking: asking.at)

    @property
    def today(self) -> ColumnElement[dt.date]:
        """The day of the request, by the official clock."""
        return self._binds.asked(DAY, Date(), lambda asking: day_of(asking.at))

    @property
    def person_id(self) -> ColumnElement[UUID | None]:
        """The person who is asking."""
        return self._binds.asked("asking_person", Uuid(), _person)

    @property
    def account_id(self) -> ColumnElement[UUID | None]:
        """The account of the person who is asking."""
        return self._binds.asked("asking_account", Uuid(), _account)

    @property
    def client_id(self) -> ColumnElement[UUID | None]:
        """The program that is asking."""
        return self._binds.asked("asking_client", Uuid(), lambda asking: asking.viewer.client_id)

    @property
    def administers(self) -> ColumnElement[bool]:
        """Whether the viewer runs the platform."""
        return self._binds.asked("asking_administers", Boolean(), lambda asking: asking.viewer.administers)

    def bodies(self, *roles: Role, scope: Scope | None = None) -> ColumnElement[Sequence[UUID]]:
        """The bodies in which one of these roles is held."""

        def bodies(asking: Asking) -> list[UUID]:
            return list(asking.viewer.bodies(*roles, scope=scope)) if asking.viewer.reads_as_themself else []

        name = "_".join(["asking_bodies", *sorted(roles), *([scope.name.lower()] if scope else [])])
        return self._binds.asked(name, ARRAY(Uuid()), bodies)

    @property
    def pseudonyms(self) -> ColumnElement[Sequence[bytes]]:
        """The viewer's pseudonyms in the consultations whose key still lives."""
        self.needs_pseudonyms = True
        return self._binds.asked("asking_pseudonyms", ARRAY(LargeBinary()), _pseudonyms)

    def language(self, rank: int) -> ColumnElement[str]:
        """The viewer's first or second language; Spanish where there are fewer."""

        def chosen(asking: Asking) -> str:
            return asking.languages[rank] if rank < len(asking.languages) else DEFAULT_LANGUAGE

        return self._binds.asked(f"asking_language_{rank}", Text(), chosen)
