"""What was acknowledged is there: after `kill -9` of the hub, of the database server, and of both at once.

Many people submit at the same time, each with an idempotency key, and write down what they were told. In the middle
of it something is killed. Whoever was given a receipt must find it good; whoever was not told finds their response
whole or not at all, and repeating with the same key gives one response and one receipt.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle, islice
from uuid import uuid4

import pytest

from tests.failures.calling import Caller, NoTelling, Told, calling
from tests.failures.crowd import a_crowd, a_question_to_all
from tests.failures.lawful import broken_laws, states
from tests.journeys.installation import Installation, Served
from tests.making.consultations import Asked
from tests.talking import Somebody, talking

HANDS = 16
"""How many people are at it at the same moment."""

PATIENCE = 60.0
"""Seconds after which a driver gives up: nothing here may run without end."""

Victims = tuple[str, ...]


@dataclass
class Notes:
    """What the people wrote down: with which key they asked, which receipt they were given, and who was not told."""

    keys: dict[str, str] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)
    untold: dict[str, str] = field(default_factory=dict)


class Crowd:
    """People who submit at the same time until all have tried; a pause while there is nobody to talk to."""

    def __init__(self, caller: Caller, asked: Asked, notes: Notes) -> None:
        self._caller, self._asked, self._notes = caller, asked, notes
        self.somebody_there = asyncio.Event()
        self.somebody_there.set()
        self._acknowledged = asyncio.Semaphore(0)

    async def submit(self, people: Iterable[Somebody]) -> None:
        """Let everybody try once."""
        turns = iter(people)
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(self._one_hand(turns) for _ in range(HANDS)))

    async def _one_hand(self, turns: Iterable[Somebody]) -> None:
        for person in turns:
            await self.somebody_there.wait()
            key = self._notes.keys[person.name] = str(uuid4())
            try:
                told = await self._caller.submit(self._asked, by=person, key=key)
            except NoTelling as reason:
                self._notes.untold[person.name] = str(reason)
                await asyncio.sleep(0.1)
            else:
                assert told.codes == []
                self._notes.receipts[person.name] = told.receipt
                self._acknowledged.release()

    async def acknowledged(self, count: int) -> None:
        """Wait until so many were given a receipt."""
        async with asyncio.timeout(PATIENCE):
            for _ in range(count):
                await self._acknowledged.acquire()

    async def repeat(self, people: Iterable[Somebody]) -> dict[str, str]:
        """Let people ask again with the key that they used, and return the receipts that they are given."""
        given: dict[str, str] = {}

        async def again(person: Somebody) -> None:
            told: Told = await self._caller.submit(self._asked, by=person, key=self._notes.keys[person.name])
            assert told.codes == []
            given[person.name] = told.receipt

        people = list(people)
        async with asyncio.timeout(PATIENCE):
            for n in range(0, len(people), HANDS):
                await asyncio.gather(*(again(person) for person in people[n : n + HANDS]))
        return given


def kill(victims: Victims, installation: Installation, served: Served) -> None:
    """Kill by id, with no warning; a process that went with the other is as good as killed."""
    numbers = {"hub": served.process.pid, "database": installation.postmaster()}
    for victim in victims:
        with suppress(ProcessLookupError):
            os.kill(numbers[victim], signal.SIGKILL)


async def killed_in_the_middle(
    installation: Installation, served: Served, victims: Victims, *, submissions: int, after: int
) -> None:
    """Let so many people submit, kill when so many were given a receipt, and look at what is left."""
    async with talking(installation.settings, installation.url) as hub:
        asked = await a_question_to_all(hub)
        people = await a_crowd(hub, submissions)
        before = (await states(hub)).get("accepted", 0)
    notes = Notes()
    async with calling(served.graphql) as caller:
        crowd = Crowd(caller, asked, notes)
        submitting = asyncio.create_task(crowd.submit(people))
        await crowd.acknowledged(after)
        assert not submitting.done(), "It was over before anything was killed"
        if "hub" in victims:
            crowd.somebody_there.clear()
        kill(victims, installation, served)
        if "hub" in victims:
            served.process.wait()
            await asyncio.to_thread(served.start_again)
            crowd.somebody_there.set()
        await submitting
        await asyncio.to_thread(served.wait_until_ready)

        async with talking(installation.settings, installation.url) as hub:
            rows = await hub.rows(
                "SELECT code, state::text FROM receipt JOIN response ON response.id = response_id "
                "WHERE consultation_id = :id",
                id=asked.id,
            )
            kept = {row["code"]: row["state"] for row in rows}
            lost = [name for name, code in notes.receipts.items() if kept.get(code) != "accepted"]
            assert lost == [], f"{len(lost)} receipts of {len(notes.receipts)} stand for nothing"
            assert len(notes.receipts) <= len(kept) <= len(notes.receipts) + len(notes.untold)
            assert await broken_laws(hub) == {}

            assert len(notes.receipts) + len(notes.untold) == submissions
            untold = [person for person in people if person.name in notes.untold]
            assert untold, "Nobody was interrupted"
            if victims == ("database",):
                # The hub itself goes on: it answers everybody, in its own form, that something failed on its side.
                assert set(notes.untold.values()) <= {"BUSY", "INTERNAL", "OUTCOME_UNKNOWN"}
            receipts = notes.receipts | await crowd.repeat(untold)
            told_before = random.sample([p for p in people if p.name in notes.receipts], 20)
            assert await crowd.repeat(told_before) == {p.name: notes.receipts[p.name] for p in told_before}

            assert kept.keys() <= set(receipts.values()), "A repetition made another response"
            assert len(set(receipts.values())) == submissions
            assert (await states(hub)).get("accepted", 0) == before + submissions
            assert await broken_laws(hub) == {}


ALL: tuple[Victims, ...] = (("hub",), ("database",), ("hub", "database"))


async def test_three_kills_in_the_middle_of_five_hundred_submissions(installation: Installation) -> None:
    with installation.served() as served:
        for victims, submissions in zip(ALL, (170, 170, 160), strict=True):
            await killed_in_the_middle(installation, served, victims, submissions=submissions, after=80)


@pytest.mark.nightly
async def test_twenty_kills_each_in_the_middle_of_five_hundred_submissions(installation: Installation) -> None:
    chance = random.Random(20)
    with installation.served() as served:
        for victims in islice(cycle(ALL), 20):
            after = chance.randint(20, 440)
            await killed_in_the_middle(installation, served, victims, submissions=500, after=after)
