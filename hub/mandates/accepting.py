"""Accepting a mandate, and beginning the work: whoever is responsible does both."""

from __future__ import annotations

from uuid import UUID

from hub.changes.change import Change
from hub.errors import require
from hub.mandates.events import MandateAccepted, MandateStarted
from hub.mandates.facts import facts_of
from hub.mandates.models import MANDATE_LIFE, Mandate
from hub.mandates.rules import may_accept, may_start
from hub.register.models import Entry


async def accept(change: Change, mandate_id: UUID) -> Mandate:
    """Take an ordered work on."""
    mandate = await change.take(Mandate, mandate_id)
    require(may_accept(change.viewer, await facts_of(change, mandate)))
    return await _moved(change, mandate, "accept", MandateAccepted(mandate_id=mandate.id))


async def start_work(change: Change, mandate_id: UUID) -> Mandate:
    """Say that the work is under way; a consultation or a study that carries it out says so by itself."""
    mandate = await change.take(Mandate, mandate_id)
    require(may_start(change.viewer, await facts_of(change, mandate)))
    return await _moved(change, mandate, "start", MandateStarted(mandate_id=mandate.id))


async def _moved(change: Change, mandate: Mandate, by: str, event: MandateAccepted | MandateStarted) -> Mandate:
    await change.move(mandate, MANDATE_LIFE, by, event)
    (await change.session.get_one(Entry, mandate.id)).updated_at = change.at
    change.results["mandate"] = str(mandate.id)
    return mandate
