"""What asking to hand in, or to fetch, the file of an answer takes."""

from __future__ import annotations

import strawberry

from graphql_schema.consultations.response_inputs import CONSULTATION, INVITATION, ORGANIZATION, REVISION, read_claim
from graphql_schema.ids import decode
from graphql_schema.payloads import KEY
from hub.consultations.uploading import Offered


@strawberry.input(description="A file by which somebody wants to answer a question.")
class RequestAnswerUploadInput:
    """A file by which somebody wants to answer a question."""

    consultation_id: strawberry.ID = strawberry.field(description=CONSULTATION)
    revision_id: strawberry.ID = strawberry.field(description=REVISION)
    question: str = strawberry.field(description="The code of the question.")
    name: str = strawberry.field(
        description="What it is called, with the end that says its type, such as `plano.pdf`; only the end is kept."
    )
    size: int = strawberry.field(description="How many bytes it has.")
    organization_id: strawberry.ID | None = strawberry.field(default=None, description=ORGANIZATION)
    invitation: str | None = strawberry.field(default=None, description=INVITATION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self, *, network: str | None = None) -> Offered:
        """Return what is offered."""
        return Offered(
            consultation_id=decode(self.consultation_id, "Consultation", path=("consultationId",)),
            revision_id=decode(self.revision_id, "QuestionnaireRevision", path=("revisionId",)),
            question=self.question,
            name=self.name,
            size=self.size,
            claim=read_claim(self.organization_id, self.invitation),
            network=network,
        )


@strawberry.input(description="The file of an answer that somebody wants to fetch by a link.")
class RequestAnswerDownloadInput:
    """The file of an answer that somebody wants to fetch by a link."""

    file_id: strawberry.ID = strawberry.field(description="The file.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
