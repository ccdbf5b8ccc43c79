"""What the acts on agreements answer."""

from __future__ import annotations

import strawberry

from graphql_schema.agreements.types import Agreement
from graphql_schema.payloads import Payload


@strawberry.type(description="What drafting an agreement answers.")
class DraftAgreementPayload(Payload):
    """What drafting an agreement answers."""

    agreement: Agreement | None = strawberry.field(description="The agreement; null where nothing was done.")


@strawberry.type(description="What editing an agreement answers.")
class EditAgreementPayload(Payload):
    """What editing an agreement answers."""

    agreement: Agreement | None = strawberry.field(description="The agreement; null where nothing was done.")


@strawberry.type(description="What signing an agreement answers.")
class SignAgreementPayload(Payload):
    """What signing an agreement answers."""

    agreement: Agreement | None = strawberry.field(description="The agreement; null where nothing was done.")


@strawberry.type(description="What prolonging an agreement answers.")
class RenewAgreementPayload(Payload):
    """What prolonging an agreement answers."""

    agreement: Agreement | None = strawberry.field(description="The agreement; null where nothing was done.")


@strawberry.type(description="What ending an agreement answers.")
class EndAgreementPayload(Payload):
    """What ending an agreement answers."""

    agreement: Agreement | None = strawberry.field(description="The agreement; null where nothing was done.")


@strawberry.type(description="What saying which mandate carries out a promise answers.")
class LinkAgreementObligationPayload(Payload):
    """What saying which mandate carries out a promise answers."""

    agreement: Agreement | None = strawberry.field(description="The agreement; null where nothing was done.")
