"""A made-up hub and a reader of the pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from hub.settings import Settings
from tests.conftest import fresh_database
from tests.frontend.answering import FakeHub, reading
from tests.frontend.deciding import Decided, a_commission_that_decided
from tests.talking import Talking, talking


@pytest.fixture
def fake() -> FakeHub:
    """A hub that answers what the test says."""
    return FakeHub()


@pytest.fixture
async def reader(fake: FakeHub) -> AsyncIterator[httpx2.AsyncClient]:
    """Somebody who reads the pages."""
    async with reading(fake) as somebody:
        yield somebody


@pytest.fixture(scope="module")
async def place(template: str, data: Path) -> AsyncIterator[tuple[Talking, Decided]]:
    """One hub with a commission that decided, for the tests of a file that only read."""
    async with (
        fresh_database(template) as url,
        talking(Settings(data=data, database_url=None, keys=None), url) as opened,
    ):
        yield opened, await a_commission_that_decided(opened)


@pytest.fixture
def decided(place: tuple[Talking, Decided]) -> Decided:
    """What it decided."""
    return place[1]
