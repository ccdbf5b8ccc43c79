"""What the acts on a consultation take: drafting, publishing, correcting, and giving notice about its time."""

from __future__ import annotations

import datetime as dt

import strawberry

import graphql_schema.consultations.types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.consultations.questionnaire_inputs import QuestionnaireInput
from graphql_schema.identity.levels import Assurance
from graphql_schema.payloads import KEY
from graphql_schema.wording_inputs import (
    DeclaredTimeInput,
    Faults,
    LocalizedTextInput,
    Path,
    identified,
    read,
)
from hub.consultations.drafts import GRACE_SECONDS, LATE_DAYS, NETWORK_LIMIT, SMALLEST_CELL, ConsultationDraft
from hub.consultations.models import Anonymity, IdentityPolicy, ResultsPolicy
from hub.consultations.questionnaire_models import RevisionClass
from hub.mandates.ordering import OwnInitiative

CONSULTATION = "The consultation."
REASON = "Why; it is published with the notice."


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


@strawberry.input(description="What a draft of a consultation says, with its mandate and its questionnaire.")
class ConsultationInput:
    """What a draft of a consultation says."""

    title: LocalizedTextInput = strawberry.field(description="What it is called.")
    purpose: LocalizedTextInput = strawberry.field(description="What it is for.")
    scope: LocalizedTextInput | None = strawberry.field(
        default=None, description="What can and what cannot change by it."
    )
    privacy_notice: LocalizedTextInput | None = strawberry.field(
        default=None, description="What happens to the data of whoever answers; without it nothing is published."
    )
    attribution: LocalizedTextInput | None = strawberry.field(default=None, description="Whom its material comes from.")
    own_initiative: OwnInitiativeInput | None = strawberry.field(
        default=None, description="Why the body orders it by itself."
    )
    mandate_id: strawberry.ID | None = strawberry.field(
        default=None, description="Or the mandate that was ordered before and that it carries out."
    )
    source_language: str = strawberry.field(
        default="es", description="The language that every text of it must exist in."
    )
    identity_policy: IdentityPolicy = strawberry.field(default=IdentityPolicy.ACCOUNT, description="Who may answer.")
    assurance: Assurance = strawberry.field(
        default=Assurance.EMAIL, description="How sure it has to be who answers, where everybody with an account may."
    )
    anonymity: Anonymity = strawberry.field(
        default=Anonymity.PSEUDONYMOUS, description="Whether a respondent finds their response again."
    )
    results_policy: ResultsPolicy = strawberry.field(
        default=ResultsPolicy.AFTER_CLOSING, description="When the counts of its public questions are public."
    )
    responses_each: int = strawberry.field(default=1, description="How many responses it takes of each respondent.")
    network_limit: int | None = strawberry.field(
        default=NETWORK_LIMIT, description="How many responses it takes of one network in a day; null without a limit."
    )
    smallest_cell: int = strawberry.field(
        default=SMALLEST_CELL,
        description="The fewest responses that a figure about confidential answers or a part of the people stands for.",
    )
    grace_seconds: int = strawberry.field(
        default=GRACE_SECONDS, description="How long after the closing a response still counts by itself."
    )
    late_days: int = strawberry.field(
        default=LATE_DAYS, description="For how many days after the closing late responses are kept."
    )
    opening: DeclaredTimeInput = strawberry.field(description="From when it takes responses.")
    closing: DeclaredTimeInput = strawberry.field(
        description="From when it takes none; in the same zone as the opening."
    )
    territory_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="The territories that it is about."
    )
    questionnaire: QuestionnaireInput = strawberry.field(description="What people are asked.")
    unfinished: bool = strawberry.field(
        default=False, description="Whether it may be kept with something still missing that publishing asks for."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> ConsultationDraft:
        """Return the draft, with the faults of what could not be read."""
        faults: Faults = []
        territories = enumerate(self.territory_ids)
        return ConsultationDraft(
            title=self.title.read(("title",), faults),
            purpose=self.purpose.read(("purpose",), faults),
            scope=read(self.scope, ("scope",), faults),
            privacy_notice=read(self.privacy_notice, ("privacyNotice",), faults),
            attribution=read(self.attribution, ("attribution",), faults),
            own_initiative=self.own_initiative.read(("ownInitiative",), faults) if self.own_initiative else None,
            mandate_id=identified(self.mandate_id, "Mandate", ("mandateId",), faults) if self.mandate_id else None,
            source_language=self.source_language,
            identity_policy=self.identity_policy,
            assurance=self.assurance,
            anonymity=self.anonymity,
            results_policy=self.results_policy,
            responses_each=self.responses_each,
            network_limit=self.network_limit,
            smallest_cell=self.smallest_cell,
            grace_seconds=self.grace_seconds,
            late_days=self.late_days,
            opening=self.opening.read(),
            closing=self.closing.read(),
            territory_ids=tuple(
                identified(given, "Territory", ("territoryIds", str(n)), faults) for n, given in territories
            ),
            sections=self.questionnaire.read(("questionnaire",), faults),
            faults=tuple(faults),
        )


@strawberry.input(description="A consultation to be drafted.")
class CreateConsultationInput(ConsultationInput):
    """A consultation to be drafted."""

    body_id: strawberry.ID = strawberry.field(description="The body that holds it.")


@strawberry.input(description="A draft to be written anew; what it says now is replaced as a whole.")
class EditConsultationInput(ConsultationInput):
    """A draft to be written anew."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)
    based_on: dt.datetime | None = strawberry.field(
        default=None,
        description="`updatedAt` of the draft that was read; where it has changed since, nothing is written.",
    )


@strawberry.input(description="A draft to be checked, of which nothing is changed.")
class CheckConsultationInput:
    """A draft to be checked."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)


@strawberry.input(description="A questionnaire to be checked, of which nothing is kept.")
class CheckQuestionnaireInput:
    """A questionnaire to be checked."""

    questionnaire: QuestionnaireInput = strawberry.field(description="What people are to be asked.")
    source_language: str = strawberry.field(
        default="es", description="The language that every text of it must exist in."
    )


@strawberry.input(description="A draft to be published.")
class PublishConsultationInput:
    """A draft to be published."""

    consultation_id: strawberry.ID = strawberry.field(description="The consultation.")
    answer_due_on: dt.date | None = strawberry.field(
        default=None,
        description="The day on which whoever answers is to know what came of it; unset, that of the mandate if it is "
        "after the closing, else twelve weeks after the closing.",
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Another wording of a questionnaire that is in force.")
class CorrectQuestionnaireInput:
    """Another wording of a questionnaire that is in force."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)
    revision_class: RevisionClass = strawberry.field(
        description="Whether it says the same in clearer words, or asks something else."
    )
    note: LocalizedTextInput = strawberry.field(description="What is corrected and why; it is published.")
    questionnaire: QuestionnaireInput = strawberry.field(
        description="The whole questionnaire; questions with the same codes are the same questions."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A later closing.")
class ExtendConsultationInput:
    """A later closing."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)
    closing: DeclaredTimeInput = strawberry.field(description="The new closing, in the zone of the consultation.")
    reason: LocalizedTextInput = strawberry.field(description=REASON)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An earlier closing, which takes an adopted instrument.")
class ShortenConsultationInput:
    """An earlier closing."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)
    closing: DeclaredTimeInput = strawberry.field(
        description="The new closing, in the zone of the consultation; two days ahead at least."
    )
    instrument_id: strawberry.ID | None = strawberry.field(
        default=None, description="The instrument of the body, in force, that orders it; without one it is refused."
    )
    reason: LocalizedTextInput = strawberry.field(description=REASON)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A consultation that is to take no responses for a while.")
class SuspendConsultationInput:
    """A consultation that is to take no responses for a while."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)
    reason: LocalizedTextInput = strawberry.field(description=REASON)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A suspended consultation that is to take responses again.")
class ResumeConsultationInput:
    """A suspended consultation that is to take responses again."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)
    closing: DeclaredTimeInput | None = strawberry.field(
        default=None, description="A later closing, to give back the time that was lost."
    )
    reason: LocalizedTextInput = strawberry.field(description=REASON)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A consultation to be withdrawn for good.")
class WithdrawConsultationInput:
    """A consultation to be withdrawn for good."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)
    reason: LocalizedTextInput = strawberry.field(description=REASON)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Invitations to be issued in bulk.")
class IssueInvitationsInput:
    """Invitations to be issued in bulk."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)
    count: int = strawberry.field(description="How many, 10,000 at most.")
    batch: str = strawberry.field(description="What they are called together, such as the list of those they are for.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A consultation whose results are to be published anew.")
class ReleaseResultsInput:
    """A consultation whose results are to be published anew."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
