"""What the acts on reviews and on recommendations take."""

from __future__ import annotations

import datetime as dt

import strawberry

import graphql_schema.studies.review_types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.payloads import KEY
from graphql_schema.wording_inputs import LocalizedTextInput
from hub.studies.review_models import ReviewVerdict
from hub.studies.revision_models import AnswerDecision


@strawberry.input(description="Somebody who is to review a study.")
class InviteReviewInput:
    """Somebody who is to review a study."""

    study_id: strawberry.ID = strawberry.field(description="The study.")
    name: str = strawberry.field(description="Who it is; public unless the review is blind.")
    blind: bool = strawberry.field(description="Whether only the officers are to know who it is.")
    person_id: strawberry.ID | None = strawberry.field(
        default=None, description="The person, where they have an account here."
    )
    due_on: dt.date | None = strawberry.field(default=None, description="The day by which it is asked for.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What a reviewer says of a study.")
class DeliverReviewInput:
    """What a reviewer says of a study."""

    review_id: strawberry.ID = strawberry.field(description="The review.")
    verdict: ReviewVerdict = strawberry.field(description="What should become of the study.")
    report: LocalizedTextInput = strawberry.field(description="What there is to say of it; it is published with it.")
    interests: str = strawberry.field(
        description="Which interests the reviewer has in the matter, or that there are none; 4,000 characters at most."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A review that is declined.")
class DeclineReviewInput:
    """A review that is declined."""

    review_id: strawberry.ID = strawberry.field(description="The review.")
    reason: str = strawberry.field(description="Why, in 4,000 characters at most.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An invitation that is taken back.")
class CancelReviewInput:
    """An invitation that is taken back."""

    review_id: strawberry.ID = strawberry.field(description="The review.")
    reason: str = strawberry.field(description="Why, in 4,000 characters at most.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What the authors answer to a review.")
class AnswerReviewInput:
    """What the authors answer to a review."""

    review_id: strawberry.ID = strawberry.field(description="The review.")
    answer: LocalizedTextInput = strawberry.field(
        description="What becomes of what the reviewer said; it is published with the study."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What is answered to a recommendation.")
class AnswerRecommendationInput:
    """What is answered to a recommendation."""

    finding_id: strawberry.ID = strawberry.field(description="The recommendation.")
    decision: AnswerDecision = strawberry.field(description="What is said to it.")
    reasons: LocalizedTextInput = strawberry.field(description="Why; it is public.")
    instrument_id: strawberry.ID | None = strawberry.field(
        default=None, description="The instrument by which it is answered."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What came of a recommendation.")
class FollowRecommendationInput:
    """What came of a recommendation."""

    finding_id: strawberry.ID = strawberry.field(description="The recommendation.")
    taken_up: bool = strawberry.field(description="Whether it was taken up.")
    note: LocalizedTextInput = strawberry.field(description="What was done, or why nothing was; it is public.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
