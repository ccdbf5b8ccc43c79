"""Giving a body its seats, and seating people in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.bodies.events import MemberProposed, MemberSeated, SeatCreated, SeatFilled
from hub.bodies.leaving import SITTING, conclude
from hub.bodies.models import Body
from hub.bodies.rules import may_seat
from hub.bodies.seat_models import (
    MEMBERSHIP_LIFE,
    SEAT_LIFE,
    Membership,
    Post,
    Seat,
    Sector,
)
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Conflict, require
from hub.text import LocalizedText


@dataclass(frozen=True, kw_only=True)
class SeatDraft:
    """What is known of a seat when a body gets it."""

    post: Post
    sector: Sector
    ordinal: int
    voting: bool
    title: LocalizedText | None = None
    organization_id: UUID | None = None
    territory_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Term:
    """From when to when somebody sits in a seat: half-open; without an end, until it is ended."""

    since: dt.datetime
    until: dt.datetime | None = None


async def create_seat(change: Change, body_id: UUID, draft: SeatDraft) -> Seat:
    """Give a body a seat."""
    body = await change.find(Body, body_id)
    require(may_seat(change.viewer, body_id=body.id))
    seat = Seat(
        id=uuid7(),
        body_id=body.id,
        post=draft.post,
        title=draft.title,
        sector=draft.sector,
        voting=draft.voting,
        organization_id=draft.organization_id,
        territory_id=draft.territory_id,
        ordinal=draft.ordinal,
        created_at=change.at,
    )
    await change.bear(seat, SEAT_LIFE, "create", SeatCreated(body_id=body.id, seat_id=seat.id))
    change.results["seat"] = str(seat.id)
    return seat


async def seat_member(
    change: Change,
    seat_id: UUID,
    *,
    name: str,
    term: Term,
    person_id: UUID | None = None,
    organization_id: UUID | None = None,
    alternate: bool = False,
) -> Membership:
    """Seat somebody, or let them stand in for whoever sits there; SEAT_IS_TAKEN where somebody sits there already."""
    seat = await change.take(Seat, seat_id)
    require(may_seat(change.viewer, body_id=seat.body_id))
    if not alternate:
        await _make_room(change, seat)
    membership = _membership(change, seat, name, term, person_id, organization_id, alternate=alternate)
    seated = MemberSeated(body_id=seat.body_id, seat_id=seat.id, membership_id=membership.id)
    await change.bear(membership, MEMBERSHIP_LIFE, "seat", seated, once=Conflict("SEAT_IS_TAKEN"))
    await _fill(change, seat, membership)
    return membership


async def propose_member(
    change: Change,
    seat_id: UUID,
    *,
    name: str,
    term: Term,
    person_id: UUID,
    organization_id: UUID | None = None,
    alternate: bool = False,
) -> Membership:
    """Propose somebody for a seat; they sit there when they take it on."""
    seat = await change.take(Seat, seat_id)
    require(may_seat(change.viewer, body_id=seat.body_id))
    membership = _membership(change, seat, name, term, person_id, organization_id, alternate=alternate)
    proposed = MemberProposed(body_id=seat.body_id, seat_id=seat.id, membership_id=membership.id)
    await change.bear(membership, MEMBERSHIP_LIFE, "propose", proposed, once=Conflict("SEAT_IS_TAKEN"))
    change.results["membership"] = str(membership.id)
    return membership


def _membership(
    change: Change,
    seat: Seat,
    name: str,
    term: Term,
    person_id: UUID | None,
    organization_id: UUID | None,
    *,
    alternate: bool,
) -> Membership:
    return Membership(
        id=uuid7(),
        body_id=seat.body_id,
        seat_id=seat.id,
        person_id=person_id,
        name=name,
        organization_id=organization_id or seat.organization_id,
        alternate=alternate,
        valid_from=term.since,
        valid_until=term.until,
        created_at=change.at,
    )


async def _make_room(change: Change, seat: Seat) -> None:
    """End the membership of whoever sat in the seat and whose term is over: the clock alone ends nothing on record."""
    over = select(Membership).filter_by(seat_id=seat.id, alternate=False)
    over = over.where(Membership.state.in_(SITTING), Membership.valid_until <= change.at).with_for_update()
    for membership in (await change.session.scalars(over)).all():
        await conclude(change, membership)


async def _fill(change: Change, seat: Seat, membership: Membership) -> None:
    if not membership.alternate:
        await change.move(seat, SEAT_LIFE, "fill", SeatFilled(body_id=seat.body_id, seat_id=seat.id))
    change.results["membership"] = str(membership.id)
