"""What the mutations of consultations answer."""

from __future__ import annotations

import strawberry

from graphql_schema.consultations.types import Consultation, Receipt, Response
from graphql_schema.payloads import Payload

CONSULTATION = "The consultation; null where nothing was done."
RESPONSE = "The response; null where nothing was done."
RECEIPT = "What the respondent keeps; null where nothing was done."


@strawberry.type(description="What drafting a consultation answers.")
class CreateConsultationPayload(Payload):
    """What drafting a consultation answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)


@strawberry.type(description="What publishing a consultation answers.")
class PublishConsultationPayload(Payload):
    """What publishing a consultation answers."""

    consultation: Consultation | None = strawberry.field(description=CONSULTATION)


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
