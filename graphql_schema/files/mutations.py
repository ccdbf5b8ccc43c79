"""The acts on files and documents: asking for a ticket, attaching, withdrawing, asking for a link."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graphql_schema.context import Info
from graphql_schema.files.inputs import (
    AttachDocumentInput,
    RequestDownloadInput,
    RequestUploadInput,
    WithdrawDocumentInput,
)
from graphql_schema.files.payloads import (
    AttachDocumentPayload,
    RequestDownloadPayload,
    RequestUploadPayload,
    WithdrawDocumentPayload,
)
from graphql_schema.ids import decode, split
from graphql_schema.wording_inputs import Faults
from hub.errors import BadRequest
from hub.files import attaching, requesting
from hub.files.attaching import DocumentDraft
from hub.files.holders import holdings

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on files and documents.")
class FileMutations:
    """The acts on files and documents."""

    @strawberry.mutation(description="Ask to hand in a file; the ticket says where its bytes are sent to.")
    async def request_upload(
        self,
        info: Info,
        input: Annotated[RequestUploadInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RequestUploadPayload:
        """Ask to hand in a file."""
        async with info.context.change(input) as change:
            await requesting.request_upload(change, name=input.name, size=input.size, purpose=input.purpose)
        return RequestUploadPayload.of(change)

    @strawberry.mutation(description="Attach a file that was handed in to something, as a document.")
    async def attach_document(
        self,
        info: Info,
        input: Annotated[AttachDocumentInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AttachDocumentPayload:
        """Attach a file that was handed in to something."""
        async with info.context.change(input) as change:
            named = split(input.holder_id)
            if named is None:
                raise BadRequest("BAD_ID", path=("holderId",), type=" / ".join(sorted(holdings)))
            faults: Faults = []
            title = input.title.read(("title",), faults)
            draft = DocumentDraft(title=title, sight=input.sight, role=input.role, licence=input.licence)
            await attaching.attach(change, *named, draft, upload=input.upload, faults=tuple(faults))
        return AttachDocumentPayload.of(change)

    @strawberry.mutation(description="Withdraw a document; its title, its day and its hash stay, its bytes go.")
    async def withdraw_document(
        self,
        info: Info,
        input: Annotated[WithdrawDocumentInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> WithdrawDocumentPayload:
        """Withdraw a document."""
        async with info.context.change(input) as change:
            document_id = decode(input.document_id, "Document", path=("documentId",))
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await attaching.withdraw(change, document_id, reason=reason, faults=tuple(faults))
        return WithdrawDocumentPayload.of(change)

    @strawberry.mutation(description="Ask for a link, good for minutes, to a document that not everybody is given.")
    async def request_download(
        self,
        info: Info,
        input: Annotated[RequestDownloadInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RequestDownloadPayload:
        """Ask for a link to a document."""
        async with info.context.change(input) as change:
            await requesting.request_download(change, decode(input.document_id, "Document", path=("documentId",)))
        return RequestDownloadPayload.of(change)
