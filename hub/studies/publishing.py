"""Working, handing in, approving, publishing, correcting and retracting a study."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import select, update

from hub.changes.change import Change
from hub.changes.event import Event
from hub.clock import day_of
from hub.errors import Problem, WrongState, require
from hub.mandates.delivering import deliver_with
from hub.studies.dataset_models import StudyDataset
from hub.studies.events import (
    StudyApproved,
    StudyBegun,
    StudyCancelled,
    StudyCorrected,
    StudyHandedIn,
    StudyPublished,
    StudyRetracted,
    StudyReturned,
)
from hub.studies.facts import facts_of
from hub.studies.models import STUDY_LIFE, Study
from hub.studies.passages import passage, require_sound, text_problems
from hub.studies.records import touch
from hub.studies.review_events import ReviewCancelled
from hub.studies.review_models import REVIEW_LIFE, PeerReview, ReviewState
from hub.studies.revision_models import (
    REVISION_LIFE,
    Finding,
    FindingKind,
    StudyRevision,
    StudyRevisionState,
)
from hub.studies.revisions import draft_of, findings_said, fix, publish_wording
from hub.studies.rules import may_move_study
from hub.studies.wording_events import RevisionCorrected, RevisionRetracted, RevisionReturned
from hub.text import LocalizedText


async def begin_study(change: Change, study_id: UUID) -> Study:
    """Begin the work, once everybody in the team has declared their interests."""
    study = await _taken(change, study_id, "begin_study")
    return await _moved(change, study, "begin_study", StudyBegun(study_id=study.id))


async def hand_in_study(change: Change, study_id: UUID) -> Study:
    """Hand in the draft: from now on it never changes."""
    study = await _taken(change, study_id, "hand_in_study")
    await fix(change, await _required_draft(change, study), by="submit_revision")
    return await _moved(change, study, "hand_in_study", StudyHandedIn(study_id=study.id))


async def revise_study(
    change: Change, study_id: UUID, *, reason: LocalizedText, faults: tuple[Problem, ...] = ()
) -> Study:
    """Give a study back to its authors, who write another wording; nobody is asked any more to review this one."""
    study = await _taken(change, study_id, "revise_study")
    require_sound(text_problems(passage("reason", reason)), faults)
    revision = await _revision_in(change, study, StudyRevisionState.IN_REVIEW)
    revision.return_reason = reason
    returned = RevisionReturned(study_id=study.id, revision_id=revision.id, number=revision.number)
    await change.move(revision, REVISION_LIFE, "return_revision", returned)
    await _call_reviews_off(change, study)
    return await _moved(change, study, "revise_study", StudyReturned(study_id=study.id))


async def approve_study(change: Change, study_id: UUID) -> Study:
    """Approve what was handed in, once every review of it was answered."""
    study = await _taken(change, study_id, "approve_study")
    return await _moved(change, study, "approve_study", StudyApproved(study_id=study.id))


async def publish_study(change: Change, study_id: UUID) -> Study:
    """Publish an approved study; those to whom it recommends something have so many days to answer."""
    study = await _taken(change, study_id, "publish_study")
    revision = await _revision_in(change, study, StudyRevisionState.IN_REVIEW)
    await publish_wording(change, revision)
    await _publish_findings(change, study, revision)
    await deliver_with(change, study.mandate_id, record_id=study.id, body_id=study.body_id)
    return await _moved(change, study, "publish_study", StudyPublished(study_id=study.id))


async def correct_study(change: Change, study_id: UUID) -> Study:
    """Publish the draft of a correction; the former wording can still be read."""
    study = await _taken(change, study_id, "correct_study")
    former = await _revision_in(change, study, StudyRevisionState.PUBLISHED)
    revision = await _required_draft(change, study)
    corrected = RevisionCorrected(study_id=study.id, revision_id=former.id, number=former.number)
    await change.move(former, REVISION_LIFE, "correct_revision", corrected)
    await fix(change, revision, by="publish_revision")
    await _publish_findings(change, study, revision)
    return await _moved(change, study, "correct_study", StudyCorrected(study_id=study.id))


async def retract_study(
    change: Change, study_id: UUID, *, reason: LocalizedText, faults: tuple[Problem, ...] = ()
) -> Study:
    """Retract what was published: it stays visible with the reason, and nobody owes it an answer any more."""
    study = await _taken(change, study_id, "retract_study")
    require_sound(text_problems(passage("reason", reason)), faults)
    revision = await _revision_in(change, study, StudyRevisionState.PUBLISHED)
    gone = RevisionRetracted(study_id=study.id, revision_id=revision.id, number=revision.number)
    await change.move(revision, REVISION_LIFE, "retract_revision", gone)
    study.end_reason, study.ended_at = reason, change.at
    return await _moved(change, study, "retract_study", StudyRetracted(study_id=study.id))


async def cancel_study(
    change: Change, study_id: UUID, *, reason: LocalizedText, faults: tuple[Problem, ...] = ()
) -> Study:
    """Cancel a study that is not published, and say why."""
    study = await _taken(change, study_id, "cancel_study")
    require_sound(text_problems(passage("reason", reason)), faults)
    await _call_reviews_off(change, study)
    study.end_reason, study.ended_at = reason, change.at
    return await _moved(change, study, "cancel_study", StudyCancelled(study_id=study.id))


# ---- what these have in common ---------------------------------------------------------------------------------


async def _taken(change: Change, study_id: UUID, event: str) -> Study:
    study = await change.take(Study, study_id)
    require(may_move_study(change.viewer, await facts_of(change, study.id), event))
    return study


async def _moved(change: Change, study: Study, by: str, event: Event) -> Study:
    await touch(change, study.id)
    await change.move(study, STUDY_LIFE, by, event)
    change.results["study"] = str(study.id)
    return study


async def _required_draft(change: Change, study: Study) -> StudyRevision:
    revision = await draft_of(change, study.id)
    if revision is None:
        raise WrongState("NO_WORDING")
    return revision


async def _revision_in(change: Change, study: Study, state: StudyRevisionState) -> StudyRevision:
    found = select(StudyRevision).filter_by(study_id=study.id, state=state)
    return (await change.session.execute(found)).scalar_one()


async def _call_reviews_off(change: Change, study: Study) -> None:
    open_ = select(PeerReview).filter_by(study_id=study.id, state=ReviewState.INVITED).order_by(PeerReview.id)
    for review in list(await change.session.scalars(open_)):
        cancelled = ReviewCancelled(study_id=study.id, review_id=review.id)
        await change.move(review, REVIEW_LIFE, "cancel_review", cancelled)


async def _publish_findings(change: Change, study: Study, revision: StudyRevision) -> None:
    """Publish what a wording says first, let go of what it no longer says, and publish the data."""
    said = {finding.id for finding in await findings_said(change, revision)}
    fresh = select(Finding).filter_by(study_id=study.id, since=revision.number).order_by(Finding.kind, Finding.number)
    for finding in list(await change.session.scalars(fresh)):
        finding.published_at = change.at
        if finding.kind is FindingKind.RECOMMENDATION:
            finding.answer_due_on = day_of(change.at) + dt.timedelta(days=study.answer_days)
    await change.session.flush()
    gone = update(Finding).where(
        Finding.study_id == study.id,
        Finding.published_at.is_not(None),
        Finding.until.is_(None),
        Finding.id.not_in(said),
    )
    await change.session.execute(gone.values(until=revision.number))
    data = update(StudyDataset).where(StudyDataset.study_id == study.id, StudyDataset.published_at.is_(None))
    await change.session.execute(data.values(published_at=change.at))
