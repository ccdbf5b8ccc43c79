"""Convening a session: in time, or late with a reason; moving it; and calling the people together again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from hub.bodies.models import Body, BodyState
from hub.changes.change import Change
from hub.errors import Invalid, Problem, WrongState, require, without_unread
from hub.sessions.convocation_models import ConvocationKind
from hub.sessions.convocations import last_notice, publish_convocation, publish_session
from hub.sessions.drafts import LONGEST_REASON, missing_places, problems_with_minutes, problems_with_place
from hub.sessions.facts import rules_of, session_facts
from hub.sessions.models import AgendaItem, AgendaItemState, Session, SessionMode
from hub.sessions.noticing import NoticeCheck, check_notice
from hub.sessions.presence import bodies_of
from hub.sessions.rules import SessionFacts, may_amend_convocation, may_convene
from hub.text import LocalizedText, problems_with_text
from hub.timetables.zones import Declared, instant_of


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """When, where and how a convened session is now, and why that has changed."""

    starts: Declared
    mode: SessionMode
    planned_minutes: int
    place: LocalizedText | None
    link: str | None
    reason: LocalizedText
    faults: tuple[Problem, ...] = ()


async def convene(
    change: Change,
    session_id: UUID,
    *,
    short_notice_reason: LocalizedText | None = None,
    faults: tuple[Problem, ...] = (),
) -> Session:
    """Convene a planned session by the rules in force, which bind it from now on.

    What comes later than the rules ask takes a reason, which is published with the convocation.
    """
    session = await change.take(Session, session_id)
    facts = await session_facts(change, session)
    require(may_convene(change.viewer, facts))
    await _require_constituted(change, session)
    starts = Declared(session.starts_local, session.zone)
    notice = _notice(facts, starts)
    found = [
        *await _incomplete(change, session),
        *_begins_later(starts, change.at),
        *_unreasoned(notice, short_notice_reason),
    ]
    _require_none(found, faults)
    _put(session, starts)
    await publish_session(change, session, await rules_of(change, session))
    reason = None if notice.met else short_notice_reason
    await publish_convocation(change, session, ConvocationKind.ISSUED, notice, reason=reason)
    return session


async def amend_convocation(change: Change, session_id: UUID, amendment: Amendment) -> Session:
    """Move a convened session, or hold it elsewhere; the reason is published with the new convocation.

    Where it begins as it did before, its notice is what it was.
    """
    session = await change.take(Session, session_id)
    facts = await session_facts(change, session)
    require(may_amend_convocation(change.viewer, facts))
    starts = amendment.starts
    moved = starts != Declared(session.starts_local, session.zone)
    found = [
        *problems_with_text(amendment.reason, ("reason",), longest=LONGEST_REASON),
        *problems_with_place(amendment.place, amendment.link),
        *problems_with_minutes(amendment.planned_minutes),
        *missing_places(amendment.mode, place=amendment.place, link=amendment.link),
        *(_begins_later(starts, change.at) if moved else ()),
    ]
    _require_none(found, amendment.faults)
    notice = _notice(facts, starts) if moved else await last_notice(change, session)
    _put(session, starts)
    session.mode, session.place, session.link = amendment.mode, amendment.place, amendment.link
    session.planned_minutes = amendment.planned_minutes
    await publish_convocation(change, session, ConvocationKind.AMENDED, notice, reason=amendment.reason)
    return session


def _notice(facts: SessionFacts, starts: Declared) -> NoticeCheck:
    asked = None if facts.terms is None else facts.terms.of_kind(facts.kind)
    if facts.terms is None or asked is None:
        raise WrongState("NO_SESSION_RULES")
    return check_notice(facts.terms, asked, starts=starts, at=facts.now)


async def _require_constituted(change: Change, session: Session) -> None:
    """Require of every body that is to sit that it works."""
    found = select(func.count()).where(Body.id.in_(bodies_of(session)), Body.state == BodyState.CONSTITUTED)
    if await change.session.scalar(found) != len(bodies_of(session)):
        raise WrongState("BODY_DOES_NOT_SIT")


async def _incomplete(change: Change, session: Session) -> list[Problem]:
    found = [*missing_places(session.mode, place=session.place, link=session.link)]
    on_it = select(AgendaItem.id).filter_by(session_id=session.id, state=AgendaItemState.ACCEPTED).limit(1)
    if await change.session.scalar(on_it) is None:
        found.append(Problem("NO_AGENDA", ("agenda",)))
    return found


def _unreasoned(notice: NoticeCheck, reason: LocalizedText | None) -> list[Problem]:
    path = ("shortNoticeReason",)
    if reason is not None:
        return problems_with_text(reason, path, longest=LONGEST_REASON)
    if notice.met:
        return []
    return [Problem("SHORT_NOTICE", path, {"latest_day": notice.latest_day})]


def _begins_later(starts: Declared, at: dt.datetime) -> list[Problem]:
    starts_at = instant_of(starts, path=("starts",))
    if isinstance(starts_at, Problem):
        return [starts_at]
    if starts_at <= at:
        return [Problem("BEGINS_IN_THE_PAST", ("starts", "declaredLocal"), {"now": at, "zone": starts.zone})]
    return []


def _require_none(found: list[Problem], faults: tuple[Problem, ...]) -> None:
    problems = without_unread(found, faults)
    if problems:
        raise Invalid(problems)


def _put(session: Session, starts: Declared) -> None:
    """Let a session begin at a declared time; its instant follows from the zone's rules as they are today."""
    starts_at = instant_of(starts)
    if isinstance(starts_at, Problem):
        raise Invalid([starts_at])
    session.starts_at, session.starts_local, session.zone = starts_at, starts.local, starts.zone
