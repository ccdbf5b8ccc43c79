"""Reviews of studies, and their data, in the schema."""

from __future__ import annotations

import datetime as dt
import enum

import strawberry

from graphql_schema.enums import described
from graphql_schema.files.types import Document, DocumentFilter, DocumentOrder
from graphql_schema.paging import Connection, connected
from graphql_schema.studies.types import Study, StudyRevision
from graphql_schema.traits import LocalizedText, Node, Transition
from hub.studies.dataset_models import ColumnType, DatasetRole
from hub.studies.review_models import ReviewState, ReviewVerdict

described(
    ReviewState,
    "Where a review stands.",
    invited="Somebody was asked for it.",
    delivered="It was delivered, and the authors have not answered.",
    answered="The authors answered it.",
    declined="Whoever was asked declined.",
    cancelled="The invitation was taken back.",
)
described(
    ReviewVerdict,
    "What a reviewer thinks should become of a study.",
    accept="It should be published as it is.",
    minor="A little should be changed.",
    major="Much should be changed.",
    reject="It should not be published.",
)
described(
    DatasetRole,
    "Whether a study took data from elsewhere or made them.",
    used="They were used.",
    produced="They were produced.",
)
described(
    ColumnType,
    "What stands in a column.",
    text="Text.",
    category="One of a few words or codes.",
    integer="A whole number.",
    number="A number.",
    boolean="Yes or no.",
    date="A day.",
    datetime="An instant.",
)


@strawberry.enum(description="The order of a list of reviews.")
class PeerReviewOrder(enum.Enum):
    """The order of a list of reviews."""

    INVITED_ASC = strawberry.enum_value("invited_asc", description="The oldest invitation first.")
    INVITED_DESC = strawberry.enum_value("invited_desc", description="The newest invitation first.")


@strawberry.type(description="What somebody who had no part in a study says of a wording of it.")
class PeerReview(Node):
    """What somebody who had no part in a study says of it."""

    name: str | None = strawberry.field(
        description="Who reviews; null where it is blind, but for the officers and the reviewer."
    )
    blind: bool = strawberry.field(description="Whether only the officers know who reviews.")
    mine: bool = strawberry.field(description="Whether the viewer is the reviewer.")
    state: ReviewState = strawberry.field(description="Where it stands.")
    verdict: ReviewVerdict | None = strawberry.field(description="What should become of the study.")
    report: LocalizedText | None = strawberry.field(description="What the reviewer says.")
    interests: str | None = strawberry.field(
        description="What the reviewer declared about their interests; told to those who know who it is."
    )
    authors_answer: LocalizedText | None = strawberry.field(description="What the authors answer.")
    reason: str | None = strawberry.field(
        description="Why it was declined or taken back; told to those who know who reviews."
    )
    due_on: dt.date | None = strawberry.field(description="The day by which it is asked for.")
    invited_at: dt.datetime = strawberry.field(description="When somebody was asked for it.")
    delivered_at: dt.datetime | None = strawberry.field(description="When it was delivered.")
    answered_at: dt.datetime | None = strawberry.field(description="When the authors answered it.")
    study: Study | None = strawberry.field(description="The study.")
    revision: StudyRevision | None = strawberry.field(description="The wording that it is about.")
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )


@strawberry.type(description="A column of data, as the dictionary tells it.")
class DatasetColumn:
    """A column of data."""

    name: str = strawberry.field(description="What it is called in the data.")
    position: int = strawberry.field(description="Its place, from 0.")
    type: ColumnType = strawberry.field(description="What stands in it.")
    meaning: LocalizedText = strawberry.field(description="What that means.")


@strawberry.type(description="Data that a study used or produced.")
class StudyDataset(Node):
    """Data that a study used or produced."""

    position: int = strawberry.field(description="Its place among the data of the study, from 1.")
    role: DatasetRole = strawberry.field(description="Whether they were used or produced.")
    title: LocalizedText = strawberry.field(description="What they are called.")
    description: LocalizedText | None = strawberry.field(description="What they are.")
    mended: LocalizedText | None = strawberry.field(description="What was mended in them before they were used.")
    source_url: str | None = strawberry.field(description="Where they come from.")
    licence: str | None = strawberry.field(description="What may be done with them.")
    row_count: int | None = strawberry.field(description="How many rows they have.")
    sha256: str | None = strawberry.field(description="SHA-256 of the file, as 64 small hexadecimal digits.")
    published_at: dt.datetime | None = strawberry.field(description="When they were published.")
    edition: int = strawberry.field(description="How often it was written; the next edit names it.")
    created_at: dt.datetime = strawberry.field(description="When they were described.")
    documents: Connection[Document] = connected(
        "The files, where the hub keeps them.", filter=DocumentFilter, order=DocumentOrder
    )
    columns: list[DatasetColumn] = strawberry.field(description="The dictionary of their columns, in order.")
    study: Study | None = strawberry.field(description="The study.")
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )
