"""What the tests of the imports stand on: a database of their own, a way to write, and the real sources."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

import hub.models  # noqa: F401 - the mapper must know every table
from hub.changes.change import Changes
from hub.database.engine import write_engine
from hub.keys import Keyring
from tests.importing.counting import Counting


@asynccontextmanager
async def changing(url: str) -> AsyncIterator[Changes]:
    """A way to write into a database, always with the same keys."""
    engine = write_engine(url, size=2, patient=True)
    yield Changes(engine, Keyring({1: bytes(32)}, 1))
    await engine.dispose()


@pytest.fixture
async def changes(database_url: str) -> AsyncIterator[Changes]:
    async with changing(database_url) as opened:
        yield opened


@pytest.fixture
async def counting(database_url: str) -> AsyncIterator[Counting]:
    connection = await asyncpg.connect(database_url)
    yield Counting(connection)
    await connection.close()


@pytest.fixture(scope="session")
def real_data(test_data: Path) -> Path:
    """The large real sources."""
    return test_data
