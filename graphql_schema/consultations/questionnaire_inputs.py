"""What drafts and corrections of questionnaires take, and how it is read into the hub's own words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import strawberry

import graphql_schema.consultations.questionnaire_types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.wording_inputs import Faults, LocalizedTextInput, Path, read
from hub.consultations.drafts import OptionDraft, QuestionDraft, RowDraft, SectionDraft
from hub.consultations.questionnaire_models import QuestionKind, Sensitivity
from hub.people.models import TerritoryKind


@strawberry.input(description="One of the answers that a choice offers.")
class OptionInput:
    """One of the answers that a choice offers."""

    code: str = strawberry.field(description="Its code, which answers name; unique within the question.")
    label: LocalizedTextInput = strawberry.field(description="What people read.")
    other: bool = strawberry.field(
        default=False, description="Whether whoever chooses it says in words what else is meant."
    )


@strawberry.input(description="One of the lines of a matrix.")
class MatrixRowInput:
    """One of the lines of a matrix."""

    code: str = strawberry.field(description="Its code, which answers name; unique within the question.")
    label: LocalizedTextInput = strawberry.field(description="What people read.")


@strawberry.input(description="A question of a questionnaire.")
class QuestionInput:
    """A question of a questionnaire."""

    code: str = strawberry.field(description="Its code, which answers name; unique within the questionnaire.")
    kind: QuestionKind = strawberry.field(description="How it is answered.")
    title: LocalizedTextInput = strawberry.field(description="The question itself.")
    hint: LocalizedTextInput | None = strawberry.field(default=None, description="What helps to answer it.")
    required: bool = strawberry.field(default=False, description="Whether it must be answered where it is asked.")
    sensitivity: Sensitivity = strawberry.field(
        default=Sensitivity.PUBLIC, description="Who may ever read what was answered."
    )
    display_rule: str | None = strawberry.field(
        default=None,
        description="The condition on earlier answers under which it is asked, such as `servicios has luz`.",
    )
    max_length: int | None = strawberry.field(
        default=None, description="The most characters of a text; unset, 500 on one line and 20,000 else."
    )
    min_choices: int | None = strawberry.field(
        default=None, description="The fewest options of a multiple choice or a ranking that is answered."
    )
    max_choices: int | None = strawberry.field(
        default=None, description="The most options of a multiple choice or a ranking; unset, all of them."
    )
    minimum: float | None = strawberry.field(default=None, description="The low end of a scale, or the least number.")
    maximum: float | None = strawberry.field(
        default=None, description="The high end of a scale, or the greatest number."
    )
    decimals: int | None = strawberry.field(
        default=None, description="How many decimal places a number may have; unset, none."
    )
    unit: LocalizedTextInput | None = strawberry.field(default=None, description="What a number counts or measures.")
    low_label: LocalizedTextInput | None = strawberry.field(
        default=None, description="What the low end of a scale means."
    )
    high_label: LocalizedTextInput | None = strawberry.field(
        default=None, description="What the high end of a scale means."
    )
    earliest: dt.date | None = strawberry.field(default=None, description="The first day that may be answered.")
    latest: dt.date | None = strawberry.field(default=None, description="The last day that may be answered.")
    place_kind: TerritoryKind | None = strawberry.field(
        default=None, description="The level of the territories to choose from."
    )
    file_types: list[str] | None = strawberry.field(
        default=None,
        description="The ends of the names of the files that may answer, such as `.pdf`; unset, "
        "all that answers may be: see `takenFiles`.",
    )
    max_size: int | None = strawberry.field(
        default=None, description="The most bytes of a file that answers; unset, 10 MiB, which is the most."
    )
    options: list[OptionInput] = strawberry.field(
        default_factory=list, description="The options of a choice, a ranking or a matrix, in their order."
    )
    rows: list[MatrixRowInput] = strawberry.field(
        default_factory=list, description="The lines of a matrix, in their order."
    )
    continues: str | None = strawberry.field(
        default=None,
        description="In a correction, the code that the same question had until now, where it gets another one.",
    )

    def read(self, path: Path, faults: Faults) -> QuestionDraft:
        """Return the question."""
        return QuestionDraft(
            code=self.code,
            kind=self.kind,
            title=self.title.read((*path, "title"), faults),
            hint=read(self.hint, (*path, "hint"), faults),
            required=self.required,
            sensitivity=self.sensitivity,
            display_rule=self.display_rule,
            max_length=self.max_length,
            min_choices=self.min_choices,
            max_choices=self.max_choices,
            minimum=exact(self.minimum),
            maximum=exact(self.maximum),
            decimals=self.decimals,
            unit=read(self.unit, (*path, "unit"), faults),
            low_label=read(self.low_label, (*path, "lowLabel"), faults),
            high_label=read(self.high_label, (*path, "highLabel"), faults),
            earliest=self.earliest,
            latest=self.latest,
            place_kind=self.place_kind,
            file_types=self.file_types or None,
            max_size=self.max_size,
            options=tuple(
                OptionDraft(
                    code=given.code,
                    label=given.label.read((*path, "options", str(n), "label"), faults),
                    other=given.other,
                )
                for n, given in enumerate(self.options)
            ),
            rows=tuple(
                RowDraft(code=given.code, label=given.label.read((*path, "rows", str(n), "label"), faults))
                for n, given in enumerate(self.rows)
            ),
            continues=self.continues,
        )


def exact(number: float | None) -> Decimal | None:
    """Return a number as it was written: the shortest decimal that stands for it."""
    return None if number is None else Decimal(repr(number))


@strawberry.input(description="A part of a questionnaire, with its questions.")
class SectionInput:
    """A part of a questionnaire."""

    title: LocalizedTextInput = strawberry.field(description="Its heading.")
    introduction: LocalizedTextInput | None = strawberry.field(
        default=None, description="What is read before its questions."
    )
    questions: list[QuestionInput] = strawberry.field(description="Its questions, in their order.")

    def read(self, path: Path, faults: Faults) -> SectionDraft:
        """Return the section."""
        return SectionDraft(
            title=self.title.read((*path, "title"), faults),
            introduction=read(self.introduction, (*path, "introduction"), faults),
            questions=tuple(given.read((*path, "questions", str(n)), faults) for n, given in enumerate(self.questions)),
        )


@strawberry.input(description="What people are asked.")
class QuestionnaireInput:
    """What people are asked."""

    sections: list[SectionInput] = strawberry.field(description="Its parts, in their order.")

    def read(self, path: Path, faults: Faults) -> tuple[SectionDraft, ...]:
        """Return the sections."""
        return tuple(given.read((*path, "sections", str(n)), faults) for n, given in enumerate(self.sections))
