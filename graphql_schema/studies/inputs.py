"""What the acts on a study take: ordering, contracting, writing, publishing and retracting it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import strawberry

import graphql_schema.studies.finding_types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.consultations.inputs import OwnInitiativeInput
from graphql_schema.ids import decode
from graphql_schema.payloads import BASED_ON, KEY
from graphql_schema.wording_inputs import Faults, LocalizedTextInput, Path, identified, read
from hub.studies.contracting import Contract
from hub.studies.models import StudyKind
from hub.studies.ordering import ANSWER_DAYS, StudyTerms
from hub.studies.revision_models import FindingKind, FindingStrength
from hub.studies.wordings import FindingDraft, SectionDraft, WordingDraft


@strawberry.input(description="What a study is to find out, and on which terms.")
class StudyInput:
    """What a study is to find out, and on which terms."""

    kind: StudyKind = strawberry.field(description="What sort of study it is.")
    title: LocalizedTextInput = strawberry.field(description="What it is called.")
    questions: LocalizedTextInput = strawberry.field(description="What it is to find out.")
    terms: LocalizedTextInput = strawberry.field(description="The terms of reference.")
    ethics_note: LocalizedTextInput | None = strawberry.field(
        default=None, description="What was considered about those it concerns."
    )
    due_on: dt.date | None = strawberry.field(default=None, description="The day by which it is to be published.")
    answer_days: int = strawberry.field(
        default=ANSWER_DAYS, description="How many days those have to answer to whom it recommends something."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> StudyTerms:
        """Return the terms, with the faults of what could not be read."""
        faults: Faults = []
        return StudyTerms(
            kind=self.kind,
            title=self.title.read(("title",), faults),
            questions=self.questions.read(("questions",), faults),
            terms=self.terms.read(("terms",), faults),
            ethics_note=read(self.ethics_note, ("ethicsNote",), faults),
            due_on=self.due_on,
            answer_days=self.answer_days,
            faults=tuple(faults),
        )


@strawberry.input(description="A study to be ordered, by exactly one of a mandate and an own initiative.")
class OrderStudyInput(StudyInput):
    """A study to be ordered."""

    body_id: strawberry.ID = strawberry.field(description="The body that orders it.")
    mandate_id: strawberry.ID | None = strawberry.field(
        default=None, description="An ordered mandate of that body for a study."
    )
    own_initiative: OwnInitiativeInput | None = strawberry.field(
        default=None, description="Why the body orders it by itself."
    )


@strawberry.input(description="A study whose terms are to be written anew.")
class EditStudyInput(StudyInput):
    """A study whose terms are to be written anew."""

    study_id: strawberry.ID = strawberry.field(description="The study.")
    based_on: dt.datetime | None = strawberry.field(default=None, description=BASED_ON)


@strawberry.input(description="Who is contracted to do a study, and at what cost.")
class ContractStudyInput:
    """Who is contracted to do a study, and at what cost."""

    study_id: strawberry.ID = strawberry.field(description="The study.")
    organization_id: strawberry.ID = strawberry.field(description="The organisation.")
    reference: str | None = strawberry.field(default=None, description="The reference of the contract.")
    signed_on: dt.date | None = strawberry.field(default=None, description="The day of the contract.")
    cost: int | None = strawberry.field(default=None, description="What it costs, in whole units of the currency.")
    currency: str | None = strawberry.field(default=None, description="The currency of the cost (ISO 4217).")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> Contract:
        """Return the contract."""
        return Contract(
            organization_id=decode(self.organization_id, "Organization", path=("organizationId",)),
            reference=self.reference,
            signed_on=self.signed_on,
            cost=self.cost,
            currency=self.currency,
        )


@strawberry.input(description="A part of a wording.")
class StudySectionInput:
    """A part of a wording."""

    code: str = strawberry.field(description="Its code, which is the same in every wording.")
    heading: LocalizedTextInput = strawberry.field(description="What it is called.")
    text: LocalizedTextInput = strawberry.field(description="What it says, in 100,000 characters at most.")

    def read(self, path: Path, faults: Faults) -> SectionDraft:
        """Return the section."""
        return SectionDraft(
            code=self.code,
            heading=self.heading.read((*path, "heading"), faults),
            text=self.text.read((*path, "text"), faults),
        )


@strawberry.input(description="Something that was found out, or that is recommended to somebody.")
class FindingInput:
    """Something that was found out or is recommended."""

    kind: FindingKind = strawberry.field(description="Whether it was found out or is recommended.")
    text: LocalizedTextInput = strawberry.field(description="What it says.")
    strength: FindingStrength = strawberry.field(
        default=FindingStrength.MODERATE, description="How well it is borne out, or how much it is urged."
    )
    section: str | None = strawberry.field(default=None, description="The code of the section that it rests on.")
    body_id: strawberry.ID | None = strawberry.field(
        default=None, description="The body to which it is recommended, where it is one."
    )
    organization_id: strawberry.ID | None = strawberry.field(
        default=None, description="The organisation to which it is recommended, where it is one."
    )
    replaces_id: strawberry.ID | None = strawberry.field(
        default=None, description="In a correction, the published finding that it says better."
    )

    def read(self, path: Path, faults: Faults) -> FindingDraft:
        """Return the finding."""

        def named(given: str | None, type_: str, field: str) -> UUID | None:
            return None if given is None else identified(given, type_, (*path, field), faults)

        return FindingDraft(
            kind=self.kind,
            text=self.text.read((*path, "text"), faults),
            strength=self.strength,
            section=self.section,
            body_id=named(self.body_id, "Body", "bodyId"),
            organization_id=named(self.organization_id, "Organization", "organizationId"),
            replaces_id=named(self.replaces_id, "Finding", "replacesId"),
        )


@strawberry.input(description="The draft of a wording, all of it; after the publication it is a correction.")
class WriteStudyInput:
    """The draft of a wording, all of it."""

    study_id: strawberry.ID = strawberry.field(description="The study.")
    abstract: LocalizedTextInput = strawberry.field(description="What it says in short.")
    note: LocalizedTextInput | None = strawberry.field(
        default=None, description="What differs from the wording before, and why; a correction must have it."
    )
    sections: list[StudySectionInput] = strawberry.field(description="Its parts, in order, 200 at most.")
    findings: list[FindingInput] = strawberry.field(
        default_factory=list,
        description="What is found and recommended; in a correction only what is new or said better.",
    )
    strikes: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="In a correction, the published findings that no longer hold."
    )
    based_on: int | None = strawberry.field(
        default=None,
        description="`edition` of the newest wording that was read, 0 where there was none; where somebody has written "
        "since, nothing is written.",
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> WordingDraft:
        """Return the wording, with the faults of what could not be read."""
        faults: Faults = []
        return WordingDraft(
            abstract=self.abstract.read(("abstract",), faults),
            note=read(self.note, ("note",), faults),
            sections=tuple(part.read(("sections", str(n)), faults) for n, part in enumerate(self.sections)),
            findings=tuple(one.read(("findings", str(n)), faults) for n, one in enumerate(self.findings)),
            strikes=tuple(
                identified(given, "Finding", ("strikes", str(n)), faults) for n, given in enumerate(self.strikes)
            ),
            faults=tuple(faults),
        )


@strawberry.input(description="A study whose method is to be published.")
class PlanStudyInput:
    """A study whose method is to be published."""

    study_id: strawberry.ID = strawberry.field(description="The study.")
    method: LocalizedTextInput = strawberry.field(description="How it finds out what it is asked; it is public.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A study on which the work is to begin.")
class BeginStudyInput:
    """A study on which the work is to begin."""

    study_id: strawberry.ID = strawberry.field(description="The study.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A study whose draft is to be handed in.")
class HandInStudyInput:
    """A study whose draft is to be handed in."""

    study_id: strawberry.ID = strawberry.field(description="The study.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A study that is to be written anew.")
class ReviseStudyInput:
    """A study that is to be written anew."""

    study_id: strawberry.ID = strawberry.field(description="The study.")
    reason: LocalizedTextInput = strawberry.field(description="Why; it is public.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A study that is to be approved.")
class ApproveStudyInput:
    """A study that is to be approved."""

    study_id: strawberry.ID = strawberry.field(description="The study.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A study that is to be published.")
class PublishStudyInput:
    """A study that is to be published."""

    study_id: strawberry.ID = strawberry.field(description="The study.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A study whose corrected wording is to be published.")
class CorrectStudyInput:
    """A study whose corrected wording is to be published."""

    study_id: strawberry.ID = strawberry.field(description="The study.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A study that is to be retracted.")
class RetractStudyInput:
    """A study that is to be retracted."""

    study_id: strawberry.ID = strawberry.field(description="The study.")
    reason: LocalizedTextInput = strawberry.field(description="Why; it is public.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A study that is to be cancelled.")
class CancelStudyInput:
    """A study that is to be cancelled."""

    study_id: strawberry.ID = strawberry.field(description="The study.")
    reason: LocalizedTextInput = strawberry.field(description="Why; it is public.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
