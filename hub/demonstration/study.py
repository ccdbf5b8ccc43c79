"""The study that the acuerdo ordered: contracted, planned, begun, handed in twice, and in review now."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Changes
from hub.demonstration import study_texts
from hub.demonstration.commission import SISTER, UNIVERSITY
from hub.demonstration.papers import attach
from hub.demonstration.seats import Commission
from hub.demonstration.telling import ONE_DAY, Story, named
from hub.demonstration.work import ordered
from hub.files.attaching import DocumentDraft
from hub.files.models import DocumentRole, DocumentSight
from hub.files.store import Store
from hub.importing.summary import Progress
from hub.instruments.effect_models import MandateKind
from hub.register.models import CreatedVia, Entry
from hub.studies.contracting import Contract, contract_study, plan_study
from hub.studies.delivering import accept_milestone, hand_in_milestone, return_milestone, set_milestone
from hub.studies.describing import describe_dataset
from hub.studies.ordering import order_study
from hub.studies.publishing import begin_study, hand_in_study, revise_study
from hub.studies.review_models import ReviewVerdict
from hub.studies.reviewing import Reviewer, answer_review, deliver_review, invite_review
from hub.studies.staffing import TeamMember, add_study_member, declare_interests
from hub.studies.writing import write_study
from hub.viewer import SYSTEM

WATER = "demonstration:study:water"

ORDERED, CONTRACTED, PLANNED, BEGUN, HANDED_IN, RETURNED, AGAIN, INVITED, REVIEWED, ANSWERED = (
    77, 79, 80, 81, 90, 92, 95, 96, 98, 99,
)  # fmt: skip
"""The days of its life, counted from that on which the commission began."""


async def study(changes: Changes, commission: Commission, store: Store, *, progress: Progress) -> None:
    """Do the study as far as it has come, unless it is there."""
    async with changes.begin(SYSTEM) as change:
        known = select(Entry.imported_from, Entry.id).where(Entry.imported_from.in_([WATER, UNIVERSITY, SISTER]))
        found = {str(name): id_ for name, id_ in await change.session.execute(known)}
        mandate = await ordered(change, commission.id, MandateKind.STUDY)
    if WATER in found or mandate is None:
        return
    story = Story(changes, WATER, progress)
    id_ = await _plan(story, commission, mandate, university=found[UNIVERSITY])
    await _work(story, commission, id_, store)
    await _write(story, commission, id_, sister=found[SISTER])
    await _review(story, commission, id_)
    await story.tell(SYSTEM, _day(commission, ANSWERED), named, id_, WATER)


def _day(commission: Commission, days: int) -> dt.datetime:
    return commission.began + days * ONE_DAY


async def _plan(story: Story, commission: Commission, mandate: UUID, *, university: UUID) -> UUID:
    """Order the study on its terms, contract it, take in its team, set its steps and publish its method."""
    coordinator, secretary = commission.coordinator, commission.secretary
    id_ = await story.tell(
        coordinator,
        _day(commission, ORDERED),
        order_study,
        study_texts.terms(due_on=_day(commission, 165).date()),
        body_id=commission.id,
        mandate_id=mandate,
        via=CreatedVia.DEMONSTRATION,
    )
    contract = Contract(
        organization_id=university,
        reference="CGATP-SERV-004 (inventado)",
        signed_on=_day(commission, CONTRACTED).date(),
        cost=180_000,
        currency="MXN",
    )
    await story.tell(coordinator, _day(commission, CONTRACTED), contract_study, id_, contract)
    for name, role, declaration in study_texts.TEAM:
        member = TeamMember(name=name, role=role, organization_id=university)
        joined = await story.tell(secretary, _day(commission, CONTRACTED), add_study_member, id_, member)
        await story.tell(secretary, _day(commission, PLANNED), declare_interests, joined, declaration=declaration)
    await story.tell(coordinator, _day(commission, PLANNED), plan_study, id_, method=study_texts.METHOD)
    return id_


async def _work(story: Story, commission: Commission, id_: UUID, store: Store) -> None:
    """Work on it step by step: one was returned and handed in again, one waits, one is to come."""
    secretary = commission.secretary
    steps = []
    for title, days, payment in study_texts.STEPS:
        due = _day(commission, days).date()
        steps.append(
            await story.tell(
                secretary, _day(commission, PLANNED), set_milestone, id_, title=title, due_on=due, payment=payment
            )
        )
    sample, report, _data = steps
    begun = _day(commission, BEGUN)
    await story.tell(secretary, begun, begin_study, id_)
    await story.tell(secretary, begun + 2 * ONE_DAY, hand_in_milestone, sample, note=study_texts.SAMPLE)
    await story.tell(secretary, begun + 3 * ONE_DAY, return_milestone, sample, reason=study_texts.SAMPLE_RETURNED)
    await story.tell(secretary, begun + 5 * ONE_DAY, hand_in_milestone, sample, note=study_texts.SAMPLE_MENDED)
    await story.tell(secretary, begun + 6 * ONE_DAY, accept_milestone, sample)
    at = _day(commission, HANDED_IN)
    for draft in study_texts.datasets():
        dataset = await story.tell(secretary, at, describe_dataset, id_, draft)
        if draft.columns:
            document = DocumentDraft(
                title=draft.title, sight=DocumentSight.PUBLIC, role=DocumentRole.DATASET, licence=draft.licence
            )
            name = study_texts.TABLE
            await story.tell(SYSTEM, at, attach, "StudyDataset", dataset, document, name=name, store=store)
    await story.tell(secretary, at, hand_in_milestone, report, note=study_texts.REPORT)


async def _write(story: Story, commission: Commission, id_: UUID, *, sister: UUID) -> None:
    """Hand the study in, and once more in the wording that was asked for."""
    secretary = commission.secretary
    first, second = (study_texts.wording(commission.id, sister, again=again) for again in (False, True))
    await story.tell(secretary, _day(commission, HANDED_IN), write_study, id_, first)
    await story.tell(secretary, _day(commission, HANDED_IN), hand_in_study, id_)
    await story.tell(commission.coordinator, _day(commission, RETURNED), revise_study, id_, reason=study_texts.RETURNED)
    await story.tell(secretary, _day(commission, AGAIN), write_study, id_, second)
    await story.tell(secretary, _day(commission, AGAIN), hand_in_study, id_)


async def _review(story: Story, commission: Commission, id_: UUID) -> None:
    """Have it reviewed by two who had no part in it: one by name, who was answered, and one who is still reading."""
    secretary = commission.secretary
    due = _day(commission, 115).date()
    reviews = []
    for name, blind in study_texts.REVIEWERS:
        reviewer = Reviewer(name=name, blind=blind, due_on=due)
        reviews.append(await story.tell(secretary, _day(commission, INVITED), invite_review, id_, reviewer))
    await story.tell(
        secretary,
        _day(commission, REVIEWED),
        deliver_review,
        reviews[0],
        verdict=ReviewVerdict.MINOR,
        report=study_texts.REVIEW,
        interests=study_texts.NO_INTEREST,
    )
    await story.tell(
        secretary, _day(commission, ANSWERED), answer_review, reviews[0], answer=study_texts.AUTHORS_ANSWER
    )
