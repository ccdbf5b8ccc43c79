"""Observing: members say what is wrong with circulated minutes, and are answered."""

from __future__ import annotations

from uuid import UUID

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Forbidden, Invalid, Problem, require
from hub.sessions.minutes_events import MinutesObserved, ObservationMade, ObservationSetAside, ObservationTakenUp
from hub.sessions.minutes_facts import minutes_facts, newest_wording
from hub.sessions.minutes_models import MINUTES_LIFE, OBSERVATION_LIFE, Minutes, MinutesState, Observation
from hub.sessions.minutes_rules import may_answer_observation, may_observe
from hub.sessions.models import Session
from hub.sessions.seats import own_membership
from hub.text import LocalizedText, problems_with_text

LONGEST_OBSERVATION = 10_000
LONGEST_ANSWER = 4_000


async def observe_minutes(
    change: Change, minutes_id: UUID, text: LocalizedText, *, faults: tuple[Problem, ...] = ()
) -> Observation:
    """Say what is wrong with circulated minutes."""
    minutes = await change.take(Minutes, minutes_id)
    require(may_observe(change.viewer, await minutes_facts(change, minutes)))
    problems = list(faults) or problems_with_text(text, ("text",), longest=LONGEST_OBSERVATION)
    if problems:
        raise Invalid(problems)
    session = await change.session.get_one(Session, minutes.session_id)
    own = await own_membership(change, session)
    if own is None:
        raise Forbidden("NOT_SEATED")
    observation = Observation(
        id=uuid7(),
        minutes_id=minutes.id,
        membership_id=own.id,
        revision_number=(await newest_wording(change, minutes)).number,
        text=text,
        made_at=change.at,
    )
    made = ObservationMade(session_id=session.id, minutes_id=minutes.id, observation_id=observation.id)
    await change.bear(observation, OBSERVATION_LIFE, "make_observation", made)
    if minutes.state is MinutesState.CIRCULATED:
        observed = MinutesObserved(session_id=session.id, minutes_id=minutes.id)
        await change.move(minutes, MINUTES_LIFE, "observe", observed)
    change.results |= {"observation": str(observation.id), "minutes": str(minutes.id)}
    return observation


async def answer_observation(
    change: Change,
    observation_id: UUID,
    *,
    taken_up: bool,
    answer: LocalizedText,
    faults: tuple[Problem, ...] = (),
) -> Observation:
    """Say whether an observation is taken up, and why or why not."""
    observation = await change.take(Observation, observation_id)
    minutes = await change.session.get_one(Minutes, observation.minutes_id)
    session = await change.session.get_one(Session, minutes.session_id)
    require(may_answer_observation(change.viewer, body_id=session.body_id, state=observation.state))
    problems = list(faults) or problems_with_text(answer, ("answer",), longest=LONGEST_ANSWER)
    if problems:
        raise Invalid(problems)
    observation.answer, observation.answered_at = answer, change.at
    if taken_up:
        found_right = ObservationTakenUp(session_id=session.id, observation_id=observation.id)
        await change.move(observation, OBSERVATION_LIFE, "take_up", found_right)
    else:
        aside = ObservationSetAside(session_id=session.id, observation_id=observation.id)
        await change.move(observation, OBSERVATION_LIFE, "set_aside", aside)
    change.results |= {"observation": str(observation.id), "minutes": str(minutes.id)}
    return observation
