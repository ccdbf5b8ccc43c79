"""The documents of a study and of its parts: who is shown them, and how they are found."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select

from hub.changes.change import Change
from hub.files.holders import Holder, holds_documents
from hub.files.reading import documents_of_part, documents_of_record
from hub.files.visibility import insiders_of_documents, part_of_documents
from hub.studies.dataset_models import StudyDataset
from hub.studies.models import Study, StudyMilestone
from hub.studies.reading import milestone, revision, study
from hub.studies.review_reading import dataset
from hub.studies.revision_models import StudyRevision
from hub.studies.visibility import (
    STAFF,
    under_review,
    visible_study_dataset,
    visible_study_milestone,
    visible_study_revision,
    worked_on,
)
from hub.visibility import Sight

study.fields["documents"] = documents_of_record()
for _part in (revision, milestone, dataset):
    _part.fields["documents"] = documents_of_part()


@holds_documents("Study", *STAFF)
async def study_as_holder(change: Change, id_: UUID) -> Holder:
    """A study holds its contract, and what else is said of it as a whole."""
    found = await change.find(Study, id_)
    return Holder(entry_id=found.id, body_id=found.body_id)


@holds_documents("StudyRevision", *STAFF)
async def revision_as_holder(change: Change, id_: UUID) -> Holder:
    """A wording holds itself as a file, and its annexes."""
    return await _part_of(change, await change.find(StudyRevision, id_))


@holds_documents("StudyMilestone", *STAFF)
async def milestone_as_holder(change: Change, id_: UUID) -> Holder:
    """A step holds what was handed in for it."""
    return await _part_of(change, await change.find(StudyMilestone, id_))


@holds_documents("StudyDataset", *STAFF)
async def dataset_as_holder(change: Change, id_: UUID) -> Holder:
    """Data are held where they are described."""
    return await _part_of(change, await change.find(StudyDataset, id_))


async def _part_of(change: Change, part: StudyRevision | StudyMilestone | StudyDataset) -> Holder:
    found = await change.find(Study, part.study_id)
    return Holder(entry_id=found.id, body_id=found.body_id, part_id=part.id)


@part_of_documents
def of_part_shown(row: Any, sight: Sight) -> ColumnElement[bool]:
    """What is attached to a wording, to a step or to data is shown while those are."""
    revisions, steps, data = (model.__table__.alias() for model in (StudyRevision, StudyMilestone, StudyDataset))
    wording = select(revisions.c.id).where(revisions.c.id == row.part_id, visible_study_revision(revisions.c, sight))
    step = select(steps.c.id).where(steps.c.id == row.part_id, visible_study_milestone(steps.c, sight))
    known = select(data.c.id).where(data.c.id == row.part_id, visible_study_dataset(data.c, sight))
    return or_(
        exists(wording.correlate_except(revisions)),
        exists(step.correlate_except(steps)),
        exists(known.correlate_except(data)),
    )


@insiders_of_documents
def of_those_at_work(row: Any, sight: Sight) -> ColumnElement[bool]:
    """Those who work on a study and those who review it read its papers before they are public."""
    return or_(worked_on(row.entry_id, sight), under_review(row.entry_id, sight))
