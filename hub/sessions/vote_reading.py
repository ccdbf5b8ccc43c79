"""What of motions and votes can be read. While a vote is open nobody is told a count, but which seats have voted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import Boolean

from hub.bodies.seat_models import Membership, Seat
from hub.people.reading import one_of_codes
from hub.reading import shared
from hub.reading.asking import Asking
from hub.reading.readable import Answered, Call, Connected, Expression, Listed, One, Order, Readable, Row, Rows
from hub.register.reading import among
from hub.sessions.agenda_reading import agenda_item
from hub.sessions.models import (
    AgendaItem,
    AgendaItemState,
    Attendance,
    Recusal,
    Session,
    SessionRules,
    SessionState,
)
from hub.sessions.reading import session
from hub.sessions.vote_facts import UNDECIDED
from hub.sessions.vote_models import (
    Motion,
    MotionState,
    SectorCount,
    Vote,
    VoteEvent,
    VoteMethod,
    VoteResult,
    VoteState,
    VotingSeat,
)
from hub.sessions.vote_rules import MotionFacts, Standing, VoteFacts, motion_transitions, vote_transitions
from hub.text import LocalizedTextType

MOTION_ORDERS = {
    "number_asc": Order(lambda m: m.number),
    "number_desc": Order(lambda m: m.number, descending=True),
}
VOTE_ORDERS = {
    "opened_asc": Order(lambda v: v.opened_at),
    "opened_desc": Order(lambda v: v.opened_at, descending=True),
}
MOTION_FILTERS = {"state": one_of_codes("state")}


def of_session(row: Row, column: str) -> ColumnElement[Any]:
    """Return a column of the session that a row belongs to."""
    of_row = Session.__table__.alias()
    found = select(of_row.c[column]).where(of_row.c.id == row.session_id)
    return found.correlate_except(of_row).scalar_subquery()


# ---- motions -----------------------------------------------------------------------------------------------------


def _wording(row: Row, call: Call) -> ColumnElement[Any]:
    """What a motion says: what the last amendment made of it that was carried, or what it said at first."""
    amendment = Motion.__table__.alias()
    carried = select(amendment.c.text).where(
        amendment.c.amends_id == row.id, amendment.c.state == MotionState.CARRIED.value
    )
    newest = carried.order_by(amendment.c.decided_at.desc(), amendment.c.number.desc()).limit(1)
    found = newest.correlate_except(amendment).scalar_subquery()
    return func.coalesce(found, row.text, type_=LocalizedTextType())


def _motion_facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    point, mover, amendment = AgendaItem.__table__.alias(), Membership.__table__.alias(), Motion.__table__.alias()
    standing = select(point.c.state).where(point.c.id == row.agenda_item_id).correlate_except(point)
    person = select(mover.c.person_id).where(mover.c.id == row.mover_id).correlate_except(mover)
    undecided = select(func.count()).where(
        amendment.c.amends_id == row.id, amendment.c.state.in_([state.value for state in UNDECIDED])
    )
    return [
        of_session(row, "body_id"),
        of_session(row, "state"),
        standing.scalar_subquery(),
        row.state,
        person.scalar_subquery(),
        undecided.correlate_except(amendment).scalar_subquery(),
    ]


def _motion_transitions(
    asking: Asking, body_id: str, sitting: str, point: str, state: str, mover_id: str | None, amendments: int
) -> list[dict[str, Any]]:
    facts = MotionFacts(
        body_id=UUID(body_id),
        session_state=SessionState(sitting),
        point_state=AgendaItemState(point),
        state=MotionState(state),
        mover_id=UUID(mover_id) if mover_id else None,
        amendments=amendments,
    )
    return [shared.transition(asking, t.event, t.verdict) for t in motion_transitions(asking.viewer, facts)]


def _standing_vote(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    return and_(target.motion_id == row.id, target.state != VoteState.ANNULLED)


motion = Readable(
    "Motion",
    Motion,
    fields={
        "wording": Expression(_wording),
        "amendments": Connected("Motion", MOTION_ORDERS, on=lambda row, target, call: target.amends_id == row.id),
        "vote": One("VoteEvent", _standing_vote),
        "votes": Connected("VoteEvent", VOTE_ORDERS, on=lambda row, target, call: target.motion_id == row.id),
        "available_transitions": Answered(_motion_facts, _motion_transitions),
    },
)

session.fields["motions"] = Connected(
    "Motion", MOTION_ORDERS, on=lambda row, target, call: target.session_id == row.id, filters=MOTION_FILTERS
)
agenda_item.fields["motions"] = Connected(
    "Motion", MOTION_ORDERS, on=lambda row, target, call: target.agenda_item_id == row.id, filters=MOTION_FILTERS
)


# ---- votes -------------------------------------------------------------------------------------------------------


def _voting_seats(row: Row, call: Call) -> Rows:
    voting, seat = VotingSeat.__table__.alias(), Seat.__table__.alias()
    source = voting.join(seat, seat.c.id == voting.c.seat_id)
    return Rows(voting.c, source, [voting.c.vote_event_id == row.id], [seat.c.body_id, seat.c.ordinal, seat.c.id])


def _votes(row: Row, call: Call) -> Rows:
    vote, seat = Vote.__table__.alias(), Seat.__table__.alias()
    source = vote.join(seat, seat.c.id == vote.c.seat_id)
    return Rows(vote.c, source, [vote.c.vote_event_id == row.id], [seat.c.body_id, seat.c.ordinal, seat.c.id])


def _sector_counts(row: Row, call: Call) -> Rows:
    count = SectorCount.__table__.alias()
    return Rows(count.c, count, [count.c.vote_event_id == row.id], [count.c.sector])


def _there(row: Row, call: Call) -> tuple[Any, ...]:
    """The viewer's presence for a seat that could vote when the vote was opened."""
    there, held, voting = Attendance.__table__.alias(), Membership.__table__.alias(), VotingSeat.__table__.alias()
    own = (
        there.c.session_id == row.session_id,
        there.c.left_at.is_(None),
        held.c.id == there.c.membership_id,
        held.c.person_id == call.sight.person_id,
        voting.c.vote_event_id == row.id,
        voting.c.seat_id == there.c.seat_id,
    )
    return own, (there, held, voting), voting, there


def _vote_facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    own, tables, voting, there = _there(row, call)
    recused, moved, rules = Recusal.__table__.alias(), Motion.__table__.alias(), SessionRules.__table__.alias()
    held = Session.__table__.alias()
    entitled = exists().where(*own).correlate_except(*tables)
    may_still = exists().where(*own, ~voting.c.has_voted).correlate_except(*tables)
    excused = exists().where(
        *own,
        moved.c.id == row.motion_id,
        recused.c.agenda_item_id == moved.c.agenda_item_id,
        recused.c.seat_id == there.c.seat_id,
    )
    terms = select(func.jsonb_extract_path(rules.c.terms, "casting_vote", type_=JSONB()).cast(Boolean))
    terms = terms.where(held.c.id == row.session_id, rules.c.id == held.c.rules_id)
    return [
        of_session(row, "body_id"),
        of_session(row, "state"),
        row.state,
        row.method,
        row.result,
        terms.correlate_except(held, rules).scalar_subquery(),
        entitled,
        excused.correlate_except(*tables, moved, recused),
        may_still,
    ]


def _vote_transitions(
    asking: Asking,
    body_id: str,
    sitting: str,
    state: str,
    method: str,
    result: str | None,
    *standing: bool | None,
) -> list[dict[str, Any]]:
    chair_decides, entitled, recused, may_still = map(bool, standing)
    facts = VoteFacts(
        body_id=UUID(body_id),
        session_state=SessionState(sitting),
        state=VoteState(state),
        method=VoteMethod(method),
        result=VoteResult(result) if result else None,
        chair_decides=chair_decides,
    )
    own = Standing(entitled=entitled, recused=recused, has_voted=entitled and not may_still)
    return [shared.transition(asking, t.event, t.verdict) for t in vote_transitions(asking.viewer, facts, own)]


def _own_vote(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    held, vote = Membership.__table__.alias(), Vote.__table__.alias()
    mine = select(vote.c.id).where(
        vote.c.vote_event_id == row.id, held.c.id == vote.c.membership_id, held.c.person_id == call.sight.person_id
    )
    return among(target.id, mine.order_by(vote.c.id).limit(1).correlate_except(vote, held))


vote_event = Readable(
    "VoteEvent",
    VoteEvent,
    fields={
        "seats": Listed("VotingSeat", _voting_seats),
        "votes": Listed("Vote", _votes),
        "sector_counts": Listed("SectorCount", _sector_counts),
        "viewer_vote": One("Vote", _own_vote),
        "available_transitions": Answered(_vote_facts, _vote_transitions),
    },
)

voting_seat = Readable("VotingSeat", VotingSeat)
vote = Readable("Vote", Vote)
sector_count = Readable("SectorCount", SectorCount)
