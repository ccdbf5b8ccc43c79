"""The acts on the points of an agenda, on attendance and on recusals."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.sessions.agenda_inputs import (
    AcceptAgendaItemInput,
    AddAgendaItemInput,
    DealWithAgendaItemInput,
    DeclareRecusalInput,
    DeferAgendaItemInput,
    EditAgendaItemInput,
    MoveAgendaItemInput,
    RecordArrivalInput,
    RecordDepartureInput,
    RejectAgendaItemInput,
    RemoveAgendaItemInput,
    RequestAgendaItemInput,
    StartAgendaItemInput,
)
from graphql_schema.sessions.agenda_payloads import (
    AcceptAgendaItemPayload,
    AddAgendaItemPayload,
    DealWithAgendaItemPayload,
    DeclareRecusalPayload,
    DeferAgendaItemPayload,
    EditAgendaItemPayload,
    MoveAgendaItemPayload,
    RecordArrivalPayload,
    RecordDeparturePayload,
    RejectAgendaItemPayload,
    RemoveAgendaItemPayload,
    RequestAgendaItemPayload,
    StartAgendaItemPayload,
)
from graphql_schema.wording_inputs import Faults, read
from hub.sessions import arranging, attending, dealing, recusing, requesting

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on agendas, attendance and recusals.")
class AgendaMutations:
    """The acts on agendas, attendance and recusals."""

    @strawberry.mutation(description="Put a point on an agenda, or under one of its points.")
    async def add_agenda_item(
        self,
        info: Info,
        input: Annotated[AddAgendaItemInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AddAgendaItemPayload:
        """Put a point on an agenda, or under one of its points."""
        async with info.context.change(input) as change:
            session_id = decode(input.session_id, "Session", path=("sessionId",))
            parent_id = _parent(input.parent_id)
            await arranging.enter_point(change, session_id, input.read(), parent_id=parent_id, position=input.position)
        return AddAgendaItemPayload.of(change)

    @strawberry.mutation(description="Write a point of an agenda anew.")
    async def edit_agenda_item(
        self,
        info: Info,
        input: Annotated[EditAgendaItemInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EditAgendaItemPayload:
        """Write a point of an agenda anew."""
        async with info.context.change(input) as change:
            await arranging.edit_point(change, _point(input.agenda_item_id), input.read(), based_on=input.based_on)
        return EditAgendaItemPayload.of(change)

    @strawberry.mutation(description="Give a point another place on the agenda; its own points go with it.")
    async def move_agenda_item(
        self,
        info: Info,
        input: Annotated[MoveAgendaItemInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> MoveAgendaItemPayload:
        """Give a point another place on the agenda; its own points go with it."""
        async with info.context.change(input) as change:
            parent_id = _parent(input.parent_id)
            await arranging.move_point(
                change, _point(input.agenda_item_id), position=input.position, parent_id=parent_id
            )
        return MoveAgendaItemPayload.of(change)

    @strawberry.mutation(description="Take a point off an agenda before the session is opened.")
    async def remove_agenda_item(
        self,
        info: Info,
        input: Annotated[RemoveAgendaItemInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RemoveAgendaItemPayload:
        """Take a point off an agenda before the session is opened."""
        async with info.context.change(input) as change:
            await arranging.remove_point(change, _point(input.agenda_item_id))
        return RemoveAgendaItemPayload.of(change)

    @strawberry.mutation(description="Ask for a point of a session of one's body, in time by its rules.")
    async def request_agenda_item(
        self,
        info: Info,
        input: Annotated[RequestAgendaItemInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RequestAgendaItemPayload:
        """Ask for a point of a session of one's body, in time by its rules."""
        async with info.context.change(input) as change:
            session_id = decode(input.session_id, "Session", path=("sessionId",))
            await requesting.request_point(change, session_id, input.read())
        return RequestAgendaItemPayload.of(change)

    @strawberry.mutation(description="Put a point on the agenda that a member asked for.")
    async def accept_agenda_item(
        self,
        info: Info,
        input: Annotated[AcceptAgendaItemInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> AcceptAgendaItemPayload:
        """Put a point on the agenda that a member asked for."""
        async with info.context.change(input) as change:
            faults: Faults = []
            answer = read(input.answer, ("answer",), faults)
            await requesting.accept_point(
                change, _point(input.agenda_item_id), answer=answer, position=input.position, faults=tuple(faults)
            )
        return AcceptAgendaItemPayload.of(change)

    @strawberry.mutation(description="Refuse a point that a member asked for, with reasons.")
    async def reject_agenda_item(
        self,
        info: Info,
        input: Annotated[RejectAgendaItemInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RejectAgendaItemPayload:
        """Refuse a point that a member asked for, with reasons."""
        async with info.context.change(input) as change:
            faults: Faults = []
            answer = input.answer.read(("answer",), faults)
            await requesting.reject_point(change, _point(input.agenda_item_id), answer=answer, faults=tuple(faults))
        return RejectAgendaItemPayload.of(change)

    @strawberry.mutation(description="Note that the session begins to deal with a point.")
    async def start_agenda_item(
        self,
        info: Info,
        input: Annotated[StartAgendaItemInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> StartAgendaItemPayload:
        """Note that the session begins to deal with a point."""
        async with info.context.change(input) as change:
            await dealing.start_point(change, _point(input.agenda_item_id))
        return StartAgendaItemPayload.of(change)

    @strawberry.mutation(description="Note that the session is done with a point, and what came of it.")
    async def deal_with_agenda_item(
        self,
        info: Info,
        input: Annotated[DealWithAgendaItemInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DealWithAgendaItemPayload:
        """Note that the session is done with a point, and what came of it."""
        async with info.context.change(input) as change:
            faults: Faults = []
            outcome = read(input.outcome, ("outcome",), faults)
            await dealing.deal_with_point(change, _point(input.agenda_item_id), outcome=outcome, faults=tuple(faults))
        return DealWithAgendaItemPayload.of(change)

    @strawberry.mutation(description="Note that the session leaves a point for later, and why.")
    async def defer_agenda_item(
        self,
        info: Info,
        input: Annotated[DeferAgendaItemInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DeferAgendaItemPayload:
        """Note that the session leaves a point for later, and why."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            await dealing.defer_point(change, _point(input.agenda_item_id), reason=reason, faults=tuple(faults))
        return DeferAgendaItemPayload.of(change)

    @strawberry.mutation(
        description="Record that somebody is there for a seat, as an officer, or of oneself from afar."
    )
    async def record_arrival(
        self,
        info: Info,
        input: Annotated[RecordArrivalInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RecordArrivalPayload:
        """Record that somebody is there for a seat, as an officer, or of oneself from afar."""
        async with info.context.change(input) as change:
            session_id = decode(input.session_id, "Session", path=("sessionId",))
            membership_id = _membership(input.membership_id)
            await attending.record_arrival(change, session_id, membership_id, mode=input.mode)
        return RecordArrivalPayload.of(change)

    @strawberry.mutation(description="Record that somebody has gone, as an officer, or of oneself.")
    async def record_departure(
        self,
        info: Info,
        input: Annotated[RecordDepartureInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RecordDeparturePayload:
        """Record that somebody has gone, as an officer, or of oneself."""
        async with info.context.change(input) as change:
            attendance_id = decode(input.attendance_id, "Attendance", path=("attendanceId",))
            await attending.record_departure(change, attendance_id)
        return RecordDeparturePayload.of(change)

    @strawberry.mutation(description="Take no part in a point, or record it as an officer, with a reason.")
    async def declare_recusal(
        self,
        info: Info,
        input: Annotated[DeclareRecusalInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> DeclareRecusalPayload:
        """Take no part in a point, or record it as an officer, with a reason."""
        async with info.context.change(input) as change:
            faults: Faults = []
            reason = input.reason.read(("reason",), faults)
            membership_id, named = _membership(input.membership_id), input.interest_id
            interest_id = decode(named, "InterestDeclaration", path=("interestId",)) if named else None
            await recusing.recuse(
                change,
                _point(input.agenda_item_id),
                membership_id,
                reason=reason,
                interest_id=interest_id,
                faults=tuple(faults),
            )
        return DeclareRecusalPayload.of(change)


def _point(given: str) -> UUID:
    return decode(given, "AgendaItem", path=("agendaItemId",))


def _parent(given: str | None) -> UUID | None:
    return None if given is None else decode(given, "AgendaItem", path=("parentId",))


def _membership(given: str) -> UUID:
    return decode(given, "Membership", path=("membershipId",))
