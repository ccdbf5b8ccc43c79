"""Reporting: analysts write how a consultation was held and what its data can say, the coordinator approves it.

The approval fixes the released data that the report speaks of, by their hash. What was published is corrected only by
another version, which says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from hub.changes.change import Change
from hub.changes.event import Code
from hub.consultations.checking import wording_problems
from hub.consultations.drafts import PROSE, Passage
from hub.consultations.lifecycles import REPORT_LIFE
from hub.consultations.models import REPORTED, Consultation, IdentityPolicy, Invitation
from hub.consultations.noticing import languages_of
from hub.consultations.report_events import (
    ReportApproved,
    ReportCorrected,
    ReportDrafted,
    ReportEdited,
    ReportPublished,
    ReportReworked,
)
from hub.consultations.report_models import ConsultationReport, ReportState
from hub.consultations.report_rules import may_approve, may_write
from hub.consultations.response_models import ResponseDraft
from hub.consultations.rules import ConsultationFacts
from hub.consultations.snapshots import Snapshot, snapshot_of
from hub.database.base import uuid7
from hub.errors import Conflict, Invalid, NotFound, Problem, Verdict, WrongState, require, without_unread
from hub.register.models import Entry
from hub.register.rewriting import require_newest
from hub.text import LocalizedText
from hub.viewer import Viewer

Rule = Callable[[Viewer, ConsultationFacts], Verdict]


@dataclass(frozen=True, kw_only=True)
class ReportWords:
    """What a report says in words."""

    method: LocalizedText
    limitations: LocalizedText | None = None
    faults: tuple[Problem, ...] = ()

    def passages(self) -> Iterator[Passage]:
        """Walk through its texts."""
        yield Passage(("method",), self.method, PROSE)
        if self.limitations is not None:
            yield Passage(("limitations",), self.limitations, PROSE)


async def draft_report(change: Change, consultation_id: UUID, words: ReportWords) -> ConsultationReport:
    """Begin the report of a consultation that is being analysed; there is one."""
    consultation = await _allowed(change, consultation_id, may_write)
    require_words(words.passages(), consultation, words.faults)
    if await change.session.scalar(select(ConsultationReport.id).filter_by(consultation_id=consultation_id).limit(1)):
        raise Conflict("REPORT_EXISTS")
    return await _begin(change, consultation, words, number=1, note=None)


async def correct_report(
    change: Change, report_id: UUID, words: ReportWords, *, note: LocalizedText
) -> ConsultationReport:
    """Begin another version of a report that was published, with what was wrong in it."""
    consultation, report = await _taken(change, report_id, may_write)
    if report.state is not ReportState.PUBLISHED:
        raise WrongState("WRONG_STATE", machine="consultation_report", state=report.state, event="correct_report")
    passages = [*words.passages(), Passage(("note",), note, PROSE)]
    require_words(passages, consultation, words.faults)
    return await _begin(change, consultation, words, number=report.number + 1, note=note)


async def edit_report(
    change: Change, report_id: UUID, words: ReportWords, *, based_on: int | None = None
) -> ConsultationReport:
    """Write a draft of the report anew."""
    consultation, report = await _taken(change, report_id, may_write)
    if report.state is not ReportState.DRAFT:
        raise WrongState("WRONG_STATE", machine="consultation_report", state=report.state, event="edit_report")
    require_newest(based_on, report.edition)
    require_words(words.passages(), consultation, words.faults)
    report.method, report.limitations = words.method, words.limitations
    report.edition += 1
    await change.session.flush()
    change.record(ReportEdited(report_id=report.id, consultation_id=consultation.id))
    return report


async def approve_report(change: Change, report_id: UUID) -> ConsultationReport:
    """Approve a draft, and fix what it counts: the released data as they are, and how many took part."""
    consultation, report = await _taken(change, report_id, may_approve)
    snapshot = await snapshot_of(change.session, consultation.id)
    report.release_id, report.snapshot_hash = snapshot.release.id, snapshot.hash
    report.response_count = snapshot.release.response_count
    report.begun_not_sent = await _counted(change, ResponseDraft, consultation.id)
    invited = consultation.identity_policy is IdentityPolicy.INVITED
    report.invitations_issued = await _counted(change, Invitation, consultation.id) if invited else None
    report.approved_at = change.at
    approved = ReportApproved(
        report_id=report.id,
        consultation_id=consultation.id,
        release_id=snapshot.release.id,
        snapshot_hash=Code(snapshot.hash),
    )
    await change.move(report, REPORT_LIFE, "approve_report", approved)
    return report


async def rework_report(change: Change, report_id: UUID) -> ConsultationReport:
    """Give an approved version back, to be written anew."""
    consultation, report = await _taken(change, report_id, may_approve)
    report.approved_at = None
    reworked = ReportReworked(report_id=report.id, consultation_id=consultation.id)
    await change.move(report, REPORT_LIFE, "rework_report", reworked)
    return report


async def publish_report(change: Change, report_id: UUID) -> ConsultationReport:
    """Publish a version that corrects the former one; the first is published with the findings."""
    consultation, report = await _taken(change, report_id, may_approve)
    if consultation.state not in REPORTED:
        raise WrongState("PUBLISHED_WITH_FINDINGS")
    published = select(ConsultationReport).filter_by(consultation_id=consultation.id, state=ReportState.PUBLISHED)
    former = (await change.session.scalars(published.with_for_update())).one()
    await publish_version(change, report)
    corrected = ReportCorrected(report_id=former.id, consultation_id=consultation.id)
    await change.move(former, REPORT_LIFE, "correct_report", corrected)
    entry = await change.session.get_one(Entry, consultation.id)
    entry.updated_at = change.at
    return report


async def publish_version(change: Change, report: ConsultationReport) -> Snapshot:
    """Make an approved version public, if the released data are still those that were approved with it."""
    snapshot = await snapshot_of(change.session, report.consultation_id)
    if report.state is ReportState.APPROVED and snapshot.hash != report.snapshot_hash:
        raise Conflict("RESULTS_CHANGED")
    report.published_at = change.at
    published = ReportPublished(
        report_id=report.id,
        consultation_id=report.consultation_id,
        number=report.number,
        snapshot_hash=Code(snapshot.hash),
    )
    await change.move(report, REPORT_LIFE, "publish_report", published)
    return snapshot


# ---- what several acts need ----------------------------------------------------------------------------------------


def require_words(passages: Iterator[Passage] | list[Passage], of: Consultation, faults: tuple[Problem, ...]) -> None:
    """Refuse texts that do not exist in the languages of their consultation, telling all that is wrong at once."""
    languages = languages_of(of)
    found = (problem for passage in passages for problem in wording_problems(passage, languages))
    problems = without_unread(found, faults)
    if problems:
        raise Invalid(problems)


async def _allowed(change: Change, consultation_id: UUID, rule: Rule) -> Consultation:
    consultation = await change.take(Consultation, consultation_id)
    require(rule(change.viewer, ConsultationFacts.of(consultation, now=change.at)))
    change.results["consultation"] = str(consultation.id)
    return consultation


async def _taken(change: Change, report_id: UUID, rule: Rule) -> tuple[Consultation, ConsultationReport]:
    """Lock a version of a report and, before it, its consultation: so do all acts on what came of one."""
    consultation_id = await change.session.scalar(select(ConsultationReport.consultation_id).filter_by(id=report_id))
    if consultation_id is None:
        raise NotFound("NOT_FOUND", type=ConsultationReport.__name__)
    consultation = await _allowed(change, consultation_id, rule)
    report = await change.take(ConsultationReport, report_id)
    change.results["report"] = str(report_id)
    return consultation, report


async def _begin(
    change: Change, consultation: Consultation, words: ReportWords, *, number: int, note: LocalizedText | None
) -> ConsultationReport:
    report = ConsultationReport(
        id=uuid7(),
        consultation_id=consultation.id,
        number=number,
        method=words.method,
        limitations=words.limitations,
        correction_note=note,
        created_at=change.at,
    )
    drafted = ReportDrafted(report_id=report.id, consultation_id=consultation.id, number=number)
    await change.bear(report, REPORT_LIFE, "draft_report", drafted, once=Conflict("REPORT_AT_WORK"))
    change.results["report"] = str(report.id)
    return report


async def _counted(change: Change, model: type[Invitation | ResponseDraft], consultation_id: UUID) -> int:
    counted = select(func.count()).select_from(model).filter_by(consultation_id=consultation_id)
    return (await change.session.execute(counted)).scalar_one()
