"""What the mutations on the files of answers answer."""

from __future__ import annotations

import datetime as dt

import strawberry

from graphql_schema.payloads import Payload


@strawberry.type(description="What asking to hand in the file of an answer answers.")
class RequestAnswerUploadPayload(Payload):
    """What asking to hand in the file of an answer answers."""

    upload: str | None = strawberry.field(
        description="The words of the ticket, by which the answer names the file; they are told once."
    )
    path: str | None = strawberry.field(
        description="The path on this host to which a PUT takes the bytes of the file, and nothing else."
    )
    expires_at: dt.datetime | None = strawberry.field(
        description="Until when that may begin; what was handed in may be saved or sent within a day."
    )


@strawberry.type(description="What asking for the link of the file of an answer answers.")
class RequestAnswerDownloadPayload(Payload):
    """What asking for the link of the file of an answer answers."""

    path: str | None = strawberry.field(
        description="The path on this host at which a GET gives its bytes to whoever has this link."
    )
    expires_at: dt.datetime | None = strawberry.field(description="Until when that may begin.")
