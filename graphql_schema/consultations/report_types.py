"""What came of a consultation in the schema: reports, statements, and how the answers of a body stand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import strawberry

from graphql_schema.consultations.questionnaire_types import ConsultationOf, Question, Section
from graphql_schema.consultations.result_types import ResultRelease, ResultTable
from graphql_schema.enums import described
from graphql_schema.paging import Connection, connected
from graphql_schema.traits import LocalizedText, Node, Transition
from hub.consultations.report_models import AnswerStanding, Outcome, ReportState, StatementState

if TYPE_CHECKING:
    from graphql_schema.instruments.types import Instrument

InstrumentOf = Annotated["Instrument", strawberry.lazy("graphql_schema.instruments.types")]

described(
    AnswerStanding,
    "How the answer stands that a consultation owes to those who answered it.",
    owed="It is owed, and its day has not passed.",
    overdue="Its day has passed, and not every question has a published statement.",
    answered="Every question had a published statement in time.",
    answered_late="Every question had a published statement after the day.",
)
described(
    ReportState,
    "Where a version of a report stands.",
    draft="It is being written.",
    approved="The coordinator approved it, and the released data that it speaks of are fixed.",
    published="It is published and never changes.",
    corrected="It was published, and another version has taken its place since.",
)
described(
    StatementState,
    "Where a version of a statement stands.",
    draft="It is being written.",
    approved="The coordinator approved it.",
    published="It is published and never changes.",
    corrected="It was published, and another version has taken its place since.",
    discarded="It was given up before it was approved.",
)
described(
    Outcome,
    "What was done with what people said.",
    accepted="It was accepted.",
    partly="It was accepted in part.",
    not_accepted="It was not accepted.",
    noted="It was taken note of.",
)


@strawberry.type(
    description="How a consultation was held, how many took part, and what its data cannot say; one numbered version."
)
class ConsultationReport(Node):
    """How a consultation was held."""

    consultation: ConsultationOf | None = strawberry.field(description="The consultation.")
    number: int = strawberry.field(description="The number of the version, from 1.")
    state: ReportState = strawberry.field(description="Where it stands.")
    method: LocalizedText = strawberry.field(description="How people were asked and how their answers were counted.")
    limitations: LocalizedText | None = strawberry.field(description="What the data cannot say.")
    correction_note: LocalizedText | None = strawberry.field(
        description="What was wrong in the version before; null in the first one."
    )
    release: ResultRelease | None = strawberry.field(
        description="The release of results that it speaks of; null until it is approved."
    )
    snapshot_hash: str | None = strawberry.field(
        description="SHA-256 of the canonical JSON (RFC 8785) of all released tables, from the approval on."
    )
    response_count: int | None = strawberry.field(description="How many responses counted in that release.")
    begun_not_sent: int | None = strawberry.field(
        description="How many responses were begun with a saved draft and not sent, at the approval."
    )
    invitations_issued: int | None = strawberry.field(
        description="How many invitations were issued; null where anybody could answer without one."
    )
    completion_rate: float | None = strawberry.field(
        description="The responses that counted, by those and the ones begun and not sent; null where there are none."
    )
    response_rate: float | None = strawberry.field(
        description="The responses that counted, by the invitations issued; null where there are none."
    )
    edition: int = strawberry.field(description="How often it was written; the next edit names it.")
    created_at: dt.datetime = strawberry.field(description="When it was begun.")
    approved_at: dt.datetime | None = strawberry.field(description="When it was approved.")
    published_at: dt.datetime | None = strawberry.field(description="When it was published.")
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )


@strawberry.type(
    description="What came of the answers to one question, or to a section: what was asked, said and done, and why."
)
class Statement(Node):
    """What came of the answers to one question, or to a section."""

    consultation: ConsultationOf | None = strawberry.field(description="The consultation.")
    lineage_id: strawberry.ID | None = strawberry.field(
        description="What the wordings of its question share; null where it is about a section."
    )
    question: Question | None = strawberry.field(
        description="The newest wording of its question; null where it is about a section."
    )
    section: Section | None = strawberry.field(description="Its section; null where it is about one question.")
    position: int = strawberry.field(description="The place of its question, or of the first one of its section.")
    number: int = strawberry.field(description="The number of the version, from 1.")
    state: StatementState = strawberry.field(description="Where it stands.")
    asked: LocalizedText = strawberry.field(description="What was asked.")
    said: LocalizedText = strawberry.field(description="What people said; the figures are in its tables.")
    did: Outcome = strawberry.field(description="What was done with it.")
    reasons: LocalizedText = strawberry.field(description="Why.")
    instrument: InstrumentOf | None = strawberry.field(description="The published act by which it was done.")
    correction_note: LocalizedText | None = strawberry.field(
        description="What was wrong in the version before; null in the first one."
    )
    tables: Connection[ResultTable] = connected("The totals that were released of what it is about.")
    edition: int = strawberry.field(description="How often it was written; the next edit names it.")
    created_at: dt.datetime = strawberry.field(description="When it was begun.")
    approved_at: dt.datetime | None = strawberry.field(description="When it was approved.")
    published_at: dt.datetime | None = strawberry.field(description="When it was published.")
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )


@strawberry.input(description="Which statements a list holds.")
class StatementFilter:
    """Which statements a list holds."""

    state: list[StatementState] | None = strawberry.field(default=None, description="Only in these states.")
    did: list[Outcome] | None = strawberry.field(default=None, description="Only with these outcomes.")


@strawberry.type(description="How the answers stand that a body owes for its public consultations that have closed.")
class AnsweringFigures:
    """How the answers of a body stand."""

    owed: int = strawberry.field(description="How many are owed, and their day has not passed.")
    overdue: int = strawberry.field(description="How many are owed, and their day has passed.")
    answered: int = strawberry.field(description="How many were given, in time or late.")
    answered_late: int = strawberry.field(description="How many of those were given after their day.")
