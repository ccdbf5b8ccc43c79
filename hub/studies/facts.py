"""The facts of a study, of a review and of a finding as columns: what a rule looks at is read in one way everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, false, func, literal, or_, select

from hub.changes.change import Change
from hub.people.models import Power, Representation
from hub.people.speaking import speaks
from hub.studies.models import Study, StudyMember, StudyState
from hub.studies.review_models import PeerReview, ReviewState
from hub.studies.review_rules import FindingFacts, ReviewFacts
from hub.studies.revision_models import Finding, FindingKind, FindingState, StudyRevision, StudyRevisionState
from hub.studies.rules import StudyFacts
from hub.visibility import PlainSight, Row, Sight

OPEN_REVIEWS = [ReviewState.INVITED.value, ReviewState.DELIVERED.value]


def study_columns(row: Row, sight: Sight) -> list[ColumnElement[Any]]:
    """Return what StudyFacts asks, in its order, of the row of a study."""
    return [row.state, row.body_id, *_around(row.id, sight)]


def columns_of_study(study_id: ColumnElement[Any], sight: Sight) -> list[ColumnElement[Any]]:
    """Return the same by the id of the study."""
    study = Study.__table__.alias()

    def of(column: Any) -> ColumnElement[Any]:
        found = select(column).where(study.c.id == study_id)
        return found.correlate_except(study).scalar_subquery()

    return [of(study.c.state), of(study.c.body_id), *_around(study_id, sight)]


def _around(study_id: ColumnElement[Any], sight: Sight) -> list[ColumnElement[Any]]:
    member, revision, review = (model.__table__.alias() for model in (StudyMember, StudyRevision, PeerReview))
    team = [member.c.study_id == study_id, member.c.left_at.is_(None)]
    own = exists().where(*team, member.c.person_id == sight.person_id).correlate_except(member)
    draft = exists().where(revision.c.study_id == study_id, revision.c.state == StudyRevisionState.DRAFT.value)
    waiting = [review.c.study_id == study_id, review.c.state.in_(OPEN_REVIEWS)]
    return [
        own if sight.signed_in else false(),
        _count(member, *team),
        _count(member, *team, member.c.declared_at.is_(None)),
        draft.correlate_except(revision),
        _count(review, *waiting),
    ]


def _count(table: Any, *where: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(table).where(*where).correlate_except(table).scalar_subquery()


def read_study(facts: Sequence[Any]) -> StudyFacts:
    """Return the facts of a study, as a statement wrote them, in the form that the rules take."""
    state, body_id, in_team, members, undeclared, drafted, reviews_open = facts
    return StudyFacts(
        state=StudyState(state),
        body_id=body_id if isinstance(body_id, UUID) else UUID(body_id),
        in_team=in_team,
        members=members,
        undeclared=undeclared,
        drafted=drafted,
        reviews_open=reviews_open,
    )


async def facts_of(change: Change, study_id: UUID) -> StudyFacts:
    """Gather the facts of a study that the change has locked."""
    sight = PlainSight(change.viewer, change.at)
    found = await change.session.execute(select(*columns_of_study(literal(study_id), sight)))
    return read_study(list(found.one()))


def review_columns(row: Row, sight: Sight) -> list[ColumnElement[Any]]:
    """Return what ReviewFacts asks of the row of a review, after what it asks of the study."""
    own = row.person_id == sight.person_id if sight.signed_in else false()
    return [*columns_of_study(row.study_id, sight), row.state, func.coalesce(own, false()), row.person_id.is_not(None)]


def read_review(facts: Sequence[Any]) -> ReviewFacts:
    """Return the facts of a review in the form that the rules take."""
    *study, state, own, by_account = facts
    return ReviewFacts(study=read_study(study), state=ReviewState(state), own=own, by_account=by_account)


async def review_facts_of(change: Change, review: PeerReview) -> ReviewFacts:
    """Gather the facts of a review that the change has locked."""
    own = review.person_id is not None and review.person_id == change.viewer.person_id
    study = await facts_of(change, review.study_id)
    return ReviewFacts(study=study, state=review.state, own=own, by_account=review.person_id is not None)


def retracted(study_id: ColumnElement[Any]) -> Exists:
    """The study with this id was retracted."""
    study = Study.__table__.alias()
    gone = exists().where(study.c.id == study_id, study.c.state == StudyState.RETRACTED.value)
    return gone.correlate_except(study)


def standing(row: Row) -> ColumnElement[bool]:
    """What was found is still said: by the newest wording, of a study that was not retracted."""
    return and_(row.until.is_(None), ~retracted(row.study_id))


def finding_columns(row: Row, sight: Sight) -> list[ColumnElement[Any]]:
    """Return what FindingFacts asks, in its order, of the row of a finding."""
    study = Study.__table__.alias()
    ordering: Select[Any] = select(study.c.body_id).where(study.c.id == row.study_id)
    return [
        row.kind,
        row.state,
        row.body_id,
        row.organization_id,
        ordering.correlate_except(study).scalar_subquery(),
        row.published_at.is_not(None),
        standing(row),
        _speaks(row, sight),
    ]


def _speaks(row: Row, sight: Sight) -> ColumnElement[bool]:
    if not sight.signed_in:
        return false()
    held = Representation.__table__.alias()
    found = exists().where(
        held.c.person_id == sight.person_id,
        held.c.organization_id == row.organization_id,
        speaks(held.c, sight.now, Power.PUBLISH),
    )
    return or_(found.correlate_except(held), false())


def read_finding(facts: Sequence[Any]) -> FindingFacts:
    """Return the facts of a finding in the form that the rules take."""
    kind, state, body_id, organization_id, ordering, published, still, speaking = facts
    body, organization, by = (_id(given) for given in (body_id, organization_id, ordering))
    assert by is not None, "Every study has a body."  # noqa: S101 - the column is never null
    return FindingFacts(
        kind=FindingKind(kind),
        state=FindingState(state),
        body_id=body,
        organization_id=organization,
        ordering_body_id=by,
        published=published,
        standing=still,
        speaks=speaking,
    )


def _id(given: Any) -> UUID | None:
    return given if given is None or isinstance(given, UUID) else UUID(given)


async def finding_facts_of(change: Change, finding_id: UUID) -> FindingFacts:
    """Gather the facts of a finding that the change has locked."""
    row = Finding.__table__.alias()
    columns = finding_columns(row.c, PlainSight(change.viewer, change.at))
    found = await change.session.execute(select(*columns).select_from(row).where(row.c.id == finding_id))
    return read_finding(list(found.one()))
