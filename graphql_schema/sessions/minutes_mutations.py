"""The acts on minutes."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.sessions.minutes_inputs import (
    AddAddendumInput,
    AnswerObservationInput,
    ApproveMinutesInput,
    CirculateMinutesInput,
    DraftMinutesInput,
    ObserveMinutesInput,
    PublishMinutesInput,
    SignMinutesInput,
    WriteMinutesInput,
)
from graphql_schema.sessions.minutes_payloads import (
    AddAddendumPayload,
    AnswerObservationPayload,
    ApproveMinutesPayload,
    CirculateMinutesPayload,
    DraftMinutesPayload,
    ObserveMinutesPayload,
    PublishMinutesPayload,
    SignMinutesPayload,
    WriteMinutesPayload,
)
from graphql_schema.wording_inputs import Faults
from hub.sessions import approving, minuting, observing, signing

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on minutes.")
class MinutesMutations:
    """The acts on minutes."""

    @strawberry.mutation(description="Draft the minutes of a session that is over, from what was recorded of it.")
    async def draft_minutes(
        self,
        info: Info,
        input: Annotated[DraftMinutesInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DraftMinutesPayload:
        """Draft the minutes of a session that is over, from what was recorded of it."""
        async with info.context.change(input) as change:
            session_id = decode(input.session_id, "Session", path=("sessionId",))
            await minuting.draft_minutes(change, session_id)
        return DraftMinutesPayload.of(change)

    @strawberry.mutation(description="Word minutes anew, before they are circulated and once there are observations.")
    async def write_minutes(
        self,
        info: Info,
        input: Annotated[WriteMinutesInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> WriteMinutesPayload:
        """Word minutes anew, before they are circulated and once there are observations."""
        async with info.context.change(input) as change:
            faults: Faults = []
            text = input.text.read(("text",), faults)
            minutes_id = _minutes(input.minutes_id)
            await minuting.write_minutes(change, minutes_id, text, based_on=input.based_on, faults=tuple(faults))
        return WriteMinutesPayload.of(change)

    @strawberry.mutation(description="Give the minutes to the members, who may say what is wrong with them.")
    async def circulate_minutes(
        self,
        info: Info,
        input: Annotated[CirculateMinutesInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CirculateMinutesPayload:
        """Give the minutes to the members, who may say what is wrong with them."""
        async with info.context.change(input) as change:
            minutes_id = _minutes(input.minutes_id)
            await minuting.circulate_minutes(change, minutes_id, observations_until=input.observations_until)
        return CirculateMinutesPayload.of(change)

    @strawberry.mutation(description="Say what is wrong with circulated minutes.")
    async def observe_minutes(
        self,
        info: Info,
        input: Annotated[ObserveMinutesInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ObserveMinutesPayload:
        """Say what is wrong with circulated minutes."""
        async with info.context.change(input) as change:
            faults: Faults = []
            text = input.text.read(("text",), faults)
            await observing.observe_minutes(change, _minutes(input.minutes_id), text, faults=tuple(faults))
        return ObserveMinutesPayload.of(change)

    @strawberry.mutation(description="Say whether an observation is taken up, and why or why not.")
    async def answer_observation(
        self,
        info: Info,
        input: Annotated[AnswerObservationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AnswerObservationPayload:
        """Say whether an observation is taken up, and why or why not."""
        async with info.context.change(input) as change:
            faults: Faults = []
            answer = input.answer.read(("answer",), faults)
            observation_id = decode(input.observation_id, "Observation", path=("observationId",))
            await observing.answer_observation(
                change, observation_id, taken_up=input.taken_up, answer=answer, faults=tuple(faults)
            )
        return AnswerObservationPayload.of(change)

    @strawberry.mutation(description="Record that minutes are approved: from now on they never change.")
    async def approve_minutes(
        self,
        info: Info,
        input: Annotated[ApproveMinutesInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ApproveMinutesPayload:
        """Record that minutes are approved: from now on they never change."""
        async with info.context.change(input) as change:
            await approving.approve_minutes(change, _minutes(input.minutes_id))
        return ApproveMinutesPayload.of(change)

    @strawberry.mutation(description="Sign approved minutes by their hash.")
    async def sign_minutes(
        self,
        info: Info,
        input: Annotated[SignMinutesInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> SignMinutesPayload:
        """Sign approved minutes by their hash."""
        async with info.context.change(input) as change:
            await signing.sign_minutes(change, _minutes(input.minutes_id), content_hash=input.content_hash)
        return SignMinutesPayload.of(change)

    @strawberry.mutation(description="Publish signed minutes: their session is finished.")
    async def publish_minutes(
        self,
        info: Info,
        input: Annotated[PublishMinutesInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> PublishMinutesPayload:
        """Publish signed minutes: their session is finished."""
        async with info.context.change(input) as change:
            await signing.publish_minutes(change, _minutes(input.minutes_id))
        return PublishMinutesPayload.of(change)

    @strawberry.mutation(description="Add to published minutes, which stay as they are.")
    async def add_addendum(
        self,
        info: Info,
        input: Annotated[AddAddendumInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AddAddendumPayload:
        """Add to published minutes, which stay as they are."""
        async with info.context.change(input) as change:
            faults: Faults = []
            text = input.text.read(("text",), faults)
            await signing.add_addendum(change, _minutes(input.minutes_id), text, faults=tuple(faults))
        return AddAddendumPayload.of(change)


def _minutes(given: str) -> UUID:
    return decode(given, "Minutes", path=("minutesId",))
