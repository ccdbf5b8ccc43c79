"""Studies, their team, their steps and their wordings in the schema."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from graphql_schema.bodies.types import Body
from graphql_schema.enums import described
from graphql_schema.files.types import Document, DocumentFilter, DocumentOrder
from graphql_schema.mandates.types import Mandate
from graphql_schema.paging import Connection, connected
from graphql_schema.people.types import Organization
from graphql_schema.traits import LocalizedText, Node, PublicRecord, Transition
from hub.studies.models import MilestoneState, StudyKind, StudyState, TeamRole
from hub.studies.revision_models import StudyRevisionState

if TYPE_CHECKING:
    from graphql_schema.studies.finding_types import Finding, FindingFilter, FindingOrder
    from graphql_schema.studies.review_types import PeerReview, PeerReviewOrder, StudyDataset

described(
    StudyKind,
    "What sort of study it is.",
    research="Research.",
    diagnosis="A diagnosis of how things are.",
    evaluation="An evaluation of something that was done.",
    opinion="An expert opinion.",
)
described(
    StudyState,
    "Where a study stands.",
    ordered="It was ordered.",
    contracted="Whoever is to do it was contracted.",
    planned="Its method is published.",
    in_progress="It is being worked on.",
    in_review="A wording was handed in and is being reviewed.",
    approved="It was approved and is not published yet.",
    published="It is published.",
    corrected="It is published in a corrected wording.",
    retracted="It was retracted and stays visible.",
    cancelled="It was cancelled before it was published.",
)
described(
    TeamRole,
    "What somebody does in the team of a study.",
    lead="They lead it.",
    researcher="They write it.",
    adviser="They advise those who write it.",
    support="They support those who write it.",
)
described(
    MilestoneState,
    "Where a step of a study stands.",
    planned="It has its day.",
    handed_in="What it asks for was handed in.",
    returned="What was handed in was returned, with reasons.",
    accepted="What was handed in was accepted.",
    dropped="It is not wanted any more, with reasons.",
)
described(
    StudyRevisionState,
    "Where a wording of a study stands.",
    draft="It is being written.",
    in_review="It was handed in and is being reviewed.",
    returned="It was returned to its authors, with reasons.",
    published="It is published.",
    corrected="A corrected wording has replaced it.",
    retracted="It was retracted and stays visible.",
)

FindingsOf = Annotated["Finding", strawberry.lazy("graphql_schema.studies.finding_types")]
OrderOfFindings = Annotated["FindingOrder", strawberry.lazy("graphql_schema.studies.finding_types")]
FilterOfFindings = Annotated["FindingFilter", strawberry.lazy("graphql_schema.studies.finding_types")]
ReviewsOf = Annotated["PeerReview", strawberry.lazy("graphql_schema.studies.review_types")]
OrderOfReviews = Annotated["PeerReviewOrder", strawberry.lazy("graphql_schema.studies.review_types")]
DatasetsOf = Annotated["StudyDataset", strawberry.lazy("graphql_schema.studies.review_types")]


@strawberry.enum(description="The order of a list of studies.")
class StudyOrder(enum.Enum):
    """The order of a list of studies."""

    CREATED_DESC = strawberry.enum_value("created_desc", description="The newest first.")
    CREATED_ASC = strawberry.enum_value("created_asc", description="The oldest first.")


@strawberry.input(description="Which states of studies a list holds.")
class StudyStateFilter:
    """Which states of studies a list holds."""

    state: list[StudyState] | None = strawberry.field(default=None, description="Only in these states.")


@strawberry.input(description="Which studies a list holds.")
class StudyFilter(StudyStateFilter):
    """Which studies a list holds."""

    kind: list[StudyKind] | None = strawberry.field(default=None, description="Only of these kinds.")
    body: strawberry.ID | None = strawberry.field(default=None, description="Only ordered by this body.")
    organization: strawberry.ID | None = strawberry.field(default=None, description="Only done by this organisation.")
    text: str | None = strawberry.field(default=None, description="Only with these words, by Spanish stems.")
    updated_since: dt.datetime | None = strawberry.field(default=None, description="Only changed since this instant.")


@strawberry.type(description="Somebody who works on a study.")
class StudyMember(Node):
    """Somebody who works on a study."""

    name: str | None = strawberry.field(description="What they are cited by; null for whoever had themself forgotten.")
    role: TeamRole = strawberry.field(description="What they do in the team.")
    organization: Organization | None = strawberry.field(description="The organisation that they come from.")
    interests: str | None = strawberry.field(
        description="What they declared about their interests in the matter; null before they did."
    )
    declared_at: dt.datetime | None = strawberry.field(description="When they declared it.")
    joined_at: dt.datetime = strawberry.field(description="When they joined the team.")
    left_at: dt.datetime | None = strawberry.field(description="When they left it; null while they work on it.")
    mine: bool = strawberry.field(description="Whether it is the viewer.")
    study: Study | None = strawberry.field(description="The study.")
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )


@strawberry.type(description="A step of a study: what is handed in by which day.")
class StudyMilestone(Node):
    """A step of a study."""

    number: int = strawberry.field(description="Its number, from 1.")
    title: LocalizedText = strawberry.field(description="What is to be handed in.")
    state: MilestoneState = strawberry.field(description="Where it stands.")
    due_on: dt.date = strawberry.field(description="The day by which it is to be handed in.")
    late: bool = strawberry.field(description="Whether that day has passed and nothing that was handed in stands.")
    payment: int | None = strawberry.field(description="What is paid for it, in whole units of the study's currency.")
    handed_in_note: LocalizedText | None = strawberry.field(description="What was handed in.")
    handed_in_at: dt.datetime | None = strawberry.field(description="When it was handed in last.")
    decision_reason: LocalizedText | None = strawberry.field(description="Why it was returned or dropped.")
    decided_at: dt.datetime | None = strawberry.field(description="When it was accepted, returned or dropped last.")
    documents: Connection[Document] = connected(
        "What was handed in for it.", filter=DocumentFilter, order=DocumentOrder
    )
    study: Study | None = strawberry.field(description="The study.")
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )


@strawberry.type(description="A part of a wording of a study.")
class StudySection:
    """A part of a wording of a study."""

    code: str = strawberry.field(description="Its code, which is the same in every wording.")
    position: int = strawberry.field(description="Its place, from 0.")
    heading: LocalizedText = strawberry.field(description="What it is called.")
    text: LocalizedText = strawberry.field(description="What it says.")


@strawberry.type(description="One wording of a study, which never changes once it is handed in.")
class StudyRevision(Node):
    """One wording of a study."""

    number: int = strawberry.field(description="Its number, from 1.")
    state: StudyRevisionState = strawberry.field(description="Where it stands.")
    abstract: LocalizedText = strawberry.field(description="What it says in short.")
    note: LocalizedText | None = strawberry.field(description="What differs from the wording before, and why.")
    return_reason: LocalizedText | None = strawberry.field(description="Why it was returned to its authors.")
    content_hash: str | None = strawberry.field(
        description="SHA-256 of the canonical JSON of all that it says; null while it is a draft."
    )
    citation: str | None = strawberry.field(description="The line by which it is cited; null before its publication.")
    handed_in_at: dt.datetime | None = strawberry.field(description="When it was handed in.")
    published_at: dt.datetime | None = strawberry.field(description="When it was published.")
    edition: int = strawberry.field(
        description="How often the study was written by then, over all its wordings; the next writing names it."
    )
    created_at: dt.datetime = strawberry.field(description="When somebody began to write it.")
    sections: list[StudySection] = strawberry.field(description="Its parts, in order.")
    findings: Connection[FindingsOf] = connected(
        "What it says was found and what it recommends.", filter=FilterOfFindings, order=OrderOfFindings
    )
    documents: Connection[Document] = connected(
        "The wording as a file, and its annexes.", filter=DocumentFilter, order=DocumentOrder
    )
    study: Study | None = strawberry.field(description="The study.")


@strawberry.type(description="A work that is to find something out, ordered by a body.")
class Study(PublicRecord):
    """A work that is to find something out."""

    kind: StudyKind = strawberry.field(description="What sort of study it is.")
    state: StudyState = strawberry.field(description="Where it stands.")
    questions: LocalizedText = strawberry.field(description="What it is to find out.")
    terms: LocalizedText = strawberry.field(description="The terms of reference: what is asked of whoever does it.")
    method: LocalizedText | None = strawberry.field(description="How it finds that out; null before it is planned.")
    ethics_note: LocalizedText | None = strawberry.field(description="What was considered about those it concerns.")
    contract: str | None = strawberry.field(description="The reference of the contract.")
    contracted_on: dt.date | None = strawberry.field(description="The day of the contract.")
    cost: int | None = strawberry.field(description="What it costs, in whole units of the currency.")
    currency: str | None = strawberry.field(description="The currency of the cost (ISO 4217).")
    due_on: dt.date | None = strawberry.field(description="The day by which it is to be published.")
    answer_days: int = strawberry.field(
        description="How many days those have to answer to whom it recommends something."
    )
    end_reason: LocalizedText | None = strawberry.field(description="Why it was retracted or cancelled.")
    ended_at: dt.datetime | None = strawberry.field(description="When it was retracted or cancelled.")
    created_at: dt.datetime = strawberry.field(description="When it was ordered.")
    mandate: Mandate | None = strawberry.field(description="The mandate that orders it.")
    body: Body | None = strawberry.field(description="The body that ordered it.")
    organization: Organization | None = strawberry.field(
        description="The organisation that does it; null where the body does it by itself."
    )
    members: Connection[StudyMember] = connected("Who works on it, and who did.")
    milestones: Connection[StudyMilestone] = connected("The steps in which it is handed in.")
    revision: StudyRevision | None = strawberry.field(description="The wording that stands; null before that.")
    revisions: Connection[StudyRevision] = connected(
        "Every wording that the viewer may read: published ones, and for those who work on it the others too."
    )
    findings: Connection[FindingsOf] = connected(
        "What it found and recommends, in any wording.", filter=FilterOfFindings, order=OrderOfFindings
    )
    reviews: Connection[ReviewsOf] = connected("What reviewers said of it.", order=OrderOfReviews)
    datasets: Connection[DatasetsOf] = connected("The data that it used and produced.")
    documents: Connection[Document] = connected(
        "What else belongs to it as a whole.", filter=DocumentFilter, order=DocumentOrder
    )
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )
