"""Drafting a consultation: its mandate, its timetable and the first wording of its questionnaire."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import insert, select

from hub.bodies.models import Body
from hub.changes.change import Change
from hub.consultations.checking import check
from hub.consultations.drafts import ConsultationDraft
from hub.consultations.events import ConsultationCreated
from hub.consultations.lifecycles import CONSULTATION_LIFE
from hub.consultations.models import Consultation, ConsultationKind, IdentityPolicy, consultation_territory
from hub.consultations.questionnaires import write_revision
from hub.consultations.rules import may_create
from hub.database.base import uuid7
from hub.errors import Invalid, Problem, require
from hub.mandates.models import Mandate, MandateKind
from hub.mandates.ordering import propose
from hub.people.models import Territory
from hub.register.models import CreatedVia, EntryKind, EntryVisibility
from hub.register.registering import register
from hub.timetables.zones import Declared, instant_of


async def create(
    change: Change, draft: ConsultationDraft, *, body_id: UUID, via: CreatedVia = CreatedVia.API
) -> Consultation:
    """Write a draft that the body's staff sees; everything wrong with it is told at once."""
    require(may_create(change.viewer, body_id=body_id))
    await change.find(Body, body_id)
    problems = [*check(draft, at=change.at), *await _unknown_territories(change, draft)]
    if problems:
        raise Invalid(problems)
    mandate = await propose(
        change,
        draft.own_initiative,
        kind=MandateKind.CONSULTATION,
        title=draft.title,
        body_id=body_id,
        via=via,
    )
    consultation = _consultation(draft, mandate, change.at)
    await register(
        change,
        consultation.id,
        EntryKind.CONSULTATION,
        title=draft.title,
        texts=[draft.purpose, draft.scope],
        visibility=EntryVisibility.BODY,
        body_id=body_id,
        via=via,
    )
    created = ConsultationCreated(consultation_id=consultation.id, mandate_id=mandate.id)
    await change.bear(consultation, CONSULTATION_LIFE, "create", created)
    if draft.territory_ids:
        places = [{"consultation_id": consultation.id, "territory_id": id_} for id_ in _once(draft.territory_ids)]
        await change.session.execute(insert(consultation_territory), places)
    await write_revision(change, consultation.id, draft.sections)
    change.results["consultation"] = str(consultation.id)
    return consultation


def _consultation(draft: ConsultationDraft, mandate: Mandate, at: dt.datetime) -> Consultation:
    return Consultation(
        id=uuid7(),
        mandate_id=mandate.id,
        body_id=mandate.body_id,
        kind=ConsultationKind.QUESTIONNAIRE,
        title=draft.title,
        purpose=draft.purpose,
        scope=draft.scope,
        privacy_notice=draft.privacy_notice,
        attribution=draft.attribution,
        source_language=draft.source_language,
        identity_policy=IdentityPolicy.ACCOUNT,
        results_policy=draft.results_policy,
        opens_at=declared_instant(draft.opening),
        opens_local=draft.opening.local,
        closes_at=declared_instant(draft.closing),
        closes_local=draft.closing.local,
        zone=draft.opening.zone,
        created_at=at,
    )


def declared_instant(declared: Declared) -> dt.datetime:
    """Return the instant of a declared time that was checked before."""
    found = instant_of(declared)
    if isinstance(found, Problem):
        raise Invalid([found])
    return found


def _once(ids: tuple[UUID, ...]) -> list[UUID]:
    return list(dict.fromkeys(ids))


async def _unknown_territories(change: Change, draft: ConsultationDraft) -> list[Problem]:
    if not draft.territory_ids:
        return []
    known = await change.session.scalars(select(Territory.id).where(Territory.id.in_(draft.territory_ids)))
    missing = set(draft.territory_ids) - set(known)
    places = enumerate(draft.territory_ids)
    return [Problem("UNKNOWN_TERRITORY", ("territoryIds", str(n))) for n, id_ in places if id_ in missing]
