from __future__ import annotations

import asyncio
import random
import sys
from pathlib import Path

import pytest

from hub.changes.change import Changes
from hub.importing.polis import import_polis
from tests.importing.counting import Counting
from tests.importing.test_polis import counted_by_hand

FOLDER = "scoop-hivemind.biodiversity"


async def killed_after(url: str, source: Path, *, signs: int, of: str) -> None:
    """Begin an import in a process of its own and kill it with signal 9 at a sign of life."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.importing.importing_alone", url, str(source),
        stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert process.stdout is not None
    seen = 0
    while seen < signs:
        line = await process.stdout.readline()
        assert line, "the import ended before it was killed"
        seen += line.decode().strip() == of
    process.kill()
    assert await process.wait() == -9


@pytest.mark.parametrize(
    ("signs", "of", "responses"),
    [
        (5, "advance votes", False),
        (1, "begin responses", False),
        (1, "advance responses", True),
        (4, "advance responses", True),
    ],
)
async def test_a_killed_import_is_completed_by_the_next(
    changes: Changes,
    counting: Counting,
    database_url: str,
    real_data: Path,
    signs: int,
    of: str,
    responses: bool,
) -> None:
    source = real_data / "polis" / FOLDER
    await killed_after(database_url, source, signs=signs, of=of)
    assert await counting.value("SELECT count(*) FROM consultation WHERE state = 'closed'") == 0
    if responses:
        assert 0 < await counting.value("SELECT count(*)::int FROM response") < 536
    await import_polis(changes, source)
    assert await counting.tally(FOLDER) == counted_by_hand(source)
    assert await counting.value("SELECT count(*) FROM response") == 536
    assert await counting.value("SELECT count(*) FROM event WHERE type = 'ResponseSubmitted'") == 536
    assert await counting.value("SELECT state FROM consultation") == "closed"


@pytest.mark.nightly
async def test_an_import_killed_again_and_again_loses_nothing(
    changes: Changes, counting: Counting, database_url: str, real_data: Path
) -> None:
    source = real_data / "polis" / FOLDER
    moments = random.Random(7)
    for _ in range(20):
        of = moments.choice(["advance votes", "begin responses"])
        await killed_after(database_url, source, signs=moments.randrange(1, 20) if of == "advance votes" else 1, of=of)
    await import_polis(changes, source)
    assert await counting.tally(FOLDER) == counted_by_hand(source)


async def test_two_imports_at_once_leave_one_consultation(
    changes: Changes, counting: Counting, database_url: str, real_data: Path
) -> None:
    source = real_data / "polis" / "scoop-hivemind.ubi"
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.importing.importing_alone", database_url, str(source),
        stdout=asyncio.subprocess.DEVNULL, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    await import_polis(changes, source)
    assert await other.wait() == 0
    assert await counting.tally("scoop-hivemind.ubi") == counted_by_hand(source)
    assert await counting.value("SELECT count(*) FROM response") == 234
