"""A hub in which nothing is written, for many requests; and one that serves with two processes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from hub.settings import Settings
from tests.conftest import fresh_database
from tests.journeys.commands import no_more_commands
from tests.journeys.installation import Installation, Served, a_home, free_port
from tests.talking import Talking, talking

DOCUMENTS = Path(__file__).parent / "documents"


@pytest.fixture(scope="module")
async def quiet_url(template: str) -> AsyncIterator[str]:
    """The address of a database with nothing in it, for a file of tests."""
    async with fresh_database(template) as url:
        yield url


@pytest.fixture(scope="module")
async def quiet(quiet_url: str, data: Path) -> AsyncIterator[Talking]:
    """A hub that many requests are sent to, none of which leaves anything behind."""
    async with talking(Settings(data=data, database_url=None, keys=None), quiet_url) as hub:
        yield hub


@pytest.fixture(scope="module")
def installation(quiet_url: str) -> Iterator[Installation]:
    """An installation on that database which logs for machines, shows figures and knows documents."""
    with a_home() as home:
        environment = {
            "HUB_DATABASE_URL": quiet_url,
            "HUB_LOG_FORMAT": "json",
            "HUB_METRICS": f"127.0.0.1:{free_port()}",
            "HUB_DOCUMENTS": str(DOCUMENTS),
        }
        made = Installation(home / "data", **environment)
        made.said("keys", "create")
        yield made
    no_more_commands()


@pytest.fixture(scope="module")
def live(installation: Installation) -> Iterator[Served]:
    """A hub that serves with two processes."""
    with installation.served("--workers", "2") as served:
        yield served
