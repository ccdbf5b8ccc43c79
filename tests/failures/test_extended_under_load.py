"""Many people answer through two processes while the coordinator extends: nobody is lost, nobody is there twice."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from hub.settings import Settings
from hub.timetables.zones import declared_at
from tests.cast import a_coordinator_of
from tests.conftest import fresh_database
from tests.consultations.asking import es
from tests.failures.calling import Caller, NoTelling, Told, calling
from tests.failures.crowd import a_crowd, a_question_to_all
from tests.failures.lawful import broken_laws, states
from tests.journeys.installation import Installation, Served
from tests.making.consultations import ZONE
from tests.talking import Somebody, Talking, talking

EXTENDING = """
mutation ($input: ExtendConsultationInput!) {
  act: extendConsultation(input: $input) { notice { number } errors { code path } event }
}
"""
UNTOLD = ("TIME_OUT", "TimeoutError", "BUSY", "INTERNAL", "OUTCOME_UNKNOWN")
"""How a busy machine says that it does not know whether something was done."""

HANDS = 24
"""How many people are at it at the same moment."""

PATIENCE = 900.0
"""Seconds after which the test gives up."""


@pytest.fixture(scope="module")
async def shared_url(template: str) -> AsyncIterator[str]:
    """The database that both processes serve."""
    async with fresh_database(template) as url:
        yield url


@pytest.fixture(scope="module")
def two(shared_url: str, data: Path) -> Iterator[list[Served]]:
    """Two processes of `hub serve` on one database, with one key file."""
    several = Installation(data, HUB_DATABASE_URL=shared_url, HUB_KEYS=str(data / "keys.json"))
    several.said("keys", "create")
    with ExitStack() as ending:
        processes = [several.start(wait=False) for _ in range(2)]
        for process in processes:
            ending.callback(process.end)
            ending.callback(process.process.terminate)
        for process in processes:
            process.wait_until_ready()
        yield processes


@pytest.fixture
async def hub(shared_url: str, two: list[Served], data: Path) -> AsyncIterator[Talking]:
    """A third hold on the same database, to prepare with and to look with."""
    async with talking(Settings(data=data, database_url=None, keys=None), shared_url) as opened:
        yield opened


async def answered_while_extended(hub: Talking, two: list[Served], count: int, extensions: int) -> None:
    asked = await a_question_to_all(hub)
    people, julia = await a_crowd(hub, count), await a_coordinator_of(hub, asked.body_id)
    receipts: dict[str, str] = {}
    async with asyncio.timeout(PATIENCE), calling(*(served.graphql for served in two)) as caller:

        async def one_hand(turns: Iterator[Somebody]) -> None:
            for person in turns:
                told = await until_told(caller.submit, asked, by=person, key=str(uuid4()))
                receipts[person.name] = told.receipt

        turns = iter(people)
        extending = asyncio.create_task(extend_again_and_again(caller, asked.node, asked.closes_at, julia, extensions))
        await asyncio.gather(*(one_hand(turns) for _ in range(HANDS)))
        numbers = await extending
    # The opening was the first notice, and each extension is the next one.
    assert numbers == list(range(2, extensions + 2))
    assert len(set(receipts.values())) == count
    assert await states(hub) == {"accepted": count}
    assert await broken_laws(hub) == {}
    data = await hub.ask(
        """query ($id: ID!) { node(id: $id) { ... on Consultation {
            responseCount closing { instant } notices(last: 1) { nodes { number closing { instant } } }
            revision { questions(first: 1) { nodes { tally { answered } } } } } } }""",
        {"id": asked.node},
    )
    node, (latest,) = data["node"], data["node"]["notices"]["nodes"]
    assert node["responseCount"] == node["revision"]["questions"]["nodes"][0]["tally"]["answered"] == count
    assert latest == {"number": extensions + 1, "closing": node["closing"]}


async def until_told(act: Callable[..., Awaitable[Told]], *given: Any, **known: Any) -> Told:
    """Repeat an act with its key, as a client does that heard nothing in time: it has one effect."""
    for _ in range(20):
        try:
            told = await act(*given, **known)
        except NoTelling as reason:
            if str(reason) not in UNTOLD:
                raise
        else:
            assert told.codes == []
            return told
    raise AssertionError("Nobody was told anything in twenty attempts.")


async def extend_again_and_again(
    caller: Caller, consultation: str, closes_at: dt.datetime, julia: Somebody, extensions: int
) -> list[int]:
    """Let the coordinator extend by a day each time, as fast as she is answered with a breath between."""
    numbers = []
    reason = es("Falta gente.")
    for days in range(1, extensions + 1):
        closing = declared_at(closes_at + dt.timedelta(days=days), ZONE)
        given = {
            "consultationId": consultation,
            "closing": {"declaredLocal": closing.local.isoformat(), "zone": closing.zone},
            "reason": reason,
        }
        told = await until_told(caller.act, EXTENDING, {**given, "idempotencyKey": str(uuid4())}, by=julia)
        numbers.append(told.payload["notice"]["number"])
        await asyncio.sleep(0.1)
    return numbers


async def test_four_hundred_answer_while_the_coordinator_extends(hub: Talking, two: list[Served]) -> None:
    await answered_while_extended(hub, two, 400, extensions=10)


@pytest.mark.nightly
async def test_five_thousand_answer_while_the_coordinator_extends(hub: Talking, two: list[Served]) -> None:
    await answered_while_extended(hub, two, 5_000, extensions=60)
