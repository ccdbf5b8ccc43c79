"""An expression made ready to run: the statement's text for PostgreSQL, and how each parameter is found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.dialects.postgresql.asyncpg import PGCompiler_asyncpg

from hub.reading.asking import Asking, Binds, Getter
from hub.reading.connections import Readers
from hub.reading.marks import BROKEN, OPEN, Filler, fill


class Compiler(PGCompiler_asyncpg):
    """Only what a caller gives is a parameter; what a rule says is written into the statement.

    A plan that serves every caller could not use a partial index otherwise: that a parameter is `accepted` is
    nothing that can be proven when the plan is made.
    """

    def visit_bindparam(self, bindparam: Any, *rest: Any, **options: Any) -> Any:
        """Write a parameter, or the value that a rule put in its place."""
        options["literal_binds"] = bindparam.unique
        return super().visit_bindparam(bindparam, *rest, **options)  # type: ignore[no-untyped-call]


DIALECT = asyncpg.dialect()  # type: ignore[no-untyped-call]
DIALECT.statement_compiler = Compiler
DIALECT._backslash_escapes = False  # noqa: SLF001 - a connection would find it out, and here is none


class Plan:
    """One statement that answers one shape of one operation, for every caller of the same class."""

    __slots__ = ("_checks", "_getters", "fillers", "needs_pseudonyms", "seen", "sql")

    def __init__(
        self,
        sql: str,
        getters: Sequence[Getter],
        fillers: Sequence[Filler],
        *,
        checks: Sequence[Getter] = (),
        needs_pseudonyms: bool,
    ) -> None:
        self.sql = sql
        self._getters = tuple(getters)
        self._checks = tuple(checks)
        self.fillers = tuple(fillers)
        self.needs_pseudonyms = needs_pseudonyms
        self.seen = 0

    @property
    def size(self) -> int:
        """About how many bytes it takes in memory."""
        return 2 * len(self.sql) + 500 * len(self._getters)

    async def answer(self, readers: Readers, variables: Any, asking: Asking) -> str:
        """Run the statement and return the JSON text, its python holes filled."""
        for check in self._checks:
            check(variables, asking)
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
    compiled = select(expression).compile(dialect=DIALECT)
    order = compiled.positiontup or []
    getters = [binds.getters[name] for name in order]
    # What was asked for and is not needed must be well-formed all the same: the cursor of a list of which only the
    # total count is wanted, say.
    needed = set(order)
    checks = [getter for name, getter in binds.getters.items() if name not in needed]
    return Plan(str(compiled), getters, fillers, checks=checks, needs_pseudonyms=needs_pseudonyms)
