"""What the mutations of consultations answer."""

from __future__ import annotations

import strawberry

from graphql_schema.consultations.questionnaire_types import QuestionnaireRevision
from graphql_schema.consultations.response_types import Receipt, Response, ResponseDraft
from graphql_schema.consultations.result_types import ResultRelease
from graphql_schema.consultations.types import Consultation, TimetableNotice
from graphql_schema.payloads import Payload

CONSULTATION = "The consultation; null where nothing was done."
NOTICE = "The notice; null where nothing was done."
RESPONSE = "The response; null where nothing was done, and where nothing leads from whoever asks to it."
RECEIPT = "What the respondent keeps; null where nothing was done."


@strawberry.type(description="What drafting a consultation answers.")
class CreateConsultationPayload(Payload):
    """What drafting a consultation answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)


@strawberry.type(description="What writing a draft anew answers.")
class EditConsultationPayload(Payload):
    """What writing a draft anew answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)


@strawberry.type(description="What checking a questionnaire answers.")
class CheckQuestionnairePayload(Payload):
    """What checking a questionnaire answers."""

    ok: bool | None = strawberry.field(description="True where nothing is wrong; null where something is.")


@strawberry.type(description="What checking a draft answers.")
class CheckConsultationPayload(Payload):
    """What checking a draft answers."""

    ok: bool | None = strawberry.field(description="True where it may be published; null where something is wrong.")


@strawberry.type(description="What publishing a consultation answers.")
class PublishConsultationPayload(Payload):
    """What publishing a consultation answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)


@strawberry.type(description="What correcting a questionnaire answers.")
class CorrectQuestionnairePayload(Payload):
    """What correcting a questionnaire answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    revision: QuestionnaireRevision | None = strawberry.field(
        description="The wording in force; null where nothing was done."
    )


@strawberry.type(description="What extending a consultation answers.")
class ExtendConsultationPayload(Payload):
    """What extending a consultation answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    notice: TimetableNotice | None = strawberry.field(description=NOTICE)


@strawberry.type(description="What shortening a consultation answers.")
class ShortenConsultationPayload(Payload):
    """What shortening a consultation answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    notice: TimetableNotice | None = strawberry.field(description=NOTICE)


@strawberry.type(description="What suspending a consultation answers.")
class SuspendConsultationPayload(Payload):
    """What suspending a consultation answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    notice: TimetableNotice | None = strawberry.field(description=NOTICE)


@strawberry.type(description="What resuming a consultation answers.")
class ResumeConsultationPayload(Payload):
    """What resuming a consultation answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    notice: TimetableNotice | None = strawberry.field(description=NOTICE)


@strawberry.type(description="What withdrawing a consultation answers.")
class WithdrawConsultationPayload(Payload):
    """What withdrawing a consultation answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    notice: TimetableNotice | None = strawberry.field(description=NOTICE)


@strawberry.type(description="What publishing results anew answers.")
class ReleaseResultsPayload(Payload):
    """What publishing results anew answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    release: ResultRelease | None = strawberry.field(description="The release; null where nothing was done.")


@strawberry.type(description="What issuing invitations answers.")
class IssueInvitationsPayload(Payload):
    """What issuing invitations answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
    codes: list[str] | None = strawberry.field(description="Their codes; who issued them is told them once.")


@strawberry.type(description="What sending a response answers.")
class SubmitResponsePayload(Payload):
    """What sending a response answers."""

    response: Response | None = strawberry.field(description=RESPONSE)
    receipt: Receipt | None = strawberry.field(description=RECEIPT)


@strawberry.type(description="What changing a response answers.")
class ChangeResponsePayload(Payload):
    """What changing a response answers."""

    response: Response | None = strawberry.field(description=RESPONSE)
    receipt: Receipt | None = strawberry.field(description=RECEIPT)


@strawberry.type(description="What withdrawing a response answers.")
class WithdrawResponsePayload(Payload):
    """What withdrawing a response answers."""

    response: Response | None = strawberry.field(description=RESPONSE)
    receipt: Receipt | None = strawberry.field(description=RECEIPT)


@strawberry.type(description="What writing a response down answers.")
class EnterResponsePayload(Payload):
    """What writing a response down answers."""

    response: Response | None = strawberry.field(description=RESPONSE)
    receipt: Receipt | None = strawberry.field(description=RECEIPT)


@strawberry.type(description="What admitting a late response answers.")
class AdmitResponsePayload(Payload):
    """What admitting a late response answers."""

    response: Response | None = strawberry.field(description=RESPONSE)


@strawberry.type(description="What refusing a late response answers.")
class RefuseResponsePayload(Payload):
    """What refusing a late response answers."""

    response: Response | None = strawberry.field(description=RESPONSE)


@strawberry.type(description="What changing a consent answers.")
class ChangeConsentPayload(Payload):
    """What changing a consent answers."""

    response: Response | None = strawberry.field(description=RESPONSE)


@strawberry.type(description="What saving a draft of a response answers.")
class SaveResponseDraftPayload(Payload):
    """What saving a draft of a response answers."""

    draft: ResponseDraft | None = strawberry.field(description="The draft; null where nothing was kept.")
    code: str | None = strawberry.field(description="The code of a new draft that no account holds, told once.")
    secret: str | None = strawberry.field(description="The secret that opens it, told once.")


@strawberry.type(description="What throwing a draft of a response away answers.")
class DiscardResponseDraftPayload(Payload):
    """What throwing a draft of a response away answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)
