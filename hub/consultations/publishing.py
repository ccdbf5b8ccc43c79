"""Publishing a consultation: checked, scheduled, given its folio, its questionnaire fixed for good.

The mandate is ordered and begun in the same change, so that the reason is public with the work that it
orders.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.consultations.checking import checked
from hub.consultations.drafting import SAID, declared_instant
from hub.consultations.drafts import ConsultationDraft
from hub.consultations.events import ConsultationChecked, ConsultationScheduled
from hub.consultations.lifecycles import CONSULTATION_LIFE
from hub.consultations.models import Consultation, ConsultationState
from hub.consultations.noticing import open_notice, set_closing
from hub.consultations.pseudonyms import new_key
from hub.consultations.questionnaire_models import QuestionnaireRevision, RevisionState
from hub.consultations.questionnaires import publish_revision, read_revision, sections_of
from hub.consultations.rules import ConsultationFacts, may_edit, may_publish
from hub.errors import Invalid, Problem, require
from hub.mandates.models import Mandate, MandateState
from hub.mandates.ordering import OwnInitiative, begin_work
from hub.people.models import DatedName
from hub.people.naming import name_on
from hub.register.models import Entry
from hub.register.registering import publish as publish_entry
from hub.timetables.zones import Declared, day_in

CONSULTATION_SERIES = "CONSULTA"
MANDATE_SERIES = "MANDATO"

ANSWERED_WITHIN = dt.timedelta(weeks=12)
"""How long after the closing the people are owed an answer, where neither the act nor the mandate names a day."""


async def publish(change: Change, consultation_id: UUID, *, answer_due_on: dt.date | None = None) -> Consultation:
    """Check a draft and schedule it; everything that is still wrong with it is told at once."""
    consultation = await change.take(Consultation, consultation_id)
    require(may_publish(change.viewer, ConsultationFacts.of(consultation, now=change.at)))
    mandate = await change.take(Mandate, consultation.mandate_id)
    revision = await _draft_revision(change, consultation)
    await _require_complete(change, drafted(consultation, mandate, revision))
    _fix_timetable(consultation)
    _fix_answer_day(consultation, mandate, answer_due_on)
    if consultation.state is ConsultationState.DRAFT:
        complete = ConsultationChecked(consultation_id=consultation.id)
        await change.move(consultation, CONSULTATION_LIFE, "check", complete)
    scheduled = ConsultationScheduled(
        consultation_id=consultation.id,
        mandate_id=mandate.id,
        opens_at=consultation.opens_at,
        closes_at=consultation.closes_at,
    )
    await change.move(consultation, CONSULTATION_LIFE, "schedule", scheduled)
    await publish_revision(change, revision)
    await begin_work(change, mandate, body_id=consultation.body_id)
    await _enter(change, consultation)
    await open_notice(change, consultation)
    await change.add(new_key(change.keys, consultation.id))
    change.results["consultation"] = str(consultation.id)
    return consultation


async def check_draft(change: Change, consultation_id: UUID) -> None:
    """Tell everything that still keeps a draft from being published, at once, and change nothing."""
    consultation = await change.find(Consultation, consultation_id)
    require(may_edit(change.viewer, ConsultationFacts.of(consultation, now=change.at)))
    mandate = await change.find(Mandate, consultation.mandate_id)
    revision = await _draft_revision(change, consultation)
    await _require_complete(change, drafted(consultation, mandate, revision))


async def _require_complete(change: Change, draft: ConsultationDraft) -> None:
    problems = await checked(draft, at=change.at)
    if problems:
        raise Invalid(problems)


async def _draft_revision(change: Change, consultation: Consultation) -> QuestionnaireRevision:
    own = select(QuestionnaireRevision.id).filter_by(consultation_id=consultation.id, state=RevisionState.DRAFT)
    return await read_revision(change.session, (await change.session.execute(own)).scalar_one())


def drafted(consultation: Consultation, mandate: Mandate, revision: QuestionnaireRevision) -> ConsultationDraft:
    """Return what a stored draft says in the form in which it is checked."""
    return ConsultationDraft(
        **{name: getattr(consultation, name) for name in SAID},
        opening=Declared(consultation.opens_local, consultation.zone),
        closing=Declared(consultation.closes_local, consultation.zone),
        **_rests_on(mandate),
        sections=sections_of(revision),
    )


def _rests_on(mandate: Mandate) -> dict[str, Any]:
    """What was ordered before has its own words in its own languages, which the draft does not answer for."""
    if mandate.state is not MandateState.PROPOSED:
        return {"mandate_id": mandate.id}
    own = OwnInitiative(reason=mandate.reason, question=mandate.question, due_on=mandate.due_on)
    return {"own_initiative": own}


def _fix_timetable(consultation: Consultation) -> None:
    # The declaration is what counts: the rules of its zone may have changed since the draft was written.
    closing = Declared(consultation.closes_local, consultation.zone)
    consultation.opens_at = declared_instant(Declared(consultation.opens_local, consultation.zone))
    set_closing(consultation, closing, declared_instant(closing))


def _fix_answer_day(consultation: Consultation, mandate: Mandate, named: dt.date | None) -> None:
    """Say from the start until when those who answer are to know what came of it: after the closing, in any case."""
    closing = consultation.closes_local.date()
    if named is not None and named <= closing:
        raise Invalid([Problem("ANSWER_DUE_TOO_EARLY", ("answerDueOn",), {"closes": closing})])
    ordered = mandate.due_on if mandate.due_on is not None and mandate.due_on > closing else None
    consultation.answer_due_on = named or ordered or closing + ANSWERED_WITHIN


async def _enter(change: Change, consultation: Consultation) -> None:
    day = day_in(change.at, consultation.zone)
    names = await change.session.scalars(select(DatedName).filter_by(entry_id=consultation.body_id))
    name = name_on(names, day)
    series = {consultation.mandate_id: MANDATE_SERIES, consultation.id: CONSULTATION_SERIES}
    for id_, kind in series.items():
        entry = await change.session.get_one(Entry, id_)
        acronym = name.acronym if name else None
        await publish_entry(change, entry, series=kind, acronym=acronym, zone_today=day)
