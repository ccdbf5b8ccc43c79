"""The reference clients (npm `graphql-ws`, `graphql-sse`) follow a hub of two processes, also over its restart.

The process of the test writes into the same database, so what they hear has come through the log.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests import node
from tests.cast import a_citizen
from tests.journeys.commands import no_more_commands
from tests.journeys.installation import Installation, Served, a_home
from tests.making.consultations import a_response
from tests.making.notices import a_withdrawal
from tests.talking import Somebody, Talking
from tests.transport.streaming import COUNT, PROTOCOL, connected, events
from tests.transport.test_audit import SOURCES
from tests.transport.test_following import an_open_count, counting, heard
from tests.transport.test_slow_readers import by_events, by_socket, never_reading

PATIENCE = 30.0
WAYS = ("ws", "sse")


@pytest.fixture(scope="module")
def follow(tmp_path_factory: pytest.TempPathFactory) -> list[str | Path]:
    """The command that follows, its packages installed beside it."""
    folder = tmp_path_factory.mktemp("clients") / "npm"
    shutil.copytree(SOURCES, folder)
    try:
        program = node.found()
        node.install(program, folder)
    except node.Missing as missing:
        if os.environ.get("CI"):
            pytest.fail(f"{missing}.")
        pytest.skip(f"{missing}.")
    return [program.node, folder / "follow.mjs"]


@pytest.fixture
def installation(hub: Talking) -> Iterator[Installation]:
    """An installation on the database of the test, with its keys."""
    with a_home() as home:
        keys = str(hub.hub.settings.keys_file)
        yield Installation(home / "data", HUB_DATABASE_URL=hub.url, HUB_KEYS=keys, HUB_LOG_FORMAT="json")
    no_more_commands()


class Follower:
    """A client of somebody else's, and what it hears."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    async def hear(self) -> Any:
        """The next thing that it hears."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            return json.loads(await self.process.stdout.readline())


@asynccontextmanager
async def following(
    follow: list[str | Path], way: str, served: Served, query: str, variables: Any, by: Somebody | None = None
) -> AsyncIterator[Follower]:
    """A client that follows in this block."""
    token = [str(by.token)] if by is not None else []
    command = [*map(str, follow), way, served.graphql, query, json.dumps(variables), *token]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        yield Follower(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_the_reference_clients_follow_a_count_to_its_end_over_a_restart(
    hub: Talking, installation: Installation, follow: list[str | Path]
) -> None:
    asked = await an_open_count(hub)
    variables = {"id": asked.node}
    served = await asyncio.to_thread(installation.start, "--workers", "2")
    try:
        async with AsyncExitStack() as stack:
            followers = [
                await stack.enter_async_context(following(follow, way, served, COUNT, variables)) for way in WAYS
            ]
            assert [await one.hear() for one in followers] == [counting(0)] * 2
            await a_response(hub, asked, await a_citizen(hub))
            assert [await one.hear() for one in followers] == [counting(1)] * 2
            await asyncio.to_thread(served.end)
            await a_response(hub, asked, await a_citizen(hub, "Blas"))
            await asyncio.to_thread(served.start_again)
            # They come back by themselves, are told the state, and have missed nothing.
            assert [await one.hear() for one in followers] == [counting(2)] * 2
            await a_withdrawal(hub, asked)
            assert [await one.hear() for one in followers] == [counting(None)] * 2
            assert [await one.hear() for one in followers] == ["complete"] * 2
            assert [await one.process.wait() for one in followers] == [0, 0]
    finally:
        await asyncio.to_thread(served.end)


async def test_the_reference_clients_ask_and_are_refused(
    hub: Talking, installation: Installation, follow: list[str | Path]
) -> None:
    """A query by somebody, a document that is wrong: each is told as the client expects it."""
    ana = await a_citizen(hub)
    with installation.served() as served:
        for way in WAYS:
            async with following(follow, way, served, "{ viewer { signedIn } }", {}, ana) as one:
                assert [await one.hear(), await one.hear()] == [{"data": {"viewer": {"signedIn": True}}}, "complete"]
            async with following(follow, way, served, "{ viewr { signedIn } }", {}) as other:
                told = await other.hear()
                errors = told["errors"] if way == "sse" else told["failed"]
                assert errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_a_process_that_must_end_ends_its_streams_and_is_gone(hub: Talking, installation: Installation) -> None:
    """WebSockets are told to come back, responses end without `complete`; whoever reads nothing keeps nobody."""
    asked = await an_open_count(hub)
    variables = {"id": asked.node}
    served = await asyncio.to_thread(installation.start)
    try:
        async with (
            connected(served.port) as socket,
            connected(served.port) as idle,
            events(served.port, COUNT, variables) as stream,
            never_reading(served.port, *by_events(asked.node)),
            never_reading(served.port, *by_socket(asked.node)),
        ):
            await socket.subscribe(COUNT, variables)
            assert (await socket.hear())["payload"] == await heard(stream) == counting(0)
            assert socket.connection.subprotocol == PROTOCOL
            began = time.monotonic()
            served.process.terminate()
            assert (await socket.closed())[0] == 1012
            assert (await idle.closed())[0] == 1012
            assert await stream.next() is None, "It ends, and without `complete`."
            await asyncio.to_thread(served.process.wait, 25 - (time.monotonic() - began))
    finally:
        if served.process.poll() is None:
            served.kill()
    lines = [json.loads(line) for line in (served.out + served.err).splitlines() if line.startswith("{")]
    assert {line["status"] for line in lines if line["event"] == "request" and line["kind"] == "connection"} == {101}
    assert "Traceback" not in served.out + served.err
