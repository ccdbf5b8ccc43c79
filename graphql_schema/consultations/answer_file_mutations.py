"""The acts on the files of answers: asking to hand one in, and asking for a link to one."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graphql_schema.consultations.answer_file_inputs import RequestAnswerDownloadInput, RequestAnswerUploadInput
from graphql_schema.consultations.answer_file_payloads import RequestAnswerDownloadPayload, RequestAnswerUploadPayload
from graphql_schema.context import Info
from graphql_schema.ids import decode
from hub.consultations import fetching, uploading

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on the files of answers.")
class AnswerFileMutations:
    """The acts on the files of answers."""

    @strawberry.mutation(
        description="Ask to hand in a file that answers a question; whoever may answer may ask, and the ticket says "
        "where its bytes are sent to."
    )
    async def request_answer_upload(
        self,
        info: Info,
        input: Annotated[RequestAnswerUploadInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RequestAnswerUploadPayload:
        """Ask to hand in a file that answers a question."""
        async with info.context.change(input) as change:
            await uploading.request_answer_upload(change, input.read(network=info.context.network))
        return RequestAnswerUploadPayload.of(change)

    @strawberry.mutation(
        description="Ask for a link, good for minutes, to the file of an answer that not everybody is given."
    )
    async def request_answer_download(
        self,
        info: Info,
        input: Annotated[RequestAnswerDownloadInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RequestAnswerDownloadPayload:
        """Ask for a link to the file of an answer."""
        async with info.context.change(input) as change:
            await fetching.request_answer_download(change, decode(input.file_id, "AnswerFile", path=("fileId",)))
        return RequestAnswerDownloadPayload.of(change)
