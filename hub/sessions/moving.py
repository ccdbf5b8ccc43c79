"""Moving: asking a body to decide something, or to decide it in other words, and taking that back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from hub.bodies.seat_models import Membership, MembershipState
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Invalid, Problem, WrongState, require
from hub.sessions.models import AgendaItem, Session
from hub.sessions.points import keep_back_reserved
from hub.sessions.presence import bodies_of, terms_of
from hub.sessions.seats import own_membership
from hub.sessions.vote_events import MotionTabled, MotionWithdrawn
from hub.sessions.vote_facts import motion_facts, undecided_amendments
from hub.sessions.vote_models import MOTION_LIFE, Motion, MotionState
from hub.sessions.vote_rules import may_move, may_withdraw_motion
from hub.text import LocalizedText, problems_with_text

LONGEST_MOTION = 20_000


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a motion is about that has a text of its own, in the very wording with this hash."""

    content_hash: str
    instrument_id: UUID | None = None
    minutes_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class MotionDraft:
    """What somebody asks a body to decide."""

    matter: str
    text: LocalizedText
    mover_id: UUID | None = None
    """The membership of whoever moves it; None where the viewer does, or nobody in particular."""
    faults: tuple[Problem, ...] = ()


async def table_motion(
    change: Change, agenda_item_id: UUID, draft: MotionDraft, *, subject: Subject | None = None
) -> Motion:
    """Ask the body that sits to decide something under a point of the agenda."""
    point = await change.find(AgendaItem, agenda_item_id)
    return await _table(change, point, draft, subject=subject)


async def table_amendment(change: Change, motion_id: UUID, draft: MotionDraft) -> Motion:
    """Ask the body to decide a motion in other words: the draft says what it would say as a whole."""
    amended = await change.find(Motion, motion_id)
    point = await change.find(AgendaItem, amended.agenda_item_id)
    if amended.state is not MotionState.TABLED:
        raise WrongState("MOTION_NOT_TABLED")
    if amended.amends_id is not None:
        raise WrongState("AMENDMENT_OF_AN_AMENDMENT")
    if amended.subject_hash is not None:
        raise WrongState("WORDING_IS_FIXED")
    return await _table(change, point, draft, amends=amended)


async def withdraw_motion(change: Change, motion_id: UUID) -> Motion:
    """Take back what one moved, before it is voted on; what was to amend it goes with it."""
    motion = await change.take(Motion, motion_id)
    require(may_withdraw_motion(change.viewer, await motion_facts(change, motion)))
    change.results["motion"] = str(motion.id)
    for amendment in await undecided_amendments(change, motion):
        if amendment.state is MotionState.PUT:
            raise WrongState("AMENDMENTS_FIRST", amendments=1)
        await _withdraw(change, amendment)
    await _withdraw(change, motion)
    return motion


async def _table(
    change: Change,
    point: AgendaItem,
    draft: MotionDraft,
    *,
    amends: Motion | None = None,
    subject: Subject | None = None,
) -> Motion:
    # Motions are numbered within their session, and so under its lock.
    session = await change.take(Session, point.session_id)
    own = await own_membership(change, session)
    moved_for_another = draft.mover_id is not None and (own is None or own.id != draft.mover_id)
    verdict = may_move(
        change.viewer,
        body_id=session.body_id,
        session_state=session.state,
        point_state=point.state,
        seated=own is not None and not moved_for_another,
    )
    require(verdict)
    await _require_sound(change, session, draft, amends=amends)
    keep_back_reserved(change, point)
    motion = Motion(
        id=uuid7(),
        session_id=session.id,
        agenda_item_id=point.id,
        number=1 + (await change.session.scalar(select(func.max(Motion.number)).filter_by(session_id=session.id)) or 0),
        mover_id=draft.mover_id or (own.id if own else None),
        matter=draft.matter,
        text=draft.text,
        amends_id=amends.id if amends else None,
        instrument_id=subject.instrument_id if subject else None,
        minutes_id=subject.minutes_id if subject else None,
        subject_hash=subject.content_hash if subject else None,
        tabled_at=change.at,
    )
    tabled = MotionTabled(session_id=session.id, motion_id=motion.id, number=motion.number)
    await change.bear(motion, MOTION_LIFE, "table_motion", tabled)
    change.results["motion"] = str(motion.id)
    return motion


async def _require_sound(change: Change, session: Session, draft: MotionDraft, *, amends: Motion | None) -> None:
    """Refuse a motion of no known matter, of nobody who sits there, or in words that cannot be published."""
    problems = list(draft.faults)
    if not draft.faults:
        problems += problems_with_text(draft.text, ("text",), longest=LONGEST_MOTION)
    terms = await terms_of(change, session)
    if terms.majority(draft.matter) is None:
        problems.append(Problem("UNKNOWN_MATTER", ("matter",), {"matter": draft.matter[:64]}))
    if draft.mover_id is not None:
        mover = await change.session.get(Membership, draft.mover_id)
        seated = mover is not None and mover.body_id in bodies_of(session) and mover.state is MembershipState.ACTIVE
        if not seated:
            problems.append(Problem("NOT_A_MEMBER_THERE", ("moverId",)))
    if problems:
        raise Invalid(problems)


async def _withdraw(change: Change, motion: Motion) -> None:
    withdrawn = MotionWithdrawn(session_id=motion.session_id, motion_id=motion.id)
    await change.move(motion, MOTION_LIFE, "withdraw_motion", withdrawn)
