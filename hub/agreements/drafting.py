"""Drafting an agreement: a body writes it with its parties and what each promises, and anew until all have signed."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import delete, select

from hub.agreements.drafts import AgreementDraft, require_sound
from hub.agreements.events import AgreementDrafted, AgreementEdited
from hub.agreements.models import AGREEMENT_LIFE, Agreement, AgreementObligation, AgreementParty
from hub.agreements.rules import may_draft_agreement, may_edit_agreement
from hub.bodies.models import Body, BodyState
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import NotFound, WrongState, require
from hub.people.models import Organization, Territory
from hub.register.models import CreatedVia, EntryKind, EntryVisibility
from hub.register.registering import register, searchable
from hub.register.rewriting import entry_as_read, renew


async def draft_agreement(
    change: Change, body_id: UUID, draft: AgreementDraft, *, via: CreatedVia = CreatedVia.API
) -> Agreement:
    """Draft what a body is to agree with others; until all have signed, those who are a party to it see it."""
    body = await change.find(Body, body_id)
    require(may_draft_agreement(change.viewer, body_id=body.id))
    if body.state is BodyState.DISSOLVED:
        raise WrongState("BODY_IS_DISSOLVED")
    await _check(change, draft, body_id=body.id)
    agreement = Agreement(id=uuid7(), body_id=body.id, created_at=change.at)
    _put(agreement, draft)
    await register(
        change,
        agreement.id,
        EntryKind.AGREEMENT,
        title=draft.title,
        texts=[draft.purpose],
        visibility=EntryVisibility.BODY,
        body_id=body.id,
        via=via,
    )
    await change.bear(agreement, AGREEMENT_LIFE, "draft_agreement", AgreementDrafted(agreement_id=agreement.id))
    await _write(change, agreement, draft)
    change.results["agreement"] = str(agreement.id)
    return agreement


async def edit_agreement(
    change: Change, agreement_id: UUID, draft: AgreementDraft, *, based_on: dt.datetime | None = None
) -> Agreement:
    """Write a draft anew, all of it; whoever had signed it has to sign it again, since it says something else."""
    agreement = await change.take(Agreement, agreement_id)
    require(may_edit_agreement(change.viewer, agreement))
    entry = await entry_as_read(change, agreement.id, based_on)
    await _check(change, draft, body_id=agreement.body_id)
    _put(agreement, draft)
    renew(change, entry)
    entry.title, entry.search = draft.title, searchable([draft.title, draft.purpose])
    for part in (AgreementObligation, AgreementParty):
        await change.session.execute(delete(part).filter_by(agreement_id=agreement.id))
    await _write(change, agreement, draft)
    change.record(AgreementEdited(agreement_id=agreement.id))
    change.results["agreement"] = str(agreement.id)
    return agreement


async def _check(change: Change, draft: AgreementDraft, *, body_id: UUID) -> None:
    require_sound(draft, body_id=body_id)
    for n, party in enumerate(draft.parties):
        for model, id_ in ((Body, party.body_id), (Organization, party.organization_id)):
            if id_ is not None and id_ != body_id:
                await _find(change, model, id_, path=("partyIds", str(n)))
    known = set((await change.session.scalars(select(Territory.id).where(Territory.id.in_(draft.territory_ids)))).all())
    for n, id_ in enumerate(draft.territory_ids):
        if id_ not in known:
            raise NotFound("NOT_FOUND", type="Territory", path=("territoryIds", str(n)))


async def _find(change: Change, model: type[Body | Organization], id_: UUID, *, path: tuple[str, ...]) -> None:
    try:
        await change.find(model, id_)
    except NotFound as refusal:
        raise NotFound(refusal.code, type=model.__name__, path=path) from None


def _put(agreement: Agreement, draft: AgreementDraft) -> None:
    agreement.title, agreement.purpose = draft.title, draft.purpose
    agreement.territory_ids = [*dict.fromkeys(draft.territory_ids)]
    agreement.in_force_from, agreement.in_force_until = draft.in_force_from, draft.in_force_until


async def _write(change: Change, agreement: Agreement, draft: AgreementDraft) -> None:
    parties = draft.all_parties(agreement.body_id)
    rows = [
        AgreementParty(id=uuid7(), agreement_id=agreement.id, position=n, recorded=False, **vars(party))
        for n, party in enumerate(parties, start=1)
    ]
    promised = [
        AgreementObligation(
            id=uuid7(),
            agreement_id=agreement.id,
            position=n,
            text=one.text,
            party_position=None if one.party is None else parties.index(one.party) + 1,
            due_on=one.due_on,
        )
        for n, one in enumerate(draft.obligations, start=1)
    ]
    await change.add(*rows, *promised)
