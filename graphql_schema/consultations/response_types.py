"""Responses in the schema: what was answered, what of it is published, receipts, and what is only begun."""

from __future__ import annotations

import datetime as dt
import enum

import strawberry

from graphql_schema.consultations.questionnaire_types import (
    ConsultationOf,
    Question,
    QuestionnaireRevision,
    StatementOf,
)
from graphql_schema.enums import described
from graphql_schema.paging import Connection, connected
from graphql_schema.people.types import Organization, Territory
from graphql_schema.traits import LocalizedText, Node, Reason, Transition
from hub.consultations.response_models import Channel, ConsentLevel, RespondentKind, ResponseState, Timeliness

described(
    ResponseState,
    "Whether a response counts.",
    accepted="It counts.",
    held="It came in late, is kept, and counts once it is admitted.",
    refused="It came in late and was not admitted.",
    replaced="The respondent changed it; the newer one counts.",
    withdrawn="The respondent withdrew it.",
)
described(
    Timeliness,
    "How a response came in towards the closing.",
    on_time="Before the closing.",
    grace="Just after the closing, on its way already; it counts.",
    late="After that.",
)
described(
    RespondentKind,
    "In what capacity somebody answers.",
    individual="As a person, under a pseudonym of this consultation alone.",
    organization="In the name of an organisation.",
    public_body="In the name of an authority.",
    anonymous="As nobody in particular.",
)
described(
    Channel,
    "By which way a response came in.",
    web="By the hub's own pages.",
    api="By this interface.",
    email="By mail; the staff wrote it down.",
    paper="On paper; the staff wrote it down.",
    hearing="At a hearing; the staff wrote it down.",
    assisted="With somebody's help, who wrote it down.",
    demonstration="It was made up for the demonstration.",
    **{"import": "It was taken over from elsewhere."},
)
described(
    ConsentLevel,
    "How a respondent lets their answers be published.",
    with_name="With the respondent's name, and the organisation's where one answers.",
    organization_name="With the organisation's name alone.",
    without_name="With everybody else's, without a name, once the consultation has closed.",
    not_published="Not at all; they count in the totals only.",
)

NOTICE = "What became of it because it came in after the closing, in words; null where it came in on time."


@strawberry.enum(description="The order of a list of responses.")
class ResponseOrder(enum.Enum):
    """The order of a list of responses."""

    RECEIVED_DESC = strawberry.enum_value("received_desc", description="The latest first.")
    RECEIVED_ASC = strawberry.enum_value("received_asc", description="The earliest first.")


@strawberry.input(description="Which responses a list holds.")
class ResponseFilter:
    """Which responses a list holds."""

    consultation: strawberry.ID | None = strawberry.field(default=None, description="Only to this consultation.")
    channel: list[Channel] | None = strawberry.field(default=None, description="Only by these ways.")
    respondent_kind: list[RespondentKind] | None = strawberry.field(
        default=None, description="Only given in these capacities."
    )
    organization: strawberry.ID | None = strawberry.field(
        default=None, description="Only given in the name of this organisation, where that is told."
    )
    state: list[ResponseState] | None = strawberry.field(
        default=None, description="Only in these states; everybody sees those that count alone."
    )
    timeliness: list[Timeliness] | None = strawberry.field(default=None, description="Only those that came in so.")
    marked: bool | None = strawberry.field(
        default=None, description="Only those marked as nearly identical to another, or not; for the staff alone."
    )


@strawberry.type(description="What a response says to one line of a matrix.")
class RowAnswer:
    """What a response says to one line of a matrix."""

    row: str = strawberry.field(description="The code of the row.")
    option: str = strawberry.field(description="The code of the option chosen for it.")


@strawberry.type(
    description="A file that answers a question; what it was called is not kept, and what a program wrote into its "
    "bytes, such as an author or a place, stays in them."
)
class AnswerFile:
    """A file that answers a question."""

    id: strawberry.ID = strawberry.field(
        description="Names it where it is to stay in a draft or in a changed response, and for `requestAnswerDownload`."
    )
    name: str = strawberry.field(description="What it is called when it is given out, by its type alone.")
    size: int = strawberry.field(description="How many bytes it has.")
    media_type: str = strawberry.field(description="Its media type, which its bytes were looked at for.")
    sha256: str = strawberry.field(description="The SHA-256 of its bytes, in hexadecimal; the receipt's hash has it.")
    path: str | None = strawberry.field(
        description="The path on this host at which a GET gives its bytes to whoever sees the answer, with their token "
        "as bearer where not everybody does; null as long as it only stands in a draft."
    )


@strawberry.type(description="What a response says to one question.")
class Answer:
    """What a response says to one question."""

    question: Question | None = strawberry.field(description="The question, as it was worded for this response.")
    options: list[str] = strawberry.field(description="The codes of the options chosen, in a ranking in their order.")
    text: str | None = strawberry.field(description="The words: of a text, or of the option that asks for them.")
    rows: list[RowAnswer] = strawberry.field(description="What was chosen for each line of a matrix.")
    number: float | None = strawberry.field(description="The number, or the place on a scale.")
    date: dt.date | None = strawberry.field(description="The day.")
    territory: Territory | None = strawberry.field(description="The place.")
    file: AnswerFile | None = strawberry.field(
        description="The file; null where it is not answered by one, and as soon as the response was changed or taken "
        "back, or whoever gave it is gone."
    )
    agreed: bool | None = strawberry.field(description="Whether the respondent agreed.")
    consent: ConsentLevel | None = strawberry.field(
        description="How this answer may be published; null where it is as the whole response."
    )
    published: bool = strawberry.field(description="Whether everybody may read it once the response may be read.")


@strawberry.type(description="One respondent's answers at one time.")
class Response(Node):
    """One respondent's answers at one time."""

    consultation: ConsultationOf | None = strawberry.field(description="The consultation that it answers.")
    revision: QuestionnaireRevision | None = strawberry.field(description="The wording that it answers.")
    state: ResponseState = strawberry.field(description="Whether it counts.")
    timeliness: Timeliness = strawberry.field(description="How it came in towards the closing.")
    respondent_kind: RespondentKind = strawberry.field(description="In what capacity it was given.")
    respondent_name: str | None = strawberry.field(description="The name, of those who let it be published.")
    organization: Organization | None = strawberry.field(
        description="The organisation that answered, where it lets itself be named."
    )
    territory: Territory | None = strawberry.field(
        description="Where the respondent lives or works; for the respondent and the staff alone."
    )
    channel: Channel = strawberry.field(description="By which way it came in.")
    consent: ConsentLevel = strawberry.field(description="How the respondent lets it be published.")
    language: str = strawberry.field(description="The language in which it was given.")
    received_at: dt.datetime = strawberry.field(
        description="When the hub received it; of an anonymous one, the beginning of that day."
    )
    decision_reason: LocalizedText | None = strawberry.field(
        description="Why it was admitted or refused, where it came in late."
    )
    notice: Reason | None = strawberry.field(description=NOTICE)
    similar_to: Response | None = strawberry.field(
        description="An earlier response whose words are nearly the same; for the staff alone."
    )
    content_hash: str = strawberry.field(description="SHA-256 of its canonical JSON with a random salt.")
    receipt: Receipt | None = strawberry.field(description="Its receipt, for whoever gave it alone.")
    mine: bool = strawberry.field(description="Whether it is the viewer's own.")
    answers: list[Answer] = strawberry.field(description="The answers, in the order of the questions.")
    statements: Connection[StatementOf] = connected(
        "What came of the questions that it answers, as far as the viewer may read the answers."
    )
    available_transitions: list[Transition] = strawberry.field(
        description="What the viewer may do with it, and why not."
    )


@strawberry.type(description="How many of a list have one value.")
class FacetCount:
    """How many of a list have one value."""

    code: str = strawberry.field(description="The value: as in a filter, or the tag of a language.")
    label: str = strawberry.field(description="What it is called, in the viewer's language.")
    count: int = strawberry.field(description="How many of the whole list have it.")
    share: float = strawberry.field(description="That number by the size of the whole list.")


@strawberry.type(description="How the responses of a list are spread, counted over those that the viewer may read.")
class ResponseFacets:
    """How the responses of a list are spread."""

    respondent_kind: list[FacetCount] = strawberry.field(description="By the capacity in which they were given.")
    channel: list[FacetCount] = strawberry.field(description="By the way they came in.")
    language: list[FacetCount] = strawberry.field(description="By the language in which they were given.")
    timeliness: list[FacetCount] = strawberry.field(description="By how they came in towards the closing.")


@strawberry.type(name="ResponseConnection", description="A page of a list.")
class ResponsePage(Connection[Response]):
    """A page of a list of responses."""

    facets: ResponseFacets = strawberry.field(description="How the whole list is spread; counted only when asked for.")


@strawberry.type(description="What a respondent holds: proof that a response was received, and whether it counts.")
class Receipt:
    """What a respondent holds."""

    code: str = strawberry.field(description="The code that finds it.")
    content_hash: str = strawberry.field(description="The hash of the response, as it was received.")
    issued_at: dt.datetime = strawberry.field(description="When it was issued.")
    state: ResponseState = strawberry.field(description="Whether the response counts now.")
    timeliness: Timeliness = strawberry.field(description="How the response came in towards the closing.")
    notice: Reason | None = strawberry.field(description=NOTICE)
    decision_reason: LocalizedText | None = strawberry.field(
        description="Why the response was admitted or refused, where it came in late."
    )
    consultation: ConsultationOf | None = strawberry.field(description="The consultation that was answered.")
    statements: Connection[StatementOf] = connected(
        "What came of the questions that the response answers, once that is published; none where it does not count."
    )


@strawberry.type(description="What somebody has answered to one question so far.")
class DraftAnswer:
    """What somebody has answered to one question so far."""

    question: str = strawberry.field(description="The code of the question.")
    text: str | None = strawberry.field(description="The words.")
    option: str | None = strawberry.field(description="The code of the option of a single choice.")
    options: list[str] = strawberry.field(description="The codes of the options of a multiple choice.")
    other: str | None = strawberry.field(description="What is said besides the options.")
    ranking: list[str] = strawberry.field(description="The codes of the options of a ranking, in their order.")
    rows: list[RowAnswer] = strawberry.field(description="What was chosen for each line of a matrix.")
    number: float | None = strawberry.field(description="The number, or the place on a scale.")
    date: dt.date | None = strawberry.field(description="The day.")
    territory_id: strawberry.ID | None = strawberry.field(description="The place.")
    file: AnswerFile | None = strawberry.field(description="The file.")
    agreed: bool | None = strawberry.field(description="Whether the respondent agrees.")
    consent: ConsentLevel | None = strawberry.field(description="How this answer may be published.")


@strawberry.type(
    description="A response that somebody has begun and not sent; nobody else sees it, and no id finds it."
)
class ResponseDraft:
    """A response that somebody has begun."""

    consultation: ConsultationOf | None = strawberry.field(description="The consultation.")
    revision: QuestionnaireRevision | None = strawberry.field(description="The wording that it answers.")
    organization: Organization | None = strawberry.field(
        description="The organisation in whose name it is, where it is in the name of one."
    )
    edition: int = strawberry.field(description="How often it was saved; the next saving names it.")
    answers: list[DraftAnswer] = strawberry.field(description="The answers so far.")
    last_section: int | None = strawberry.field(description="The section that was open last, by its place from 1.")
    language: str | None = strawberry.field(description="The language in which it is answered.")
    saved_at: dt.datetime = strawberry.field(description="When it was saved last.")
    expires_at: dt.datetime = strawberry.field(
        description="When it will be thrown away, unless it is saved again or the consultation is extended."
    )
