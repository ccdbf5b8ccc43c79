"""Questionnaires in the schema: revisions, sections, questions of every kind, and the exact counts of public ones."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import strawberry

import graphql_schema.people.types  # noqa: F401 - the levels of territories get their descriptions there
from graphql_schema.enums import described
from graphql_schema.paging import Connection, connected
from graphql_schema.traits import LocalizedText, Node
from hub.consultations.laying_out import DisplayOperator
from hub.consultations.questionnaire_models import (
    QuestionKind,
    RevisionClass,
    RevisionState,
    Sensitivity,
    SourceModeration,
)
from hub.people.models import TerritoryKind

if TYPE_CHECKING:
    from graphql_schema.consultations.report_types import Statement
    from graphql_schema.consultations.types import Consultation

described(
    RevisionClass,
    "Why a revision was made.",
    initial="It is the first.",
    clarification="It says the same in clearer words.",
    substantive="It asks something else, so who had answered may answer anew.",
)
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
    short_text="In one's own words, on one line.",
    long_text="In one's own words.",
    single_choice="By one of its options.",
    multiple_choice="By some of its options.",
    ranking="By putting its options in order, the first one first.",
    scale="By a whole number from one end to the other.",
    matrix="By one of its options for each of its rows.",
    number="By a number.",
    date="By a calendar day.",
    place="By a territory.",
    file="By a file that is handed in: `requestAnswerUpload` gives the ticket.",
    notice="Not at all: it is read.",
    consent="By agreeing or not.",
)
described(
    Sensitivity,
    "Who may ever read what was answered to a question.",
    public="Everybody, as far as the respondent lets it be published.",
    confidential="The respondent and the staff who analyse it; everybody sees protected figures after the closing.",
    personal="The respondent and the staff who analyse it; it is asked to know who answers, not what they think.",
)
described(
    SourceModeration,
    "What the platform that a question was imported from had decided about it.",
    accepted="It was accepted.",
    unreviewed="Nobody had looked at it.",
    rejected="It was rejected there, and is kept and marked here.",
)

described(
    DisplayOperator,
    "What a part of a display rule does.",
    every="All its parts hold.",
    either="One of its parts holds, or more.",
    **{"not": "Its part does not hold."},
    **{"is": "The answer is the value; of a ranking, its first place."},
    is_not="The answer is there and is not the value.",
    less="The answer is less than the value, or an earlier day.",
    at_most="The answer is the value or less.",
    more="The answer is more than the value, or a later day.",
    at_least="The answer is the value or more.",
    **{"in": "The answer is one of the values."},
    has="The option was chosen.",
    has_any="One of the options was chosen, or more.",
    has_all="All these options were chosen.",
    answered="The question was answered at all.",
)

ConsultationOf = Annotated["Consultation", strawberry.lazy("graphql_schema.consultations.types")]
StatementOf = Annotated["Statement", strawberry.lazy("graphql_schema.consultations.report_types")]


@strawberry.input(description="Which questions a list holds.")
class QuestionFilter:
    """Which questions a list holds."""

    kind: list[QuestionKind] | None = strawberry.field(default=None, description="Only of these kinds.")
    source_moderation: list[SourceModeration] | None = strawberry.field(
        default=None, description="Only with these decisions of the platform they came from."
    )


@strawberry.type(description="One of the answers that a choice offers.")
class Option:
    """One of the answers that a choice offers."""

    code: str = strawberry.field(description="The code by which it is chosen; it never changes.")
    position: int = strawberry.field(description="Its place, from 1.")
    label: LocalizedText = strawberry.field(description="What people read.")
    other: bool = strawberry.field(description="Whether whoever chooses it says in words what else is meant.")


@strawberry.type(description="One of the lines of a matrix, each answered by one of the question's options.")
class MatrixRow:
    """One of the lines of a matrix."""

    code: str = strawberry.field(description="The code by which an answer names it.")
    position: int = strawberry.field(description="Its place, from 1.")
    label: LocalizedText = strawberry.field(description="What people read.")


@strawberry.type(description="How often an option was chosen.")
class OptionTally:
    """How often an option was chosen."""

    code: str = strawberry.field(description="The code of the option.")
    label: LocalizedText = strawberry.field(description="What people read.")
    count: int = strawberry.field(description="How many responses in force chose it, in a ranking as the first.")
    share: float | None = strawberry.field(
        description="That number by the number of responses that answer the question; null where nobody did."
    )
    points: int | None = strawberry.field(
        description="The points of Borda in a ranking: one for each option that it was put before; else null."
    )


@strawberry.type(description="What was answered to one row of a matrix.")
class RowTally:
    """What was answered to one row of a matrix."""

    code: str = strawberry.field(description="The code of the row.")
    label: LocalizedText = strawberry.field(description="What people read.")
    answered: int = strawberry.field(description="How many responses in force answer it.")
    options: list[OptionTally] = strawberry.field(description="Each option with its count in this row.")


@strawberry.type(description="How often a point of a scale was given.")
class PointTally:
    """How often a point of a scale was given."""

    value: int = strawberry.field(description="The point.")
    count: int = strawberry.field(description="How many responses in force give it.")
    share: float | None = strawberry.field(description="That number by how many answer; null where nobody did.")


@strawberry.type(description="How many answered one wording of a question.")
class WordingTally:
    """How many answered one wording of a question."""

    revision: QuestionnaireRevision | None = strawberry.field(description="The wording of the questionnaire.")
    answered: int = strawberry.field(description="How many responses in force answer this wording.")


@strawberry.type(description="What was answered to a question, counted over all its wordings.")
class QuestionTally:
    """What was answered to a question."""

    answered: int = strawberry.field(description="How many responses in force answer the question.")
    options: list[OptionTally] = strawberry.field(description="Each option with its count, in the question's order.")
    rows: list[RowTally] = strawberry.field(description="Each row of a matrix; else empty.")
    scale: list[PointTally] = strawberry.field(description="Each point of a scale; else empty.")
    median: float | None = strawberry.field(description="The median of a scale or of a number; else null.")
    lower_quartile: float | None = strawberry.field(description="The lower quartile of a scale or of a number.")
    upper_quartile: float | None = strawberry.field(description="The upper quartile of a scale or of a number.")
    median_date: dt.date | None = strawberry.field(description="The median of a date; else null.")
    agreed: int | None = strawberry.field(description="How many agreed, where that was asked; else null.")
    wordings: list[WordingTally] = strawberry.field(description="How many answered which wording.")


@strawberry.type(description="A part of a display rule: it joins the parts that follow it, or looks at one answer.")
class DisplayCondition:
    """A part of a display rule."""

    level: int = strawberry.field(description="How deep it stands, from 0; its own parts follow it one level deeper.")
    operator: DisplayOperator = strawberry.field(description="What it does.")
    question: str | None = strawberry.field(
        description="The code of the earlier question that it looks at; null where it joins parts."
    )
    row: str | None = strawberry.field(description="The code of the row that it looks at, of a matrix.")
    values: list[str] = strawberry.field(description="What the answer is compared with: codes of options, or values.")


@strawberry.type(description="Which files may answer a question.")
class TakenFiles:
    """Which files may answer a question."""

    endings: list[str] = strawberry.field(description="The ends of their names, such as `.pdf`.")
    media_types: list[str] = strawberry.field(description="Their media types, which their bytes are looked at for.")
    max_size: int = strawberry.field(description="The most bytes that one may have.")


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
    required: bool = strawberry.field(description="Whether a response that is asked it must answer it.")
    sensitivity: Sensitivity = strawberry.field(description="Who may ever read what was answered.")
    display_rule: str | None = strawberry.field(
        description="The condition on earlier answers under which it is asked; null where it always is."
    )
    display_conditions: list[DisplayCondition] = strawberry.field(
        description="The same condition as data, in the order in which it is read; empty where it is always asked."
    )
    max_length: int | None = strawberry.field(description="The most characters of a text.")
    min_choices: int | None = strawberry.field(description="The fewest options of a multiple choice.")
    max_choices: int | None = strawberry.field(description="The most options of a multiple choice.")
    minimum: float | None = strawberry.field(description="The low end of a scale, or the least number.")
    maximum: float | None = strawberry.field(description="The high end of a scale, or the greatest number.")
    decimals: int | None = strawberry.field(description="How many decimal places a number may have; unset, none.")
    unit: LocalizedText | None = strawberry.field(description="What a number counts or measures.")
    low_label: LocalizedText | None = strawberry.field(description="What the low end of a scale means.")
    high_label: LocalizedText | None = strawberry.field(description="What the high end of a scale means.")
    earliest: dt.date | None = strawberry.field(description="The first day that may be answered.")
    latest: dt.date | None = strawberry.field(description="The last day that may be answered.")
    place_kind: TerritoryKind | None = strawberry.field(description="The level of the territories to choose from.")
    file_types: list[str] | None = strawberry.field(
        description="The ends of the names of the files that may answer, as they were set; null where all are taken."
    )
    max_size: int | None = strawberry.field(description="The most bytes of a file, as it was set.")
    taken_files: TakenFiles | None = strawberry.field(
        description="Which files it takes, whatever was set; null where it is not answered by a file."
    )
    source_moderation: SourceModeration | None = strawberry.field(
        description="What the platform that it was imported from had decided; null for questions of our own."
    )
    options: list[Option] = strawberry.field(description="What a choice, a ranking or a matrix offers; else empty.")
    rows: list[MatrixRow] = strawberry.field(description="The lines of a matrix; else empty.")
    tally: QuestionTally | None = strawberry.field(
        description="What was answered, exactly; null while that is not public, and always where it is confidential."
    )
    statement: StatementOf | None = strawberry.field(
        description="The published statement about what came of its answers: its own, or else that of its section."
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
    note: LocalizedText | None = strawberry.field(description="What was corrected and why; null in the first one.")
    content_hash: str | None = strawberry.field(
        description="SHA-256 of its canonical JSON (RFC 8785), from publication on."
    )
    published_at: dt.datetime | None = strawberry.field(description="When it was published.")
    consultation: ConsultationOf | None = strawberry.field(description="The consultation that it belongs to.")
    sections: list[Section] = strawberry.field(description="Its parts, in order.")
    questions: Connection[Question] = connected("All its questions, in order.", filter=QuestionFilter)
