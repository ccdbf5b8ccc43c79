"""Joining a body: asked for by persons and organisations, or offered by its officers; answered with reasons.

What nobody answers lapses by the clock; that it did is put on record when somebody asks or invites again.
"""

from __future__ import annotations

import datetime as dt
from typing import cast
from uuid import UUID

from sqlalchemy import select

from hub.bodies.events import JoinRequestAnswered, JoinRequestLapsed, JoinRequestSent
from hub.bodies.joining_models import JOIN_LIFE, JoinKind, JoinRequest, JoinState
from hub.bodies.joining_rules import may_answer_invitation, may_answer_request, may_ask_to_join, may_take_back
from hub.bodies.models import Body, BodyState
from hub.bodies.rules import may_fill
from hub.bodies.seat_models import Seat
from hub.bodies.seating import Sitter, Term, occupy
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Conflict, Invalid, NotFound, Problem, WrongState, require
from hub.people.models import Account, AccountState, Organization, Person
from hub.people.representing import valid_representation
from hub.text import problems_with_words

LONGEST = 4_000
DAYS = range(1, 91)
ANSWERED_WITHIN = 30
"""The days after which what nobody answered lapses, unless it is said."""


async def ask_to_join(
    change: Change, body_id: UUID, *, statement: str, organization_id: UUID | None = None
) -> JoinRequest:
    """Ask to join a body, for oneself or for an organisation for which one speaks."""
    require(may_ask_to_join(change.viewer))
    body = await change.find(Body, body_id)
    _check(statement, "statement")
    if organization_id is not None:
        await change.find(Organization, organization_id)
        await valid_representation(change, organization_id)
    request = _request(change, body, JoinKind.REQUEST, statement, ANSWERED_WITHIN)
    request.person_id, request.organization_id = change.viewer.person_id, organization_id
    return await _send(change, request, "ask_to_join")


async def invite(
    change: Change,
    seat_id: UUID,
    *,
    statement: str,
    person_id: UUID | None = None,
    organization_id: UUID | None = None,
    days: int = ANSWERED_WITHIN,
) -> JoinRequest:
    """Offer a seat to a person or to an organisation, which has so many days to answer."""
    seat = await change.find(Seat, seat_id)
    oneself = person_id is not None and person_id == change.viewer.person_id
    require(may_fill(change.viewer, body_id=seat.body_id, post=seat.post, elected=False, oneself=oneself))
    body = await change.find(Body, seat.body_id)
    _check(statement, "statement")
    if days not in DAYS:
        raise Invalid([Problem("OUT_OF_RANGE", ("days",), {"least": DAYS[0], "most": DAYS[-1]})])
    if (person_id is None) == (organization_id is None):
        raise Invalid([Problem("ONE_IS_INVITED", ("personId",))])
    if person_id is not None:
        here = select(Account.id).filter_by(person_id=person_id, state=AccountState.ACTIVE)
        if await change.session.scalar(here) is None:
            raise NotFound("NOT_FOUND", type="Person", path=("personId",))
    if organization_id is not None:
        await change.find(Organization, organization_id)
    request = _request(change, body, JoinKind.INVITATION, statement, days)
    request.person_id, request.organization_id, request.seat_id = person_id, organization_id, seat.id
    return await _send(change, request, "invite")


async def accept_request(change: Change, request_id: UUID, *, seat_id: UUID, answer: str) -> JoinRequest:
    """Let somebody join who asked to: they sit in this seat from now on."""
    request = await _open(change, request_id, JoinKind.REQUEST)
    seat = await change.take(Seat, seat_id)
    oneself = request.person_id == change.viewer.person_id
    require(may_answer_request(change.viewer, body_id=request.body_id))
    require(may_fill(change.viewer, body_id=request.body_id, post=seat.post, elected=False, oneself=oneself))
    if seat.body_id != request.body_id:
        raise NotFound("NOT_FOUND", type="Seat", path=("seatId",))
    _check(answer, "answer")
    request.seat_id = seat.id
    return await _seat(change, request, seat, request.person_id, answer)


async def accept_invitation(change: Change, request_id: UUID, *, answer: str) -> JoinRequest:
    """Take a seat on to which one was invited, or an organisation for which one speaks."""
    request = await _open(change, request_id, JoinKind.INVITATION)
    await _require_invited(change, request)
    _check(answer, "answer")
    seat = await change.take(Seat, cast("UUID", request.seat_id))
    return await _seat(change, request, seat, change.viewer.person_id, answer)


async def decline_request(change: Change, request_id: UUID, *, answer: str) -> JoinRequest:
    """Say no, and why: an officer to who asked, or whoever is invited to the body."""
    request = await _open(change, request_id)
    if request.kind is JoinKind.REQUEST:
        require(may_answer_request(change.viewer, body_id=request.body_id))
    else:
        await _require_invited(change, request)
    _check(answer, "answer")
    return await _answer(change, request, "decline", answer)


async def take_back_request(change: Change, request_id: UUID) -> JoinRequest:
    """Take back what one asked for, or as an officer whom one invited."""
    request = await _open(change, request_id)
    facts = {"kind": request.kind, "body_id": request.body_id, "person_id": request.person_id}
    require(may_take_back(change.viewer, **facts))
    return await _answer(change, request, "take_back", None)


async def _require_invited(change: Change, request: JoinRequest) -> None:
    require(may_answer_invitation(change.viewer, person_id=request.person_id))
    if request.organization_id is not None:
        await valid_representation(change, request.organization_id)


async def _open(change: Change, request_id: UUID, kind: JoinKind | None = None) -> JoinRequest:
    request = await change.take(JoinRequest, request_id)
    if kind is not None and request.kind is not kind:
        raise NotFound("NOT_FOUND", type="JoinRequest")
    if request.state is JoinState.LAPSED or (request.state is JoinState.SENT and request.lapses_at <= change.at):
        raise WrongState("JOIN_REQUEST_LAPSED")
    if request.state is not JoinState.SENT:
        raise WrongState("JOIN_REQUEST_ANSWERED")
    return request


def _check(text: str, field: str) -> None:
    problems = problems_with_words(text, field, longest=LONGEST)
    if problems:
        raise Invalid(problems)


def _request(change: Change, body: Body, kind: JoinKind, statement: str, days: int) -> JoinRequest:
    if body.state is BodyState.DISSOLVED:
        raise WrongState("BODY_IS_DISSOLVED")
    return JoinRequest(
        id=uuid7(),
        body_id=body.id,
        kind=kind,
        statement=statement,
        sent_at=change.at,
        lapses_at=change.at + dt.timedelta(days=days),
    )


async def _send(change: Change, request: JoinRequest, by: str) -> JoinRequest:
    over = select(JoinRequest).filter_by(body_id=request.body_id, kind=request.kind, state=JoinState.SENT)
    over = over.where(JoinRequest.lapses_at <= change.at).with_for_update()
    for lapsed in (await change.session.scalars(over)).all():
        told = JoinRequestLapsed(request_id=lapsed.id, body_id=lapsed.body_id)
        await change.move(lapsed, JOIN_LIFE, "lapse", told)
    sent = JoinRequestSent(request_id=request.id, body_id=request.body_id)
    await change.bear(request, JOIN_LIFE, by, sent, once=Conflict("JOIN_REQUEST_SENT_ALREADY"))
    change.results["join_request"] = str(request.id)
    return request


async def _seat(change: Change, request: JoinRequest, seat: Seat, person_id: UUID | None, answer: str) -> JoinRequest:
    person = await change.session.get_one(Person, person_id)
    sitter = Sitter(
        name=person.display_name,
        term=Term(since=change.at),
        person_id=person.id,
        organization_id=request.organization_id,
    )
    await occupy(change, seat, sitter)
    return await _answer(change, request, "accept", answer)


async def _answer(change: Change, request: JoinRequest, by: str, answer: str | None) -> JoinRequest:
    request.answer, request.answered_at = answer, change.at
    answered = JoinRequestAnswered(request_id=request.id, body_id=request.body_id)
    await change.move(request, JOIN_LIFE, by, answered)
    change.results["join_request"] = str(request.id)
    return request
