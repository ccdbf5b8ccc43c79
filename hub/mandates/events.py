"""What happens to a mandate. It becomes public with the work that it orders: earlier steps are not."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Event


@dataclass(frozen=True, kw_only=True)
class MandateProposed(Event):
    """Somebody proposed that a work be ordered."""

    entity = "mandate_id"
    entry = "mandate_id"

    mandate_id: UUID


@dataclass(frozen=True, kw_only=True)
class MandateOrdered(Event):
    """The work was ordered: by own initiative, with a reason that is published with it."""

    entity = "mandate_id"
    entry = "mandate_id"

    mandate_id: UUID


@dataclass(frozen=True, kw_only=True)
class MandateAccepted(Event):
    """Those who are to do the work took it on, and the mandate with its reason is public."""

    entity = "mandate_id"
    entry = "mandate_id"
    public = frozenset({"mandate_id"})

    mandate_id: UUID


@dataclass(frozen=True, kw_only=True)
class MandateStarted(Event):
    """The work that the mandate orders is under way."""

    entity = "mandate_id"
    entry = "mandate_id"
    public = frozenset({"mandate_id"})

    mandate_id: UUID


@dataclass(frozen=True, kw_only=True)
class MandateReworded(Event):
    """A proposed mandate got another reason, question or day."""

    entity = "mandate_id"
    entry = "mandate_id"

    mandate_id: UUID
