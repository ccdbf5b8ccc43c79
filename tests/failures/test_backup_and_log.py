"""The log goes on across a backup and a restore: nothing is missing, nothing comes twice, positions keep growing.

The backup is taken while people write. A backup cannot hold what was written after it; but whoever followed the log
further than the backup reaches must not miss, for that, what happens in the restored hub.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

from hub.changes.feed import Fact, Feed
from hub.viewer import SYSTEM, Viewer
from tests.failures.calling import Caller, calling
from tests.failures.crowd import a_crowd, a_question_to_all
from tests.failures.lawful import broken_laws, states
from tests.journeys.installation import Installation
from tests.making.consultations import Asked
from tests.talking import Somebody, Talking, talking

PATIENCE = 30.0


class Follower:
    """Somebody who reads the log as it grows and keeps what they read."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.facts: list[Fact] = []
        self._more = asyncio.Condition()

    @property
    def position(self) -> int:
        """How far they have read."""
        return self.facts[-1].position if self.facts else self.after

    async def follow(self, feed: Feed, viewer: Viewer) -> None:
        """Read on from where they are, until cancelled."""
        async for fact in feed.follow(self.position, viewer=viewer):
            async with self._more:
                self.facts.append(fact)
                self._more.notify_all()

    async def reach(self, position: int) -> None:
        """Wait until they have read so far."""
        async with asyncio.timeout(PATIENCE), self._more:
            await self._more.wait_for(lambda: self.position >= position)


@asynccontextmanager
async def following(hub: Talking, *followers: Follower) -> AsyncIterator[None]:
    """Let them follow a hub's log in this block."""
    tasks = [asyncio.create_task(follower.follow(hub.hub.feed, SYSTEM)) for follower in followers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def submit(caller: Caller, asked: Asked, people: list[Somebody], keys: dict[str, str]) -> dict[str, str]:
    """Let these people submit, six at a time, and return their receipts."""
    receipts: dict[str, str] = {}
    turns = iter(people)

    async def one_hand() -> None:
        for person in turns:
            told = await caller.submit(asked, by=person, key=keys.setdefault(person.name, str(uuid4())))
            assert told.codes == []
            receipts[person.name] = told.receipt

    await asyncio.gather(*(one_hand() for _ in range(6)))
    return receipts


async def whole_log(hub: Talking) -> list[tuple[object, ...]]:
    """Return every row of the log as it is stored, but for the transaction that wrote it."""
    rows = await hub.rows("SELECT * FROM event ORDER BY position")
    return [tuple(value for name, value in row.items() if name != "transaction") for row in rows]


async def kept(hub: Talking, table: str) -> int:
    (row,) = await hub.rows(f"SELECT count(*) FROM {table}")
    return int(row["count"])


QUIET = ("entry", "person", "account", "token", "consultation", "question", "option", "consultation_key", "lawful_move")
"""Tables in which nothing was written during the backup."""


async def test_the_log_goes_on_across_a_backup_and_a_restore(installation: Installation, home: Path) -> None:
    early, ahead = Follower(0), Follower(0)
    keys: dict[str, str] = {}
    file = home / "backup"
    with installation.served() as served:
        async with (
            talking(installation.settings, installation.url) as hub,
            calling(served.graphql) as caller,
            following(hub, ahead),
        ):
            asked = await a_question_to_all(hub)
            people = await a_crowd(hub, 180)
            before = await submit(caller, asked, people[:40], keys)
            async with following(hub, early):
                await early.reach(await hub.hub.feed.newest() - 20)
            writing = asyncio.create_task(submit(caller, asked, people[40:150], keys))
            await asyncio.to_thread(installation.said, "backup", str(file))
            after = await writing
            # One more who surely came after the backup.
            after |= await submit(caller, asked, people[150:151], keys)
            await ahead.reach(await hub.hub.feed.newest())
            log = await whole_log(hub)
            quiet = {table: await kept(hub, table) for table in QUIET}
            assert await states(hub) == {"accepted": 151}
            assert [fact.position for fact in ahead.facts] == [row[0] for row in log]

    # Into a new cluster, with the keys that were kept apart.
    restored = Installation(home / "restored", HUB_KEYS=str(installation.settings.keys_file))
    restored.said("restore", str(file))
    with restored.served() as served:
        async with talking(restored.settings, restored.url) as hub, calling(served.graphql) as caller:
            saved = await whole_log(hub)
            assert saved == log[: len(saved)], "The backup holds the log up to one position, and all of it"
            assert len(saved) < len(log)
            assert {table: await kept(hub, table) for table in QUIET} == quiet
            submitted = sum(row[2] == "ResponseSubmitted" for row in saved)
            assert await states(hub) == {"accepted": submitted}
            assert await broken_laws(hub) == {}

            # Receipts and idempotency keys survive: whoever asks again with their key is told the same.
            rows = await hub.rows("SELECT code FROM receipt")
            codes = {row["code"] for row in rows}
            assert set(before.values()) <= codes
            assert codes <= set((before | after).values())
            assert await submit(caller, asked, people[:10], keys) == {p.name: before[p.name] for p in people[:10]}
            assert await whole_log(hub) == saved

            # Both followers read on from where they were; people answer again, also those whom the backup missed.
            read = len(ahead.facts)
            async with following(hub, early, ahead):
                missed = [p for p in people[40:151] if after[p.name] not in codes]
                await submit(caller, asked, missed + people[151:], keys)
                newest = await hub.hub.feed.newest()
                await asyncio.gather(early.reach(newest), ahead.reach(newest))
            now = [row[0] for row in await whole_log(hub)]
            new = now[len(saved) :]
            assert len(new) == len(missed) + 29
            assert [fact.position for fact in early.facts] == now, "Nothing is missing and nothing comes twice"
            assert [fact.position for fact in ahead.facts[read:]] == new, "Who was ahead misses nothing that is new"
            assert min(new) > log[-1][0], "A position is never given twice"
            assert await states(hub) == {"accepted": 180}
            assert await broken_laws(hub) == {}
