"""Consultations lived through, from before they open until their results: kept or read anew, the answers are alike.

People answer here and elsewhere, the timekeeper does what is due, and the clock goes back and forth around each of its
instants. What any other write does is `test_interleaving.py`.
"""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

from hub.consultations.models import ResultsPolicy
from hub.consultations.timekeeping import keep_time
from hub.settings import Settings
from tests.caching.keeping import keeping, settled
from tests.caching.test_keeping import CHANGES, CONSULTATION, LIST, RESULTS, TRANSITIONS
from tests.cast import a_citizen
from tests.making.bodies import a_body
from tests.making.consultations import Asked, a_response, a_scheduled_consultation
from tests.talking import talking

NOON = dt.datetime(2026, 9, 1, 18, tzinfo=dt.UTC)
TICK = dt.timedelta(microseconds=1)
BODIES = "{ bodies { nodes { id name { text } } } }"
DOCUMENTS = (CONSULTATION, TRANSITIONS, LIST, BODIES, CHANGES, RESULTS)


def variables(query: str, asked: Asked) -> dict[str, Any] | None:
    return {"id": asked.node} if "$id" in query else None


async def test_random_writes_reads_and_clock_steps(database_url: str, data: Path) -> None:
    """At once after what was written here; after what was written elsewhere, as soon as that is known."""
    chance = random.Random(20260901)
    reading = Settings(data=data, database_url=None, keys=None, cache_bytes=0)
    async with keeping(database_url, data) as here, talking(reading, database_url) as elsewhere:
        body = await a_body(here)
        asked = [
            await a_scheduled_consultation(
                here,
                body,
                at=NOON,
                opens_at=NOON + dt.timedelta(days=days),
                results_policy=chance.choice(list(ResultsPolicy)),
            )
            for days in (1, 2, 40)
        ]
        people = [await a_citizen(here, f"Persona {number}") for number in range(25)]
        instants = sorted(
            instant + step
            for one in asked
            for instant in (one.opens_at, one.closes_at, one.closes_at + dt.timedelta(seconds=60))
            for step in (-TICK, dt.timedelta(), TICK)
        )
        at, seen = instants[0], 0
        for _ in range(160):
            act, where = chance.random(), chance.choice((here, elsewhere))
            if act < 0.2:
                at = chance.choice(instants)
            elif act < 0.4 and people:
                one, person = chance.choice(asked), people.pop()
                await a_response(where, one, person, at=one.open)
            elif act < 0.45:
                # Not beyond the first closing, which ends the keys by which people are known again.
                await keep_time(where.hub.changes, at=min(at, asked[0].open))
            if where is elsewhere and 0.2 <= act < 0.45:
                await settled(here)
            one, query = chance.choice(asked), chance.choice(DOCUMENTS)
            language = chance.choice(({}, {"accept-language": "en"}))
            with here.at(at):
                with here.counting() as statements:
                    kept = await here.answer(query, variables(query, one), headers=language)
                assert kept == await elsewhere.answer(query, variables(query, one), headers=language), (at, query)
            seen += statements == [0]
        assert seen > 20
