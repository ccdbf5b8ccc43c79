"""What the mutations of consultations take, and how it is read into the hub's own words.

What cannot be read (a text without its own language, say) becomes a fault of the draft, so that it is told
together with everything else that is wrong.
"""

from __future__ import annotations

import datetime as dt

import strawberry

import graphql_schema.consultations.types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.ids import decode
from graphql_schema.scalars import LocalDateTime
from hub.consultations.answering import AnswerSheet
from hub.consultations.drafts import ConsultationDraft, OptionDraft, Path, QuestionDraft, SectionDraft
from hub.consultations.models import ConsentLevel, QuestionKind, ResultsPolicy
from hub.consultations.validating import GivenAnswer
from hub.errors import Problem
from hub.mandates.ordering import OwnInitiative
from hub.text import LANGUAGE_TAG, LocalizedText, Translation, written
from hub.timetables.zones import Declared

KEY = "Names the request: the same key with the same input has one effect and one answer, for seven days."
UNREADABLE = written(es="—")
"""Stands for a text that could not be read; a draft with a fault is never written."""

Faults = list[Problem]


@strawberry.input(description="A text in one language.")
class TranslationInput:
    """A text in one language."""

    language: str = strawberry.field(description="The language tag (BCP 47), such as `es` or `nah`.")
    text: str = strawberry.field(description="The words.")


@strawberry.input(description="One text in one or several languages.")
class LocalizedTextInput:
    """One text in one or several languages."""

    source: str = strawberry.field(description="The language that it was written in; it must be among them.")
    translations: list[TranslationInput] = strawberry.field(description="The text in every language it has.")

    def read(self, path: Path, faults: Faults) -> LocalizedText:
        """Return the text, or note everything that is wrong with it."""
        wrong: Faults = []
        words: dict[str, Translation] = {}
        for n, given in enumerate(self.translations):
            at = (*path, "translations", str(n))
            if not LANGUAGE_TAG.fullmatch(given.language):
                wrong.append(Problem("BAD_LANGUAGE", (*at, "language"), {"language": given.language[:64]}))
            elif given.language in words:
                wrong.append(Problem("DUPLICATE_LANGUAGE", (*at, "language"), {"language": given.language}))
            elif not given.text.strip():
                wrong.append(Problem("WORDING_EMPTY", (*at, "text"), {"language": given.language}))
            words[given.language] = Translation(given.text)
        if self.source not in words:
            wrong.append(Problem("WORDING_MISSING", (*path, "source"), {"language": self.source[:64]}))
        faults.extend(wrong)
        return UNREADABLE if wrong else LocalizedText(self.source, words)


def read(given: LocalizedTextInput | None, path: Path, faults: Faults) -> LocalizedText | None:
    """Return a text that may be left out."""
    return None if given is None else given.read(path, faults)


@strawberry.input(description="A moment as it is declared: what the clock on the wall shows in a zone.")
class DeclaredTimeInput:
    """A moment as it is declared."""

    declared_local: LocalDateTime = strawberry.field(description="The date and the time of day.")
    zone: str = strawberry.field(description="The IANA time zone, such as `America/Mexico_City`.")

    def read(self) -> Declared:
        """Return the declared moment."""
        return Declared(self.declared_local, self.zone)


@strawberry.input(description="Why a body orders the work by its own initiative.")
class OwnInitiativeInput:
    """Why a body orders the work by its own initiative."""

    reason: LocalizedTextInput = strawberry.field(description="The reason; it is published with the work.")
    question: LocalizedTextInput | None = strawberry.field(default=None, description="What the work is to find out.")
    due_on: dt.date | None = strawberry.field(default=None, description="The day on which it is due.")

    def read(self, path: Path, faults: Faults) -> OwnInitiative:
        """Return the initiative."""
        return OwnInitiative(
            reason=self.reason.read((*path, "reason"), faults),
            question=read(self.question, (*path, "question"), faults),
            due_on=self.due_on,
        )


@strawberry.input(description="One of the answers that a choice offers.")
class OptionInput:
    """One of the answers that a choice offers."""

    code: str = strawberry.field(description="Its code, which answers name; unique within the question.")
    label: LocalizedTextInput = strawberry.field(description="What people read.")


@strawberry.input(description="A question of a questionnaire.")
class QuestionInput:
    """A question of a questionnaire."""

    code: str = strawberry.field(description="Its code, which answers name; unique within the questionnaire.")
    kind: QuestionKind = strawberry.field(description="How it is answered.")
    title: LocalizedTextInput = strawberry.field(description="The question itself.")
    hint: LocalizedTextInput | None = strawberry.field(default=None, description="What helps to answer it.")
    required: bool = strawberry.field(default=False, description="Whether it must be answered.")
    max_length: int | None = strawberry.field(default=None, description="The most characters of a text; unset, 20,000.")
    min_choices: int | None = strawberry.field(
        default=None, description="The fewest options of a multiple choice that is answered."
    )
    max_choices: int | None = strawberry.field(
        default=None, description="The most options of a multiple choice; unset, all of them."
    )
    options: list[OptionInput] = strawberry.field(
        default_factory=list, description="The options of a choice, in their order."
    )

    def read(self, path: Path, faults: Faults) -> QuestionDraft:
        """Return the question."""
        return QuestionDraft(
            code=self.code,
            kind=self.kind,
            title=self.title.read((*path, "title"), faults),
            hint=read(self.hint, (*path, "hint"), faults),
            required=self.required,
            max_length=self.max_length,
            min_choices=self.min_choices,
            max_choices=self.max_choices,
            options=tuple(
                OptionDraft(code=given.code, label=given.label.read((*path, "options", str(n), "label"), faults))
                for n, given in enumerate(self.options)
            ),
        )


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


@strawberry.input(description="A consultation to be drafted, with its mandate and its questionnaire.")
class CreateConsultationInput:
    """A consultation to be drafted."""

    body_id: strawberry.ID = strawberry.field(description="The body that holds it.")
    title: LocalizedTextInput = strawberry.field(description="What it is called.")
    purpose: LocalizedTextInput = strawberry.field(description="What it is for.")
    scope: LocalizedTextInput | None = strawberry.field(
        default=None, description="What can and what cannot change by it."
    )
    privacy_notice: LocalizedTextInput = strawberry.field(description="What happens to the data of whoever answers.")
    attribution: LocalizedTextInput | None = strawberry.field(default=None, description="Whom its material comes from.")
    own_initiative: OwnInitiativeInput = strawberry.field(description="Why it is ordered.")
    source_language: str = strawberry.field(
        default="es", description="The language that every text of it must exist in."
    )
    results_policy: ResultsPolicy = strawberry.field(
        default=ResultsPolicy.AFTER_CLOSING, description="When its counts are public."
    )
    opening: DeclaredTimeInput = strawberry.field(description="From when it takes responses.")
    closing: DeclaredTimeInput = strawberry.field(
        description="From when it takes none; in the same zone as the opening."
    )
    territory_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="The territories that it is about."
    )
    questionnaire: QuestionnaireInput = strawberry.field(description="What people are asked.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> ConsultationDraft:
        """Return the draft, with the faults of what could not be read."""
        faults: Faults = []
        territories = enumerate(self.territory_ids)
        return ConsultationDraft(
            title=self.title.read(("title",), faults),
            purpose=self.purpose.read(("purpose",), faults),
            scope=read(self.scope, ("scope",), faults),
            privacy_notice=self.privacy_notice.read(("privacyNotice",), faults),
            attribution=read(self.attribution, ("attribution",), faults),
            own_initiative=self.own_initiative.read(("ownInitiative",), faults),
            source_language=self.source_language,
            results_policy=self.results_policy,
            opening=self.opening.read(),
            closing=self.closing.read(),
            territory_ids=tuple(decode(given, "Territory", path=("territoryIds", str(n))) for n, given in territories),
            sections=self.questionnaire.read(("questionnaire",), faults),
            faults=tuple(faults),
        )


@strawberry.input(description="A draft to be published.")
class PublishConsultationInput:
    """A draft to be published."""

    consultation_id: strawberry.ID = strawberry.field(description="The consultation.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What somebody says to one question: fill in the one field that it is answered by.")
class AnswerInput:
    """What somebody says to one question."""

    question: str = strawberry.field(description="The code of the question.")
    option: str | None = strawberry.field(
        default=None, description="The code of the option chosen, for a single choice."
    )
    options: list[str] | None = strawberry.field(
        default=None, description="The codes of the options chosen, for a multiple choice."
    )
    text: str | None = strawberry.field(default=None, description="The words, for a text.")

    def read(self) -> GivenAnswer:
        """Return the answer."""
        options = None if self.options is None else tuple(self.options)
        return GivenAnswer(question=self.question, option=self.option, options=options, text=self.text)


@strawberry.input(description="The answers that somebody gives to a questionnaire.")
class ResponseInput:
    """The answers that somebody gives to a questionnaire."""

    consultation_id: strawberry.ID = strawberry.field(description="The consultation.")
    revision_id: strawberry.ID = strawberry.field(description="The revision of the questionnaire that was read.")
    answers: list[AnswerInput] = strawberry.field(description="The answers; what is left out is not answered.")
    consent: ConsentLevel = strawberry.field(description="How the answers may be published.")
    language: str | None = strawberry.field(
        default=None, description="The language that it was answered in; unset, the first of Accept-Language."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> AnswerSheet:
        """Return what is handed in."""
        return AnswerSheet(
            consultation_id=decode(self.consultation_id, "Consultation", path=("consultationId",)),
            revision_id=decode(self.revision_id, "QuestionnaireRevision", path=("revisionId",)),
            answers=[given.read() for given in self.answers],
            consent=self.consent,
            language=self.language,
        )


@strawberry.input(description="A person's first response to a consultation.")
class SubmitResponseInput(ResponseInput):
    """A person's first response to a consultation."""


@strawberry.input(description="A person's new response, which counts instead of the earlier one.")
class ChangeResponseInput(ResponseInput):
    """A person's new response."""


@strawberry.input(description="The consultation in which a person takes their response back.")
class WithdrawResponseInput:
    """The consultation in which a person takes their response back."""

    consultation_id: strawberry.ID = strawberry.field(description="The consultation.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
