"""Voting: a motion is put to the vote, the vote is closed and counted, a tie is broken, a vote is annulled.

A vote is opened only where at this moment a quorum is there, of seats that take part in the point. Everything is done
under the locks of the motion or the vote and then of the session, as attendance and recusals are: two officers who act
at the same moment see the same seats.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, exists, select

from hub.bodies.parity import parity_verdict
from hub.bodies.parity_models import ParityConsequence
from hub.bodies.seat_models import Membership, Post, Seat
from hub.changes.change import Change
from hub.database.base import Base, uuid7
from hub.errors import Conflict, Forbidden, Invalid, Problem, WrongState, require
from hub.sessions.counting import Counts, Outcome, outcome
from hub.sessions.models import AgendaItem, Session
from hub.sessions.presence import PresentSeat, bodies_of, quorums_of, seats_present, terms_of
from hub.sessions.rules import BodyQuorum
from hub.sessions.terms import Majority
from hub.sessions.vote_events import (
    MotionCarried,
    MotionLost,
    MotionPut,
    MotionPutBack,
    TieBroken,
    VoteAnnulled,
    VoteClosed,
    VoteOpened,
)
from hub.sessions.vote_facts import motion_facts, vote_facts
from hub.sessions.vote_models import (
    MOTION_LIFE,
    VOTE_LIFE,
    BallotBox,
    Motion,
    MotionState,
    SectorCount,
    Vote,
    VoteEvent,
    VoteMethod,
    VoteOption,
    VoteResult,
    VotingSeat,
)
from hub.sessions.vote_rules import (
    may_annul_vote,
    may_break_tie,
    may_close_vote,
    may_open_vote,
    may_vote_by,
)
from hub.text import LocalizedText, problems_with_text

LONGEST_REASON = 4_000


async def open_vote(change: Change, motion_id: UUID, *, method: VoteMethod) -> VoteEvent:
    """Put a motion to the vote, where a quorum is there for it at this moment."""
    motion = await change.take(Motion, motion_id)
    session = await change.take(Session, motion.session_id)
    await change.find(AgendaItem, motion.agenda_item_id)
    require(may_open_vote(change.viewer, await motion_facts(change, motion)))
    terms = await terms_of(change, session)
    majority = await _majority(change, motion)
    require(may_vote_by(method, secret=majority.secret))
    for body_id in bodies_of(session):
        require(await parity_verdict(change, body_id, ParityConsequence.BLOCK_VOTE))
    there = await seats_present(change, session, terms, without_recused_for=motion.agenda_item_id)
    quorums = await quorums_of(change, session, terms, present=there)
    _require_quorum(quorums)
    voting = [seat for seat in there if seat.voting]
    event = VoteEvent(
        id=uuid7(),
        session_id=session.id,
        motion_id=motion.id,
        method=method,
        opened_at=change.at,
        entitled=sum(quorum.seats for quorum in quorums),
        present=len(voting),
        quorum=sum(quorum.needed for quorum in quorums),
        casting_vote=False,
    )
    put = MotionPut(session_id=session.id, motion_id=motion.id)
    await change.move(motion, MOTION_LIFE, "put", put)
    await _open(change, event, voting)
    change.results |= {"vote_event": str(event.id), "motion": str(motion.id)}
    return event


async def close_vote(change: Change, vote_event_id: UUID) -> VoteEvent:
    """Close a vote and count it. Where the rules let the chair break a tie, the motion waits for that."""
    event = await change.take(VoteEvent, vote_event_id)
    require(may_close_vote(change.viewer, await vote_facts(change, event)))
    motion = await change.take(Motion, event.motion_id)
    counts = await _counted(change, event)
    came_to = outcome(await _majority(change, motion), counts, present=event.present, entitled=event.entitled)
    await _close(change, event, counts, came_to)
    waits = came_to.result is VoteResult.TIED and await _chair_decides(change, event)
    if not waits:
        await _decide(change, motion, event)
    change.results |= {"vote_event": str(event.id), "motion": str(motion.id)}
    return event


async def break_tie(change: Change, vote_event_id: UUID, *, option: VoteOption) -> VoteEvent:
    """Give the casting vote of the chair: it carries a motion that was tied, or loses it."""
    event = await change.take(VoteEvent, vote_event_id)
    require(may_break_tie(change.viewer, await vote_facts(change, event)))
    if option is VoteOption.ABSTAIN:
        raise WrongState("TIE_IS_BROKEN_EITHER_WAY", path=("option",))
    motion = await change.take(Motion, event.motion_id)
    session = await change.take(Session, event.session_id)
    await _require_chair(change, session, motion)
    event.result = VoteResult.CARRIED if option is VoteOption.FOR else VoteResult.LOST
    event.casting_vote = True
    change.record(TieBroken(session_id=event.session_id, vote_event_id=event.id))
    await _decide(change, motion, event)
    change.results |= {"vote_event": str(event.id), "motion": str(motion.id)}
    return event


async def annul_vote(
    change: Change, vote_event_id: UUID, *, reason: LocalizedText, faults: tuple[Problem, ...] = ()
) -> VoteEvent:
    """Annul a vote for a reason that is published: its motion can be put to the vote again."""
    event = await change.take(VoteEvent, vote_event_id)
    require(may_annul_vote(change.viewer, await vote_facts(change, event)))
    problems = list(faults) or problems_with_text(reason, ("reason",), longest=LONGEST_REASON)
    if problems:
        raise Invalid(problems)
    motion = await change.take(Motion, event.motion_id)
    await _require_unused(change, event, motion)
    await change.session.execute(delete(BallotBox).where(BallotBox.vote_event_id == event.id))
    event.annulled_at, event.annulled_reason = change.at, reason
    annulled = VoteAnnulled(session_id=event.session_id, vote_event_id=event.id)
    await change.move(event, VOTE_LIFE, "annul_vote", annulled)
    motion.decided_at = None
    back = MotionPutBack(session_id=event.session_id, motion_id=motion.id, vote_event_id=event.id)
    await change.move(motion, MOTION_LIFE, "put_back", back)
    change.results |= {"vote_event": str(event.id), "motion": str(motion.id)}
    return event


# ---- opening -----------------------------------------------------------------------------------------------------


def _require_quorum(quorums: tuple[BodyQuorum, ...]) -> None:
    for quorum in quorums:
        if not quorum.met:
            raise WrongState("NO_QUORUM_TO_VOTE", present=quorum.present, needed=quorum.needed)


async def _open(change: Change, event: VoteEvent, voting: list[PresentSeat]) -> None:
    opened = VoteOpened(
        session_id=event.session_id,
        motion_id=event.motion_id,
        vote_event_id=event.id,
        present=event.present,
        quorum=event.quorum,
    )
    await change.bear(event, VOTE_LIFE, "open_vote", opened, once=Conflict("VOTE_STANDS_ALREADY"))
    seats = [
        VotingSeat(id=uuid7(), vote_event_id=event.id, seat_id=seat.seat_id, sector=seat.sector, has_voted=False)
        for seat in voting
    ]
    box = BallotBox(vote_event_id=event.id, votes_for=0, votes_against=0, abstentions=0)
    await change.add(*seats, *([box] if event.method is VoteMethod.SECRET else []))


# ---- counting ----------------------------------------------------------------------------------------------------


async def _counted(change: Change, event: VoteEvent) -> Counts:
    if event.method is VoteMethod.SECRET:
        box = await change.session.get_one(BallotBox, event.id)
        await change.session.delete(box)
        return Counts(box.votes_for, box.votes_against, box.abstentions)
    rows = select(VotingSeat.sector, Vote.option).outerjoin(
        Vote, (Vote.vote_event_id == VotingSeat.vote_event_id) & (Vote.seat_id == VotingSeat.seat_id)
    )
    voted = (await change.session.execute(rows.where(VotingSeat.vote_event_id == event.id))).all()
    for sector in sorted({sector for sector, _ in voted}):
        said = [option for of_sector, option in voted if of_sector is sector]
        counts = Counts.of(option for option in said if option is not None)
        await change.add(SectorCount(
            id=uuid7(), vote_event_id=event.id, sector=sector, votes_for=counts.votes_for,
            votes_against=counts.votes_against, abstentions=counts.abstentions, silent=len(said) - counts.cast,
        ))  # fmt: skip
    return Counts.of(option for _, option in voted if option is not None)


async def _close(change: Change, event: VoteEvent, counts: Counts, came_to: Outcome) -> None:
    event.closed_at = change.at
    event.votes_for, event.votes_against, event.abstentions = counts.votes_for, counts.votes_against, counts.abstentions
    event.needed, event.result = came_to.needed, came_to.result
    closed = VoteClosed(
        session_id=event.session_id,
        vote_event_id=event.id,
        votes_for=counts.votes_for,
        votes_against=counts.votes_against,
        abstentions=counts.abstentions,
    )
    await change.move(event, VOTE_LIFE, "close_vote", closed)


async def _decide(change: Change, motion: Motion, event: VoteEvent) -> None:
    motion.decided_at = change.at
    named = {"session_id": event.session_id, "motion_id": motion.id, "vote_event_id": event.id}
    if event.result is VoteResult.CARRIED:
        await change.move(motion, MOTION_LIFE, "carry", MotionCarried(**named))
    else:
        await change.move(motion, MOTION_LIFE, "lose", MotionLost(**named))


async def _majority(change: Change, motion: Motion) -> Majority:
    """Return what the motion takes by the rules of its session, which knew its matter when it was tabled."""
    session = await change.session.get_one(Session, motion.session_id)
    majority = (await terms_of(change, session)).majority(motion.matter)
    if majority is None:
        raise WrongState("UNKNOWN_MATTER", matter=motion.matter)
    return majority


# ---- the chair, and what rests on a vote -------------------------------------------------------------------------


async def _chair_decides(change: Change, event: VoteEvent) -> bool:
    session = await change.session.get_one(Session, event.session_id)
    return (await terms_of(change, session)).casting_vote


async def _require_chair(change: Change, session: Session, motion: Motion) -> None:
    """Refuse a casting vote of anybody but who is there in the coordinator's seat and takes part in the point."""
    terms = await terms_of(change, session)
    there = await seats_present(change, session, terms, without_recused_for=motion.agenda_item_id)
    own = [seat.seat_id for seat in there if seat.person_id == change.viewer.person_id and seat.voting]
    chairs = select(Seat.id).where(Seat.id.in_(own), Seat.body_id == session.body_id, Seat.post == Post.COORDINATOR)
    if await change.session.scalar(chairs) is None:
        raise Forbidden("CHAIR_ONLY")


async def _require_unused(change: Change, event: VoteEvent, motion: Motion) -> None:
    """Refuse to annul what something rests on: an adopted instrument, approved minutes, an appointment, a wording."""
    # Instruments stand above sessions: their table is known by its name alone.
    instrument = Base.metadata.tables["instrument"]
    minutes = Base.metadata.tables["minutes"]
    uses = [
        exists().where(instrument.c.vote_event_id == event.id),
        exists().where(minutes.c.approved_by_id == event.id),
        exists().where(Membership.appointed_by_vote_id == event.id),
    ]
    if motion.amends_id is not None:
        gone_on = (Motion.state != MotionState.TABLED) & (Motion.state != MotionState.WITHDRAWN)
        uses.append(exists().where(Motion.id == motion.amends_id, gone_on))
    for use in uses:
        if await change.session.scalar(select(use)):
            raise WrongState("VOTE_IS_RELIED_ON")
