"""Who may see studies.

That a study was ordered is public, and so are its terms, its team and its steps. A wording is public once it is
published; before that it is seen by those who work on it, by the staff of the body, and, once it is handed in, by the
members of the body and by its reviewers. Who a blind reviewer is stands in no rule of rows: reading.py shows the name
to nobody but the officers.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from hub.bodies.visibility import INSIDERS
from hub.register.visibility import published, published_beside, published_entry
from hub.studies.dataset_models import DatasetColumn, StudyDataset
from hub.studies.models import Study, StudyMember, StudyMilestone
from hub.studies.review_models import PeerReview, ReviewState
from hub.studies.revision_models import (
    Finding,
    FindingAnswer,
    StudyRevision,
    StudyRevisionState,
    StudySection,
)
from hub.viewer import Role
from hub.visibility import Row, Sight, one_by_one, visible

STAFF = (Role.COORDINATOR, Role.SECRETARY, Role.ANALYST)
READERS = (*INSIDERS, Role.ANALYST)
"""Who reads of the body what was handed in and is not published yet."""

PUBLIC = (StudyRevisionState.PUBLISHED, StudyRevisionState.CORRECTED, StudyRevisionState.RETRACTED)
READING = (ReviewState.INVITED, ReviewState.DELIVERED, ReviewState.ANSWERED)
"""The reviews by which somebody reads a study that is not published."""


@visible(Study)
def visible_study(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A study is public from its order on; one that is hidden is still seen by the staff of its body."""
    if not sight.signed_in:
        return published(row)
    return or_(published_beside(row.id, sight), row.body_id == sight.bodies(*STAFF).any_())


def of_study_seen(study_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The study with this id is seen."""
    if not sight.signed_in:
        return published_entry(study_id)
    return or_(published_beside(study_id, sight), of_body(study_id, sight, *STAFF))


def of_body(study_id: ColumnElement[Any], sight: Sight, *roles: Role) -> ColumnElement[bool]:
    """The viewer holds one of these roles in the body of the study with this id."""
    study = Study.__table__.alias()
    found = select(study.c.id).where(study.c.id == study_id, study.c.body_id == sight.bodies(*roles).any_())
    return one_by_one(found.correlate_except(study), sight)


def of_team(study_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The viewer works on the study with this id."""
    member = StudyMember.__table__.alias()
    found = select(member.c.id).where(
        member.c.study_id == study_id, member.c.person_id == sight.person_id, member.c.left_at.is_(None)
    )
    return one_by_one(found.correlate_except(member), sight)


def under_review(study_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The viewer was asked to review the study with this id, and did not decline."""
    review = PeerReview.__table__.alias()
    found = select(review.c.id).where(
        review.c.study_id == study_id,
        review.c.person_id == sight.person_id,
        review.c.state.in_([state.value for state in READING]),
    )
    return one_by_one(found.correlate_except(review), sight)


def worked_on(study_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The viewer is of those who write the study: of its team, or of the staff of its body."""
    return or_(of_body(study_id, sight, *STAFF), of_team(study_id, sight))


@visible(StudyMember)
def visible_study_member(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who works on a study, and what they declared, is as public as the study."""
    return of_study_seen(row.study_id, sight)


@visible(StudyMilestone)
def visible_study_milestone(row: Row, sight: Sight) -> ColumnElement[bool]:
    """The steps of a study are as public as the study."""
    return of_study_seen(row.study_id, sight)


@visible(StudyRevision)
def visible_study_revision(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A wording is public once it is published; a draft is seen by those who write it, the rest by its readers too."""
    public = row.state.in_([state.value for state in PUBLIC])
    if not sight.signed_in:
        return and_(public, published_entry(row.study_id))
    handed_in = row.state != StudyRevisionState.DRAFT.value
    readers = or_(of_body(row.study_id, sight, *READERS), under_review(row.study_id, sight))
    return or_(
        and_(public, published_beside(row.study_id, sight)),
        worked_on(row.study_id, sight),
        and_(handed_in, readers),
    )


def of_revision_seen(revision_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The wording with this id is seen."""
    revision = StudyRevision.__table__.alias()
    found = select(revision.c.id).where(revision.c.id == revision_id, visible_study_revision(revision.c, sight))
    return exists(found.correlate_except(revision))


@visible(StudySection)
def visible_study_section(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A part is as visible as its wording."""
    return of_revision_seen(row.revision_id, sight)


@visible(Finding)
def visible_finding(row: Row, sight: Sight) -> ColumnElement[bool]:
    """What was found is public once it is published; before that it is seen with the wording that says it first."""
    public = row.published_at.is_not(None)
    if not sight.signed_in:
        return and_(public, published_entry(row.study_id))
    revision = StudyRevision.__table__.alias()
    first = select(revision.c.id).where(
        revision.c.study_id == row.study_id,
        revision.c.number == row.since,
        visible_study_revision(revision.c, sight),
    )
    return or_(and_(public, published_beside(row.study_id, sight)), one_by_one(first.correlate_except(revision), sight))


@visible(FindingAnswer)
def visible_finding_answer(row: Row, sight: Sight) -> ColumnElement[bool]:
    """What was answered is as visible as what it answers."""
    finding = Finding.__table__.alias()
    found = select(finding.c.id).where(finding.c.id == row.finding_id, visible_finding(finding.c, sight))
    return exists(found.correlate_except(finding))


@visible(PeerReview)
def visible_peer_review(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A review is public with what it is about; before that it is seen by its reviewer and those who work on that."""
    given = row.state.in_([ReviewState.DELIVERED.value, ReviewState.ANSWERED.value])
    study = Study.__table__.alias()
    over = select(study.c.id).where(study.c.id == row.study_id, study.c.state.in_([state.value for state in PUBLIC]))
    public = and_(given, exists(over.correlate_except(study)))
    if not sight.signed_in:
        return and_(public, published_entry(row.study_id))
    return or_(
        and_(public, published_beside(row.study_id, sight)),
        row.person_id == sight.person_id,
        worked_on(row.study_id, sight),
    )


@visible(StudyDataset)
def visible_study_dataset(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Data are public with what came of them; before that they are seen by those who work on that and review it."""
    public = row.published_at.is_not(None)
    if not sight.signed_in:
        return and_(public, published_entry(row.study_id))
    return or_(
        and_(public, published_beside(row.study_id, sight)),
        worked_on(row.study_id, sight),
        of_body(row.study_id, sight, *READERS),
        under_review(row.study_id, sight),
    )


@visible(DatasetColumn)
def visible_dataset_column(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A column is as visible as its data."""
    dataset = StudyDataset.__table__.alias()
    found = select(dataset.c.id).where(dataset.c.id == row.dataset_id, visible_study_dataset(dataset.c, sight))
    return exists(found.correlate_except(dataset))
