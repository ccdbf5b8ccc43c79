"""Ordering a work: proposed, ordered by own initiative with a published reason, taken on, begun.

Whoever drafts a work proposes its mandate; the coordinator orders it in the change that publishes the work. A work may
rest on a mandate that was ordered before, by an instrument for example: then it is only taken on and begun.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import WrongState, require
from hub.instruments.drafts import NOBODY_ELSE, Responsible
from hub.mandates.duty_models import MandateNoticeKind
from hub.mandates.events import (
    MandateAccepted,
    MandateCancelled,
    MandateOrdered,
    MandateProposed,
    MandateReworded,
    MandateStarted,
)
from hub.mandates.models import MANDATE_LIFE, Mandate, MandateKind, MandateOrigin, MandateState
from hub.mandates.notices import note
from hub.mandates.rules import may_carry_out, may_order, may_propose
from hub.register.models import CreatedVia, Entry, EntryKind, EntryVisibility
from hub.register.registering import register, searchable
from hub.register.rewriting import renew
from hub.text import LocalizedText


@dataclass(frozen=True, kw_only=True)
class OwnInitiative:
    """Why a work is ordered without an instrument, and what it is to find out by when."""

    reason: LocalizedText
    question: LocalizedText | None = None
    due_on: dt.date | None = None
    budget_note: LocalizedText | None = None
    responsible: Responsible = NOBODY_ELSE


async def propose(
    change: Change,
    initiative: OwnInitiative,
    *,
    kind: MandateKind,
    title: LocalizedText,
    body_id: UUID | None = None,
    organization_id: UUID | None = None,
    origin: MandateOrigin = MandateOrigin.OWN_INITIATIVE,
    visibility: EntryVisibility = EntryVisibility.BODY,
    via: CreatedVia,
    imported_from: str | None = None,
) -> Mandate:
    """Propose that a work be ordered; the body's staff sees it until the work is published."""
    require(may_propose(change.viewer, body_id=body_id))
    mandate = Mandate(
        id=uuid7(),
        kind=kind,
        origin=origin,
        body_id=body_id,
        organization_id=organization_id,
        title=title,
        reason=initiative.reason,
        question=initiative.question,
        due_on=initiative.due_on,
        budget_note=initiative.budget_note,
        created_at=change.at,
        **initiative.responsible.columns(),
    )
    await register(
        change,
        mandate.id,
        EntryKind.MANDATE,
        title=title,
        texts=[initiative.reason, initiative.question],
        visibility=visibility,
        body_id=body_id,
        via=via,
        imported_from=imported_from,
    )
    await change.bear(mandate, MANDATE_LIFE, "propose", MandateProposed(mandate_id=mandate.id))
    return mandate


async def reword(change: Change, mandate: Mandate, initiative: OwnInitiative, *, title: LocalizedText) -> None:
    """Give a proposed mandate another reason, question or day; once it is ordered it stands."""
    require(may_propose(change.viewer, body_id=mandate.body_id))
    if mandate.state is not MandateState.PROPOSED:
        raise WrongState("WRONG_STATE", machine="mandate", state=mandate.state, event="propose")
    mandate.title, mandate.reason = title, initiative.reason
    mandate.question, mandate.due_on = initiative.question, initiative.due_on
    mandate.budget_note = initiative.budget_note
    for column, id_ in initiative.responsible.columns().items():
        setattr(mandate, column, id_)
    entry = await change.session.get_one(Entry, mandate.id)
    renew(change, entry)
    entry.title, entry.search = title, searchable([title, initiative.reason, initiative.question])
    await change.session.flush()
    change.record(MandateReworded(mandate_id=mandate.id))


async def give_up(change: Change, mandate: Mandate) -> None:
    """Give up a mandate that was proposed for a work which now rests on another one; nobody else has seen it."""
    require(may_propose(change.viewer, body_id=mandate.body_id))
    await change.move(mandate, MANDATE_LIFE, "cancel", MandateCancelled(mandate_id=mandate.id))


async def order(change: Change, mandate: Mandate) -> None:
    """Order the work by own initiative, for the reason that the mandate gives."""
    require(may_order(change.viewer, body_id=mandate.body_id))
    mandate.ordered_at = change.at
    await change.move(mandate, MANDATE_LIFE, "order", MandateOrdered(mandate_id=mandate.id))
    await note(change, mandate, MandateNoticeKind.ORDER)


async def start(change: Change, mandate: Mandate) -> None:
    """Take the ordered work on and begin it."""
    require(may_order(change.viewer, body_id=mandate.body_id))
    await _begin(change, mandate)


async def begin_work(change: Change, mandate: Mandate, *, body_id: UUID | None) -> None:
    """Let the work of a body begin that carries a mandate out, whichever step of it comes next.

    What only that body proposed is ordered first. Where several works carry it out, the first of them begins it.
    """
    require(may_order(change.viewer, body_id=body_id))
    require(may_carry_out(mandate, body_id=body_id))
    if mandate.state is MandateState.PROPOSED:
        await order(change, mandate)
    await _begin(change, mandate)


async def ordered_mandate(change: Change, mandate_id: UUID, *, body_id: UUID, kind: MandateKind) -> Mandate:
    """Return a mandate on which a work of this kind of a body may rest, locked against its end."""
    mandate = await change.find(Mandate, mandate_id)
    require(may_carry_out(mandate, body_id=body_id, kind=kind))
    return mandate


async def _begin(change: Change, mandate: Mandate) -> None:
    if mandate.state is MandateState.ORDERED:
        await change.move(mandate, MANDATE_LIFE, "accept", MandateAccepted(mandate_id=mandate.id))
    if mandate.state is MandateState.ACCEPTED:
        await change.move(mandate, MANDATE_LIFE, "start", MandateStarted(mandate_id=mandate.id))
