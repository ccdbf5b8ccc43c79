"""What the acts on files and documents take."""

from __future__ import annotations

import strawberry

import graphql_schema.files.types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.payloads import KEY
from graphql_schema.wording_inputs import LocalizedTextInput
from hub.files.models import DocumentRole, DocumentSight
from hub.files.purposes import Purpose


@strawberry.input(description="A file that is to be handed in.")
class RequestUploadInput:
    """A file that is to be handed in."""

    name: str = strawberry.field(description="What it is called, with the end that says its type, such as `acta.pdf`.")
    size: int = strawberry.field(description="How many bytes it has.")
    purpose: Purpose = strawberry.field(default=Purpose.DOCUMENT, description="For what it is handed in.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A document that somebody wants to fetch by a link.")
class RequestDownloadInput:
    """A document that somebody wants to fetch by a link."""

    document_id: strawberry.ID = strawberry.field(description="The document.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A file that was handed in, and what it is to be attached to.")
class AttachDocumentInput:
    """A file that was handed in, and what it is to be attached to."""

    holder_id: strawberry.ID = strawberry.field(
        description="What it is attached to: a body, a consultation, or another thing that shows `documents`."
    )
    upload: str = strawberry.field(description="The words of the ticket by which the file was handed in.")
    title: LocalizedTextInput = strawberry.field(description="What it is called.")
    role: DocumentRole = strawberry.field(
        default=DocumentRole.OTHER, description="What it is to the thing that it is attached to."
    )
    sight: DocumentSight = strawberry.field(description="Who is to be given it.")
    licence: str | None = strawberry.field(
        default=None, description="Under which licence it may be used, such as `CC-BY-4.0`."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A document that is to be withdrawn.")
class WithdrawDocumentInput:
    """A document that is to be withdrawn."""

    document_id: strawberry.ID = strawberry.field(description="The document.")
    reason: LocalizedTextInput = strawberry.field(description="Why; it is shown with what is left of it.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
