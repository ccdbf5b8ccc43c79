"""The demonstration is tried on the same ground as the imports, with a place for its papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.files.store import Store
from tests.demonstration.visiting import loaded, visited
from tests.importing.conftest import changes, counting

__all__ = ["changes", "counting", "loaded", "visited"]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Where the papers of the demonstration are kept."""
    return Store(tmp_path)
