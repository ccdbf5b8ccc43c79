"""Random histories of comings, goings, recusals and votes, against a model of forty lines that knows no database."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest

from hub.errors import Refusal
from hub.sessions.attending import record_arrival, record_departure
from hub.sessions.balloting import SaidVote, record_votes
from hub.sessions.models import AttendanceMode
from hub.sessions.moving import MotionDraft, table_motion
from hub.sessions.recusing import recuse
from hub.sessions.vote_models import VoteMethod, VoteOption
from hub.sessions.voting import annul_vote, close_vote, open_vote
from hub.text import written
from hub.viewer import SYSTEM
from tests.making.bodies import a_membership
from tests.making.sittings import Sitting, a_sitting
from tests.talking import Talking

SEEDS = range(6)
STEPS = 60


@dataclass
class Model:
    """What the hub has to do, by seats: who is there, as an alternate or not, who is recused, and the open vote."""

    quorum: int
    there: dict[int, bool] = field(default_factory=dict)
    """The seats that are there, and whether by their alternate."""
    recused: set[int] = field(default_factory=set)
    entitled: set[int] | None = None
    """The seats that can vote in the open vote; None while none is open."""
    cast: dict[int, VoteOption] = field(default_factory=dict)
    votes: int = 0
    """How many votes on the point stand, open or closed: from the first one on nobody is recused from it."""

    def arrive(self, seat: int, *, alternate: bool) -> bool:
        """Whether somebody comes; a holder takes the place of their alternate."""
        possible = seat not in self.there or (self.there[seat] and not alternate)
        if possible:
            self.there[seat] = alternate
        return possible

    def leave(self, seat: int) -> bool:
        return self.there.pop(seat, None) is not None

    def recuse(self, seat: int) -> bool:
        possible = seat not in self.recused and not self.votes
        if possible:
            self.recused.add(seat)
        return possible

    def open(self) -> bool:
        voting = set(self.there) - self.recused
        if self.entitled is not None or len(voting) < self.quorum:
            return False
        self.entitled, self.cast, self.votes = voting, {}, self.votes + 1
        return True

    def vote(self, seat: int, option: VoteOption) -> bool:
        able = self.entitled is not None and seat in self.entitled & set(self.there) - set(self.cast)
        if able:
            self.cast[seat] = option
        return able

    def close(self) -> bool:
        standing, self.entitled = self.entitled, None
        return standing is not None

    def annul(self) -> bool:
        self.votes -= 1
        return self.close()


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_history_goes_as_the_model_says(hub: Talking, seed: int) -> None:
    chance = random.Random(seed)
    sitting = await a_sitting(hub, voting=5)
    player = Player(hub, sitting, chance, Model(quorum=3))
    player.seats = [0, 2, 3, 4, 5]
    player.model.there = dict.fromkeys(player.seats, False)
    player.alternates = {
        seat: await a_membership(hub, sitting.seats[seat], f"Suplente {seat}", alternate=True) for seat in player.seats
    }
    for step in range(STEPS):
        act = chance.choice((*[player.come] * 2, player.go, player.recuse, *[player.open] * 3, *[player.vote] * 6,
                             player.close, player.annul))  # fmt: skip
        await act(step)
    await player.close(STEPS)
    await sound(hub)


@dataclass
class Player:
    """Does with the hub what is done with the model, and compares."""

    hub: Talking
    sitting: Sitting
    chance: random.Random
    model: Model
    seats: list[int] = field(default_factory=list)
    alternates: dict[int, object] = field(default_factory=dict)
    motion: object = None
    event: object = None

    async def come(self, step: int) -> None:
        seat, alternate = self.chance.choice(self.seats), self.chance.random() < 0.4
        held = self.alternates[seat] if alternate else self.sitting.memberships[seat]
        expected = self.model.arrive(seat, alternate=alternate)
        act = lambda change: record_arrival(change, self.sitting.session_id, held, mode=AttendanceMode.IN_PERSON)  # noqa: E731 - named by what follows
        await self.tried(step, act, expected)

    async def go(self, step: int) -> None:
        seat = self.chance.choice(self.seats)
        there = await self.hub.rows(
            "SELECT id FROM attendance WHERE seat_id = :seat AND left_at IS NULL", seat=self.sitting.seats[seat]
        )
        expected = self.model.leave(seat)
        assert bool(there) == expected
        if there:
            await self.tried(step, lambda change: record_departure(change, there[0]["id"]), expected)

    async def recuse(self, step: int) -> None:
        # Seldom: whoever takes no part in the point does so for good.
        if self.chance.random() < 0.3:
            seat, why = self.chance.choice(self.seats), written(es="Interés.")
            expected = self.model.recuse(seat)
            held = self.sitting.memberships[seat]
            await self.tried(step, lambda change: recuse(change, self.sitting.points[0], held, reason=why), expected)

    async def open(self, step: int) -> None:
        if self.motion is None:
            async with self.hub.change(SYSTEM) as change:
                draft = MotionDraft(matter="simple", text=written(es="Se aprueba."))
                self.motion = (await table_motion(change, self.sitting.points[0], draft)).id
        expected = self.model.open()
        method = self.chance.choice((VoteMethod.ROLL_CALL, VoteMethod.SHOW_OF_HANDS))
        opened = await self.tried(step, lambda change: open_vote(change, self.motion, method=method), expected)
        if opened is not None:
            self.event = opened.id

    async def vote(self, step: int) -> None:
        seat, option = self.chance.choice(self.seats), self.chance.choice(list(VoteOption))
        if self.event is not None:
            said = [SaidVote(seat_id=self.sitting.seats[seat], option=option)]
            expected = self.model.vote(seat, option)
            await self.tried(step, lambda change: record_votes(change, self.event, said), expected)

    async def close(self, step: int) -> None:
        if self.event is not None:
            cast = list(self.model.cast.values())
            closed = await self.tried(step, lambda change: close_vote(change, self.event), self.model.close())
            if closed is not None:
                counts = [cast.count(option) for option in VoteOption]
                assert [closed.votes_for, closed.votes_against, closed.abstentions] == counts
                self.motion = self.event = None

    async def annul(self, step: int) -> None:
        if self.event is not None and self.chance.random() < 0.4:
            why = written(es="Se repite.")
            await self.tried(step, lambda change: annul_vote(change, self.event, reason=why), self.model.annul())
            self.event = None

    async def tried(self, step: int, act: object, expected: bool) -> object:
        """Do it, and return what came of it, or None where it was refused, which has to be as the model says."""
        done, refused = None, None
        try:
            async with self.hub.change(SYSTEM) as change:
                done = await act(change)  # type: ignore[operator]
        except Refusal as refusal:
            refused = refusal.code
        assert (refused is None) == expected, f"step {step}: {refused}"
        return done


SOUND = (
    "SELECT 1 FROM vote_event WHERE present < quorum",
    "SELECT 1 FROM vote GROUP BY vote_event_id, seat_id HAVING count(*) > 1",
    "SELECT 1 FROM vote_event AS e WHERE present < (SELECT count(*) FROM vote WHERE vote_event_id = e.id)",
    """SELECT 1 FROM vote AS v JOIN vote_event AS e ON e.id = v.vote_event_id JOIN motion AS m ON m.id = e.motion_id
       JOIN recusal AS r ON r.agenda_item_id = m.agenda_item_id AND r.seat_id = v.seat_id
       WHERE r.declared_at < v.cast_at""",
    """SELECT 1 FROM vote_event AS e WHERE closed_at IS NOT NULL AND (votes_for, votes_against, abstentions, present)
       <> (SELECT sum(votes_for), sum(votes_against), sum(abstentions),
                  sum(votes_for + votes_against + abstentions + silent)
           FROM sector_count WHERE vote_event_id = e.id)""",
)
"""What there may be none of, whatever happened."""


async def sound(hub: Talking) -> None:
    """Look for what may never be."""
    for never in SOUND:
        assert await hub.rows(never) == [], never
