"""What a load leaves behind, and what the next one makes of it: in copies of what was loaded once."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub import clock
from hub.changes.change import Changes
from hub.consultations.timekeeping import keep_time
from hub.demonstration.loading import load
from hub.files.store import Store
from hub.importing.summary import Unwatched
from tests.conftest import fresh_database
from tests.demonstration.test_loading import CONSULTATIONS, LOADED
from tests.demonstration.visiting import NOW
from tests.importing.counting import Counting


@pytest.fixture
async def database_url(template: str, loaded: str) -> AsyncIterator[str]:
    """The address of a database with the demonstration in it."""
    async with fresh_database(template, like=loaded) as url:
        yield url


@pytest.fixture
def store(data: Path) -> Store:
    """Where its papers are."""
    return Store(data)


async def test_everything_is_said_in_spanish_and_in_english(counting: Counting) -> None:
    for table, column in (("question", "title"), ("option", "label"), ("section", "title")):
        missing = await counting.value(
            f"SELECT count(*) FROM {table} WHERE NOT {column} -> 'translations' ?& ARRAY['es', 'en']"
        )
        # The statements of the imported conversation are in the words of those who made them.
        assert missing == (71 if table == "question" else 0)


async def test_a_second_load_makes_nothing_but_tokens(changes: Changes, store: Store, counting: Counting) -> None:
    before = await counting.everything()
    with clock.stopped_at(NOW):
        await load(changes, store, progress=Unwatched())
    after = await counting.everything()
    assert {name: after[name] - count for name, count in before.items() if after[name] != count} == {
        "token": 3,
        "sign_in": 1,
        "event": 4,
        "log": 4,
    }


async def test_when_the_open_consultation_has_closed_a_new_one_is_open(
    changes: Changes, store: Store, counting: Counting
) -> None:
    later = NOW + dt.timedelta(days=60)
    with clock.stopped_at(later):
        await keep_time(changes)
        shown = await load(changes, store, progress=Unwatched())
    assert await counting.rows(CONSULTATIONS) == [
        *LOADED[:3],
        ("closed", *LOADED[3][1:]),
        ("open", "CGATP/CONSULTA/2027/001", "demonstration:consultation:services:2027-01-16", 48),
    ]
    assert shown.closes_at > later


async def test_answers_hang_together(counting: Counting) -> None:
    shares = dict(
        await counting.rows(
            "SELECT c.option_code, count(*)::int FROM answer_choice c JOIN question q USING (lineage_id) "
            "WHERE q.code = 'nombres' GROUP BY 1"
        )
    )
    assert sum(shares.values()) == 384
    assert shares["si"] > 2 * shares["no"]
    assert await counting.value(
        "SELECT count(*) FROM response WHERE participation_id IS NOT NULL AND channel = 'demonstration'"
    ) == await counting.value("SELECT count(*) FROM receipt")
