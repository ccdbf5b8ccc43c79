"""Balloting: whoever is there for a seat votes for it, or the officers write down what is voted aloud.

Of a secret vote three numbers are kept, and which seats have voted: the act has no author, no hour and no row of its
own, and all the seats of the vote are written anew by each, so that nothing tells who came after whom.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select, update

from hub.bodies.seat_models import Membership, MembershipState
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Conflict, Invalid, Problem, Refusal, require
from hub.sessions.models import Recusal, Session
from hub.sessions.presence import PresentSeat, seats_present, terms_of
from hub.sessions.vote_events import BallotCast, VoteCast, VotesRecorded
from hub.sessions.vote_facts import vote_facts
from hub.sessions.vote_models import BallotBox, Motion, Vote, VoteEvent, VoteMethod, VoteOption, VotingSeat
from hub.sessions.vote_rules import Standing, may_cast, may_record, may_record_for
from hub.text import LocalizedText, problems_with_text

LONGEST_REASONED_VOTE = 4_000
MOST_RECORDED = 200

NOWHERE = Standing(entitled=False, recused=False, has_voted=False)


@dataclass(frozen=True, kw_only=True)
class SaidVote:
    """What was voted for a seat, and why if somebody said so."""

    seat_id: UUID
    option: VoteOption
    reason: LocalizedText | None = None


async def cast_vote(
    change: Change,
    vote_event_id: UUID,
    *,
    option: VoteOption,
    reason: LocalizedText | None = None,
    seat_id: UUID | None = None,
    faults: tuple[Problem, ...] = (),
) -> VoteEvent:
    """Vote for the seat for which one is there; which of them, where one is there for several."""
    event = await change.take(VoteEvent, vote_event_id)
    facts = await vote_facts(change, event)
    there, standings = await _standings(change, event)
    person_id = change.viewer.person_id
    own = [seat for seat in there if seat.person_id == person_id and seat_id in (None, seat.seat_id)]
    own.sort(key=lambda seat: standings.get(seat.seat_id, NOWHERE).has_voted)
    seat = own[0] if own and person_id is not None else None
    require(may_cast(change.viewer, facts, NOWHERE if seat is None else standings[seat.seat_id]))
    if faults:
        raise Invalid(faults)
    change.results["vote_event"] = str(event.id)
    if seat is not None and event.method is VoteMethod.SECRET:
        await _put_in(change, event, seat, option, reason)
    elif seat is not None:
        said = SaidVote(seat_id=seat.seat_id, option=option, reason=reason)
        await _write(change, event, {seat.seat_id: seat}, [said])
        cast = VoteCast(session_id=event.session_id, vote_event_id=event.id, seat_id=seat.seat_id)
        change.record(cast)
    return event


async def record_votes(
    change: Change, vote_event_id: UUID, said: Sequence[SaidVote], *, faults: tuple[Problem, ...] = ()
) -> VoteEvent:
    """Write down what seats voted in a roll call or by a show of hands, as an officer."""
    event = await change.take(VoteEvent, vote_event_id)
    require(may_record(change.viewer, await vote_facts(change, event)))
    there, standings = await _standings(change, event)
    problems = [*faults, *_problems_with(said)]
    for n, vote in enumerate(said):
        verdict = may_record_for(standings.get(vote.seat_id, NOWHERE))
        if isinstance(verdict, Refusal):
            problems.append(Problem(verdict.code, ("votes", str(n), "seatId"), verdict.facts))
    if problems:
        raise Invalid(problems)
    await _write(change, event, {seat.seat_id: seat for seat in there}, said, recorded=True)
    change.record(VotesRecorded(session_id=event.session_id, vote_event_id=event.id, seats=len(said)))
    change.results["vote_event"] = str(event.id)
    return event


def _problems_with(said: Sequence[SaidVote]) -> list[Problem]:
    if not said:
        return [Problem("NO_VOTES_GIVEN", ("votes",))]
    if len(said) > MOST_RECORDED:
        return [Problem("TOO_MANY_VOTES", ("votes",), {"most": MOST_RECORDED})]
    problems: list[Problem] = []
    seats = [vote.seat_id for vote in said]
    for n, vote in enumerate(said):
        at = ("votes", str(n))
        if vote.seat_id in seats[:n]:
            problems.append(Problem("SEAT_NAMED_TWICE", (*at, "seatId")))
        if vote.reason is not None:
            problems += problems_with_text(vote.reason, (*at, "reason"), longest=LONGEST_REASONED_VOTE)
    return problems


async def _standings(change: Change, event: VoteEvent) -> tuple[tuple[PresentSeat, ...], Mapping[UUID, Standing]]:
    """Return who is there now, and how each of their seats stands in the vote."""
    session = await change.session.get_one(Session, event.session_id)
    motion = await change.session.get_one(Motion, event.motion_id)
    there = await seats_present(change, session, await terms_of(change, session))
    recused = set(await change.session.scalars(select(Recusal.seat_id).filter_by(agenda_item_id=motion.agenda_item_id)))
    of_vote = select(VotingSeat.seat_id, VotingSeat.has_voted).filter_by(vote_event_id=event.id)
    voting = dict((await change.session.execute(of_vote)).all())
    seated = await _still_seated(change, there)
    standings = {
        seat.seat_id: Standing(
            entitled=seat.voting and seat.seat_id in voting and seat.membership_id in seated,
            recused=seat.seat_id in recused,
            has_voted=voting.get(seat.seat_id, False),
        )
        for seat in there
    }
    return there, standings


async def _still_seated(change: Change, there: Sequence[PresentSeat]) -> set[UUID]:
    """Return the memberships among those present that have not ended meanwhile."""
    found = select(Membership.id).where(
        Membership.id.in_([seat.membership_id for seat in there]),
        Membership.state == MembershipState.ACTIVE,
        Membership.valid_until.is_(None) | (Membership.valid_until > change.at),
    )
    return set(await change.session.scalars(found))


async def _write(
    change: Change,
    event: VoteEvent,
    there: Mapping[UUID, PresentSeat],
    said: Sequence[SaidVote],
    *,
    recorded: bool = False,
) -> None:
    for vote in said:
        if vote.reason is not None:
            problems = problems_with_text(vote.reason, ("reason",), longest=LONGEST_REASONED_VOTE)
            if problems:
                raise Invalid(problems)
        row = Vote(
            id=uuid7(),
            vote_event_id=event.id,
            seat_id=vote.seat_id,
            membership_id=there[vote.seat_id].membership_id,
            option=vote.option,
            reason=vote.reason,
            recorded=recorded,
            cast_at=change.at,
        )
        await change.add_once(row, Conflict("SEAT_HAS_VOTED"))
    await _mark(change, event, [vote.seat_id for vote in said])


async def _put_in(
    change: Change, event: VoteEvent, seat: PresentSeat, option: VoteOption, reason: LocalizedText | None
) -> None:
    """Put a ballot into the box: nothing leads from it to whoever cast it."""
    if reason is not None:
        raise Invalid([Problem("BALLOT_HAS_NO_REASON", ("reason",))])
    change.unlink()
    column = {
        VoteOption.FOR: BallotBox.votes_for,
        VoteOption.AGAINST: BallotBox.votes_against,
        VoteOption.ABSTAIN: BallotBox.abstentions,
    }[option]
    counted = update(BallotBox).where(BallotBox.vote_event_id == event.id).values({column: column + 1})
    await change.session.execute(counted)
    await _mark(change, event, [seat.seat_id])
    change.record(BallotCast(session_id=event.session_id, vote_event_id=event.id))


async def _mark(change: Change, event: VoteEvent, seat_ids: Sequence[UUID]) -> None:
    """Note that seats have voted, and write all the others anew as well: no row is younger than another."""
    voted = or_(VotingSeat.has_voted, VotingSeat.seat_id.in_(seat_ids))
    marked = update(VotingSeat).where(VotingSeat.vote_event_id == event.id).values(has_voted=voted)
    await change.session.execute(marked, execution_options={"synchronize_session": False})
