"""Reviewing a study: somebody who had no part in it is asked, says what they think, and the authors answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from hub.changes.change import Change
from hub.changes.event import Event
from hub.database.base import uuid7
from hub.errors import Conflict, Problem, require
from hub.studies.facts import facts_of, review_facts_of
from hub.studies.models import Study, StudyMember
from hub.studies.passages import SHORT, passage, require_sound, text_problems
from hub.studies.records import require_person, touch
from hub.studies.review_events import ReviewAnswered, ReviewCancelled, ReviewDeclined, ReviewDelivered, ReviewInvited
from hub.studies.review_models import REVIEW_LIFE, PeerReview, ReviewVerdict
from hub.studies.review_rules import (
    may_answer_review,
    may_cancel_review,
    may_deliver_review,
    may_invite_review,
)
from hub.studies.revision_models import StudyRevision, StudyRevisionState
from hub.text import LocalizedText, problems_with_words

MOST_REVIEWS = 50
LONGEST_REASON = 4_000


@dataclass(frozen=True, kw_only=True)
class Reviewer:
    """Somebody who is asked what they think of a study."""

    name: str
    blind: bool
    person_id: UUID | None = None
    due_on: dt.date | None = None


async def invite_review(change: Change, study_id: UUID, reviewer: Reviewer) -> PeerReview:
    """Ask somebody, who had no part in it, to review the wording that was handed in."""
    study = await change.take(Study, study_id)
    require(may_invite_review(change.viewer, await facts_of(change, study.id)))
    problems = problems_with_words(reviewer.name, "name", longest=SHORT)
    asked = select(func.count()).select_from(PeerReview).filter_by(study_id=study.id)
    if (await change.session.execute(asked)).scalar_one() >= MOST_REVIEWS:
        problems.append(Problem("OUT_OF_RANGE", ("name",), {"least": 0, "most": MOST_REVIEWS}))
    require_sound(problems)
    await _require_outsider(change, study, reviewer)
    handed_in = select(StudyRevision.id).filter_by(study_id=study.id, state=StudyRevisionState.IN_REVIEW)
    review = PeerReview(
        id=uuid7(),
        study_id=study.id,
        revision_id=(await change.session.execute(handed_in)).scalar_one(),
        person_id=reviewer.person_id,
        name=reviewer.name,
        blind=reviewer.blind,
        due_on=reviewer.due_on,
        invited_at=change.at,
    )
    invited = ReviewInvited(study_id=study.id, review_id=review.id)
    await change.bear(review, REVIEW_LIFE, "invite_review", invited, once=Conflict("INVITED_ALREADY"))
    return _told(change, review)


async def deliver_review(
    change: Change,
    review_id: UUID,
    *,
    verdict: ReviewVerdict,
    report: LocalizedText,
    interests: str,
    faults: tuple[Problem, ...] = (),
) -> PeerReview:
    """Say what one thinks of a study, and which interests one has in its matter."""
    review = await change.take(PeerReview, review_id)
    require(may_deliver_review(change.viewer, await review_facts_of(change, review)))
    problems = [
        *text_problems(passage("report", report)),
        *problems_with_words(interests, "interests", longest=LONGEST_REASON),
    ]
    require_sound(problems, faults)
    review.verdict, review.report, review.interests = verdict, report, interests
    review.delivered_at = change.at
    delivered = ReviewDelivered(study_id=review.study_id, review_id=review.id)
    return await _moved(change, review, "deliver_review", delivered)


async def decline_review(change: Change, review_id: UUID, *, reason: str) -> PeerReview:
    """Say that one does not review a study, and why: an interest in the matter, or no time."""
    review = await change.take(PeerReview, review_id)
    require(may_deliver_review(change.viewer, await review_facts_of(change, review)))
    require_sound(problems_with_words(reason, "reason", longest=LONGEST_REASON))
    review.reason = reason
    declined = ReviewDeclined(study_id=review.study_id, review_id=review.id)
    return await _moved(change, review, "decline_review", declined)


async def cancel_review(change: Change, review_id: UUID, *, reason: str) -> PeerReview:
    """Take an invitation back, and say why."""
    review = await change.take(PeerReview, review_id)
    require(may_cancel_review(change.viewer, await review_facts_of(change, review)))
    require_sound(problems_with_words(reason, "reason", longest=LONGEST_REASON))
    review.reason = reason
    cancelled = ReviewCancelled(study_id=review.study_id, review_id=review.id)
    return await _moved(change, review, "cancel_review", cancelled)


async def answer_review(
    change: Change, review_id: UUID, *, answer: LocalizedText, faults: tuple[Problem, ...] = ()
) -> PeerReview:
    """Say as its authors what a study does with what a reviewer said."""
    review = await change.take(PeerReview, review_id)
    require(may_answer_review(change.viewer, await review_facts_of(change, review)))
    require_sound(text_problems(passage("answer", answer)), faults)
    review.authors_answer, review.answered_at = answer, change.at
    answered = ReviewAnswered(study_id=review.study_id, review_id=review.id)
    return await _moved(change, review, "answer_review", answered)


async def _require_outsider(change: Change, study: Study, reviewer: Reviewer) -> None:
    if reviewer.person_id is None:
        return
    await require_person(change, reviewer.person_id)
    own = select(StudyMember.id).filter_by(study_id=study.id, person_id=reviewer.person_id).limit(1)
    if await change.session.scalar(own) is not None:
        raise Conflict("WORKED_ON_THE_STUDY", path=("personId",))


async def _moved(change: Change, review: PeerReview, by: str, event: Event) -> PeerReview:
    await change.move(review, REVIEW_LIFE, by, event)
    await touch(change, review.study_id)
    return _told(change, review)


def _told(change: Change, review: PeerReview) -> PeerReview:
    change.results |= {"study": str(review.study_id), "review": str(review.id)}
    return review
