"""Homes and installations for the journeys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.commands import no_more_commands
from tests.journeys.installation import Installation, a_home


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder of a test's own."""
    with a_home() as folder:
        yield folder


@pytest.fixture(scope="session")
def migrated() -> Iterator[Installation]:
    """An installation that was migrated once and does not run; others are copies of it."""
    with a_home() as folder:
        made = Installation(folder / "data")
        made.said("migrate")
        made.said("keys", "create")
        yield made


@pytest.fixture(scope="session", autouse=True)
def no_process_is_left() -> Iterator[None]:
    """Whatever ran commands ends with the tests."""
    yield
    no_more_commands()


@pytest.fixture
def installation(migrated: Installation, home: Path) -> Installation:
    """An installation of a test's own, with the newest schema and nothing in it."""
    return migrated.copied_to(home / "data")
