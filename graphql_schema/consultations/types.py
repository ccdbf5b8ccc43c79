"""Consultations, questionnaires, responses and results in the schema."""

from __future__ import annotations

import datetime as dt
import enum

import strawberry

from graphql_schema.enums import described
from graphql_schema.mandates.types import Mandate, Publisher
from graphql_schema.paging import Connection, connected
from graphql_schema.people.types import Territory, TerritoryOrder
from graphql_schema.traits import LocalizedText, Moment, Node, PublicRecord, Transition
from hub.consultations.models import (
    Channel,
    ConsentLevel,
    ConsultationKind,
    ConsultationState,
    IdentityPolicy,
    QuestionKind,
    RespondentKind,
    ResponseState,
    ResultsPolicy,
    RevisionClass,
    RevisionState,
    SourceModeration,
)

described(ConsultationKind, "How people are asked.", questionnaire="By a questionnaire.")
described(
    ConsultationState,
    "Where a consultation stands.",
    draft="It is being written.",
    checked="It was found complete.",
    scheduled="It is published and not yet open.",
    open="It takes responses.",
    closed="It takes responses no longer.",
)
described(
    IdentityPolicy,
    "Who may answer.",
    account="Anybody with an account, once each.",
    imported="Nobody here: the responses came from elsewhere.",
)
described(
    ResultsPolicy,
    "When the counts are public.",
    live="From the opening on.",
    after_closing="From the closing on.",
)
described(RevisionClass, "Why a revision was made.", initial="It is the first.")
described(
    RevisionState,
    "Whether a revision may still change.",
    draft="It is being written.",
    published="It is in force and never changes.",
    superseded="A newer revision is in force; responses to this one stay valid.",
)
described(
    QuestionKind,
    "How a question is answered.",
    single_choice="By one of its options.",
    multiple_choice="By some of its options.",
    text="In one's own words.",
)
described(
    SourceModeration,
    "What the platform that a question was imported from had decided about it.",
    accepted="It was accepted.",
    unreviewed="Nobody had looked at it.",
    rejected="It was rejected there, and is kept and marked here.",
)
described(
    ResponseState,
    "Whether a response counts.",
    accepted="It counts.",
    replaced="The respondent changed it; the newer one counts.",
    withdrawn="The respondent withdrew it.",
)
described(
    RespondentKind,
    "In what capacity somebody answers.",
    individual="As a person, under a pseudonym of this consultation alone.",
    anonymous="As nobody in particular.",
)
described(
    Channel,
    "By which way a response came in.",
    api="By this interface.",
    demonstration="It was made up for the demonstration.",
    **{"import": "It was taken over from elsewhere."},
)
described(
    ConsentLevel,
    "How a respondent lets their answers be published.",
    without_name="With everybody else's, without a name, once the consultation has closed.",
    not_published="Not at all; they count in the totals only.",
)


@strawberry.enum(description="The order of a list of consultations.")
class ConsultationOrder(enum.Enum):
    """The order of a list of consultations."""

    CLOSES_DESC = strawberry.enum_value("closes_desc", description="The latest closing first.")
    CLOSES_ASC = strawberry.enum_value("closes_asc", description="The earliest closing first.")
    OPENS_DESC = strawberry.enum_value("opens_desc", description="The latest opening first.")
    OPENS_ASC = strawberry.enum_value("opens_asc", description="The earliest opening first.")


@strawberry.enum(description="The order of a list of responses.")
class ResponseOrder(enum.Enum):
    """The order of a list of responses."""

    RECEIVED_DESC = strawberry.enum_value("received_desc", description="The latest first.")
    RECEIVED_ASC = strawberry.enum_value("received_asc", description="The earliest first.")


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
    updated_since: dt.datetime | None = strawberry.field(default=None, description="Only changed since this instant.")


@strawberry.input(description="Which questions a list holds.")
class QuestionFilter:
    """Which questions a list holds."""

    kind: list[QuestionKind] | None = strawberry.field(default=None, description="Only of these kinds.")
    source_moderation: list[SourceModeration] | None = strawberry.field(
        default=None, description="Only with these decisions of the platform they came from."
    )


@strawberry.input(description="Which responses a list holds.")
class ResponseFilter:
    """Which responses a list holds."""

    consultation: strawberry.ID | None = strawberry.field(default=None, description="Only to this consultation.")
    channel: list[Channel] | None = strawberry.field(default=None, description="Only by these ways.")


@strawberry.type(description="One of the answers that a choice offers.")
class Option:
    """One of the answers that a choice offers."""

    code: str = strawberry.field(description="The code by which it is chosen; it never changes.")
    position: int = strawberry.field(description="Its place, from 1.")
    label: LocalizedText = strawberry.field(description="What people read.")


@strawberry.type(description="How often an option was chosen.")
class OptionTally:
    """How often an option was chosen."""

    code: str = strawberry.field(description="The code of the option.")
    label: LocalizedText = strawberry.field(description="What people read.")
    count: int = strawberry.field(description="How many responses in force chose it.")
    share: float | None = strawberry.field(
        description="That number by the number of responses that answer the question; null where nobody did."
    )


@strawberry.type(description="What was answered to a question, counted over all its wordings.")
class QuestionTally:
    """What was answered to a question."""

    answered: int = strawberry.field(description="How many responses in force answer the question.")
    options: list[OptionTally] = strawberry.field(description="Each option with its count, in the question's order.")


@strawberry.type(description="A question of a questionnaire.")
class Question(Node):
    """A question of a questionnaire."""

    lineage_id: strawberry.ID = strawberry.field(
        description="The same for every wording of this question; results are counted by it."
    )
    position: int = strawberry.field(description="Its place in the questionnaire, from 1.")
    code: str = strawberry.field(description="The code by which an answer names it.")
    kind: QuestionKind = strawberry.field(description="How it is answered.")
    title: LocalizedText = strawberry.field(description="The question.")
    hint: LocalizedText | None = strawberry.field(description="A help for answering.")
    required: bool = strawberry.field(description="Whether a response must answer it.")
    max_length: int | None = strawberry.field(description="The most characters of a text.")
    min_choices: int | None = strawberry.field(description="The fewest options of a multiple choice.")
    max_choices: int | None = strawberry.field(description="The most options of a multiple choice.")
    source_moderation: SourceModeration | None = strawberry.field(
        description="What the platform that it was imported from had decided; null for questions of our own."
    )
    options: list[Option] = strawberry.field(description="What a choice offers; empty for a text.")
    tally: QuestionTally | None = strawberry.field(
        description="What was answered; null while the results are not public."
    )


@strawberry.type(description="A part of a questionnaire.")
class Section(Node):
    """A part of a questionnaire."""

    position: int = strawberry.field(description="Its place, from 1.")
    title: LocalizedText = strawberry.field(description="Its heading.")
    introduction: LocalizedText | None = strawberry.field(description="What is to be read first.")
    questions: Connection[Question] = connected("Its questions, in order.", filter=QuestionFilter)


@strawberry.type(description="One numbered wording of a questionnaire; a published one never changes.")
class QuestionnaireRevision(Node):
    """One numbered wording of a questionnaire."""

    number: int = strawberry.field(description="Its number, from 1.")
    revision_class: RevisionClass = strawberry.field(description="Why it was made.")
    state: RevisionState = strawberry.field(description="Whether it may still change.")
    content_hash: str | None = strawberry.field(
        description="SHA-256 of its canonical JSON (RFC 8785), from publication on."
    )
    published_at: dt.datetime | None = strawberry.field(description="When it was published.")
    consultation: Consultation | None = strawberry.field(description="The consultation that it belongs to.")
    sections: list[Section] = strawberry.field(description="Its parts, in order.")
    questions: Connection[Question] = connected("All its questions, in order.", filter=QuestionFilter)


@strawberry.type(description="What a response says to one question.")
class Answer:
    """What a response says to one question."""

    question: Question | None = strawberry.field(description="The question, as it was worded for this response.")
    options: list[str] = strawberry.field(description="The codes of the options chosen; empty for a text.")
    text: str | None = strawberry.field(description="The words; null for a choice.")


@strawberry.type(description="One respondent's answers at one time.")
class Response(Node):
    """One respondent's answers at one time."""

    consultation: Consultation | None = strawberry.field(description="The consultation that it answers.")
    revision: QuestionnaireRevision | None = strawberry.field(description="The wording that it answers.")
    state: ResponseState = strawberry.field(description="Whether it counts.")
    respondent_kind: RespondentKind = strawberry.field(description="In what capacity it was given.")
    channel: Channel = strawberry.field(description="By which way it came in.")
    consent: ConsentLevel = strawberry.field(description="How the respondent lets it be published.")
    language: str = strawberry.field(description="The language in which it was given.")
    received_at: dt.datetime = strawberry.field(description="When the hub received it.")
    content_hash: str = strawberry.field(description="SHA-256 of its canonical JSON with a random salt.")
    mine: bool = strawberry.field(description="Whether it is the viewer's own.")
    answers: list[Answer] = strawberry.field(description="The answers, in the order of the questions.")
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )


@strawberry.type(description="What a respondent holds: proof that a response was received, and whether it counts.")
class Receipt:
    """What a respondent holds."""

    code: str = strawberry.field(description="The code that finds it.")
    content_hash: str = strawberry.field(description="The hash of the response, as it was received.")
    issued_at: dt.datetime = strawberry.field(description="When it was issued.")
    state: ResponseState = strawberry.field(description="Whether the response counts now.")
    consultation: Consultation | None = strawberry.field(description="The consultation that was answered.")


@strawberry.type(description="A question put to the people, ordered by a mandate, open during an interval.")
class Consultation(PublicRecord):
    """A question put to the people."""

    kind: ConsultationKind = strawberry.field(description="How people are asked.")
    state: ConsultationState = strawberry.field(description="Where it stands at the instant of the request.")
    purpose: LocalizedText = strawberry.field(description="What it is for.")
    scope: LocalizedText | None = strawberry.field(description="What can change because of it, and what cannot.")
    privacy_notice: LocalizedText | None = strawberry.field(description="What happens with personal data.")
    attribution: LocalizedText | None = strawberry.field(description="Whom the data is owed to, if it was imported.")
    source_language: str = strawberry.field(description="The language that it was written in.")
    identity_policy: IdentityPolicy = strawberry.field(description="Who may answer.")
    results_policy: ResultsPolicy = strawberry.field(description="When the counts are public.")
    opening: Moment = strawberry.field(description="The first instant at which it takes responses.")
    closing: Moment = strawberry.field(description="The first instant at which it takes them no longer.")
    created_at: dt.datetime = strawberry.field(description="When it was drafted.")
    mandate: Mandate | None = strawberry.field(description="The mandate that orders it.")
    publisher: Publisher | None = strawberry.field(description="Who publishes it.")
    territories: Connection[Territory] = connected("The territories that it is about.", order=TerritoryOrder)
    revision: QuestionnaireRevision | None = strawberry.field(description="The wording in force.")
    revisions: Connection[QuestionnaireRevision] = connected("Every wording, in order.")
    response_count: int | None = strawberry.field(
        description="How many responses count; null while the results are not public."
    )
    responses: Connection[Response] = connected(
        "The responses that may be read: published ones after the closing, and the viewer's own.",
        order=ResponseOrder,
    )
    viewer_has_responded: bool = strawberry.field(description="Whether a response of the viewer's counts.")
    viewer_response: Response | None = strawberry.field(description="The viewer's response that counts.")
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )
