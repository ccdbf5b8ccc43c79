"""A person at work: what she does in the studies and in the sessions of a body."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID

from hub.bodies.declaring import Interest, declare_interest, review_interest
from hub.bodies.interest_models import InterestKind
from hub.database.base import uuid7
from hub.sessions.agenda_events import PointRequested
from hub.sessions.convening import convene
from hub.sessions.minutes_events import MinutesDrafted, ObservationMade
from hub.sessions.minutes_models import MINUTES_LIFE, OBSERVATION_LIFE, Minutes, Observation
from hub.sessions.models import AGENDA_ITEM_LIFE, AgendaItem, AgendaKind
from hub.sessions.recusing import recuse
from hub.sessions.vote_events import MotionTabled, VoteOpened
from hub.sessions.vote_models import MOTION_LIFE, VOTE_LIFE, Motion, Vote, VoteEvent, VoteMethod, VoteOption
from hub.studies.reviewing import decline_review
from hub.studies.staffing import declare_interests
from hub.text import written
from hub.timetables.zones import declared_at
from tests.identity.test_signing_in import NOON
from tests.making.bodies import a_membership, a_seat
from tests.making.sessions import ZONE, a_planned_session, a_point, an_arrival, session_rules
from tests.making.studies import a_member, a_review, a_study, begun, handed_in

if TYPE_CHECKING:
    from tests.personal_data.everywhere import Present, World


async def studies(world: World, her: Present) -> None:
    """She works on a study, and was asked to review others: one she reviewed blindly, and one she declined."""
    hub = world.hub
    hers = await a_study(hub, world.body, at=NOON)
    member = await a_member(hub, hers, her.word("author"), by=her.who, declared=False, at=NOON)
    async with hub.change(her.who.viewer, at=NOON) as change:
        await declare_interests(change, member, declaration=her.word("interests"))
    other = await a_study(hub, world.body, at=NOON)
    await a_member(hub, other, at=NOON)
    await begun(hub, other, at=NOON)
    await handed_in(hub, other, at=NOON)
    interests = her.word("reviewer-interests")
    await a_review(hub, other, her.word("reviewer"), by=her.who, report="Bien.", interests=interests, at=NOON)
    third = await a_study(hub, world.body, at=NOON)
    await a_member(hub, third, at=NOON)
    await begun(hub, third, at=NOON)
    await handed_in(hub, third, at=NOON)
    declined = await a_review(hub, third, "Quien declina", by=her.who, at=NOON)
    async with hub.change(her.who.viewer, at=NOON) as change:
        await decline_review(change, declined, reason=her.word("declined"))


async def sessions(world: World, her: Present) -> None:
    """She sits in the body, was there in a session of it, and took no part in a point."""
    hub, hour = world.hub, NOON + dt.timedelta(hours=1)
    seat = await a_seat(hub, world.body, ordinal=len(await hub.rows("SELECT id FROM seat")) + 1, at=NOON)
    member = await a_membership(hub, seat, her.word("member"), by=her.who, at=NOON)
    interest = Interest(kind=InterestKind.FAMILY, summary=her.word("interest"), matter=her.word("interest-matter"))
    async with hub.change(her.who.viewer, at=NOON) as change:
        declared = await declare_interest(change, member, interest)
    async with hub.change(at=NOON) as change:
        await review_interest(change, declared.id, note=her.word("interest-note"))
    await session_rules(hub, world.body, at=NOON)
    session = await a_planned_session(hub, world.body, starts=declared_at(hour, ZONE), at=NOON)
    point = await a_point(hub, session, "Un punto", at=NOON)
    async with hub.change(at=NOON) as change:
        await convene(change, session, short_notice_reason=written(es="Urge."))
        await recuse(change, point, member, reason=written(es="Es parte."), interest_id=declared.id)
    await an_arrival(hub, session, member, at=NOON)
    await _said(world, her, session=session, point=point, seat=seat, member=member)


async def _said(world: World, her: Present, *, session: UUID, point: UUID, seat: UUID, member: UUID) -> None:
    """She asked for a point, moved something, voted with a reason, and found minutes wrong: the rows of it alone."""
    asked, motion, vote, minutes, observation = (uuid7() for _ in range(5))
    of = {"session_id": session}
    async with world.hub.change(at=NOON) as change:
        await change.bear(
            AgendaItem(
                id=asked,
                kind=AgendaKind.DISCUSSION,
                title=written(es=her.word("requested-point")),
                public=True,
                requested_by_id=member,
                requested_at=NOON,
                position=0,
                **of,
            ),
            AGENDA_ITEM_LIFE,
            "request",
            PointRequested(agenda_item_id=asked, **of),
        )
        text = written(es=her.word("motion"))
        moved = {"agenda_item_id": point, "number": 1, "matter": "simple", "mover_id": member, "tabled_at": NOON}
        tabled = MotionTabled(motion_id=motion, number=1, **of)
        await change.bear(Motion(id=motion, text=text, **moved, **of), MOTION_LIFE, "table_motion", tabled)
        counted = {"entitled": 1, "present": 1, "quorum": 1, "casting_vote": False, "opened_at": NOON}
        put = VoteEvent(id=vote, motion_id=motion, method=VoteMethod.ROLL_CALL, **counted, **of)
        opened = VoteOpened(motion_id=motion, vote_event_id=vote, present=1, quorum=1, **of)
        await change.bear(put, VOTE_LIFE, "open_vote", opened)
        cast = {"vote_event_id": vote, "seat_id": seat, "membership_id": member, "option": VoteOption.FOR}
        reason = written(es=her.word("vote-reason"))
        await change.add(Vote(id=uuid7(), reason=reason, recorded=False, cast_at=NOON, **cast))
        drafted = MinutesDrafted(minutes_id=minutes, **of)
        await change.bear(Minutes(id=minutes, created_at=NOON, **of), MINUTES_LIFE, "draft_minutes", drafted)
        found = {"minutes_id": minutes, "membership_id": member, "revision_number": 1, "made_at": NOON}
        text = written(es=her.word("observation"))
        made = ObservationMade(minutes_id=minutes, observation_id=observation, **of)
        await change.bear(Observation(id=observation, text=text, **found), OBSERVATION_LIFE, "make_observation", made)
