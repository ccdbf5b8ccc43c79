"""Results in the schema: releases, tables by question and dimension, and the figures of participation."""

from __future__ import annotations

import datetime as dt

import strawberry

import graphql_schema.consultations.response_types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.consultations.questionnaire_types import Question
from graphql_schema.enums import described
from graphql_schema.paging import Connection, connected
from graphql_schema.traits import Node
from hub.consultations.response_models import Channel
from hub.consultations.result_models import Dimension

described(
    Dimension,
    "By what a table of results is broken down.",
    total="By nothing: everybody together.",
    respondent_kind="By the capacity in which people answer.",
    state="By the state in which respondents live or work.",
    language="By the language in which they answer.",
)


@strawberry.type(description="One publication of a consultation's protected results; it never changes.")
class ResultRelease(Node):
    """One publication of a consultation's protected results."""

    number: int = strawberry.field(description="Its number, from 1.")
    made_at: dt.datetime = strawberry.field(description="When it was made.")
    smallest_cell: int = strawberry.field(description="The fewest responses that a protected figure stands for.")
    response_count: int = strawberry.field(description="How many responses counted then.")


@strawberry.type(description="A figure within a category: an option, a point of a scale, a state.")
class ResultItem:
    """A figure within a category."""

    code: str = strawberry.field(description="The code of the option, the point, or INEGI's code of the state.")
    label: str = strawberry.field(description="What it is called, in the viewer's language.")
    count: int | None = strawberry.field(
        description="How many responses give it, in a ranking as the first; null where that is not shown."
    )
    share: float | None = strawberry.field(
        description="That number by how many answered; null where one of the two is not shown."
    )
    points: int | None = strawberry.field(
        description="The points of a ranking's option, in totals alone; null where that is not shown."
    )


@strawberry.type(description="A category of a table; in a matrix, one of its rows in that category.")
class ResultCategory:
    """A category of a table."""

    code: str = strawberry.field(
        description="Its code: a kind, INEGI's code of a state, a language, `other`, `unknown`; empty in a total."
    )
    label: str = strawberry.field(description="What it is called, in the viewer's language.")
    row: str | None = strawberry.field(description="The code of the row of a matrix; else null.")
    row_label: str | None = strawberry.field(description="What that row is called, in the viewer's language.")
    answered: int | None = strawberry.field(description="How many responses answer; null where that is not shown.")
    median: float | None = strawberry.field(description="The median of a number or of a scale, where it is shown.")
    lower_quartile: float | None = strawberry.field(description="The lower quartile, in totals alone.")
    upper_quartile: float | None = strawberry.field(description="The upper quartile, in totals alone.")
    median_date: dt.date | None = strawberry.field(description="The median of a date, where it is shown.")
    items: list[ResultItem] = strawberry.field(description="Its figures; empty where only the answers are counted.")


@strawberry.type(description="The protected figures of one question, or of the responses, in one breakdown.")
class ResultTable(Node):
    """The protected figures of one question in one breakdown."""

    dimension: Dimension = strawberry.field(description="By what it is broken down.")
    position: int = strawberry.field(description="Its place among the tables.")
    lineage_id: strawberry.ID | None = strawberry.field(
        description="What the wordings of its question share; null where the responses themselves are counted."
    )
    question: Question | None = strawberry.field(description="The newest wording of its question.")
    release: ResultRelease | None = strawberry.field(description="The release that it was published with.")
    categories: list[ResultCategory] = strawberry.field(description="Its categories with their figures.")


@strawberry.type(description="One sentence about how the figures were made.")
class MethodNote:
    """One sentence about how the figures were made."""

    code: str = strawberry.field(description="The stable code of the sentence.")
    text: str = strawberry.field(description="The sentence, in the viewer's language.")


@strawberry.input(description="Which tables of results a list holds.")
class ResultTableFilter:
    """Which tables of results a list holds."""

    dimension: list[Dimension] | None = strawberry.field(default=None, description="Only with these breakdowns.")
    lineage_id: str | None = strawberry.field(default=None, description="Only of the question with this lineage.")


@strawberry.type(description="The released results of a consultation, in the state that holds.")
class ConsultationResults:
    """The released results of a consultation."""

    release: ResultRelease | None = strawberry.field(description="The newest release.")
    releases: Connection[ResultRelease] = connected("Every release, in order.")
    method: list[MethodNote] = strawberry.field(description="How the figures were made, in words.")
    tables: Connection[ResultTable] = connected(
        "The tables: the responses first, then each question by each dimension.", filter=ResultTableFilter
    )


@strawberry.type(description="How many responses came in on a day.")
class DayCount:
    """How many responses came in on a day."""

    day: dt.date = strawberry.field(description="The day in the consultation's zone; of anonymous ones, in UTC.")
    count: int = strawberry.field(description="How many that count came in.")


@strawberry.type(description="How many responses came in by one way.")
class ChannelCount:
    """How many responses came in by one way."""

    channel: Channel = strawberry.field(description="The way.")
    count: int = strawberry.field(description="How many that count came in by it.")


@strawberry.type(description="How people took part in a consultation.")
class ParticipationFigures:
    """How people took part in a consultation."""

    responses: int = strawberry.field(description="How many responses count.")
    responses_by_day: list[DayCount] = strawberry.field(description="Those by day, without days on which none came.")
    responses_by_channel: list[ChannelCount] = strawberry.field(description="Those by the way they came in.")
    begun_not_sent: int = strawberry.field(description="How many were begun with a saved draft and not sent.")
    completion_rate: float | None = strawberry.field(
        description="The responses that count, by those and the ones begun and not sent; null where there are none."
    )
    invitations_issued: int | None = strawberry.field(
        description="How many invitations were issued; null where anybody may answer without one."
    )
    response_rate: float | None = strawberry.field(
        description="The responses that count by the invitations issued; null where there are none."
    )
