"""Giving notice about a consultation's time: each act is a numbered notice with a reason, and none ever changes.

The declared time is the legal truth and the instants follow from it. What is owed to people does not get less: an
extension is any coordinator's act, a shortening takes an instrument of the body that is in force.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import func, select

from hub.changes.change import Change
from hub.changes.event import Event
from hub.consultations.checking import wording_problems
from hub.consultations.drafts import Passage
from hub.consultations.events import (
    ConsultationOpened,
    ConsultationResumed,
    ConsultationSuspended,
    ConsultationWithdrawn,
    NoticePublished,
)
from hub.consultations.lifecycles import CONSULTATION_LIFE
from hub.consultations.models import Consultation, ConsultationState, NoticeKind, TimetableNotice
from hub.consultations.rules import (
    ConsultationFacts,
    OrderingFacts,
    may_extend,
    may_resume,
    may_shorten,
    may_suspend,
    may_withdraw_consultation,
)
from hub.database.base import uuid7
from hub.errors import Invalid, Problem, require, without_unread
from hub.instruments.models import Instrument
from hub.register.models import Entry
from hub.text import LocalizedText
from hub.timetables.zones import Declared, instant_of

LONGEST_REASON = 4_000
TOLD_HOURS = 48
TOLD_BEFORE = dt.timedelta(hours=TOLD_HOURS)
"""How long before a closing that is brought forward people must at least be told of it."""


async def extend(
    change: Change, consultation_id: UUID, *, closing: Declared, reason: LocalizedText, faults: tuple[Problem, ...] = ()
) -> TimetableNotice:
    """Move the closing to a later instant, from now on."""
    consultation = await change.take(Consultation, consultation_id)
    require(may_extend(change.viewer, ConsultationFacts.of(consultation, now=change.at)))
    closes_at = _later(consultation, closing, _reason(consultation, reason, faults))
    set_closing(consultation, closing, closes_at, grace=consultation.state is not ConsultationState.SUSPENDED)
    return await _notice(change, consultation, NoticeKind.EXTENSION, reason)


async def shorten(
    change: Change,
    consultation_id: UUID,
    *,
    closing: Declared,
    instrument_id: UUID | None = None,
    reason: LocalizedText,
    faults: tuple[Problem, ...] = (),
) -> TimetableNotice:
    """Bring the closing forward, by an instrument of the body that is in force; people are told two days before."""
    consultation = await change.take(Consultation, consultation_id)
    facts = ConsultationFacts.of(consultation, now=change.at)
    require(may_extend(change.viewer, facts))
    ordering = None if instrument_id is None else OrderingFacts.of(await change.find(Instrument, instrument_id))
    require(may_shorten(change.viewer, facts, instrument=ordering))
    problems = _reason(consultation, reason, faults)
    closes_at = _moment(consultation, closing, problems)
    if closes_at >= consultation.closes_at:
        told = {"closes": consultation.closes_local}
        problems.append(Problem("NOT_A_SHORTENING", ("closing", "declaredLocal"), told))
    elif closes_at < max(change.at, consultation.opens_at) + TOLD_BEFORE:
        problems.append(Problem("SHORTENED_TOO_SOON", ("closing", "declaredLocal"), {"hours": TOLD_HOURS}))
    if problems:
        raise Invalid(problems)
    set_closing(consultation, closing, closes_at, grace=consultation.state is not ConsultationState.SUSPENDED)
    return await _notice(change, consultation, NoticeKind.SHORTENING, reason, instrument_id=instrument_id)


async def suspend(
    change: Change, consultation_id: UUID, *, reason: LocalizedText, faults: tuple[Problem, ...] = ()
) -> TimetableNotice:
    """Stop an open consultation from taking responses; its closing stays where it is.

    Should it never be resumed, nothing is on its way to it when it closes: then there is no grace.
    """
    consultation = await change.take(Consultation, consultation_id)
    require(may_suspend(change.viewer, ConsultationFacts.of(consultation, now=change.at)))
    _require_reason(consultation, reason, faults)
    await catch_up(change, consultation)
    set_closing(consultation, _declared(consultation), consultation.closes_at, grace=False)
    suspended = ConsultationSuspended(consultation_id=consultation.id)
    return await _moved(change, consultation, "suspend", suspended, NoticeKind.SUSPENSION, reason)


async def resume(
    change: Change,
    consultation_id: UUID,
    *,
    reason: LocalizedText,
    closing: Declared | None = None,
    faults: tuple[Problem, ...] = (),
) -> TimetableNotice:
    """Let a suspended consultation take responses again, and give back the time that was lost if a closing is named."""
    consultation = await change.take(Consultation, consultation_id)
    require(may_resume(change.viewer, ConsultationFacts.of(consultation, now=change.at)))
    if closing is None:
        _require_reason(consultation, reason, faults)
        set_closing(consultation, _declared(consultation), consultation.closes_at)
    else:
        set_closing(consultation, closing, _later(consultation, closing, _reason(consultation, reason, faults)))
    resumed = ConsultationResumed(consultation_id=consultation.id)
    return await _moved(change, consultation, "resume", resumed, NoticeKind.RESUMPTION, reason)


async def withdraw_consultation(
    change: Change, consultation_id: UUID, *, reason: LocalizedText, faults: tuple[Problem, ...] = ()
) -> TimetableNotice:
    """Withdraw a consultation for good: it takes and shows no responses, and keeps those that it has."""
    consultation = await change.take(Consultation, consultation_id)
    require(may_withdraw_consultation(change.viewer, ConsultationFacts.of(consultation, now=change.at)))
    _require_reason(consultation, reason, faults)
    await catch_up(change, consultation)
    entry = await change.session.get_one(Entry, consultation.id)
    entry.withdrawn_at = change.at
    withdrawn = ConsultationWithdrawn(consultation_id=consultation.id)
    return await _moved(change, consultation, "withdraw_consultation", withdrawn, NoticeKind.WITHDRAWAL, reason)


async def open_notice(change: Change, consultation: Consultation) -> None:
    """Publish the first notice of a consultation: when it opens and when it closes."""
    await _notice(change, consultation, NoticeKind.OPENING, None)


async def catch_up(change: Change, consultation: Consultation) -> None:
    """Record that a consultation has opened, where nobody has done so yet: what comes next comes after it."""
    if consultation.state is ConsultationState.SCHEDULED and consultation.opens_at <= change.at:
        opened = ConsultationOpened(consultation_id=consultation.id)
        await change.move(consultation, CONSULTATION_LIFE, "open", opened)


def set_closing(consultation: Consultation, closing: Declared, closes_at: dt.datetime, *, grace: bool = True) -> None:
    """Let a consultation close at an instant, and everything that follows from it come after that."""
    due = consultation.answer_due_on
    if due is not None and due <= closing.local.date():
        # Whoever is to answer keeps the days that there were after the closing.
        consultation.answer_due_on = due + (closing.local.date() - consultation.closes_local.date())
    consultation.closes_local, consultation.closes_at = closing.local, closes_at
    consultation.counted_until = closes_at + dt.timedelta(seconds=consultation.grace_seconds if grace else 0)
    consultation.late_until = max(consultation.counted_until, closes_at + dt.timedelta(days=consultation.late_days))


def _later(consultation: Consultation, closing: Declared, problems: list[Problem]) -> dt.datetime:
    """Return the instant of a closing that is later than the present one; Invalid, with all that is wrong, else."""
    instant = _moment(consultation, closing, problems)
    if closing.zone == consultation.zone and instant <= consultation.closes_at:
        facts = {"closes": consultation.closes_local}
        problems.append(Problem("NOT_AN_EXTENSION", ("closing", "declaredLocal"), facts))
    if problems:
        raise Invalid(problems)
    return instant


def _moment(consultation: Consultation, closing: Declared, problems: list[Problem]) -> dt.datetime:
    """Return the instant of a closing in the zone of the consultation; what is wrong with it joins the problems."""
    instant = instant_of(closing, path=("closing",))
    if isinstance(instant, Problem):
        raise Invalid([*problems, instant])
    if closing.zone != consultation.zone:
        problems.append(Problem("ZONES_DIFFER", ("closing", "zone"), {"zone": consultation.zone}))
    return instant


def _declared(consultation: Consultation) -> Declared:
    return Declared(consultation.closes_local, consultation.zone)


def _require_reason(consultation: Consultation, reason: LocalizedText, faults: tuple[Problem, ...]) -> None:
    problems = _reason(consultation, reason, faults)
    if problems:
        raise Invalid(problems)


def _reason(consultation: Consultation, reason: LocalizedText, faults: tuple[Problem, ...]) -> list[Problem]:
    return without_unread(reason_problems(reason, languages=languages_of(consultation)), faults)


def languages_of(consultation: Consultation) -> list[str]:
    """Return the languages of a published consultation: its own, and those that all of its texts have besides."""
    return [*dict.fromkeys([consultation.source_language, *consultation.title.translations])]


def reason_problems(
    reason: LocalizedText, path: tuple[str, ...] = ("reason",), *, languages: Sequence[str] = ()
) -> Iterator[Problem]:
    """Walk through what is wrong with the reason of an act, which is published in these languages."""
    return wording_problems(Passage(path, reason, LONGEST_REASON), languages)


async def _moved(
    change: Change, consultation: Consultation, by: str, event: Event, kind: NoticeKind, reason: LocalizedText
) -> TimetableNotice:
    await change.move(consultation, CONSULTATION_LIFE, by, event)
    return await _notice(change, consultation, kind, reason)


async def _notice(
    change: Change,
    consultation: Consultation,
    kind: NoticeKind,
    reason: LocalizedText | None,
    *,
    instrument_id: UUID | None = None,
) -> TimetableNotice:
    last = select(func.max(TimetableNotice.number)).filter_by(consultation_id=consultation.id)
    notice = TimetableNotice(
        id=uuid7(),
        consultation_id=consultation.id,
        number=(await change.session.scalar(last) or 0) + 1,
        kind=kind,
        opens_at=consultation.opens_at,
        opens_local=consultation.opens_local,
        closes_at=consultation.closes_at,
        closes_local=consultation.closes_local,
        zone=consultation.zone,
        reason=reason,
        instrument_id=instrument_id,
        published_at=change.at,
    )
    entry = await change.session.get_one(Entry, consultation.id)
    entry.updated_at = change.at
    await change.add(notice)
    published = NoticePublished(
        notice_id=notice.id,
        consultation_id=consultation.id,
        number=notice.number,
        kind=kind,
        closes_at=consultation.closes_at,
    )
    change.record(published)
    change.results |= {"consultation": str(consultation.id), "notice": str(notice.id)}
    return notice
