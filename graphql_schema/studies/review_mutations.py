"""The acts on reviews of studies, and on what studies recommend."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.studies.payloads import (
    AnswerRecommendationPayload,
    AnswerReviewPayload,
    CancelReviewPayload,
    DeclineReviewPayload,
    DeliverReviewPayload,
    FollowRecommendationPayload,
    InviteReviewPayload,
)
from graphql_schema.studies.review_inputs import (
    AnswerRecommendationInput,
    AnswerReviewInput,
    CancelReviewInput,
    DeclineReviewInput,
    DeliverReviewInput,
    FollowRecommendationInput,
    InviteReviewInput,
)
from graphql_schema.wording_inputs import Faults
from hub.studies import answering, reviewing

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on reviews of studies, and on what they recommend.")
class StudyReviewMutations:
    """The acts on reviews of studies, and on what they recommend."""

    @strawberry.mutation(description="Ask somebody who had no part in a study what they think of it.")
    async def invite_review(
        self,
        info: Info,
        input: Annotated[InviteReviewInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> InviteReviewPayload:
        """Ask somebody who had no part in a study what they think of it."""
        async with info.context.change(input) as change:
            reviewer = reviewing.Reviewer(
                name=input.name,
                blind=input.blind,
                person_id=decode(input.person_id, "Person", path=("personId",)) if input.person_id else None,
                due_on=input.due_on,
            )
            study_id = decode(input.study_id, "Study", path=("studyId",))
            await reviewing.invite_review(change, study_id, reviewer)
        return InviteReviewPayload.of(change)

    @strawberry.mutation(description="Say as a reviewer what one thinks of a study.")
    async def deliver_review(
        self,
        info: Info,
        input: Annotated[DeliverReviewInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DeliverReviewPayload:
        """Say as a reviewer what one thinks of a study."""
        async with info.context.change(input) as change:
            faults: Faults = []
            report = input.report.read(("report",), faults)
            await reviewing.deliver_review(
                change,
                _review(input.review_id),
                verdict=input.verdict,
                report=report,
                interests=input.interests,
                faults=tuple(faults),
            )
        return DeliverReviewPayload.of(change)

    @strawberry.mutation(description="Decline to review a study, and say why.")
    async def decline_review(
        self,
        info: Info,
        input: Annotated[DeclineReviewInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DeclineReviewPayload:
        """Decline to review a study, and say why."""
        async with info.context.change(input) as change:
            await reviewing.decline_review(change, _review(input.review_id), reason=input.reason)
        return DeclineReviewPayload.of(change)

    @strawberry.mutation(description="Take an invitation to review a study back, and say why.")
    async def cancel_review(
        self,
        info: Info,
        input: Annotated[CancelReviewInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CancelReviewPayload:
        """Take an invitation to review a study back, and say why."""
        async with info.context.change(input) as change:
            await reviewing.cancel_review(change, _review(input.review_id), reason=input.reason)
        return CancelReviewPayload.of(change)

    @strawberry.mutation(description="Answer as its authors what a reviewer said of a study.")
    async def answer_review(
        self,
        info: Info,
        input: Annotated[AnswerReviewInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AnswerReviewPayload:
        """Answer as its authors what a reviewer said of a study."""
        async with info.context.change(input) as change:
            faults: Faults = []
            answer = input.answer.read(("answer",), faults)
            await reviewing.answer_review(change, _review(input.review_id), answer=answer, faults=tuple(faults))
        return AnswerReviewPayload.of(change)

    @strawberry.mutation(
        description="Answer a recommendation that is addressed to a body or an organisation that one acts for."
    )
    async def answer_recommendation(
        self,
        info: Info,
        input: Annotated[AnswerRecommendationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AnswerRecommendationPayload:
        """Answer a recommendation that is addressed to a body or an organisation that one acts for."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reasons = input.reasons.read(("reasons",), faults)
            answer = answering.Answer(
                decision=input.decision,
                reasons=reasons,
                instrument_id=decode(input.instrument_id, "Instrument", path=("instrumentId",))
                if input.instrument_id
                else None,
                faults=tuple(faults),
            )
            await answering.answer_finding(change, _finding(input.finding_id), answer)
        return AnswerRecommendationPayload.of(change)

    @strawberry.mutation(description="Say whether an answered recommendation was taken up, and what was done.")
    async def follow_recommendation(
        self,
        info: Info,
        input: Annotated[FollowRecommendationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> FollowRecommendationPayload:
        """Say whether an answered recommendation was taken up, and what was done."""
        async with info.context.change(input) as change:
            faults: Faults = []
            note = input.note.read(("note",), faults)
            await answering.follow_up(
                change, _finding(input.finding_id), taken_up=input.taken_up, note=note, faults=tuple(faults)
            )
        return FollowRecommendationPayload.of(change)


def _review(given: str) -> UUID:
    return decode(given, "PeerReview", path=("reviewId",))


def _finding(given: str) -> UUID:
    return decode(given, "Finding", path=("findingId",))
