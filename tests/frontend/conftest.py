"""A made-up hub and a reader of the pages."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2
import pytest

from tests.frontend.answering import FakeHub, reading


@pytest.fixture
def fake() -> FakeHub:
    """A hub that answers what the test says."""
    return FakeHub()


@pytest.fixture
async def reader(fake: FakeHub) -> AsyncIterator[httpx2.AsyncClient]:
    """Somebody who reads the pages."""
    async with reading(fake) as somebody:
        yield somebody
