"""What the acts on the points of an agenda take, and those on attendance and recusals."""

from __future__ import annotations

import strawberry

import graphql_schema.sessions.agenda_types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.payloads import BASED_ON_EDITION, KEY
from graphql_schema.wording_inputs import Faults, LocalizedTextInput, read
from hub.sessions.models import AgendaKind, AttendanceMode
from hub.sessions.points import PointDraft

SESSION = "The session."
POINT = "The point."
PLACE = "Its place among its neighbours, from 1; left out, the last one."


@strawberry.input(description="What a point of an agenda says.")
class PointInput:
    """What a point of an agenda says."""

    kind: AgendaKind = strawberry.field(description="What is done under it.")
    title: LocalizedTextInput = strawberry.field(description="What it is called.")
    explanation: LocalizedTextInput | None = strawberry.field(default=None, description="What it is about.")
    presenter: str | None = strawberry.field(default=None, description="Who presents it.")
    public: bool = strawberry.field(
        default=True, description="Whether everybody may see it; the members of its bodies, otherwise."
    )
    planned_minutes: int | None = strawberry.field(default=None, description="How long it is to take.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> PointDraft:
        """Return the point, with the faults of what could not be read."""
        faults: Faults = []
        return PointDraft(
            kind=self.kind,
            title=self.title.read(("title",), faults),
            explanation=read(self.explanation, ("explanation",), faults),
            presenter=self.presenter,
            public=self.public,
            planned_minutes=self.planned_minutes,
            faults=tuple(faults),
        )


@strawberry.input(description="A point to be put on an agenda.")
class AddAgendaItemInput(PointInput):
    """A point to be put on an agenda."""

    session_id: strawberry.ID = strawberry.field(description=SESSION)
    parent_id: strawberry.ID | None = strawberry.field(
        default=None, description="The point that it belongs to, which belongs to none."
    )
    position: int | None = strawberry.field(default=None, description=PLACE)


@strawberry.input(description="A point to be written anew; what it says now is replaced as a whole.")
class EditAgendaItemInput(PointInput):
    """A point to be written anew."""

    agenda_item_id: strawberry.ID = strawberry.field(description=POINT)
    based_on: int | None = strawberry.field(default=None, description=BASED_ON_EDITION)


@strawberry.input(description="A point that is to get another place.")
class MoveAgendaItemInput:
    """A point that is to get another place."""

    agenda_item_id: strawberry.ID = strawberry.field(description=POINT)
    parent_id: strawberry.ID | None = strawberry.field(
        default=None, description="The point that it is to belong to; left out, none."
    )
    position: int = strawberry.field(description="Its place among its neighbours, from 1.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A point to be taken off an agenda.")
class RemoveAgendaItemInput:
    """A point to be taken off an agenda."""

    agenda_item_id: strawberry.ID = strawberry.field(description=POINT)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A point that a member asks for.")
class RequestAgendaItemInput(PointInput):
    """A point that a member asks for."""

    session_id: strawberry.ID = strawberry.field(description=SESSION)


@strawberry.input(description="A point that was asked for and is to be put on the agenda.")
class AcceptAgendaItemInput:
    """A point that was asked for and is to be put on the agenda."""

    agenda_item_id: strawberry.ID = strawberry.field(description=POINT)
    answer: LocalizedTextInput | None = strawberry.field(
        default=None, description="What is said to whoever asked for it."
    )
    position: int | None = strawberry.field(default=None, description=PLACE)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A point that was asked for and is refused.")
class RejectAgendaItemInput:
    """A point that was asked for and is refused."""

    agenda_item_id: strawberry.ID = strawberry.field(description=POINT)
    answer: LocalizedTextInput = strawberry.field(description="Why, for whoever asked for it.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A point that the session begins to deal with.")
class StartAgendaItemInput:
    """A point that the session begins to deal with."""

    agenda_item_id: strawberry.ID = strawberry.field(description=POINT)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A point that the session is done with.")
class DealWithAgendaItemInput:
    """A point that the session is done with."""

    agenda_item_id: strawberry.ID = strawberry.field(description=POINT)
    outcome: LocalizedTextInput | None = strawberry.field(default=None, description="What came of it.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A point that the session leaves for later.")
class DeferAgendaItemInput:
    """A point that the session leaves for later."""

    agenda_item_id: strawberry.ID = strawberry.field(description=POINT)
    reason: LocalizedTextInput = strawberry.field(description="Why; it is seen as the point is.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Somebody who is there.")
class RecordArrivalInput:
    """Somebody who is there."""

    session_id: strawberry.ID = strawberry.field(description=SESSION)
    membership_id: strawberry.ID = strawberry.field(
        description="Who it is: the holder of a seat or an alternate; one's own, where one is there from afar."
    )
    mode: AttendanceMode = strawberry.field(description="How they are there.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Somebody who has gone.")
class RecordDepartureInput:
    """Somebody who has gone."""

    attendance_id: strawberry.ID = strawberry.field(description="That they were there.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Somebody who is to take no part in a point.")
class DeclareRecusalInput:
    """Somebody who is to take no part in a point."""

    agenda_item_id: strawberry.ID = strawberry.field(description=POINT)
    membership_id: strawberry.ID = strawberry.field(
        description="Who it is: one's own membership, or for an officer anybody's."
    )
    reason: LocalizedTextInput = strawberry.field(description="Why; it is seen as the point is.")
    interest_id: strawberry.ID | None = strawberry.field(
        default=None, description="The interest that they declared in the body, where it is one."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
