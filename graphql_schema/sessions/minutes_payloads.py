"""What the acts on minutes and tasks answer."""

from __future__ import annotations

import strawberry

from graphql_schema.payloads import Payload
from graphql_schema.sessions.minutes_types import ActionItem, Minutes, Observation

MINUTES = "The minutes; null where nothing was done."
OBSERVATION = "The observation; null where nothing was done."
TASK = "The task; null where nothing was done."


@strawberry.type(description="What drafting minutes answers.")
class DraftMinutesPayload(Payload):
    """What drafting minutes answers."""

    minutes: Minutes | None = strawberry.field(description=MINUTES)


@strawberry.type(description="What wording minutes anew answers.")
class WriteMinutesPayload(Payload):
    """What wording minutes anew answers."""

    minutes: Minutes | None = strawberry.field(description=MINUTES)


@strawberry.type(description="What circulating minutes answers.")
class CirculateMinutesPayload(Payload):
    """What circulating minutes answers."""

    minutes: Minutes | None = strawberry.field(description=MINUTES)


@strawberry.type(description="What an observation answers.")
class ObserveMinutesPayload(Payload):
    """What an observation answers."""

    observation: Observation | None = strawberry.field(description=OBSERVATION)
    minutes: Minutes | None = strawberry.field(description=MINUTES)


@strawberry.type(description="What answering an observation answers.")
class AnswerObservationPayload(Payload):
    """What answering an observation answers."""

    observation: Observation | None = strawberry.field(description=OBSERVATION)
    minutes: Minutes | None = strawberry.field(description=MINUTES)


@strawberry.type(description="What approving minutes answers.")
class ApproveMinutesPayload(Payload):
    """What approving minutes answers."""

    minutes: Minutes | None = strawberry.field(description=MINUTES)


@strawberry.type(description="What signing minutes answers.")
class SignMinutesPayload(Payload):
    """What signing minutes answers."""

    minutes: Minutes | None = strawberry.field(description=MINUTES)


@strawberry.type(description="What publishing minutes answers.")
class PublishMinutesPayload(Payload):
    """What publishing minutes answers."""

    minutes: Minutes | None = strawberry.field(description=MINUTES)


@strawberry.type(description="What adding to minutes answers.")
class AddAddendumPayload(Payload):
    """What adding to minutes answers."""

    minutes: Minutes | None = strawberry.field(description=MINUTES)


@strawberry.type(description="What giving a task answers.")
class AssignActionItemPayload(Payload):
    """What giving a task answers."""

    action_item: ActionItem | None = strawberry.field(description=TASK)


@strawberry.type(description="What finishing a task answers.")
class FinishActionItemPayload(Payload):
    """What finishing a task answers."""

    action_item: ActionItem | None = strawberry.field(description=TASK)


@strawberry.type(description="What dropping a task answers.")
class DropActionItemPayload(Payload):
    """What dropping a task answers."""

    action_item: ActionItem | None = strawberry.field(description=TASK)
