"""The acts on sessions: rules, plans, convocations, opening, interrupting, closing."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.sessions.inputs import (
    AdjournSessionInput,
    AmendConvocationInput,
    CancelSessionInput,
    CloseSessionInput,
    ConveneSessionInput,
    EditSessionInput,
    FailSessionInput,
    OpenSessionInput,
    PlanSessionInput,
    ResumeSessionInput,
)
from graphql_schema.sessions.payloads import (
    AdjournSessionPayload,
    AdoptSessionRulesPayload,
    AmendConvocationPayload,
    CancelSessionPayload,
    CloseSessionPayload,
    ConveneSessionPayload,
    EditSessionPayload,
    FailSessionPayload,
    OpenSessionPayload,
    PlanSessionPayload,
    ResumeSessionPayload,
)
from graphql_schema.sessions.terms_inputs import AdoptSessionRulesInput
from graphql_schema.wording_inputs import Faults, read
from hub.sessions import adopting, calling, convening, planning, sitting

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on sessions.")
class SessionMutations:
    """The acts on sessions."""

    @strawberry.mutation(
        description="Publish the rules by which a body sits from now on; those in force before stay on record."
    )
    async def adopt_session_rules(
        self,
        info: Info,
        input: Annotated[AdoptSessionRulesInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AdoptSessionRulesPayload:
        """Publish the rules by which a body sits from now on; those in force before stay on record."""
        async with info.context.change(input) as change:
            faults: Faults = []
            body_id = decode(input.body_id, "Body", path=("bodyId",))
            terms, source = input.terms.read(("terms",), faults), input.source.read(("source",), faults)
            await adopting.adopt_rules(
                change, body_id, terms, source=source, valid_from=input.valid_from, faults=tuple(faults)
            )
        return AdoptSessionRulesPayload.of(change)

    @strawberry.mutation(description="Plan a session of a body, which its members see until it is convened.")
    async def plan_session(
        self,
        info: Info,
        input: Annotated[PlanSessionInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> PlanSessionPayload:
        """Plan a session of a body, which its members see until it is convened."""
        async with info.context.change(input) as change:
            body_id = decode(input.body_id, "Body", path=("bodyId",))
            await planning.plan_session(change, body_id, input.read())
        return PlanSessionPayload.of(change)

    @strawberry.mutation(description="Write a plan anew, before it is convened.")
    async def edit_session(
        self,
        info: Info,
        input: Annotated[EditSessionInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EditSessionPayload:
        """Write a plan anew, before it is convened."""
        async with info.context.change(input) as change:
            await planning.edit_session(change, _session(input.session_id), input.read(), based_on=input.based_on)
        return EditSessionPayload.of(change)

    @strawberry.mutation(
        description="Convene a session, in time by the rules of its body, or late with a published reason."
    )
    async def convene_session(
        self,
        info: Info,
        input: Annotated[ConveneSessionInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ConveneSessionPayload:
        """Convene a session, in time by the rules of its body, or late with a published reason."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = read(input.short_notice_reason, ("shortNoticeReason",), faults)
            await convening.convene(
                change, _session(input.session_id), short_notice_reason=reason, faults=tuple(faults)
            )
        return ConveneSessionPayload.of(change)

    @strawberry.mutation(description="Move a convened session, or hold it elsewhere, with a published reason.")
    async def amend_convocation(
        self,
        info: Info,
        input: Annotated[AmendConvocationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AmendConvocationPayload:
        """Move a convened session, or hold it elsewhere, with a published reason."""
        async with info.context.change(input) as change:
            await convening.amend_convocation(change, _session(input.session_id), input.read())
        return AmendConvocationPayload.of(change)

    @strawberry.mutation(description="Call a session off before it is opened, with a reason.")
    async def cancel_session(
        self,
        info: Info,
        input: Annotated[CancelSessionInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CancelSessionPayload:
        """Call a session off before it is opened, with a reason."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await planning.cancel_session(change, _session(input.session_id), reason=reason, faults=tuple(faults))
        return CancelSessionPayload.of(change)

    @strawberry.mutation(description="Open a session at its hour, with the quorum of its call.")
    async def open_session(
        self,
        info: Info,
        input: Annotated[OpenSessionInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> OpenSessionPayload:
        """Open a session at its hour, with the quorum of its call."""
        async with info.context.change(input) as change:
            await sitting.open_session(change, _session(input.session_id))
        return OpenSessionPayload.of(change)

    @strawberry.mutation(
        description="Record at its hour that a session has no quorum; its next call follows by the rules."
    )
    async def fail_session(
        self,
        info: Info,
        input: Annotated[FailSessionInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> FailSessionPayload:
        """Record at its hour that a session has no quorum; its next call follows by the rules."""
        async with info.context.change(input) as change:
            await calling.fail_session(change, _session(input.session_id))
        return FailSessionPayload.of(change)

    @strawberry.mutation(description="Interrupt a session.")
    async def adjourn_session(
        self,
        info: Info,
        input: Annotated[AdjournSessionInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AdjournSessionPayload:
        """Interrupt a session."""
        async with info.context.change(input) as change:
            resumes = None if input.resumes is None else input.resumes.read()
            await sitting.adjourn_session(change, _session(input.session_id), resumes=resumes)
        return AdjournSessionPayload.of(change)

    @strawberry.mutation(description="Go on with an interrupted session, with a quorum.")
    async def resume_session(
        self,
        info: Info,
        input: Annotated[ResumeSessionInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ResumeSessionPayload:
        """Go on with an interrupted session, with a quorum."""
        async with info.context.change(input) as change:
            await sitting.resume_session(change, _session(input.session_id))
        return ResumeSessionPayload.of(change)

    @strawberry.mutation(description="Close a session of which every point was dealt with or deferred.")
    async def close_session(
        self,
        info: Info,
        input: Annotated[CloseSessionInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CloseSessionPayload:
        """Close a session of which every point was dealt with or deferred."""
        async with info.context.change(input) as change:
            await sitting.close_session(change, _session(input.session_id))
        return CloseSessionPayload.of(change)


def _session(given: str) -> UUID:
    return decode(given, "Session", path=("sessionId",))
