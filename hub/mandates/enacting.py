"""Enacting an instrument: once it is published, what its paragraphs order are mandates."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Problem
from hub.instruments.annulling import annul_adopted
from hub.instruments.effect_models import InstrumentOrder
from hub.instruments.models import Instrument
from hub.instruments.publishing import Publication, publish_signed
from hub.mandates.duty_models import MandateNoticeKind
from hub.mandates.events import MandateCancelled, MandateOrdered, MandateProposed
from hub.mandates.models import MANDATE_LIFE, Mandate, MandateOrigin, MandateState
from hub.mandates.notices import note, publish_mandate
from hub.register.models import CreatedVia, Entry, EntryKind, EntryVisibility
from hub.register.registering import register
from hub.text import LocalizedText

NOT_BEGUN = (MandateState.ORDERED, MandateState.ACCEPTED)


async def publish_instrument(change: Change, instrument_id: UUID, publication: Publication) -> Instrument:
    """Publish an instrument and order what its paragraphs order, each with the paragraph as its reason."""
    instrument, wording = await publish_signed(change, instrument_id, publication)
    paragraphs = {section.code: section.text for section in wording.sections}
    for order in wording.orders:
        await _order(change, instrument, order, paragraphs[order.paragraph])
    return instrument


async def _order(change: Change, instrument: Instrument, order: InstrumentOrder, paragraph: LocalizedText) -> None:
    mandate = Mandate(
        id=uuid7(),
        kind=order.kind,
        origin=MandateOrigin.INSTRUMENT,
        body_id=instrument.body_id,
        instrument_id=instrument.id,
        paragraph=order.paragraph,
        title=order.title,
        reason=paragraph,
        question=order.question,
        budget_note=order.budget_note,
        due_on=order.due_on,
        responsible_body_id=order.responsible_body_id,
        responsible_organization_id=order.responsible_organization_id,
        responsible_membership_id=order.responsible_membership_id,
        ordered_at=change.at,
        created_at=change.at,
    )
    await register(
        change,
        mandate.id,
        EntryKind.MANDATE,
        title=order.title,
        texts=[paragraph, order.question],
        visibility=EntryVisibility.BODY,
        body_id=instrument.body_id,
        via=CreatedVia.API,
    )
    await change.bear(mandate, MANDATE_LIFE, "propose", MandateProposed(mandate_id=mandate.id))
    await change.move(mandate, MANDATE_LIFE, "order", MandateOrdered(mandate_id=mandate.id))
    await publish_mandate(change, mandate)
    await note(change, mandate, MandateNoticeKind.ORDER)


async def annul_instrument(
    change: Change, instrument_id: UUID, *, reason: LocalizedText, faults: tuple[Problem, ...] = ()
) -> Instrument:
    """Annul an instrument, and cancel what it ordered and nobody has begun; what is under way goes on."""
    instrument = await annul_adopted(change, instrument_id, reason=reason, faults=faults)
    ordered = select(Mandate).where(Mandate.instrument_id == instrument.id, Mandate.state.in_(NOT_BEGUN))
    for mandate in await change.session.scalars(ordered.order_by(Mandate.id).with_for_update()):
        mandate.closing_reason = reason
        (await change.session.get_one(Entry, mandate.id)).updated_at = change.at
        await change.move(mandate, MANDATE_LIFE, "cancel", MandateCancelled(mandate_id=mandate.id))
    return instrument
