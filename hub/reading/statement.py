"""An expression made ready to run: the statement's text for PostgreSQL, and how each parameter is found."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import BindParameter, Column, ColumnElement, Table, select
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.dialects.postgresql.asyncpg import PGCompiler_asyncpg
from sqlalchemy.sql import operators

from hub.reading.asking import DAY, INSTANT, Asking, Binds, Getter
from hub.reading.connections import Readers
from hub.reading.depending import Dependencies, RememberingInstant
from hub.reading.marks import BROKEN, OPEN, Filler, fill

COMPARISONS = frozenset({operators.lt, operators.le, operators.gt, operators.ge})


class Compiler(PGCompiler_asyncpg):
    """Only what a caller gives is a parameter; what a rule says is written into the statement.

    A plan that serves every caller could not use a partial index otherwise: that a parameter is `accepted` is
    nothing that can be proven when the plan is made.

    On the way it notes what the statement depends on: whatever is read or compared is written here first.
    """

    @cached_property
    def tables(self) -> set[str]:
        """The tables that the statement names."""
        return set()

    @cached_property
    def columns(self) -> set[Column[Any]]:
        """The columns that the instant of the request is compared with."""
        return set()

    @cached_property
    def asked(self) -> list[str]:
        """The parameters that were written, each as often as it was."""
        return []

    @cached_property
    def compared(self) -> list[str]:
        """Those of them that are the instant of the request, and are compared with a column."""
        return []

    def visit_bindparam(self, bindparam: Any, *rest: Any, **options: Any) -> Any:
        """Write a parameter, or the value that a rule put in its place."""
        self.asked.append(bindparam.key)
        options["literal_binds"] = bindparam.unique
        return super().visit_bindparam(bindparam, *rest, **options)  # type: ignore[no-untyped-call]

    def visit_table(self, table: Any, *rest: Any, **options: Any) -> Any:
        """Write the name of a table."""
        self.tables.add(table.name)
        return super().visit_table(table, *rest, **options)  # type: ignore[no-untyped-call]

    def visit_binary(self, binary: Any, *rest: Any, **options: Any) -> Any:
        """Write an operator between two expressions."""
        for one, other in (binary.left, binary.right), (binary.right, binary.left):
            if isinstance(one, BindParameter) and one.key == INSTANT and binary.operator in COMPARISONS:
                columns = [column for column in other.base_columns if isinstance(getattr(column, "table", None), Table)]
                if isinstance(other, Column) and len(columns) == 1:
                    self.columns.add(columns[0])
                    self.compared.append(INSTANT)
        return super().visit_binary(binary, *rest, **options)  # type: ignore[no-untyped-call]

    @property
    def dependencies(self) -> Dependencies:
        """What the statement depends on."""
        return Dependencies(
            tables=frozenset(self.tables | {column.table.name for column in self.columns}),
            columns=frozenset(self.columns),
            daily=DAY in self.asked,
            certain=self.asked.count(INSTANT) == len(self.compared),
        )


DIALECT = asyncpg.dialect()  # type: ignore[no-untyped-call]
DIALECT.statement_compiler = Compiler
DIALECT._backslash_escapes = False  # noqa: SLF001 - a connection would find it out, and here is none


class Plan:
    """One statement that answers one shape of one operation, for every caller of the same class."""

    __slots__ = ("_checks", "_getters", "dependencies", "fillers", "needs_pseudonyms", "seen", "sql")

    def __init__(
        self,
        sql: str,
        getters: Sequence[Getter],
        fillers: Sequence[Filler],
        *,
        checks: Sequence[Getter] = (),
        dependencies: Dependencies,
        needs_pseudonyms: bool,
    ) -> None:
        self.sql = sql
        self._getters = tuple(getters)
        self._checks = tuple(checks)
        self.fillers = tuple(fillers)
        self.dependencies = dependencies
        self.needs_pseudonyms = needs_pseudonyms
        self.seen = 0

    @property
    def size(self) -> int:
        """About how many bytes it takes in memory."""
        return 2 * len(self.sql) + 500 * len(self._getters)

    async def answer(
        self, readers: Readers, variables: Any, asking: Asking, *, instant: RememberingInstant | None = None
    ) -> str:
        """Run the statement and return the JSON text, its python holes filled.

        Where the answer is to be kept, `instant` is the instant of the request as one that remembers its comparisons.
        """
        for check in self._checks:
            check(variables, asking)
        arguments = [getter(variables, asking) for getter in self._getters]
        self.seen += 1
        # A statement seen once may never come again: only the second time is it worth a place in the server's memory.
        text: str = await readers.value(self.sql, arguments, keep=self.seen > 1)
        if OPEN not in text:
            return text
        return fill(text, self.fillers, asking if instant is None else dataclasses.replace(asking, at=instant))


def is_broken(answer: str) -> bool:
    """Whether a promise of the schema was not kept somewhere in this answer."""
    return BROKEN in answer


def made_ready(
    expression: ColumnElement[Any], binds: Binds, fillers: Sequence[Filler], *, needs_pseudonyms: bool
) -> Plan:
    """Compile an expression into the plan that answers it."""
    compiled = select(expression).compile(dialect=DIALECT)
    assert isinstance(compiled, Compiler)  # noqa: S101 - it is the dialect's
    order = compiled.positiontup or []
    getters = [binds.getters[name] for name in order]
    # What was asked for and is not needed must be well-formed all the same: the cursor of a list of which only the
    # total count is wanted, say.
    needed = set(order)
    checks = [getter for name, getter in binds.getters.items() if name not in needed]
    return Plan(
        str(compiled),
        getters,
        fillers,
        checks=checks,
        dependencies=compiled.dependencies,
        needs_pseudonyms=needs_pseudonyms,
    )
