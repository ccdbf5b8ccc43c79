"""Homes and installations for what has to be killed; `tests/conftest.py` has the databases."""

from __future__ import annotations

from tests.journeys.conftest import home, installation, migrated, no_process_is_left

__all__ = ["home", "installation", "migrated", "no_process_is_left"]
