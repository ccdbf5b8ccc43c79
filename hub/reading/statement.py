"""An expression made ready to run: the statement's text for PostgreSQL, and how each parameter is found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, select
from sqlalchemy.dialects.postgresql import asyncpg

from hub.reading.asking import Asking, Binds, Getter
from hub.reading.connections import Readers
from hub.reading.marks import BROKEN, OPEN, Filler, fill

DIALECT = asyncpg.dialect()  # type: ignore[no-untyped-call]


class Plan:
    """One statement that answers one shape of one operation, for every caller of the same class."""

    __slots__ = ("_getters", "fillers", "needs_pseudonyms", "seen", "sql")

    def __init__(
        self, sql: str, getters: Sequence[Getter], fillers: Sequence[Filler], *, needs_pseudonyms: bool
    ) -> None:
        self.sql = sql
        self._getters = tuple(getters)
        self.fillers = tuple(fillers)
        self.needs_pseudonyms = needs_pseudonyms
        self.seen = 0

    @property
    def size(self) -> int:
        """About how many bytes it takes in memory."""
        return 2 * len(self.sql) + 500 * len(self._getters)

    async def answer(self, readers: Readers, variables: Any, asking: Asking) -> str:
        """Run the statement and return the JSON text, its python holes filled."""
        arguments = [getter(variables, asking) for getter in self._getters]
        self.seen += 1
        # A statement seen once may never come again: only the second time is it worth a place in the server's memory.
        text: str = await readers.value(self.sql, arguments, keep=self.seen > 1)
        return fill(text, self.fillers, asking) if OPEN in text else text


def is_broken(answer: str) -> bool:
    """Whether a promise of the schema was not kept somewhere in this answer."""
    return BROKEN in answer


def made_ready(
    expression: ColumnElement[Any], binds: Binds, fillers: Sequence[Filler], *, needs_pseudonyms: bool
) -> Plan:
    """Compile an expression into the plan that answers it."""
    compiled = select(expression).compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    order = compiled.positiontup or []
    parents = _expanded(compiled)
    getters = [
        binds.getters.get(name) or _constant(compiled.binds[parents.get(name, name)], compiled.params[name])
        for name in order
    ]
    return Plan(str(compiled), getters, fillers, needs_pseudonyms=needs_pseudonyms)


def _expanded(compiled: Any) -> dict[str, str]:
    """The parameter that each member of a written-out list (`IN (…)`) came from."""
    state = compiled._post_compile_expanded_state  # noqa: SLF001 - the compiler names it nowhere else
    return {} if state is None else {one: name for name, all_ in state.parameter_expansion.items() for one in all_}


def _constant(bind: BindParameter[Any], value: Any) -> Getter:
    """A value that a rule wrote into its condition, in the form that the driver wants."""
    convert = bind.type.dialect_impl(DIALECT).bind_processor(DIALECT)
    value = convert(value) if convert is not None else value
    return lambda variables, asking: value
