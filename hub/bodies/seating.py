"""Giving a body its seats, and seating people in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.bodies.events import (
    MemberProposed,
    MemberSeated,
    ProposalAnswered,
    SeatAbolished,
    SeatCreated,
    SeatEdited,
    SeatFilled,
)
from hub.bodies.grounds import NO_GROUND, Ground, check_ground
from hub.bodies.leaving import SITTING, conclude, explain
from hub.bodies.models import Body, BodyState
from hub.bodies.rules import may_answer_proposal, may_fill, may_seat
from hub.bodies.seat_models import MEMBERSHIP_LIFE, SEAT_LIFE, Membership, Post, Seat, Sector
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Conflict, Invalid, NotFound, Problem, WrongState, require
from hub.people.models import Account, AccountState, Organization, Territory
from hub.register.rewriting import require_newest
from hub.text import LocalizedText, problems_with_words

MOST_SEATS = 1_000
LONGEST_NAME = 200


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


@dataclass(frozen=True, kw_only=True)
class Sitter:
    """Who is to sit in a seat: what they are called, who they are if they have an account, and for whom they sit."""

    name: str
    term: Term
    person_id: UUID | None = None
    organization_id: UUID | None = None
    alternate: bool = False
    ground: Ground = NO_GROUND


async def create_seat(change: Change, body_id: UUID, draft: SeatDraft) -> Seat:
    """Give a body a seat."""
    body = await change.find(Body, body_id)
    require(may_seat(change.viewer, body_id=body.id))
    _require_alive(body)
    await _check_seat(change, draft)
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
    change.results |= {"seat": str(seat.id), "body": str(body.id)}
    return seat


async def edit_seat(change: Change, seat_id: UUID, draft: SeatDraft, *, based_on: int | None = None) -> Seat:
    """Write anew what a seat is there for; its post stays as it is while somebody sits there."""
    seat = await change.take(Seat, seat_id)
    require(may_seat(change.viewer, body_id=seat.body_id))
    if seat.state == "abolished":
        raise WrongState("WRONG_STATE", machine="seat", state=seat.state, event="edit")
    require_newest(based_on, seat.edition)
    if seat.state == "filled" and draft.post is not seat.post:
        raise Conflict("SEAT_IS_TAKEN", path=("post",))
    await _check_seat(change, draft)
    seat.post, seat.title, seat.sector, seat.voting = draft.post, draft.title, draft.sector, draft.voting
    seat.organization_id, seat.territory_id = draft.organization_id, draft.territory_id
    seat.ordinal, seat.edition = draft.ordinal, seat.edition + 1
    await change.session.flush()
    change.record(SeatEdited(body_id=seat.body_id, seat_id=seat.id))
    change.results["seat"] = str(seat.id)
    return seat


async def abolish_seat(change: Change, seat_id: UUID) -> Seat:
    """Take a seat away in which nobody sits."""
    seat = await change.take(Seat, seat_id)
    require(may_seat(change.viewer, body_id=seat.body_id))
    await change.move(seat, SEAT_LIFE, "abolish", SeatAbolished(body_id=seat.body_id, seat_id=seat.id))
    change.results["seat"] = str(seat.id)
    return seat


async def seat_member(change: Change, seat_id: UUID, sitter: Sitter) -> Membership:
    """Seat somebody, or let them stand in for whoever sits there; SEAT_IS_TAKEN where somebody sits there already."""
    seat = await _to_fill(change, seat_id, sitter)
    return await occupy(change, seat, sitter)


async def occupy(change: Change, seat: Seat, sitter: Sitter) -> Membership:
    """Let somebody sit in a seat about whom it was decided."""
    if not sitter.alternate:
        await _make_room(change, seat)
    membership = _membership(change, seat, sitter)
    seated = MemberSeated(body_id=seat.body_id, seat_id=seat.id, membership_id=membership.id)
    await change.bear(membership, MEMBERSHIP_LIFE, "seat", seated, once=Conflict("SEAT_IS_TAKEN"))
    await _fill(change, seat, membership)
    return membership


async def propose_member(change: Change, seat_id: UUID, sitter: Sitter) -> Membership:
    """Propose somebody for a seat; they sit there when they take it on."""
    seat = await _to_fill(change, seat_id, sitter)
    if sitter.person_id is None:
        raise Invalid([Problem("PROPOSAL_NEEDS_PERSON", ("personId",))])
    membership = _membership(change, seat, sitter)
    proposed = MemberProposed(body_id=seat.body_id, seat_id=seat.id, membership_id=membership.id)
    await change.bear(membership, MEMBERSHIP_LIFE, "propose", proposed, once=Conflict("SEAT_IS_TAKEN"))
    change.results["membership"] = str(membership.id)
    return membership


async def accept_membership(change: Change, membership_id: UUID) -> Membership:
    """Take a seat on for which one was proposed; whoever was faster has it."""
    membership = await change.take(Membership, membership_id)
    require(may_answer_proposal(change.viewer, person_id=membership.person_id))
    seat = await change.take(Seat, membership.seat_id)
    _require_alive(await change.find(Body, seat.body_id))
    if not membership.alternate:
        await _make_room(change, seat)
        if seat.state == "filled":
            raise Conflict("SEAT_IS_TAKEN")
    membership.valid_from = max(membership.valid_from, change.at)
    if membership.valid_until is not None and membership.valid_until <= membership.valid_from:
        raise Conflict("TERM_IS_OVER")
    seated = MemberSeated(body_id=seat.body_id, seat_id=seat.id, membership_id=membership.id)
    await change.move(membership, MEMBERSHIP_LIFE, "accept", seated)
    await _fill(change, seat, membership)
    return membership


async def decline_membership(change: Change, membership_id: UUID, *, reason: str) -> Membership:
    """Not take a seat on for which one was proposed, and say why."""
    membership = await change.take(Membership, membership_id)
    require(may_answer_proposal(change.viewer, person_id=membership.person_id))
    explain(membership, reason)
    declined = ProposalAnswered(body_id=membership.body_id, seat_id=membership.seat_id, membership_id=membership.id)
    await change.move(membership, MEMBERSHIP_LIFE, "decline", declined)
    change.results["membership"] = str(membership.id)
    return membership


async def _to_fill(change: Change, seat_id: UUID, sitter: Sitter) -> Seat:
    """Return a seat that this viewer may fill with this person, locked."""
    seat = await change.take(Seat, seat_id)
    oneself = sitter.person_id is not None and sitter.person_id == change.viewer.person_id
    elected = bool(sitter.ground)
    require(may_fill(change.viewer, body_id=seat.body_id, post=seat.post, elected=elected, oneself=oneself))
    _require_alive(await change.find(Body, seat.body_id))
    if seat.state == "abolished":
        raise WrongState("WRONG_STATE", machine="seat", state=seat.state, event="fill")
    await check_ground(change, seat.body_id, sitter.ground)
    await _check_sitter(change, sitter)
    return seat


async def _check_sitter(change: Change, sitter: Sitter) -> None:
    problems = problems_with_words(sitter.name, "name", longest=LONGEST_NAME)
    if sitter.term.until is not None and sitter.term.until <= sitter.term.since:
        problems.append(Problem("ROLE_ENDS_BEFORE", ("validUntil",)))
    if problems:
        raise Invalid(problems)
    if sitter.person_id is not None:
        here = select(Account.id).filter_by(person_id=sitter.person_id, state=AccountState.ACTIVE)
        if await change.session.scalar(here) is None:
            raise NotFound("NOT_FOUND", type="Person", path=("personId",))
    if sitter.organization_id is not None:
        await change.find(Organization, sitter.organization_id)


async def _check_seat(change: Change, draft: SeatDraft) -> None:
    problems = []
    if not 1 <= draft.ordinal <= MOST_SEATS:
        problems.append(Problem("OUT_OF_RANGE", ("ordinal",), {"least": 1, "most": MOST_SEATS}))
    if draft.post is Post.GUEST and draft.voting:
        problems.append(Problem("GUESTS_DO_NOT_VOTE", ("voting",)))
    if problems:
        raise Invalid(problems)
    if draft.organization_id is not None:
        await change.find(Organization, draft.organization_id)
    if draft.territory_id is not None:
        await change.find(Territory, draft.territory_id)


def _require_alive(body: Body) -> None:
    if body.state is BodyState.DISSOLVED:
        raise WrongState("BODY_IS_DISSOLVED")


def _membership(change: Change, seat: Seat, sitter: Sitter) -> Membership:
    return Membership(
        id=uuid7(),
        body_id=seat.body_id,
        seat_id=seat.id,
        person_id=sitter.person_id,
        name=sitter.name,
        organization_id=sitter.organization_id or seat.organization_id,
        alternate=sitter.alternate,
        appointed_by_vote_id=sitter.ground.vote_id,
        appointed_by_instrument_id=sitter.ground.instrument_id,
        valid_from=sitter.term.since,
        valid_until=sitter.term.until,
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
    change.results |= {"membership": str(membership.id), "seat": str(seat.id)}
