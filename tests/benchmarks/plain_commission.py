"""The types of the plain peer for bodies at work: sessions with their votes, seats, instruments and mandates."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import strawberry

from hub.bodies import seat_models
from hub.bodies.seat_models import Post, Sector
from hub.clock import day_of
from hub.instruments import models as instrument_models
from hub.mandates import models as mandate_models
from hub.mandates.models import MandateKind, MandateState
from hub.sessions import models as session_models
from hub.sessions import vote_models
from hub.sessions.models import AgendaItemState, AttendanceMode, SessionState
from hub.sessions.vote_models import MotionState, VoteOption, VoteResult
from tests.benchmarks.plain_types import (
    Body,
    Info,
    Instant,
    LocalizedText,
    LocalTime,
    Moment,
    Node,
    Organization,
    loaders_of,
)

for _enum in (
    Post,
    Sector,
    MandateKind,
    MandateState,
    AgendaItemState,
    AttendanceMode,
    SessionState,
    MotionState,
    VoteOption,
    VoteResult,
):
    strawberry.enum(_enum)

ENDED = (MandateState.DELIVERED, MandateState.DISCHARGED, MandateState.CANCELLED)


async def body_of(info: Info, id_: Any) -> Body | None:
    """Return the body with this id."""
    found = await loaders_of(info).body.load(id_)
    return None if found is None else Body(id=strawberry.ID(f"Body_{found.id}"), row=found)


async def folio_of(info: Info, id_: Any) -> str | None:
    """Return the folio of something in the register."""
    found = await loaders_of(info).entry.load(id_)
    return None if found is None else found.folio


@strawberry.type
class Seat:
    row: strawberry.Private[seat_models.Seat]
    post: Post
    sector: Sector

    @classmethod
    def of(cls, row: seat_models.Seat) -> Seat:
        return cls(row=row, post=row.post, sector=row.sector)

    @strawberry.field
    async def holder(self, info: Info) -> Membership | None:
        held = (
            await loaders_of(info)
            .of(seat_models.Membership.seat_id, seat_models.Membership.valid_from)
            .load((self.row.id, 1))
        )
        return next((Membership.of(row) for row in held if not row.alternate), None)


@strawberry.type
class Membership:
    row: strawberry.Private[seat_models.Membership]
    name: str | None

    @classmethod
    def of(cls, row: seat_models.Membership) -> Membership:
        return cls(row=row, name=row.name)

    @strawberry.field
    async def seat(self, info: Info) -> Seat | None:
        found = await loaders_of(info).seat.load(self.row.seat_id)
        return None if found is None else Seat.of(found)


async def member(info: Info, id_: Any) -> Membership | None:
    """Return who sits somewhere."""
    found = await loaders_of(info).membership.load(id_)
    return None if found is None else Membership.of(found)


@strawberry.type
class Vote:
    row: strawberry.Private[vote_models.Vote]
    option: VoteOption

    @strawberry.field
    async def membership(self, info: Info) -> Membership | None:
        return await member(info, self.row.membership_id)


@strawberry.type
class VoteEvent:
    row: strawberry.Private[vote_models.VoteEvent]
    result: VoteResult | None
    present: int
    votes_for: int | None
    votes_against: int | None

    @strawberry.field
    async def votes(self, info: Info) -> list[Vote]:
        return [Vote(row=row, option=row.option) for row in await loaders_of(info).votes.load(self.row.id)]


@strawberry.type
class Motion:
    row: strawberry.Private[vote_models.Motion]
    state: MotionState

    @strawberry.field
    async def vote(self, info: Info) -> VoteEvent | None:
        found = (
            await loaders_of(info)
            .of(vote_models.VoteEvent.motion_id, vote_models.VoteEvent.opened_at)
            .load((self.row.id, 1))
        )
        return next((_vote_event(row) for row in found), None)


def _vote_event(row: vote_models.VoteEvent) -> VoteEvent:
    return VoteEvent(
        row=row,
        result=row.result,
        present=row.present,
        votes_for=row.votes_for,
        votes_against=row.votes_against,
    )


@strawberry.type
class MotionConnection:
    nodes: list[Motion]


@strawberry.type
class AgendaItem:
    row: strawberry.Private[session_models.AgendaItem]
    position: int
    state: AgendaItemState

    @strawberry.field
    def title(self) -> LocalizedText:
        return LocalizedText(stored=self.row.title)

    @strawberry.field
    def outcome(self) -> LocalizedText | None:
        return None if self.row.outcome is None else LocalizedText(stored=self.row.outcome)

    @strawberry.field
    async def motions(self, info: Info, first: int = 20) -> MotionConnection:
        rows = (
            await loaders_of(info)
            .of(vote_models.Motion.agenda_item_id, vote_models.Motion.number)
            .load((self.row.id, first))
        )
        return MotionConnection(nodes=[Motion(row=row, state=row.state) for row in rows])


@strawberry.type
class AgendaItemConnection:
    nodes: list[AgendaItem]


@strawberry.type
class Attendance:
    row: strawberry.Private[session_models.Attendance]
    mode: AttendanceMode

    @strawberry.field
    async def membership(self, info: Info) -> Membership | None:
        return await member(info, self.row.membership_id)


@strawberry.type
class AttendanceConnection:
    nodes: list[Attendance]


@strawberry.type
class Session(Node):
    row: strawberry.Private[session_models.Session]
    state: SessionState

    @classmethod
    def of(cls, row: session_models.Session) -> Session:
        return cls(id=strawberry.ID(f"Session_{row.id}"), row=row, state=row.state)

    @strawberry.field
    async def folio(self, info: Info) -> str | None:
        return await folio_of(info, self.row.id)

    @strawberry.field
    def title(self) -> LocalizedText:
        return LocalizedText(stored=self.row.title)

    @strawberry.field
    def starts(self) -> Moment:
        row = self.row
        return Moment(instant=Instant(row.starts_at), declared_local=LocalTime(row.starts_local), zone=row.zone)

    @strawberry.field
    async def body(self, info: Info) -> Body | None:
        return await body_of(info, self.row.body_id)

    @strawberry.field
    async def attendance(self, info: Info, first: int = 20) -> AttendanceConnection:
        came = loaders_of(info).of(session_models.Attendance.session_id, session_models.Attendance.came_at)
        rows = await came.load((self.row.id, first))
        return AttendanceConnection(nodes=[Attendance(row=row, mode=row.mode) for row in rows])

    @strawberry.field
    async def agenda(self, info: Info, first: int = 20) -> AgendaItemConnection:
        points = loaders_of(info).of(session_models.AgendaItem.session_id, session_models.AgendaItem.position)
        rows = await points.load((self.row.id, first))
        return AgendaItemConnection(nodes=[AgendaItem(row=row, position=row.position, state=row.state) for row in rows])


@strawberry.type
class Instrument(Node):
    row: strawberry.Private[instrument_models.Instrument]

    @classmethod
    def of(cls, row: instrument_models.Instrument) -> Instrument:
        return cls(id=strawberry.ID(f"Instrument_{row.id}"), row=row)

    @strawberry.field
    async def folio(self, info: Info) -> str | None:
        return await folio_of(info, self.row.id)

    @strawberry.field
    async def mandates(self, info: Info, first: int = 20) -> MandateConnection:
        table = mandate_models.Mandate
        newest = loaders_of(info).of(table.instrument_id, table.created_at.desc(), table.id.desc())
        rows = await newest.load((self.row.id, first))
        return MandateConnection(nodes=[Mandate.of(row) for row in rows])


@strawberry.type
class Mandate(Node):
    row: strawberry.Private[mandate_models.Mandate]
    kind: MandateKind
    state: MandateState
    due_on: dt.date | None

    @classmethod
    def of(cls, row: mandate_models.Mandate) -> Mandate:
        id_ = strawberry.ID(f"Mandate_{row.id}")
        return cls(id=id_, row=row, kind=row.kind, state=row.state, due_on=row.due_on)

    @strawberry.field
    def title(self) -> LocalizedText:
        return LocalizedText(stored=self.row.title)

    @strawberry.field
    def overdue(self, info: Info) -> bool:
        due = self.row.due_on
        return due is not None and due < day_of(loaders_of(info).at) and self.row.state not in ENDED

    @strawberry.field
    async def ordered_by(self, info: Info) -> Annotated[Body | Organization, strawberry.union("Publisher")] | None:
        return await body_of(info, self.row.body_id)

    @strawberry.field
    async def instrument(self, info: Info) -> Instrument | None:
        if self.row.instrument_id is None:
            return None
        found = await loaders_of(info).instrument.load(self.row.instrument_id)
        return None if found is None else Instrument.of(found)


@strawberry.type
class MandateConnection:
    nodes: list[Mandate]


@strawberry.type
class SeatConnection:
    nodes: list[Seat]


@strawberry.type
class SessionConnection:
    nodes: list[Session]


@strawberry.type
class InstrumentConnection:
    nodes: list[Instrument]


async def seats_of(info: Info, body_id: Any, first: int) -> SeatConnection:
    """Return the first seats of a body."""
    rows = await loaders_of(info).of(seat_models.Seat.body_id, seat_models.Seat.ordinal).load((body_id, first))
    return SeatConnection(nodes=[Seat.of(row) for row in rows])


async def sessions_of(info: Info, body_id: Any, first: int) -> SessionConnection:
    """Return the newest sessions of a body."""
    newest = loaders_of(info).of(session_models.Session.body_id, session_models.Session.starts_at.desc())
    return SessionConnection(nodes=[Session.of(row) for row in await newest.load((body_id, first))])


async def instruments_of(info: Info, body_id: Any, first: int) -> InstrumentConnection:
    """Return the newest instruments of a body."""
    newest = loaders_of(info).of(instrument_models.Instrument.body_id, instrument_models.Instrument.created_at.desc())
    return InstrumentConnection(nodes=[Instrument.of(row) for row in await newest.load((body_id, first))])
