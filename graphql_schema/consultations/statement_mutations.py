"""The acts on statements: what was asked, said and done, and why."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from graphql_schema.consultations.report_inputs import (
    ApproveStatementInput,
    CorrectStatementInput,
    DiscardStatementInput,
    DraftStatementInput,
    EditStatementInput,
    PublishStatementInput,
    ReworkStatementInput,
)
from graphql_schema.consultations.report_payloads import (
    ApproveStatementPayload,
    CorrectStatementPayload,
    DiscardStatementPayload,
    DraftStatementPayload,
    EditStatementPayload,
    PublishStatementPayload,
    ReworkStatementPayload,
)
from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.wording_inputs import Faults
from hub.consultations import stating

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on statements.")
class StatementMutations:
    """The acts on statements."""

    @strawberry.mutation(description="Begin the statement about a question or a section: asked, said, done, and why.")
    async def draft_statement(
        self,
        info: Info,
        input: Annotated[DraftStatementInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DraftStatementPayload:
        """Begin the statement about a question or a section: asked, said, done, and why."""
        async with info.context.change(input) as change:
            await stating.draft_statement(
                change,
                _consultation(input.consultation_id),
                input.read(),
                question_id=_maybe(input.question_id, "Question", "questionId"),
                section_id=_maybe(input.section_id, "Section", "sectionId"),
            )
        return DraftStatementPayload.of(change)

    @strawberry.mutation(description="Write a draft of a statement anew.")
    async def edit_statement(
        self,
        info: Info,
        input: Annotated[EditStatementInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EditStatementPayload:
        """Write a draft of a statement anew."""
        async with info.context.change(input) as change:
            await stating.edit_statement(change, _statement(input.statement_id), input.read(), based_on=input.based_on)
        return EditStatementPayload.of(change)

    @strawberry.mutation(description="Give up a draft of a statement.")
    async def discard_statement(
        self,
        info: Info,
        input: Annotated[DiscardStatementInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DiscardStatementPayload:
        """Give up a draft of a statement."""
        async with info.context.change(input) as change:
            await stating.discard_statement(change, _statement(input.statement_id))
        return DiscardStatementPayload.of(change)

    @strawberry.mutation(description="Approve a statement.")
    async def approve_statement(
        self,
        info: Info,
        input: Annotated[ApproveStatementInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ApproveStatementPayload:
        """Approve a statement."""
        async with info.context.change(input) as change:
            await stating.approve_statement(change, _statement(input.statement_id))
        return ApproveStatementPayload.of(change)

    @strawberry.mutation(description="Give an approved statement back, to be written anew.")
    async def rework_statement(
        self,
        info: Info,
        input: Annotated[ReworkStatementInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ReworkStatementPayload:
        """Give an approved statement back, to be written anew."""
        async with info.context.change(input) as change:
            await stating.rework_statement(change, _statement(input.statement_id))
        return ReworkStatementPayload.of(change)

    @strawberry.mutation(description="Publish an approved statement, in the place of the one that it corrects.")
    async def publish_statement(
        self,
        info: Info,
        input: Annotated[PublishStatementInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> PublishStatementPayload:
        """Publish an approved statement, in the place of the one that it corrects."""
        async with info.context.change(input) as change:
            await stating.publish_statement(change, _statement(input.statement_id))
        return PublishStatementPayload.of(change)

    @strawberry.mutation(description="Begin another version of a published statement, and say what was wrong in it.")
    async def correct_statement(
        self,
        info: Info,
        input: Annotated[CorrectStatementInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CorrectStatementPayload:
        """Begin another version of a published statement, and say what was wrong in it."""
        async with info.context.change(input) as change:
            faults: Faults = []
            note = input.note.read(("note",), faults)
            await stating.correct_statement(change, _statement(input.statement_id), input.read(faults), note=note)
        return CorrectStatementPayload.of(change)


def _consultation(given: str) -> UUID:
    return decode(given, "Consultation", path=("consultationId",))


def _statement(given: str) -> UUID:
    return decode(given, "Statement", path=("statementId",))


def _maybe(given: str | None, type_: str, name: str) -> UUID | None:
    return None if given is None else decode(given, type_, path=(name,))
