"""What the mutations of agendas, attendance and recusals answer."""

from __future__ import annotations

import strawberry

from graphql_schema.payloads import Payload
from graphql_schema.sessions.agenda_types import AgendaItem, Attendance, Recusal

POINT = "The point; null where nothing was done."
ATTENDANCE = "That they were there, and when; null where nothing was done."


@strawberry.type(description="What putting a point on an agenda answers.")
class AddAgendaItemPayload(Payload):
    """What putting a point on an agenda answers."""

    agenda_item: AgendaItem | None = strawberry.field(description=POINT)


@strawberry.type(description="What writing a point anew answers.")
class EditAgendaItemPayload(Payload):
    """What writing a point anew answers."""

    agenda_item: AgendaItem | None = strawberry.field(description=POINT)


@strawberry.type(description="What moving a point answers.")
class MoveAgendaItemPayload(Payload):
    """What moving a point answers."""

    agenda_item: AgendaItem | None = strawberry.field(description=POINT)


@strawberry.type(description="What taking a point off answers.")
class RemoveAgendaItemPayload(Payload):
    """What taking a point off answers."""

    agenda_item: AgendaItem | None = strawberry.field(description=POINT)


@strawberry.type(description="What asking for a point answers.")
class RequestAgendaItemPayload(Payload):
    """What asking for a point answers."""

    agenda_item: AgendaItem | None = strawberry.field(description=POINT)


@strawberry.type(description="What putting a point on the agenda that was asked for answers.")
class AcceptAgendaItemPayload(Payload):
    """What putting a point on the agenda that was asked for answers."""

    agenda_item: AgendaItem | None = strawberry.field(description=POINT)


@strawberry.type(description="What refusing a point answers.")
class RejectAgendaItemPayload(Payload):
    """What refusing a point answers."""

    agenda_item: AgendaItem | None = strawberry.field(description=POINT)


@strawberry.type(description="What beginning with a point answers.")
class StartAgendaItemPayload(Payload):
    """What beginning with a point answers."""

    agenda_item: AgendaItem | None = strawberry.field(description=POINT)


@strawberry.type(description="What being done with a point answers.")
class DealWithAgendaItemPayload(Payload):
    """What being done with a point answers."""

    agenda_item: AgendaItem | None = strawberry.field(description=POINT)


@strawberry.type(description="What leaving a point for later answers.")
class DeferAgendaItemPayload(Payload):
    """What leaving a point for later answers."""

    agenda_item: AgendaItem | None = strawberry.field(description=POINT)


@strawberry.type(description="What recording that somebody is there answers.")
class RecordArrivalPayload(Payload):
    """What recording that somebody is there answers."""

    attendance: Attendance | None = strawberry.field(description=ATTENDANCE)


@strawberry.type(description="What recording that somebody has gone answers.")
class RecordDeparturePayload(Payload):
    """What recording that somebody has gone answers."""

    attendance: Attendance | None = strawberry.field(description=ATTENDANCE)


@strawberry.type(description="What taking no part in a point answers.")
class DeclareRecusalPayload(Payload):
    """What taking no part in a point answers."""

    recusal: Recusal | None = strawberry.field(description="The recusal; null where nothing was done.")
