"""What the acts on work programmes take."""

from __future__ import annotations

import strawberry

from graphql_schema.payloads import BASED_ON_EDITION, KEY
from graphql_schema.wording_inputs import Faults, LocalizedTextInput, read
from hub.mandates.planning import LineDraft

PROGRAMME = "The work programme."


@strawberry.input(description="One thing that a body means to do.")
class WorkProgrammeLineInput:
    """One thing that a body means to do."""

    title: LocalizedTextInput = strawberry.field(description="What it is called.")
    explanation: LocalizedTextInput | None = strawberry.field(default=None, description="What is meant by it.")


@strawberry.input(description="What a body means to do in a year.")
class WorkProgrammeInput:
    """What a body means to do in a year."""

    title: LocalizedTextInput = strawberry.field(description="What it is called.")
    lines: list[WorkProgrammeLineInput] = strawberry.field(description="What it consists of, 200 lines at most.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self, faults: Faults) -> list[LineDraft]:
        """Return the lines."""
        return [
            LineDraft(
                title=line.title.read(("lines", str(n), "title"), faults),
                explanation=read(line.explanation, ("lines", str(n), "explanation"), faults),
            )
            for n, line in enumerate(self.lines)
        ]


@strawberry.input(description="A work programme to be drafted.")
class DraftWorkProgrammeInput(WorkProgrammeInput):
    """A work programme to be drafted."""

    body_id: strawberry.ID = strawberry.field(description="The body.")
    year: int = strawberry.field(description="The year.")


@strawberry.input(description="A draft to be written anew; what it says now is replaced as a whole.")
class EditWorkProgrammeInput(WorkProgrammeInput):
    """A draft to be written anew."""

    work_programme_id: strawberry.ID = strawberry.field(description=PROGRAMME)
    based_on: int | None = strawberry.field(default=None, description=BASED_ON_EDITION)


@strawberry.input(description="A work programme that an instrument approves.")
class ApproveWorkProgrammeInput:
    """A work programme that an instrument approves."""

    work_programme_id: strawberry.ID = strawberry.field(description=PROGRAMME)
    instrument_id: strawberry.ID = strawberry.field(description="The published instrument of the body.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="The mandate that carries out a line of an approved programme.")
class LinkWorkProgrammeLineInput:
    """The mandate that carries out a line of an approved programme."""

    work_programme_id: strawberry.ID = strawberry.field(description=PROGRAMME)
    position: int = strawberry.field(description="The place of the line.")
    mandate_id: strawberry.ID = strawberry.field(description="The mandate.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A work programme to be closed.")
class CloseWorkProgrammeInput:
    """A work programme to be closed."""

    work_programme_id: strawberry.ID = strawberry.field(description=PROGRAMME)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
