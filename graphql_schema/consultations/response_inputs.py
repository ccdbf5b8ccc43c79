"""What the acts on responses take, and how it is read into the hub's own words."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import strawberry

import graphql_schema.consultations.response_types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.consultations.questionnaire_inputs import exact
from graphql_schema.ids import decode
from graphql_schema.payloads import KEY
from graphql_schema.scalars import LocalDateTime
from graphql_schema.wording_inputs import LocalizedTextInput
from hub.consultations.consenting import Consent, Which
from hub.consultations.respondents import Claim
from hub.consultations.response_models import Channel, ConsentLevel
from hub.consultations.saving import DraftSheet
from hub.consultations.sheets import AnswerSheet
from hub.consultations.validating import GivenAnswer, RowAnswer

CONSULTATION = "The consultation."
REVISION = "The revision of the questionnaire that was read."
ORGANIZATION = "The organisation in whose name it is; the viewer must be its representative."
INVITATION = "The code of the invitation, where the consultation is for the invited."
NOTICE = "The hash of the privacy notice that was shown: the consultation's `noticeHash`."
SECRETS = "Goes with `draftCode`."


@strawberry.input(description="What somebody says to one line of a matrix.")
class RowAnswerInput:
    """What somebody says to one line of a matrix."""

    row: str = strawberry.field(description="The code of the row.")
    option: str = strawberry.field(description="The code of the option chosen for it.")


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
    other: str | None = strawberry.field(
        default=None, description="What else is meant, beside the option that asks for it."
    )
    ranking: list[str] | None = strawberry.field(
        default=None, description="The codes of the options in their order, the first one first, for a ranking."
    )
    rows: list[RowAnswerInput] | None = strawberry.field(
        default=None, description="An option for each line, for a matrix."
    )
    number: float | None = strawberry.field(default=None, description="The number, for a number or a scale.")
    date: dt.date | None = strawberry.field(default=None, description="The day, for a date.")
    territory_id: strawberry.ID | None = strawberry.field(default=None, description="The territory, for a place.")
    file: str | None = strawberry.field(
        default=None,
        description="The words of the ticket by which a file was handed in, for a file (`upload` of "
        "`requestAnswerUpload`); or the `id` of the one that the draft has, or the response that this one replaces, so "
        "that it stays.",
    )
    agreed: bool | None = strawberry.field(default=None, description="Whether it is agreed to, for a consent.")
    text: str | None = strawberry.field(default=None, description="The words, for a text.")
    consent: ConsentLevel | None = strawberry.field(
        default=None,
        description="How this answer may be published, where that is less than the whole response; without the name "
        "that the response bears, it only counts.",
    )

    def read(self, path: tuple[str, ...]) -> GivenAnswer:
        """Return the answer."""
        place = self.territory_id
        return GivenAnswer(
            question=self.question,
            option=self.option,
            options=None if self.options is None else tuple(self.options),
            other=self.other,
            ranking=None if self.ranking is None else tuple(self.ranking),
            rows=None if self.rows is None else tuple(RowAnswer(row=row.row, option=row.option) for row in self.rows),
            number=exact(self.number),
            date=self.date,
            territory_id=None if place is None else decode(place, "Territory", path=(*path, "territoryId")),
            file=self.file,
            agreed=self.agreed,
            text=self.text,
            consent=self.consent,
        )


def read_answers(given: list[AnswerInput]) -> list[GivenAnswer]:
    """Return the answers."""
    return [answer.read(("answers", str(n))) for n, answer in enumerate(given)]


def read_claim(organization_id: str | None, invitation: str | None) -> Claim:
    """Return how somebody wants to be taken."""
    organization = None
    if organization_id is not None:
        organization = decode(organization_id, "Organization", path=("organizationId",))
    return Claim(organization_id=organization, invitation=invitation)


def read_response(response_id: str | None) -> UUID | None:
    """Return the response that is meant, where one is named."""
    return None if response_id is None else decode(response_id, "Response", path=("responseId",))


def read_holding(code: str | None, secret: str | None) -> tuple[str, str] | None:
    """Return code and secret of a draft that nobody's account holds."""
    return None if code is None else (code, secret or "")


@strawberry.input(description="The answers that somebody gives to a questionnaire.")
class ResponseInput:
    """The answers that somebody gives to a questionnaire."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)
    revision_id: strawberry.ID = strawberry.field(description=REVISION)
    answers: list[AnswerInput] = strawberry.field(description="The answers; what is left out is not answered.")
    consent: ConsentLevel = strawberry.field(description="How the answers may be published.")
    notice_hash: str = strawberry.field(description=NOTICE)
    language: str | None = strawberry.field(
        default=None, description="The language that it was answered in; unset, the first of Accept-Language."
    )
    territory_id: strawberry.ID | None = strawberry.field(
        default=None, description="Where the respondent lives or works; it is never shown with the response."
    )
    organization_id: strawberry.ID | None = strawberry.field(default=None, description=ORGANIZATION)
    invitation: str | None = strawberry.field(default=None, description=INVITATION)
    draft_code: str | None = strawberry.field(
        default=None, description="The code of the draft that it was begun as, where no account holds that."
    )
    draft_secret: str | None = strawberry.field(default=None, description=SECRETS)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self, *, network: str | None = None, channel: Channel = Channel.API) -> AnswerSheet:
        """Return what is handed in."""
        place = self.territory_id
        return AnswerSheet(
            consultation_id=decode(self.consultation_id, "Consultation", path=("consultationId",)),
            revision_id=decode(self.revision_id, "QuestionnaireRevision", path=("revisionId",)),
            answers=read_answers(self.answers),
            consent=self.consent,
            notice_hash=self.notice_hash,
            language=self.language,
            channel=channel,
            territory_id=None if place is None else decode(place, "Territory", path=("territoryId",)),
            claim=read_claim(self.organization_id, self.invitation),
            draft=read_holding(self.draft_code, self.draft_secret),
            network=network,
        )


@strawberry.input(description="A respondent's response to a consultation.")
class SubmitResponseInput(ResponseInput):
    """A respondent's response to a consultation."""


@strawberry.input(description="A respondent's new response, which counts instead of an earlier one.")
class ChangeResponseInput(ResponseInput):
    """A respondent's new response."""

    response_id: strawberry.ID | None = strawberry.field(
        default=None, description="The response that it replaces, where the respondent has given several."
    )


@strawberry.input(description="A response that came in otherwise and that the staff writes down.")
class EnterResponseInput(ResponseInput):
    """A response that came in otherwise."""

    channel: Channel = strawberry.field(description="By which way it came in: mail, paper, a hearing or with help.")
    received: LocalDateTime = strawberry.field(description="When it was received, by the clock of the consultation.")


@strawberry.input(description="The response that a respondent takes back.")
class WithdrawResponseInput:
    """The response that a respondent takes back."""

    consultation_id: strawberry.ID | None = strawberry.field(default=None, description=CONSULTATION)
    response_id: strawberry.ID | None = strawberry.field(
        default=None, description="Which one, where the respondent has given several."
    )
    organization_id: strawberry.ID | None = strawberry.field(default=None, description=ORGANIZATION)
    invitation: str | None = strawberry.field(default=None, description=INVITATION)
    receipt: str | None = strawberry.field(
        default=None, description="The code of its receipt, instead of everything else, where it is anonymous."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="How one answer may be published.")
class AnswerConsentInput:
    """How one answer may be published."""

    question: str = strawberry.field(description="The code of the question.")
    level: ConsentLevel | None = strawberry.field(
        default=None, description="How it may be published; null as the whole response."
    )


@strawberry.input(description="How a response may be published from now on.")
class ChangeConsentInput:
    """How a response may be published from now on."""

    response_id: strawberry.ID | None = strawberry.field(default=None, description="The response.")
    receipt: str | None = strawberry.field(
        default=None, description="The code of its receipt, instead of the id; all that there is where it is anonymous."
    )
    invitation: str | None = strawberry.field(default=None, description=INVITATION)
    consent: ConsentLevel = strawberry.field(description="How the answers may be published.")
    answers: list[AnswerConsentInput] = strawberry.field(
        default_factory=list, description="The answers for which that changes; all others stay as they are."
    )
    notice_hash: str = strawberry.field(description=NOTICE)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def which(self) -> Which:
        """Return which response is meant."""
        response_id = read_response(self.response_id)
        return Which(response_id=response_id, receipt=self.receipt, invitation=self.invitation)

    def read(self) -> Consent:
        """Return how it may be published."""
        answers = tuple((answer.question, answer.level) for answer in self.answers)
        return Consent(level=self.consent, notice_hash=self.notice_hash, answers=answers)


@strawberry.input(description="A late response that is to count.")
class AdmitResponseInput:
    """A late response that is to count."""

    response_id: strawberry.ID = strawberry.field(description="The response.")
    reason: LocalizedTextInput = strawberry.field(description="Why; it is published with the response.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A late response that is never to count.")
class RefuseResponseInput:
    """A late response that is never to count."""

    response_id: strawberry.ID = strawberry.field(description="The response.")
    reason: LocalizedTextInput = strawberry.field(description="Why; it is published with the response.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What somebody has answered so far, to go on with it later.")
class SaveResponseDraftInput:
    """What somebody has answered so far."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)
    revision_id: strawberry.ID = strawberry.field(description=REVISION)
    answers: list[AnswerInput] = strawberry.field(description="The answers so far; they replace those kept before.")
    edition: int | None = strawberry.field(
        default=None,
        description="The edition that was read, so that nothing saved elsewhere is lost; null where there was none.",
    )
    last_section: int | None = strawberry.field(default=None, description="The section that is open, from 1.")
    language: str | None = strawberry.field(default=None, description="The language in which it is answered.")
    organization_id: strawberry.ID | None = strawberry.field(default=None, description=ORGANIZATION)
    invitation: str | None = strawberry.field(default=None, description=INVITATION)
    draft_code: str | None = strawberry.field(
        default=None, description="The code of the draft, where no account holds it and it was saved before."
    )
    draft_secret: str | None = strawberry.field(default=None, description=SECRETS)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self, *, network: str | None = None) -> DraftSheet:
        """Return what is to be kept."""
        return DraftSheet(
            consultation_id=decode(self.consultation_id, "Consultation", path=("consultationId",)),
            revision_id=decode(self.revision_id, "QuestionnaireRevision", path=("revisionId",)),
            answers=read_answers(self.answers),
            claim=read_claim(self.organization_id, self.invitation),
            held_by=read_holding(self.draft_code, self.draft_secret),
            edition=self.edition,
            last_section=self.last_section,
            language=self.language,
            network=network,
        )


@strawberry.input(description="What was begun and is to be thrown away.")
class DiscardResponseDraftInput:
    """What was begun and is to be thrown away."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)
    organization_id: strawberry.ID | None = strawberry.field(default=None, description=ORGANIZATION)
    invitation: str | None = strawberry.field(default=None, description=INVITATION)
    draft_code: str | None = strawberry.field(
        default=None, description="The code of the draft, where no account holds it."
    )
    draft_secret: str | None = strawberry.field(default=None, description=SECRETS)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
