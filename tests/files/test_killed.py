"""After `kill -9` in the middle: under each hash lies the whole of it, and each row has its bytes."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import signal
from collections.abc import AsyncIterator

import aiohttp

from hub.files.store import Store
from hub.files.sweeping import sweep
from tests.cast import a_secretary_of
from tests.journeys.installation import Installation, Served
from tests.making.bodies import a_body
from tests.making.files import PDF, a_ticket
from tests.talking import Talking, talking

LARGE = PDF + bytes(range(256)) * 20_000
"""Five megabytes, so that it is under way for a while."""


def whole(store: Store) -> set[str]:
    """Return the hashes that something lies under, having looked whether it is what they say."""
    paths = [path for path in store.kept.rglob("*") if path.is_file()]
    assert [path for path in paths if hashlib.sha256(path.read_bytes()).hexdigest() != path.name] == []
    return {path.name for path in paths}


async def rows(hub: Talking) -> set[str]:
    """Return the hashes that rows name."""
    return {row["hash"] for row in await hub.rows("SELECT encode(sha256, 'hex') AS hash FROM stored_file")}


async def killed(served: Served) -> None:
    """Kill without a warning, and start again."""
    os.kill(served.process.pid, signal.SIGKILL)
    served.process.wait()
    await asyncio.to_thread(served.start_again)


def address(served: Served, path: str) -> str:
    """Return the whole address of a path."""
    return served.graphql.removesuffix("/graphql") + path


async def test_a_kill_in_the_middle_of_an_upload_leaves_nothing_half_written(installation: Installation) -> None:
    store, halfway, never = Store(installation.settings.data), asyncio.Event(), asyncio.Event()

    async def half() -> AsyncIterator[bytes]:
        yield LARGE[: len(LARGE) // 2]
        halfway.set()
        await never.wait()

    with installation.served() as served:
        async with talking(installation.settings, installation.url) as hub, aiohttp.ClientSession() as session:
            luis = await a_secretary_of(hub, await a_body(hub))
            ticket = await a_ticket(hub, luis, size=len(LARGE))
            there = address(served, ticket["path"])
            sending = asyncio.create_task(session.put(there, data=half()).__aenter__())
            await halfway.wait()
            async with asyncio.timeout(20):
                # The other side writes the file; nobody tells of it.
                while not any(path.stat().st_size > 1_000_000 for path in store.unfinished.glob("*")):  # noqa: ASYNC110 - what another process writes
                    await asyncio.sleep(0.05)
            await killed(served)
            (told,) = await asyncio.gather(sending, return_exceptions=True)
            assert isinstance(told, aiohttp.ClientError | OSError)
            assert (whole(store), await rows(hub)) == (set(), set())

            async with session.put(there, data=io.BytesIO(LARGE)) as answer:
                assert answer.status == 201
            sha256 = hashlib.sha256(LARGE).hexdigest()
            assert whole(store) == await rows(hub) == {sha256}

            left = list(store.unfinished.iterdir())
            assert len(left) == 1
            os.utime(left[0], (0, 0))
            await sweep(hub.hub.changes, store)
            assert list(store.unfinished.iterdir()) == []


async def test_what_was_acknowledged_is_there_and_the_same_ticket_goes_on(installation: Installation) -> None:
    store = Store(installation.settings.data)
    contents = [PDF + f"% {number}".encode() * 2_000 for number in range(40)]
    with installation.served() as served:
        async with talking(installation.settings, installation.url) as hub, aiohttp.ClientSession() as session:
            luis = await a_secretary_of(hub, await a_body(hub))
            tickets = [await a_ticket(hub, luis, size=len(content)) for content in contents]
            acknowledged: set[str] = set()
            enough = asyncio.Event()

            async def hand_in(number: int) -> None:
                there = address(served, tickets[number]["path"])
                try:
                    async with session.put(there, data=contents[number]) as answer:
                        told = await answer.json()
                except (aiohttp.ClientError, OSError):
                    return
                if answer.status == 201:
                    acknowledged.add(told["sha256"])
                    if len(acknowledged) >= 10:
                        enough.set()

            handing = asyncio.gather(*[hand_in(number) for number in range(40)])
            async with asyncio.timeout(60):
                await enough.wait()
            await killed(served)
            await handing
            assert acknowledged <= await rows(hub) <= whole(store)
            for number in range(40):
                await hand_in(number)
            every = {hashlib.sha256(content).hexdigest() for content in contents}
            assert acknowledged == await rows(hub) == whole(store) == every
            assert await hub.rows("SELECT count(*) AS n FROM stored_file") == [{"n": 40}]


async def test_two_processes_keep_the_same_bytes_once(installation: Installation) -> None:
    store = Store(installation.settings.data)
    with installation.served() as served:
        async with talking(installation.settings, installation.url) as hub, aiohttp.ClientSession() as session:
            luis = await a_secretary_of(hub, await a_body(hub))
            tickets = [await a_ticket(hub, luis) for _ in range(12)]

            async def to_the_other(path: str) -> int:
                async with session.put(address(served, path), data=PDF) as answer:
                    return answer.status

            async def to_this_one(path: str) -> int:
                return (await hub.client.put(path, content=PDF)).status_code

            async def sweep_all() -> None:
                for _ in range(10):
                    for path in store.kept.rglob("*"):
                        os.utime(path, (0, 0))
                    await sweep(hub.hub.changes, store)

            paths = [ticket["path"] for ticket in tickets]
            answers = asyncio.gather(*[hand_in(path) for path in paths for hand_in in (to_the_other, to_this_one)])
            statuses, *_ = await asyncio.gather(answers, sweep_all(), sweep_all())
            assert set(statuses) <= {201, 503}
            assert 201 in statuses
            assert whole(store) == await rows(hub) == {hashlib.sha256(PDF).hexdigest()}
