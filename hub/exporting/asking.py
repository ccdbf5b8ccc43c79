"""An anonymous caller of the GraphQL schema, in this process: one instant, page by page."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Mapping
from typing import Any, Protocol

import orjson

from graphql_schema.context import Context
from graphql_schema.execution import Executor
from hub.changes.change import Changes
from hub.errors import SetupError
from hub.reading.asking import Asking
from hub.viewer import ANONYMOUS

PAGE = 100


class Progress(Protocol):
    """Who is told how far a long work has come."""

    def begin(self, what: str, total: int | None) -> None:
        """Begin a stage of so many steps."""

    def advance(self, steps: int) -> None:
        """Say that so many steps are done."""


class Unwatched:
    """Nobody is told."""

    def begin(self, what: str, total: int | None) -> None:
        """Begin a stage."""

    def advance(self, steps: int) -> None:
        """Say that steps are done."""


class Visitor:
    """Nobody in particular, who asks everything at one instant."""

    def __init__(self, executor: Executor, changes: Changes, *, at: dt.datetime) -> None:
        self._executor, self._changes, self.at = executor, changes, at

    async def ask(self, text: str, variables: Mapping[str, Any]) -> Any:
        """Return the data of an answer."""
        document = await self._executor.documents.document(text)
        context = Context(self._changes, Asking(ANONYMOUS, self.at), request_id="export")
        answer = await self._executor.execute(document.operation(None), variables, context)
        if answer.errors:
            raise SetupError(f"The consultation could not be read: {answer.errors[0]['message']}")
        return orjson.loads(answer.data)

    async def pages(self, text: str, id_: str, *way: str, size: int | None = None) -> AsyncIterator[list[Any]]:
        """Give the pages of the connection that lies this way under `node`; one of them is in memory at a time."""
        after: str | None = None
        while True:
            found = (await self.ask(text, {"id": id_, "first": size or PAGE, "after": after}))["node"]
            for name in way:
                found = found[name] if found is not None else None
            if found is None:
                return
            yield found["nodes"]
            if not found["pageInfo"]["hasNextPage"]:
                return
            after = found["pageInfo"]["endCursor"]
