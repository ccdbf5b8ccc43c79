"""What the mutations on files and documents answer."""

from __future__ import annotations

import datetime as dt

import strawberry

from graphql_schema.files.types import Document
from graphql_schema.payloads import Payload

DOCUMENT = "The document; null where nothing was done."


@strawberry.type(description="What asking to hand in a file answers.")
class RequestUploadPayload(Payload):
    """What asking to hand in a file answers."""

    upload: str | None = strawberry.field(
        description="The words of the ticket, by which the file is named afterwards; they are told once."
    )
    path: str | None = strawberry.field(
        description="The path on this host to which a PUT takes the bytes of the file, and nothing else."
    )
    expires_at: dt.datetime | None = strawberry.field(
        description="Until when that may begin; what was handed in may be attached within a day."
    )


@strawberry.type(description="What asking for the link of a document answers.")
class RequestDownloadPayload(Payload):
    """What asking for the link of a document answers."""

    path: str | None = strawberry.field(
        description="The path on this host at which a GET gives its bytes to whoever has this link."
    )
    expires_at: dt.datetime | None = strawberry.field(description="Until when that may begin.")


@strawberry.type(description="What attaching a document answers.")
class AttachDocumentPayload(Payload):
    """What attaching a document answers."""

    document: Document | None = strawberry.field(description=DOCUMENT)


@strawberry.type(description="What withdrawing a document answers.")
class WithdrawDocumentPayload(Payload):
    """What withdrawing a document answers."""

    document: Document | None = strawberry.field(description=DOCUMENT)
