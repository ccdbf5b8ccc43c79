"""How a session is made public: its folio and its number, and the numbered convocations of it."""

from __future__ import annotations

from sqlalchemy import extract, func, select

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import WrongState
from hub.people.models import DatedName
from hub.people.naming import name_on
from hub.register.models import Entry
from hub.register.registering import publish as publish_entry
from hub.sessions.convocation_models import Convocation, ConvocationKind
from hub.sessions.events import ConvocationPublished, SessionConvened
from hub.sessions.models import SESSION_LIFE, Session, SessionRules
from hub.sessions.noticing import NoticeCheck
from hub.text import LocalizedText
from hub.timetables.zones import day_in

SESSION_SERIES = "SESION"


async def publish_session(change: Change, session: Session, rules: SessionRules | None) -> None:
    """Convene a session by these rules and let everybody see it, under its folio.

    Its number counts the sessions of its body of the same kind in the same year; all calls of one session share it.
    """
    if rules is None:
        raise WrongState("NO_SESSION_RULES")
    session.rules_id, session.convened_at = rules.id, change.at
    convened = SessionConvened(
        session_id=session.id,
        body_id=session.body_id,
        rules_id=rules.id,
        call=session.call,
        starts_at=session.starts_at,
    )
    await change.move(session, SESSION_LIFE, "convene", convened)
    today = day_in(change.at, session.zone)
    names = await change.session.scalars(select(DatedName).filter_by(entry_id=session.body_id))
    name = name_on(names, today)
    entry = await change.session.get_one(Entry, session.id)
    acronym = name.acronym if name else None
    await publish_entry(change, entry, series=SESSION_SERIES, acronym=acronym, zone_today=today)
    if session.number is None:
        session.number = await _next_number(change, session)
    await change.session.flush()
    change.results["session"] = str(session.id)


async def _next_number(change: Change, session: Session) -> int:
    """Return the next number of a kind of sessions in the year that it starts in.

    Folios count by the year of the convocation, so their lock does not serve here: this one is held until the commit.
    """
    numbered = func.hashtextextended(f"{session.body_id}/{session.kind}/{session.starts_local.year}", 0)
    await change.session.execute(select(func.pg_advisory_xact_lock(numbered)))
    given = select(func.max(Session.number)).where(
        Session.body_id == session.body_id,
        Session.kind == session.kind,
        extract("year", Session.starts_local) == session.starts_local.year,
    )
    return (await change.session.scalar(given) or 0) + 1


async def publish_convocation(
    change: Change,
    session: Session,
    kind: ConvocationKind,
    notice: NoticeCheck,
    *,
    reason: LocalizedText | None = None,
) -> Convocation:
    """Publish the next convocation of a session, as the session is now."""
    last = select(func.max(Convocation.number)).filter_by(session_id=session.id)
    convocation = Convocation(
        id=uuid7(),
        session_id=session.id,
        number=(await change.session.scalar(last) or 0) + 1,
        kind=kind,
        issued_at=change.at,
        starts_at=session.starts_at,
        starts_local=session.starts_local,
        zone=session.zone,
        place=session.place,
        notice_met=notice.met,
        latest_day=notice.latest_day,
        reason=reason,
    )
    await change.add(convocation)
    if convocation.number > 1:
        await touch(change, session)
    published = ConvocationPublished(
        convocation_id=convocation.id,
        session_id=session.id,
        number=convocation.number,
        kind=kind,
        notice_met=notice.met,
        starts_at=session.starts_at,
    )
    change.record(published)
    change.results |= {"session": str(session.id), "convocation": str(convocation.id)}
    return convocation


async def publish_annulment(change: Change, session: Session, reason: LocalizedText) -> Convocation:
    """Publish that a session that was convened will not be."""
    notice = await last_notice(change, session)
    return await publish_convocation(change, session, ConvocationKind.ANNULLED, notice, reason=reason)


async def last_notice(change: Change, session: Session) -> NoticeCheck:
    """Return what was found of the notice of a session that was convened."""
    last = select(Convocation).filter_by(session_id=session.id).order_by(Convocation.number.desc()).limit(1)
    former = (await change.session.execute(last)).scalar_one()
    return NoticeCheck(met=former.notice_met, latest_day=former.latest_day)


async def touch(change: Change, session: Session) -> None:
    """Note that what a calendar shows of a session has changed, and its public record with it."""
    session.sequence += 1
    entry = await change.session.get_one(Entry, session.id)
    entry.updated_at = max(change.at, entry.updated_at)
    await change.session.flush()
