"""Homes and installations for the failures; `tests/conftest.py` has the databases."""

from __future__ import annotations

from tests.journeys.conftest import home, installation, migrated

__all__ = ["home", "installation", "migrated"]
