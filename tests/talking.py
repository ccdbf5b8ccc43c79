"""Talking to the hub as its callers do: GraphQL over HTTP, in this process.

::

    data = await hub.ask("{ viewer { signedIn } }", by=ana)      the answer; an error fails the test
    payload = await hub.act(SUBMIT, {"input": …}, by=ana)        what a mutation did; a refusal fails the test
    errors = await hub.refuse(SUBMIT, {"input": …}, by=ana)      why a mutation did nothing
    events = await hub.log()                                     what was recorded since the test began
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx2
from sqlalchemy import Engine, event, text

from hub import clock
from hub.app import Hub, create_app, opened
from hub.changes.change import Change
from hub.settings import Settings
from hub.viewer import ANONYMOUS, SYSTEM, Viewer
from tests.canaries import watch

RESPONSE_TYPE = "application/graphql-response+json"


@dataclass(frozen=True)
class Somebody:
    """One of the people, or programs, of a test: a token to ask with, and the viewer that it stands for."""

    name: str
    token: str | None = None
    viewer: Viewer = ANONYMOUS

    @property
    def person_id(self) -> UUID:
        """The person, where it is one."""
        assert self.viewer.person_id is not None, f"{self.name} is no person"
        return self.viewer.person_id

    @property
    def account_id(self) -> UUID:
        """The account of the person."""
        assert self.viewer.account_id is not None, f"{self.name} has no account"
        return self.viewer.account_id


class Talking:
    """An open hub and a caller in front of it."""

    def __init__(self, hub: Hub, url: str, client: httpx2.AsyncClient, *, app: Any = None) -> None:
        self.hub, self.url, self.client, self.app = hub, url, client, app
        self._position = 0
        self._counted = 0

    @asynccontextmanager
    async def from_address(self, address: str) -> AsyncIterator[Talking]:
        """Ask from this address of the network in this block."""
        transport = httpx2.ASGITransport(app=self.app, raise_app_exceptions=True, client=(address, 1234))
        async with httpx2.AsyncClient(transport=transport, base_url="http://hub.test") as client:
            yield Talking(self.hub, self.url, client, app=self.app)

    # ---- asking ------------------------------------------------------------------------------------------------

    async def post(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        *,
        by: Somebody | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx2.Response:
        """Send one request and return the bare answer."""
        given = {"accept": RESPONSE_TYPE, **_authorization(by), **(headers or {})}
        body = {"query": query, **({"variables": variables} if variables is not None else {})}
        response = await self.client.post("/graphql", json=body, headers=given)
        watch(response.text, told=by.name if by else "a visitor", where=query)
        return response

    async def answer(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        *,
        by: Somebody | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """Send one request and return the whole answer, data and errors."""
        answer: dict[str, Any] = (await self.post(query, variables, by=by, headers=headers)).json()
        return answer

    async def ask(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        *,
        by: Somebody | None = None,
        languages: str | None = None,
        expect_errors: bool = False,
    ) -> Any:
        """Return the data of an answer; with `expect_errors`, its errors, of which there must be some."""
        headers = {"accept-language": languages} if languages else None
        answer = await self.answer(query, variables, by=by, headers=headers)
        if expect_errors:
            assert answer.get("errors"), f"This was answered without an error: {answer}"
            return answer["errors"]
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def act(
        self,
        mutation: str,
        variables: Mapping[str, Any] | None = None,
        *,
        by: Somebody | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Return the payload of a document with one mutation, which must have been carried out."""
        payload = await self._payload(mutation, variables, by=by, headers=headers)
        assert not payload.get("errors"), payload["errors"]
        return payload

    async def refuse(
        self,
        mutation: str,
        variables: Mapping[str, Any] | None = None,
        *,
        by: Somebody | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> list[dict[str, Any]]:
        """Return why a document with one mutation did nothing."""
        payload = await self._payload(mutation, variables, by=by, headers=headers)
        errors: list[dict[str, Any]] = payload["errors"]
        assert errors, f"This was not refused: {payload}"
        return errors

    async def _payload(
        self,
        mutation: str,
        variables: Mapping[str, Any] | None,
        *,
        by: Somebody | None,
        headers: Mapping[str, str] | None,
    ) -> Any:
        answer = await self.answer(mutation, variables, by=by, headers=headers)
        assert "errors" not in answer, answer["errors"]
        (payload,) = answer["data"].values()
        return payload

    # ---- looking behind the door -------------------------------------------------------------------------------

    def change(self, viewer: Viewer = SYSTEM, *, at: dt.datetime | None = None) -> AbstractAsyncContextManager[Change]:
        """Begin a change of the hub itself, or of a viewer: how tests make what they need."""
        return self.hub.changes.begin(viewer, at=at)

    async def log(self) -> list[str]:
        """Return the types of what was recorded since the test began, or since `forget`, in commit order."""
        return [row["type"] for row in await self.events()]

    async def events(self) -> list[dict[str, Any]]:
        """Return the rows of the log since the test began, or since `forget`."""
        return await self.rows("SELECT * FROM event WHERE position > :after ORDER BY position", after=self._position)

    async def forget(self) -> None:
        """Let what happened so far be the ground on which the test stands."""
        self._position = await self.hub.feed.newest()

    async def rows(self, statement: str, **values: Any) -> list[dict[str, Any]]:
        """Return the rows of a bare statement; what a test looks at when no field shows it."""
        async with self.hub.engine.connect() as connection:
            return [dict(row._mapping) for row in await connection.execute(text(statement), values)]

    async def dump(self) -> str:
        """Return everything that the database holds, row by row: where nothing may be found that must not be kept."""
        names = await self.rows("SELECT quote_ident(relname) AS name FROM pg_class WHERE relkind = 'r' "
                                "AND relnamespace = 'public'::regnamespace ORDER BY relname")  # fmt: skip
        rows = [await self.rows(f"SELECT t::text AS row FROM {table['name']} AS t") for table in names]
        return "\n".join(row["row"] for table in rows for row in table)

    async def run(self, statement: str, **values: Any) -> None:
        """Run a bare statement and commit it: what no activity does."""
        async with self.hub.engine.begin() as connection:
            await connection.execute(text(statement), values)

    @contextmanager
    def counting(self) -> Iterator[list[int]]:
        """Count the statements of reading in this block; the number stands in the list afterwards."""
        before, counted = self.statements(), [0]
        yield counted
        counted[0] = self.statements() - before

    @contextmanager
    def writing(self) -> Iterator[list[str]]:
        """Gather the statements that go through a change in this block."""
        statements: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
            statements.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    def statements(self) -> int:
        """Return how many statements of reading were run."""
        return self.hub.readers.statements

    def at(self, instant: dt.datetime) -> Any:
        """Stop the clock at an instant in this block."""
        return clock.stopped_at(instant)


def _authorization(by: Somebody | None) -> dict[str, str]:
    return {} if by is None or by.token is None else {"authorization": f"Bearer {by.token}"}


@asynccontextmanager
async def talking(settings: Settings, url: str) -> AsyncIterator[Talking]:
    """Open a hub on a database, without its timekeeper (tests stop the clock), and put a caller in front of it."""
    app = create_app(settings, url)
    async with opened(settings, url, documents=app.state.documents) as hub:
        app.state.hub = hub
        door = next(route.endpoint for route in app.routes if getattr(route, "path", "") == "/graphql")
        door.open(hub)
        app.state.feeds.open(hub.executor, hub.changes)
        transport = httpx2.ASGITransport(app=app, raise_app_exceptions=True)
        async with httpx2.AsyncClient(transport=transport, base_url="http://hub.test") as client:
            yield Talking(hub, url, client, app=app)
