"""Noticing in time: until which day a session has to be convened, and when the next call of a failed one is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from hub.sessions.terms import DelayUnit, KindTerms, Terms
from hub.timetables.zones import Declared, day_in, declared_at

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class NoticeCheck:
    """Whether a session is convened in time, and the last day on which that was possible."""

    met: bool
    latest_day: dt.date


def check_notice(terms: Terms, asked: KindTerms, *, starts: Declared, at: dt.datetime) -> NoticeCheck:
    """Check the notice of a session, as the terms ask it of its kind.

    Days are those of the session's zone. The day of the convocation does not count, the day of the session does.
    """
    latest = starts.local.date()
    days = asked.notice_days
    while days:
        days -= 1 if terms.is_working_day(latest) or not asked.working_days else 0
        latest -= ONE_DAY
    return NoticeCheck(met=day_in(at, starts.zone) <= latest, latest_day=latest)


def next_call(terms: Terms, starts: Declared) -> tuple[Declared, dt.datetime]:
    """Return when the call after one that failed is, as it is declared and as an instant.

    A delay in days keeps the hour of the clock; where that hour is skipped or shown twice on the day, it is the first
    one that a clock shows.
    """
    delay, local = terms.next_call, starts.local
    match delay.unit:
        case DelayUnit.MINUTES:
            local += dt.timedelta(minutes=delay.amount)
        case DelayUnit.HOURS:
            local += dt.timedelta(hours=delay.amount)
        case DelayUnit.DAYS:
            local += delay.amount * ONE_DAY
        case DelayUnit.WORKING_DAYS:
            left = delay.amount
            while left:
                local += ONE_DAY
                left -= 1 if terms.is_working_day(local.date()) else 0
    instant = local.replace(tzinfo=ZoneInfo(starts.zone)).astimezone(dt.UTC)
    return declared_at(instant, starts.zone), instant
