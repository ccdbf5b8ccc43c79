"""What happens to the bodies that order, ask and decide."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Event


@dataclass(frozen=True, kw_only=True)
class BodyRegistered(Event):
    """A body entered the register."""

    entity = "body_id"
    entry = "body_id"
    public = frozenset({"body_id"})

    body_id: UUID
