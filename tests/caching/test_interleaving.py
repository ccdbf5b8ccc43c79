"""Does a hub that keeps answers answer as one that keeps none? Random worlds, questions, writes and clocks.

Three hubs stand before one database: one keeps answers, one writes elsewhere, and one reads everything anew. What the
first writes itself, its answers show at once; what is written elsewhere, within two seconds, and until then they are
what they were before. Writes are of every kind that a row allows, past the activities: the triggers do not know those.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import random
import re
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from hub.changes.marks import BOUND
from hub.settings import Settings
from tests.caching.keeping import as_owner, keeping, settled
from tests.reading.operations import Generator
from tests.reading.test_differential import CHANCES, LANGUAGES, MOMENT, a_pair, left_alone, many
from tests.reading.worlds import NOW, SEEDS
from tests.talking import Somebody, Talking, talking

A_ROW = "(SELECT ctid FROM {0} ORDER BY md5(ctid::text || :salt) LIMIT 1)"
WRITES = {
    "hide or show": "UPDATE entry SET hidden_at = CASE WHEN hidden_at IS NULL THEN now() END WHERE ctid = {entry}",
    "retitle": "UPDATE entry SET title = (SELECT title FROM entry WHERE ctid = {entry}) WHERE kind = 'consultation'",
    "shift a consultation": "UPDATE consultation SET opens_at = opens_at + :span, closes_at = closes_at + :span, "
    "counted_until = counted_until + :span, late_until = late_until + :span WHERE ctid = {consultation}",
    "other purpose": "UPDATE consultation SET purpose = (SELECT purpose FROM consultation WHERE ctid = {consultation})",
    "move a consultation": "DELETE FROM consultation_territory WHERE ctid = {consultation_territory}",
    "publish an answer or not": "UPDATE answer SET published = NOT published WHERE response_id = "
    "(SELECT response_id FROM answer WHERE ctid = {answer})",
    "consent": "UPDATE response SET consent = 'not_published' WHERE ctid = {response}",
    "unchoose": "DELETE FROM answer_choice WHERE ctid = {answer_choice}",
    "rename": "UPDATE dated_name SET acronym = :salt WHERE ctid = {dated_name}",
    "name from another day on": "UPDATE dated_name SET valid_from = valid_from + 1 WHERE ctid = {dated_name}",
    "grow": "UPDATE territory SET population = coalesce(population, 0) + 1 WHERE ctid = {territory}",
    "another website": "UPDATE organization SET website = 'https://example.org/' || :salt WHERE ctid = {organization}",
    "due": "UPDATE mandate SET due_on = (:at)::date WHERE ctid = {mandate}",
    "recount": "UPDATE result_cell SET count = count + 1 WHERE ctid = {result_cell}",
    "uninvite": "DELETE FROM invitation WHERE ctid = {invitation}",
    "forget a notice": "TRUNCATE timetable_notice CASCADE",
}
QUESTIONS = 40


@dataclass
class Crowd:
    """One world, the hubs before it, and the questions that are asked of it, again and again."""

    keeping: Talking
    elsewhere: Talking
    anew: Talking
    pair: Any
    moments: list[dt.datetime]
    asked: list[tuple[str, dict[str, Any], str]] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def __repr__(self) -> str:
        """Name the world, so that a failure can be read."""
        return f"the crowd before {self.pair!r}"


@pytest.fixture(scope="module")
async def crowd(template: str, data: Path) -> AsyncIterator[Crowd]:
    """The world of this run."""
    async with AsyncExitStack() as leaving:
        pair = await a_pair(leaving, template, data, SEEDS[0])
        settings, url = Settings(data=data, database_url=None, keys=None), pair.hub.url
        keeper = await leaving.enter_async_context(keeping(url, data))
        elsewhere = await leaving.enter_async_context(talking(settings, url))
        moments = [NOW]
        for asked in pair.reference.world.consultation:
            moments += [asked.opens_at, asked.closes_at, asked.counted_until, asked.late_until]
        near = [moment for moment in moments if abs(moment - NOW) < dt.timedelta(days=900)]
        made = Crowd(keeper, elsewhere, pair.hub, pair, near)
        chance = random.Random(SEEDS[0])
        while len(made.asked) < QUESTIONS:
            made.asked += [question for question in [_question(made, chance)] if await _is_answered(made, question)]
        with left_alone():
            yield made


def _question(crowd: Crowd, chance: random.Random) -> tuple[str, dict[str, Any], str]:
    languages = chance.choice(list(LANGUAGES))
    crowd.pair.reference.look(Somebody("a visitor"), NOW, LANGUAGES[languages])
    drawn = Generator(chance, crowd.pair.reference, malformed=False).drawn()
    return drawn.text, drawn.variables, languages


async def _is_answered(crowd: Crowd, question: tuple[str, dict[str, Any], str]) -> bool:
    with crowd.anew.at(NOW):
        return "errors" not in await answered(crowd.anew, question)


async def answered(hub: Talking, question: tuple[str, dict[str, Any], str]) -> Any:
    words, variables, languages = question
    response = await hub.post(words, variables, headers={"accept-language": languages})
    answer = response.json()
    for error in answer.get("errors", []):
        error["extensions"].pop("requestId", None)
    return answer


async def write(crowd: Crowd, chance: random.Random, hub: Talking) -> str:
    """Write something by this hub; what the database refuses has changed nothing."""
    name = chance.choice(list(WRITES))
    salt = str(chance.random())
    rows = {table: A_ROW.format(table) for table in _tables()}
    span = chance.choice((-1, 1)) * chance.choice((MOMENT, dt.timedelta(hours=7), dt.timedelta(days=40)))
    known = {"salt": salt, "span": span, "at": NOW}
    statement = WRITES[name].format(**rows)
    given = {key: value for key, value in known.items() if f":{key}" in statement}
    with contextlib.suppress(DBAPIError):
        async with hub.change() as change:
            await change.session.execute(text(statement), given)
        return name
    return "refused"


def _tables() -> list[str]:
    return ["entry", "consultation", "consultation_territory", "answer", "response", "answer_choice", "dated_name",
            "territory", "organization", "mandate", "result_cell", "invitation"]  # fmt: skip


async def interleave(crowd: Crowd, chance: random.Random, steps: int = 25) -> None:
    """Take random steps, and compare after each."""
    at = NOW
    for _ in range(steps):
        step = chance.choice(("read", "read", "read", "turn the clock", "write here", "write elsewhere"))
        crowd.seen[step] += 1
        some = chance.sample(crowd.asked, 4)
        with crowd.anew.at(at):
            match step:
                case "turn the clock":
                    at = chance.choice(crowd.moments) + chance.choice((-1, 0, 0, 1)) * MOMENT
                case "write here":
                    crowd.seen[await write(crowd, chance, crowd.keeping)] += 1
                case "write elsewhere":
                    before = [await answered(crowd.anew, question) for question in some]
                    crowd.seen[await write(crowd, chance, crowd.elsewhere)] += 1
                    committed = time.monotonic()
                    after = [await answered(crowd.anew, question) for question in some]
                    for question, *either in zip(some, before, after, strict=True):
                        assert await answered(crowd.keeping, question) in either, question
                    for question, expected in zip(some, after, strict=True):
                        while await answered(crowd.keeping, question) != expected:
                            assert time.monotonic() - committed < BOUND, question
                            await asyncio.sleep(0.005)
                    # What else was kept may be as old as that: the next comparisons are of what must be new.
                    await settled(crowd.keeping)
        with crowd.anew.at(at):
            for question in some:
                assert await answered(crowd.keeping, question) == await answered(crowd.anew, question), (step, question)


@given(chance=CHANCES, number=st.just(0))
@many(5)
async def test_what_is_kept_is_what_would_be_read(crowd: Crowd, chance: random.Random, number: int) -> None:
    await interleave(crowd, chance)


@pytest.mark.nightly
@given(chance=CHANCES, number=st.just(0))
@many(300)
async def test_what_is_kept_is_what_would_be_read_for_long(crowd: Crowd, chance: random.Random, number: int) -> None:
    await interleave(crowd, chance)


async def test_a_statement_reads_no_table_that_it_does_not_depend_on(crowd: Crowd) -> None:
    """As PostgreSQL itself says it: a view or a function would hide a table from whoever only wrote the statement."""
    documents = crowd.anew.hub.executor.documents._by_meaning.values()
    operations = [operation for document in documents for operation in document.operations.values()]
    plans = [plan for operation in operations for plan in operation.plans.values()]
    assert len(plans) >= QUESTIONS
    async with as_owner(crowd.anew) as connection:
        await connection.execute("SET plan_cache_mode = force_generic_plan")
        for number, plan in enumerate(plans):
            await connection.execute(f"PREPARE asked_{number} AS {plan.sql}")
            types = await connection.fetchval(
                "SELECT cardinality(parameter_types) FROM pg_prepared_statements WHERE name = $1", f"asked_{number}"
            )
            given = f"({', '.join(['NULL'] * types)})" if types else ""
            explained = await connection.fetchval(f"EXPLAIN (FORMAT JSON) EXECUTE asked_{number}{given}")
            read = set(re.findall(r'"Relation Name": "(\w+)"', explained))
            assert read - plan.dependencies.tables == set(), plan.sql


async def test_much_was_kept_and_much_was_written(crowd: Crowd) -> None:
    """Where nothing is kept, or nothing changes, every cache is right."""
    for number in range(3):
        await interleave(crowd, random.Random(number))
    counts = crowd.keeping.hub.cache.counts
    assert counts["hit"] > 100
    assert counts["outdated"] > 20
    assert sum(crowd.seen[name] for name in WRITES) > 5
