"""What the acts on tasks take."""

from __future__ import annotations

import datetime as dt

import strawberry

from graphql_schema.payloads import KEY
from graphql_schema.wording_inputs import LocalizedTextInput

TASK = "The task."


@strawberry.input(description="What a session asks somebody to do.")
class AssignActionItemInput:
    """What a session asks somebody to do."""

    session_id: strawberry.ID = strawberry.field(description="The session.")
    task: LocalizedTextInput = strawberry.field(description="What is to be done.")
    agenda_item_id: strawberry.ID | None = strawberry.field(default=None, description="The point that it came of.")
    owner_id: strawberry.ID | None = strawberry.field(default=None, description="The membership of whoever is asked.")
    organization_id: strawberry.ID | None = strawberry.field(
        default=None, description="The organisation that is asked, where it is nobody of the body."
    )
    due_on: dt.date | None = strawberry.field(default=None, description="The day on which it is due.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A task that was done.")
class FinishActionItemInput:
    """A task that was done."""

    action_item_id: strawberry.ID = strawberry.field(description=TASK)
    evidence: LocalizedTextInput = strawberry.field(description="Where that can be seen.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A task that is not to be done any more.")
class DropActionItemInput:
    """A task that is not to be done any more."""

    action_item_id: strawberry.ID = strawberry.field(description=TASK)
    reason: LocalizedTextInput = strawberry.field(description="Why; it is published.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
