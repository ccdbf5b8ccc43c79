"""Consultations and the notices about their time in the schema."""

from __future__ import annotations

import datetime as dt
import enum

import strawberry

from graphql_schema.consultations.questionnaire_types import QuestionnaireRevision
from graphql_schema.consultations.report_types import ConsultationReport, Statement, StatementFilter
from graphql_schema.consultations.response_types import Response, ResponseDraft, ResponseOrder, ResponsePage
from graphql_schema.consultations.result_types import ConsultationResults, ParticipationFigures
from graphql_schema.enums import described
from graphql_schema.files.types import Document, DocumentFilter, DocumentOrder
from graphql_schema.identity.levels import Assurance
from graphql_schema.instruments.types import Instrument
from graphql_schema.mandates.types import Mandate, Publisher
from graphql_schema.paging import Connection, argument, asked, connected
from graphql_schema.people.types import Territory, TerritoryOrder
from graphql_schema.traits import LocalizedText, Moment, Node, PublicRecord, Transition
from hub.consultations.models import (
    Anonymity,
    ConsultationKind,
    ConsultationState,
    IdentityPolicy,
    NoticeKind,
    ResultsPolicy,
)
from hub.consultations.report_models import AnswerStanding

described(ConsultationKind, "How people are asked.", questionnaire="By a questionnaire.")
described(
    ConsultationState,
    "Where a consultation stands.",
    draft="It is being written.",
    checked="It was found complete.",
    scheduled="It is published and not yet open.",
    open="It takes responses.",
    suspended="It takes no responses for a while.",
    closed="It takes responses no longer.",
    in_analysis="What people answered is being worked on.",
    findings_published="Its report is published, with the results that it speaks of.",
    answered="Every question has a published statement about what came of it.",
    archived="It was answered and put by.",
    withdrawn="It was withdrawn; its responses are kept and not shown.",
)
described(
    IdentityPolicy,
    "Who may answer.",
    open="Anybody, with or without an account.",
    account="Anybody with an account.",
    verified="Anybody of whom it was made sure that they are one natural person.",
    invited="Whoever holds an invitation.",
    imported="Nobody here: the responses came from elsewhere.",
)
described(
    Anonymity,
    "Whether a respondent finds their response again.",
    pseudonymous="Yes, under a pseudonym of this consultation alone, until its key is destroyed.",
    anonymous="No: nothing leads from a response to whoever gave it, not even for themselves.",
)
described(
    ResultsPolicy,
    "When the counts of public questions are public.",
    live="From the opening on.",
    after_closing="From the closing on.",
)
described(
    NoticeKind,
    "What a notice announces.",
    opening="When the consultation opens and closes.",
    extension="A later closing.",
    shortening="An earlier closing, by an instrument of the body.",
    suspension="That it takes no responses for a while.",
    resumption="That it takes them again.",
    withdrawal="That it was withdrawn.",
)


@strawberry.enum(description="The order of a list of consultations.")
class ConsultationOrder(enum.Enum):
    """The order of a list of consultations."""

    CLOSES_DESC = strawberry.enum_value("closes_desc", description="The latest closing first.")
    CLOSES_ASC = strawberry.enum_value("closes_asc", description="The earliest closing first.")
    OPENS_DESC = strawberry.enum_value("opens_desc", description="The latest opening first.")
    OPENS_ASC = strawberry.enum_value("opens_asc", description="The earliest opening first.")


@strawberry.input(description="Which states of consultations a list holds.")
class ConsultationStateFilter:
    """Which states of consultations a list holds."""

    state: list[ConsultationState] | None = strawberry.field(default=None, description="Only in these states.")


@strawberry.input(description="Which consultations a list holds.")
class ConsultationFilter(ConsultationStateFilter):
    """Which consultations a list holds."""

    body: strawberry.ID | None = strawberry.field(default=None, description="Only published by this body.")
    organization: strawberry.ID | None = strawberry.field(
        default=None, description="Only published by this organisation."
    )
    territory: strawberry.ID | None = strawberry.field(default=None, description="Only about this territory.")
    text: str | None = strawberry.field(default=None, description="Only with these words, by Spanish stems.")
    answer_standing: list[AnswerStanding] | None = strawberry.field(
        default=None, description="Only those whose answer to the people stands so."
    )
    updated_since: dt.datetime | None = strawberry.field(default=None, description="Only changed since this instant.")


@strawberry.enum(description="The order of a list of notices.")
class NoticeOrder(enum.Enum):
    """The order of a list of notices."""

    NUMBER_ASC = strawberry.enum_value("number_asc", description="The first one first.")
    NUMBER_DESC = strawberry.enum_value("number_desc", description="The newest first.")


@strawberry.type(description="A numbered notice about a consultation's time; it never changes.")
class TimetableNotice(Node):
    """A numbered notice about a consultation's time."""

    number: int = strawberry.field(description="Its number, from 1.")
    kind: NoticeKind = strawberry.field(description="What it announces.")
    opening: Moment = strawberry.field(description="The opening that holds from then on.")
    closing: Moment = strawberry.field(description="The closing that holds from then on.")
    reason: LocalizedText | None = strawberry.field(description="Why; null in the first one.")
    published_at: dt.datetime = strawberry.field(description="When it was published.")
    consultation: Consultation | None = strawberry.field(description="The consultation.")
    instrument: Instrument | None = strawberry.field(
        description="The instrument that orders an earlier closing; null in every other notice."
    )


@strawberry.type(description="A question put to the people, ordered by a mandate, open during an interval.")
class Consultation(PublicRecord):
    """A question put to the people."""

    kind: ConsultationKind = strawberry.field(description="How people are asked.")
    state: ConsultationState = strawberry.field(description="Where it stands at the instant of the request.")
    purpose: LocalizedText = strawberry.field(description="What it is for.")
    scope: LocalizedText | None = strawberry.field(description="What can change because of it, and what cannot.")
    privacy_notice: LocalizedText | None = strawberry.field(description="What happens with personal data.")
    notice_hash: str | None = strawberry.field(
        description="SHA-256 of the privacy notice, which a consent names; null where nobody answers here."
    )
    attribution: LocalizedText | None = strawberry.field(description="Whom the data is owed to, if it was imported.")
    source_language: str = strawberry.field(description="The language that it was written in.")
    identity_policy: IdentityPolicy = strawberry.field(description="Who may answer.")
    assurance: Assurance = strawberry.field(
        description="How sure it has to be who answers, where everybody with an account may."
    )
    anonymity: Anonymity = strawberry.field(description="Whether a respondent finds their response again.")
    results_policy: ResultsPolicy = strawberry.field(description="When the counts of its public questions are public.")
    responses_each: int = strawberry.field(description="How many responses it takes of each respondent.")
    network_limit: int | None = strawberry.field(
        description="How many responses it takes of one network in a day; null without a limit."
    )
    smallest_cell: int = strawberry.field(
        description="The fewest responses that a figure about confidential answers or a part of the people stands for."
    )
    grace_seconds: int = strawberry.field(description="How long after the closing a response still counts by itself.")
    late_days: int = strawberry.field(description="For how many days after the closing late responses are kept.")
    opening: Moment = strawberry.field(description="The first instant at which it takes responses.")
    closing: Moment = strawberry.field(description="The first instant at which it takes them no longer.")
    counted_until: dt.datetime = strawberry.field(
        description="Until when a response counts by itself; from then on responses and results are public."
    )
    late_until: dt.datetime = strawberry.field(
        description="Until when a late response is taken and kept; from then on nobody finds theirs any more."
    )
    answer_due_on: dt.date | None = strawberry.field(
        description="The day until when whoever answers is to know what came of it; null in drafts and imports."
    )
    answered_at: dt.datetime | None = strawberry.field(
        description="When every question had its published statement, and it was declared answered."
    )
    answer_standing: AnswerStanding | None = strawberry.field(
        description="How that answer stands today; null where none is owed."
    )
    created_at: dt.datetime = strawberry.field(description="When it was drafted.")
    mandate: Mandate | None = strawberry.field(description="The mandate that orders it.")
    publisher: Publisher | None = strawberry.field(description="Who publishes it.")
    territories: Connection[Territory] = connected("The territories that it is about.", order=TerritoryOrder)
    revision: QuestionnaireRevision | None = strawberry.field(description="The wording in force.")
    revisions: Connection[QuestionnaireRevision] = connected(
        "Every wording, in order; for its staff also the one that is being written."
    )
    documents: Connection[Document] = connected(
        "What its body lays before whoever answers.", filter=DocumentFilter, order=DocumentOrder
    )
    notices: Connection[TimetableNotice] = connected(
        "Every notice about its time, each with its reason.", order=NoticeOrder
    )
    response_count: int | None = strawberry.field(
        description="How many responses count; null while the results are not public."
    )
    results: ConsultationResults | None = strawberry.field(
        description="The released results, protected where they must be; null before the first release."
    )
    report: ConsultationReport | None = strawberry.field(
        description="The published report in the version that holds; null before the findings are published."
    )
    reports: Connection[ConsultationReport] = connected(
        "Every version of the report, in order; for its staff also the one that is being written."
    )
    statements: Connection[Statement] = connected(
        "What came of the answers, in the order of the questions; for its staff also what is being written.",
        filter=StatementFilter,
    )
    participation: ParticipationFigures | None = strawberry.field(
        description="How people took part; null while the results are not public, except for the staff who analyse it."
    )
    responses: ResponsePage = connected(
        "The responses that may be read: published ones after the closing, and the viewer's own.",
        order=ResponseOrder,
    )
    viewer_has_responded: bool = strawberry.field(description="Whether a response of the viewer's counts.")
    viewer_is_asked_again: bool = strawberry.field(
        description="Whether the questions changed in substance since the viewer answered them."
    )
    viewer_draft: ResponseDraft | None = asked(
        "What the viewer has begun and not sent, where their account holds it.",
        organization=argument(
            strawberry.ID | None, "What was begun in the name of this organisation, which the viewer represents."
        ),
    )
    viewer_response: Response | None = strawberry.field(description="The viewer's response that counts.")
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )
