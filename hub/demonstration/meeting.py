"""A session as its people go through it: convened, sat down to, point by point, and written down in minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from hub.changes.change import Change
from hub.demonstration.seats import Commission
from hub.demonstration.telling import Story, instant
from hub.register.models import CreatedVia
from hub.sessions.arranging import enter_point
from hub.sessions.attending import record_arrival
from hub.sessions.balloting import SaidVote, cast_vote, record_votes
from hub.sessions.convening import convene
from hub.sessions.dealing import deal_with_point, start_point
from hub.sessions.drafts import SessionDraft
from hub.sessions.models import AgendaKind, AttendanceMode, Session
from hub.sessions.planning import plan_session
from hub.sessions.points import PointDraft, agenda_of
from hub.sessions.sitting import close_session, open_session
from hub.sessions.vote_models import VoteMethod, VoteOption
from hub.sessions.voting import close_vote, open_vote
from hub.text import LocalizedText, written

FIVE_MINUTES = dt.timedelta(minutes=5)

Ballots = Mapping[str, VoteOption]


@dataclass(frozen=True, kw_only=True)
class Item:
    """A point of the agenda with those that stand under it."""

    point: PointDraft
    parts: tuple[PointDraft, ...] = ()


def a_point(
    kind: AgendaKind, es: str, en: str, minutes: int, *, by: str | None = None, why: LocalizedText | None = None
) -> PointDraft:
    """Return a point that is planned to take so many minutes, who presents it and what there is to know before."""
    return PointDraft(kind=kind, title=written(es=es, en=en), planned_minutes=minutes, presenter=by, explanation=why)


@dataclass
class Meeting:
    """A session of the commission, whose acts follow each other within minutes."""

    story: Story
    commission: Commission
    draft: SessionDraft
    id: UUID = field(init=False)
    points: list[UUID] = field(init=False, default_factory=list)
    """The points of the agenda in the order of their numbers, each before its parts."""

    def __post_init__(self) -> None:
        self.hour = self.clock = instant(self.draft.starts)

    def passes(self, minutes: int) -> dt.datetime:
        """Let so many minutes pass, and return what time it is then."""
        self.clock += dt.timedelta(minutes=minutes)
        return self.clock

    async def convene(self, agenda: Sequence[Item], *, at: dt.datetime) -> None:
        """Plan the session with its agenda and convene to it: the work of one afternoon of the secretary."""
        secretary = self.commission.secretary
        self.id = await self.story.tell(secretary, at, self._plan, agenda)
        await self.story.tell(secretary, at + FIVE_MINUTES, convene, self.id)
        async with self.story.changes.begin(secretary, at=at) as change:
            found = await agenda_of(change, await change.session.get_one(Session, self.id))
        tops = [point for point in found if point.parent_id is None]
        self.points = [
            point.id for top in tops for point in (top, *(part for part in found if part.parent_id == top.id))
        ]

    async def _plan(self, change: Change, agenda: Sequence[Item]) -> Session:
        session = await plan_session(change, self.commission.id, self.draft, via=CreatedVia.DEMONSTRATION)
        for item in agenda:
            point = await enter_point(change, session.id, item.point)
            for part in item.parts:
                await enter_point(change, session.id, part, parent_id=point.id)
        return session

    async def sit_down(self, there: Mapping[str, AttendanceMode]) -> None:
        """Let the people come, and open the session."""
        secretary, coordinator = self.commission.secretary, self.commission.coordinator
        await self.story.tell(secretary, self.hour - FIVE_MINUTES, self._arrive, there)
        self.clock = self.hour + FIVE_MINUTES
        await self.story.tell(coordinator, self.clock, open_session, self.id)

    async def _arrive(self, change: Change, there: Mapping[str, AttendanceMode]) -> Session:
        for name, mode in there.items():
            await record_arrival(change, self.id, self.commission.member(name).membership_id, mode=mode)
        return await change.session.get_one(Session, self.id)

    async def start(self, point: UUID) -> None:
        """Come to a point."""
        await self.story.tell(self.commission.secretary, self.passes(1), start_point, point)

    async def done(self, point: UUID, outcome: LocalizedText, *, after: int = 4) -> None:
        """Be done with a point, so many minutes later."""
        await self.story.tell(self.commission.secretary, self.passes(after), deal_with_point, point, outcome=outcome)

    async def vote(
        self,
        motion: UUID,
        ballots: Ballots,
        *,
        method: VoteMethod = VoteMethod.SHOW_OF_HANDS,
        reasons: Mapping[str, LocalizedText] | None = None,
    ) -> UUID:
        """Put a motion to the vote, and count: hands are written down by the secretary, the rest is everybody's own."""
        coordinator = self.commission.coordinator
        vote = await self.story.tell(coordinator, self.passes(3), open_vote, motion, method=method)
        if method is VoteMethod.SHOW_OF_HANDS:
            said = [SaidVote(seat_id=self.commission.member(name).seat_id, option=o) for name, o in ballots.items()]
            await self.story.tell(self.commission.secretary, self.passes(1), record_votes, vote, said)
        else:
            for name, option in ballots.items():
                reason = (reasons or {}).get(name)
                await self.story.tell(
                    self.commission.member(name).viewer, self.passes(1), cast_vote, vote, option=option, reason=reason
                )
        await self.story.tell(coordinator, self.passes(1), close_vote, vote)
        return vote

    async def end(self) -> None:
        """Close the session."""
        await self.story.tell(self.commission.coordinator, self.passes(2), close_session, self.id)
