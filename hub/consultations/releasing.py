"""Releasing results."""

from __future__ import annotations

from hub.changes.change import Change
from hub.consultations.models import Consultation


async def first_release(change: Change, consultation: Consultation) -> bool:
    """Publish the protected results of a consultation for the first time."""
    return False
