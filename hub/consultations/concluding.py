"""Concluding a consultation: its analysis begins, its findings are published, it is answered, it is put by."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.changes.event import Code
from hub.consultations.coverage import aftermath_of
from hub.consultations.lifecycles import CONSULTATION_LIFE
from hub.consultations.models import Consultation
from hub.consultations.report_events import (
    AnalysisStarted,
    ConsultationAnswered,
    ConsultationArchived,
    FindingsPublished,
)
from hub.consultations.report_models import ConsultationReport, ReportState
from hub.consultations.report_rules import (
    may_answer_consultation,
    may_archive,
    may_publish_findings,
    may_start_analysis,
)
from hub.consultations.reporting import publish_version
from hub.consultations.rules import ConsultationFacts
from hub.errors import require
from hub.mandates.delivering import deliver_with
from hub.register.models import Entry


async def start_analysis(change: Change, consultation_id: UUID) -> Consultation:
    """Begin to work on what people answered, once it is counted."""
    consultation = await change.take(Consultation, consultation_id)
    after = await aftermath_of(change, consultation_id)
    require(may_start_analysis(change.viewer, ConsultationFacts.of(consultation, now=change.at), after))
    started = AnalysisStarted(consultation_id=consultation.id)
    await change.move(consultation, CONSULTATION_LIFE, "start_analysis", started)
    return await told(change, consultation)


async def publish_findings(change: Change, consultation_id: UUID) -> Consultation:
    """Publish the approved report, with the released data that it speaks of: from now on those stay as they are."""
    consultation = await change.take(Consultation, consultation_id)
    after = await aftermath_of(change, consultation_id)
    require(may_publish_findings(change.viewer, ConsultationFacts.of(consultation, now=change.at), after))
    waiting = select(ConsultationReport).filter_by(consultation_id=consultation_id, state=ReportState.APPROVED)
    report = (await change.session.scalars(waiting.with_for_update())).one()
    snapshot = await publish_version(change, report)
    published = FindingsPublished(
        consultation_id=consultation.id,
        report_id=report.id,
        release_id=snapshot.release.id,
        snapshot_hash=Code(snapshot.hash),
    )
    await change.move(consultation, CONSULTATION_LIFE, "publish_findings", published)
    change.results["report"] = str(report.id)
    return await told(change, consultation)


async def answer_consultation(change: Change, consultation_id: UUID) -> Consultation:
    """Declare a consultation answered: every question that took an answer has a published statement.

    With that the mandate is delivered which the consultation carries out.
    """
    consultation = await change.take(Consultation, consultation_id)
    after = await aftermath_of(change, consultation_id)
    require(may_answer_consultation(change.viewer, ConsultationFacts.of(consultation, now=change.at), after))
    consultation.answered_at = change.at
    answered = ConsultationAnswered(consultation_id=consultation.id)
    await change.move(consultation, CONSULTATION_LIFE, "answer", answered)
    await deliver_with(change, consultation.mandate_id, record_id=consultation.id, body_id=consultation.body_id)
    return await told(change, consultation)


async def archive(change: Change, consultation_id: UUID) -> Consultation:
    """Put by a consultation that was answered; what was said of it may still be corrected, openly."""
    consultation = await change.take(Consultation, consultation_id)
    require(may_archive(change.viewer, ConsultationFacts.of(consultation, now=change.at)))
    archived = ConsultationArchived(consultation_id=consultation.id)
    await change.move(consultation, CONSULTATION_LIFE, "archive", archived)
    return await told(change, consultation)


async def told(change: Change, consultation: Consultation) -> Consultation:
    """Let the register know that the public record has changed, and the payload which one it is."""
    entry = await change.session.get_one(Entry, consultation.id)
    entry.updated_at = change.at
    await change.session.flush()
    change.results["consultation"] = str(consultation.id)
    return consultation
