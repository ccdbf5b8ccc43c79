"""What the mutations of studies answer."""

from __future__ import annotations

import strawberry

from graphql_schema.payloads import Payload
from graphql_schema.studies.finding_types import Finding
from graphql_schema.studies.review_types import PeerReview, StudyDataset
from graphql_schema.studies.types import Study, StudyMember, StudyMilestone, StudyRevision

STUDY = "The study; null where nothing was done."
REVISION = "The wording; null where nothing was done."
MEMBER = "The member of the team; null where nothing was done."
MILESTONE = "The step; null where nothing was done."
DATASET = "The data; null where nothing was done."
REVIEW = "The review; null where nothing was done, and where it is no longer seen."
FINDING = "The recommendation; null where nothing was done."


@strawberry.type(description="What ordering a study answers.")
class OrderStudyPayload(Payload):
    """What ordering a study answers."""

    study: Study | None = strawberry.field(description=STUDY)


@strawberry.type(description="What editing a study answers.")
class EditStudyPayload(Payload):
    """What editing a study answers."""

    study: Study | None = strawberry.field(description=STUDY)


@strawberry.type(description="What contracting a study answers.")
class ContractStudyPayload(Payload):
    """What contracting a study answers."""

    study: Study | None = strawberry.field(description=STUDY)


@strawberry.type(description="What planning a study answers.")
class PlanStudyPayload(Payload):
    """What planning a study answers."""

    study: Study | None = strawberry.field(description=STUDY)


@strawberry.type(description="What beginning a study answers.")
class BeginStudyPayload(Payload):
    """What beginning a study answers."""

    study: Study | None = strawberry.field(description=STUDY)


@strawberry.type(description="What writing a study answers.")
class WriteStudyPayload(Payload):
    """What writing a study answers."""

    study: Study | None = strawberry.field(description=STUDY)
    revision: StudyRevision | None = strawberry.field(description=REVISION)


@strawberry.type(description="What handing in a study answers.")
class HandInStudyPayload(Payload):
    """What handing in a study answers."""

    study: Study | None = strawberry.field(description=STUDY)


@strawberry.type(description="What revising a study answers.")
class ReviseStudyPayload(Payload):
    """What revising a study answers."""

    study: Study | None = strawberry.field(description=STUDY)


@strawberry.type(description="What approving a study answers.")
class ApproveStudyPayload(Payload):
    """What approving a study answers."""

    study: Study | None = strawberry.field(description=STUDY)


@strawberry.type(description="What publishing a study answers.")
class PublishStudyPayload(Payload):
    """What publishing a study answers."""

    study: Study | None = strawberry.field(description=STUDY)


@strawberry.type(description="What correcting a study answers.")
class CorrectStudyPayload(Payload):
    """What correcting a study answers."""

    study: Study | None = strawberry.field(description=STUDY)


@strawberry.type(description="What retracting a study answers.")
class RetractStudyPayload(Payload):
    """What retracting a study answers."""

    study: Study | None = strawberry.field(description=STUDY)


@strawberry.type(description="What cancelling a study answers.")
class CancelStudyPayload(Payload):
    """What cancelling a study answers."""

    study: Study | None = strawberry.field(description=STUDY)


@strawberry.type(description="What adding a member of a team answers.")
class AddStudyMemberPayload(Payload):
    """What adding a member of a team answers."""

    study: Study | None = strawberry.field(description=STUDY)
    member: StudyMember | None = strawberry.field(description=MEMBER)


@strawberry.type(description="What declaring interests answers.")
class DeclareInterestsPayload(Payload):
    """What declaring interests answers."""

    study: Study | None = strawberry.field(description=STUDY)
    member: StudyMember | None = strawberry.field(description=MEMBER)


@strawberry.type(description="What ending a member of a team answers.")
class EndStudyMemberPayload(Payload):
    """What ending a member of a team answers."""

    study: Study | None = strawberry.field(description=STUDY)
    member: StudyMember | None = strawberry.field(description=MEMBER)


@strawberry.type(description="What setting a step answers.")
class SetMilestonePayload(Payload):
    """What setting a step answers."""

    study: Study | None = strawberry.field(description=STUDY)
    milestone: StudyMilestone | None = strawberry.field(description=MILESTONE)


@strawberry.type(description="What handing in what a step asks for answers.")
class HandInMilestonePayload(Payload):
    """What handing in what a step asks for answers."""

    study: Study | None = strawberry.field(description=STUDY)
    milestone: StudyMilestone | None = strawberry.field(description=MILESTONE)


@strawberry.type(description="What accepting a step answers.")
class AcceptMilestonePayload(Payload):
    """What accepting a step answers."""

    study: Study | None = strawberry.field(description=STUDY)
    milestone: StudyMilestone | None = strawberry.field(description=MILESTONE)


@strawberry.type(description="What returning a step answers.")
class ReturnMilestonePayload(Payload):
    """What returning a step answers."""

    study: Study | None = strawberry.field(description=STUDY)
    milestone: StudyMilestone | None = strawberry.field(description=MILESTONE)


@strawberry.type(description="What dropping a step answers.")
class DropMilestonePayload(Payload):
    """What dropping a step answers."""

    study: Study | None = strawberry.field(description=STUDY)
    milestone: StudyMilestone | None = strawberry.field(description=MILESTONE)


@strawberry.type(description="What describing data answers.")
class DescribeDatasetPayload(Payload):
    """What describing data answers."""

    study: Study | None = strawberry.field(description=STUDY)
    dataset: StudyDataset | None = strawberry.field(description=DATASET)


@strawberry.type(description="What editing data answers.")
class EditDatasetPayload(Payload):
    """What editing data answers."""

    study: Study | None = strawberry.field(description=STUDY)
    dataset: StudyDataset | None = strawberry.field(description=DATASET)


@strawberry.type(description="What removing data answers.")
class RemoveDatasetPayload(Payload):
    """What removing data answers."""

    study: Study | None = strawberry.field(description=STUDY)


@strawberry.type(description="What asking for a review answers.")
class InviteReviewPayload(Payload):
    """What asking for a review answers."""

    study: Study | None = strawberry.field(description=STUDY)
    review: PeerReview | None = strawberry.field(description=REVIEW)


@strawberry.type(description="What delivering a review answers.")
class DeliverReviewPayload(Payload):
    """What delivering a review answers."""

    study: Study | None = strawberry.field(description=STUDY)
    review: PeerReview | None = strawberry.field(description=REVIEW)


@strawberry.type(description="What declining a review answers.")
class DeclineReviewPayload(Payload):
    """What declining a review answers."""

    study: Study | None = strawberry.field(description=STUDY)
    review: PeerReview | None = strawberry.field(description=REVIEW)


@strawberry.type(description="What cancelling a review answers.")
class CancelReviewPayload(Payload):
    """What cancelling a review answers."""

    study: Study | None = strawberry.field(description=STUDY)
    review: PeerReview | None = strawberry.field(description=REVIEW)


@strawberry.type(description="What answering a review answers.")
class AnswerReviewPayload(Payload):
    """What answering a review answers."""

    study: Study | None = strawberry.field(description=STUDY)
    review: PeerReview | None = strawberry.field(description=REVIEW)


@strawberry.type(description="What answering a recommendation answers.")
class AnswerRecommendationPayload(Payload):
    """What answering a recommendation answers."""

    study: Study | None = strawberry.field(description=STUDY)
    finding: Finding | None = strawberry.field(description=FINDING)


@strawberry.type(description="What saying what came of a recommendation answers.")
class FollowRecommendationPayload(Payload):
    """What saying what came of a recommendation answers."""

    study: Study | None = strawberry.field(description=STUDY)
    finding: Finding | None = strawberry.field(description=FINDING)
