"""Minuting: the minutes of a session are drafted from what was recorded, worded anew, and given to the members."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Conflict, Invalid, Problem, WrongState, require
from hub.hashing import content_hash
from hub.sessions.minutes_events import MinutesCirculated, MinutesDrafted, MinutesReworded
from hub.sessions.minutes_facts import minutes_facts, newest_wording
from hub.sessions.minutes_models import (
    MINUTES_LIFE,
    Minutes,
    MinutesRevision,
)
from hub.sessions.minutes_rules import (
    may_circulate_minutes,
    may_draft_minutes,
    may_write_minutes,
)
from hub.sessions.models import Session
from hub.sessions.narrating import narrated
from hub.sessions.presence import terms_of
from hub.sessions.terms import MinutesMode
from hub.text import LocalizedText, problems_with_text

LONGEST_MINUTES = 200_000
MOST_WORDINGS = 100
"""How many wordings minutes may have, and how many addenda."""


async def draft_minutes(change: Change, session_id: UUID) -> Minutes:
    """Draft the minutes of a session that is over, from what was recorded of it; once."""
    session = await change.take(Session, session_id)
    require(may_draft_minutes(change.viewer, body_id=session.body_id, session_state=session.state))
    minutes = Minutes(id=uuid7(), session_id=session.id, created_at=change.at)
    drafted = MinutesDrafted(session_id=session.id, minutes_id=minutes.id)
    await change.bear(minutes, MINUTES_LIFE, "draft_minutes", drafted, once=Conflict("MINUTES_DRAFTED_ALREADY"))
    await _add_wording(change, minutes, 1, await narrated(change, session))
    change.results["minutes"] = str(minutes.id)
    return minutes


async def write_minutes(
    change: Change, minutes_id: UUID, text: LocalizedText, *, based_on: int, faults: tuple[Problem, ...] = ()
) -> Minutes:
    """Word minutes anew; where somebody else has done so meanwhile, nothing is written."""
    minutes = await change.take(Minutes, minutes_id)
    require(may_write_minutes(change.viewer, await minutes_facts(change, minutes)))
    problems = list(faults) or problems_with_text(text, ("text",), longest=LONGEST_MINUTES)
    if problems:
        raise Invalid(problems)
    last = await newest_wording(change, minutes)
    if last.number != based_on:
        raise Conflict("MINUTES_CHANGED_MEANWHILE", number=last.number)
    if last.number >= MOST_WORDINGS:
        raise WrongState("MINUTES_WORDED_OFTEN_ENOUGH", most=MOST_WORDINGS)
    await _add_wording(change, minutes, last.number + 1, text)
    change.record(MinutesReworded(session_id=minutes.session_id, minutes_id=minutes.id, number=last.number + 1))
    change.results["minutes"] = str(minutes.id)
    return minutes


async def circulate_minutes(
    change: Change, minutes_id: UUID, *, observations_until: dt.datetime | None = None
) -> Minutes:
    """Give the minutes to the members, who may say what is wrong with them; until then, where there is such an end.

    Where the rules of the body approve minutes to which nobody objects, the end is as many days from now as they say.
    """
    minutes = await change.take(Minutes, minutes_id)
    require(may_circulate_minutes(change.viewer, await minutes_facts(change, minutes)))
    session = await change.session.get_one(Session, minutes.session_id)
    terms = await terms_of(change, session)
    if observations_until is not None and observations_until <= change.at:
        raise Invalid([Problem("ENDS_IN_THE_PAST", ("observationsUntil",))])
    if terms.minutes_mode is MinutesMode.NO_OBJECTION:
        least = change.at + dt.timedelta(days=terms.minutes_days)
        observations_until = max(observations_until or least, least)
    minutes.circulated_at, minutes.observations_until = change.at, observations_until
    last = await newest_wording(change, minutes)
    circulated = MinutesCirculated(session_id=session.id, minutes_id=minutes.id, number=last.number)
    await change.move(minutes, MINUTES_LIFE, "circulate_minutes", circulated)
    change.results["minutes"] = str(minutes.id)
    return minutes


async def _add_wording(change: Change, minutes: Minutes, number: int, text: LocalizedText) -> None:
    said = {"minutes": str(minutes.id), "number": number, "text": text.to_json()}
    revision = MinutesRevision(
        id=uuid7(),
        minutes_id=minutes.id,
        number=number,
        text=text,
        content_hash=content_hash(said),
        created_at=change.at,
    )
    await change.add(revision)
