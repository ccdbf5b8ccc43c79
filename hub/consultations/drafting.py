"""Drafting a consultation: its mandate, its timetable and the first wording of its questionnaire."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import delete, insert, select

from hub.bodies.models import Body
from hub.changes.change import Change
from hub.consultations.checking import checked
from hub.consultations.consents import notice_hash
from hub.consultations.drafts import ConsultationDraft
from hub.consultations.events import ConsultationCreated, ConsultationEdited
from hub.consultations.lifecycles import CONSULTATION_LIFE
from hub.consultations.models import Consultation, ConsultationKind, ConsultationState, consultation_territory
from hub.consultations.noticing import set_closing
from hub.consultations.questionnaire_models import QuestionnaireRevision, RevisionState
from hub.consultations.questionnaires import rewrite_revision, write_revision
from hub.consultations.rules import ConsultationFacts, may_create, may_edit
from hub.consultations.unfinished import mistakes
from hub.database.base import uuid7
from hub.errors import Invalid, Problem, require
from hub.mandates.models import Mandate, MandateKind, MandateState
from hub.mandates.ordering import give_up, ordered_mandate, propose, reword
from hub.people.models import Territory
from hub.register.models import CreatedVia, EntryKind, EntryVisibility
from hub.register.registering import register, searchable
from hub.register.rewriting import entry_as_read, renew
from hub.timetables.zones import Declared, instant_of

SAID = (
    "title",
    "purpose",
    "scope",
    "privacy_notice",
    "attribution",
    "source_language",
    "identity_policy",
    "assurance",
    "anonymity",
    "results_policy",
    "responses_each",
    "network_limit",
    "smallest_cell",
    "grace_seconds",
    "late_days",
)
"""What a draft says of the consultation by the same names as the table."""


async def create(
    change: Change,
    draft: ConsultationDraft,
    *,
    body_id: UUID,
    unfinished: bool = False,
    via: CreatedVia = CreatedVia.API,
) -> Consultation:
    """Write a draft that the body's staff sees; everything wrong with it is told at once.

    With `unfinished` it may still lack what publishing asks for.
    """
    require(may_create(change.viewer, body_id=body_id))
    await change.find(Body, body_id)
    await _require_sound(change, draft, unfinished=unfinished)
    mandate = await _order(change, draft, body_id=body_id, via=via)
    consultation = Consultation(
        id=uuid7(),
        mandate_id=mandate.id,
        body_id=body_id,
        kind=ConsultationKind.QUESTIONNAIRE,
        created_at=change.at,
    )
    _put(consultation, draft)
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
    await _locate(change, consultation.id, draft)
    await write_revision(change, consultation.id, draft.sections)
    change.results["consultation"] = str(consultation.id)
    return consultation


async def edit(
    change: Change,
    consultation_id: UUID,
    draft: ConsultationDraft,
    *,
    unfinished: bool = False,
    based_on: dt.datetime | None = None,
) -> Consultation:
    """Write a draft anew, all of it; nobody but the staff has seen the former one.

    `based_on` is when the edition that the writer had before them was written, so that nobody undoes what they have
    not read.
    """
    consultation = await change.take(Consultation, consultation_id)
    require(may_edit(change.viewer, ConsultationFacts.of(consultation, now=change.at)))
    entry = await entry_as_read(change, consultation.id, based_on)
    await _require_sound(change, draft, unfinished=unfinished)
    await _rest(change, consultation, draft)
    _put(consultation, draft)
    renew(change, entry)
    entry.title, entry.search = draft.title, searchable([draft.title, draft.purpose, draft.scope])
    edited = ConsultationEdited(consultation_id=consultation.id)
    if consultation.state is ConsultationState.CHECKED:
        await change.move(consultation, CONSULTATION_LIFE, "rework", edited)
    else:
        change.record(edited)
    await change.session.execute(delete(consultation_territory).filter_by(consultation_id=consultation.id))
    await _locate(change, consultation.id, draft)
    found = select(QuestionnaireRevision).filter_by(consultation_id=consultation.id, state=RevisionState.DRAFT)
    await rewrite_revision(change, (await change.session.execute(found)).scalar_one(), draft.sections)
    change.results["consultation"] = str(consultation.id)
    return consultation


async def _order(
    change: Change, draft: ConsultationDraft, *, body_id: UUID, via: CreatedVia = CreatedVia.API
) -> Mandate:
    """Return the mandate on which a draft rests: one that was ordered before, or one that is proposed with it."""
    if draft.mandate_id is not None:
        return await ordered_mandate(change, draft.mandate_id, body_id=body_id, kind=MandateKind.CONSULTATION)
    if draft.own_initiative is None:
        raise AssertionError("The check has found that there is one or the other.")
    return await propose(
        change,
        draft.own_initiative,
        kind=MandateKind.CONSULTATION,
        title=draft.title,
        body_id=body_id,
        via=via,
    )


async def _rest(change: Change, consultation: Consultation, draft: ConsultationDraft) -> None:
    """Let a draft rest on what it now names; a mandate that was proposed for it alone is written anew or given up."""
    if draft.mandate_id == consultation.mandate_id or consultation.body_id is None:
        return
    mandate = await change.take(Mandate, consultation.mandate_id)
    proposed = mandate.state is MandateState.PROPOSED
    if draft.own_initiative is not None and proposed:
        await reword(change, mandate, draft.own_initiative, title=draft.title)
        return
    other = await _order(change, draft, body_id=consultation.body_id)
    consultation.mandate_id = other.id
    if proposed:
        await give_up(change, mandate)


async def _require_sound(change: Change, draft: ConsultationDraft, *, unfinished: bool) -> None:
    found = [*await checked(draft, at=change.at), *await _unknown_territories(change, draft)]
    problems = mistakes(found) if unfinished else found
    if problems:
        raise Invalid(problems)


def _put(consultation: Consultation, draft: ConsultationDraft) -> None:
    for name in SAID:
        setattr(consultation, name, getattr(draft, name))
    consultation.notice_hash = notice_hash(draft.privacy_notice)
    consultation.opens_local, consultation.zone = draft.opening.local, draft.opening.zone
    consultation.opens_at = declared_instant(draft.opening)
    set_closing(consultation, draft.closing, declared_instant(draft.closing))


def declared_instant(declared: Declared) -> dt.datetime:
    """Return the instant of a declared time that was checked before."""
    found = instant_of(declared)
    if isinstance(found, Problem):
        raise Invalid([found])
    return found


async def _locate(change: Change, consultation_id: UUID, draft: ConsultationDraft) -> None:
    ids = dict.fromkeys(draft.territory_ids)
    if ids:
        places = [{"consultation_id": consultation_id, "territory_id": id_} for id_ in ids]
        await change.session.execute(insert(consultation_territory), places)


async def _unknown_territories(change: Change, draft: ConsultationDraft) -> list[Problem]:
    if not draft.territory_ids:
        return []
    known = await change.session.scalars(select(Territory.id).where(Territory.id.in_(draft.territory_ids)))
    missing = set(draft.territory_ids) - set(known)
    unread = {fault.path for fault in draft.faults}
    paths = ((("territoryIds", str(n)), id_) for n, id_ in enumerate(draft.territory_ids))
    return [Problem("UNKNOWN_TERRITORY", path) for path, id_ in paths if id_ in missing and path not in unread]
