"""Delivering what a mandate asks for: something that everybody can read, by name."""

from __future__ import annotations

from uuid import UUID

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import WrongState, require
from hub.files.models import Document, DocumentSight
from hub.instruments.models import Instrument
from hub.mandates.duty_models import Deliverable
from hub.mandates.events import MandateDelivered
from hub.mandates.facts import facts_of
from hub.mandates.models import MANDATE_LIFE, Mandate, MandateState
from hub.mandates.rules import may_carry_out, may_deliver
from hub.register.models import Entry, EntryVisibility


async def deliver(
    change: Change, mandate_id: UUID, *, instrument_id: UUID | None = None, document_id: UUID | None = None
) -> Mandate:
    """Deliver a work by an instrument or by a document, which must be public.

    A consultation and a study that carry a mandate out deliver it by themselves.
    """
    mandate = await change.take(Mandate, mandate_id)
    require(may_deliver(change.viewer, await facts_of(change, mandate)))
    if instrument_id is not None:
        await change.find(Instrument, instrument_id)
        await _require_public(change, instrument_id)
    elif document_id is not None:
        document = await change.find(Document, document_id)
        if document.sight is not DocumentSight.PUBLIC or document.withdrawn_at is not None:
            raise WrongState("DELIVERABLE_NOT_PUBLIC")
        await _require_public(change, document.entry_id)
    else:
        raise WrongState("DELIVERABLE_MISSING")
    await _delivered(change, mandate, entry_id=instrument_id, document_id=document_id)
    return mandate


async def deliver_with(change: Change, mandate_id: UUID, *, record_id: UUID, body_id: UUID | None) -> None:
    """Deliver a mandate by the public record of a body that carried it out.

    What is over, or was given to somebody else meanwhile, stays as it is: the record was published in any case.
    """
    mandate = await change.session.get_one(Mandate, mandate_id, with_for_update={"key_share": True})
    if mandate.state is MandateState.IN_PROGRESS and may_carry_out(mandate, body_id=body_id) is True:
        await _require_public(change, record_id)
        await _delivered(change, mandate, entry_id=record_id)


async def _delivered(
    change: Change, mandate: Mandate, *, entry_id: UUID | None = None, document_id: UUID | None = None
) -> None:
    deliverable = Deliverable(
        id=uuid7(), mandate_id=mandate.id, entry_id=entry_id, document_id=document_id, delivered_at=change.at
    )
    await change.add(deliverable)
    mandate.delivered_at = change.at
    delivered = MandateDelivered(mandate_id=mandate.id, deliverable_id=deliverable.id)
    await change.move(mandate, MANDATE_LIFE, "deliver", delivered)
    (await change.session.get_one(Entry, mandate.id)).updated_at = change.at
    change.results["mandate"] = str(mandate.id)


async def _require_public(change: Change, entry_id: UUID) -> None:
    entry = await change.session.get_one(Entry, entry_id)
    if entry.visibility is not EntryVisibility.PUBLIC or entry.hidden_at is not None or entry.withdrawn_at is not None:
        raise WrongState("DELIVERABLE_NOT_PUBLIC")
