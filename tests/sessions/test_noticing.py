"""In time or not: the last day of a convocation by calendar and working days, and when the next call is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from hub.sessions.noticing import check_notice, next_call
from hub.sessions.terms import Delay, DelayUnit
from hub.timetables.zones import Declared
from tests.making.sessions import TERMS, ZONE, terms

ORDINARY, EXTRAORDINARY = TERMS.kinds
MONDAY_AT_TEN = Declared(dt.datetime(2026, 9, 21, 10), ZONE)  # noqa: DTZ001 - what a clock on the wall shows
HOLIDAY = (dt.date(2026, 9, 16),)


def on(day: int, hour: int = 18) -> dt.datetime:
    """An instant of September 2026: noon in Mexico City."""
    return dt.datetime(2026, 9, day, hour, tzinfo=dt.UTC)


def local(month: int, day: int, hour: int, minute: int = 0, *, year: int = 2026) -> dt.datetime:
    """What a clock on the wall shows."""
    return dt.datetime(year, month, day, hour, minute)  # noqa: DTZ001 - what a clock on the wall shows


@pytest.mark.parametrize(
    ("days", "working", "holidays", "latest"),
    [
        (5, True, (), 14),  # the weekend before counts for nothing
        (5, True, HOLIDAY, 13),  # nor does the holiday on a Wednesday: a day earlier, which is a Sunday
        (5, False, HOLIDAY, 16),
        (1, True, (), 20),
        (2, True, (), 17),
        (0, True, (), 21),
        (0, False, (), 21),
    ],
)
def test_the_last_day(days: int, working: bool, holidays: tuple[dt.date, ...], latest: int) -> None:
    asked = replace(ORDINARY, notice_days=days, working_days=working)
    found = check_notice(terms(holidays=holidays), asked, starts=MONDAY_AT_TEN, at=on(1))
    assert found.latest_day == dt.date(2026, 9, latest)


def test_the_day_is_that_of_the_zone() -> None:
    """At two in the morning (UTC) of the fifteenth it is still the fourteenth in Mexico City."""
    assert check_notice(TERMS, ORDINARY, starts=MONDAY_AT_TEN, at=on(15, 2)).met
    assert not check_notice(TERMS, ORDINARY, starts=MONDAY_AT_TEN, at=on(15, 8)).met


@pytest.mark.parametrize(
    ("delay", "shown"),
    [
        (Delay(30, DelayUnit.MINUTES), local(9, 21, 10, 30)),
        (Delay(15, DelayUnit.HOURS), local(9, 22, 1)),
        (Delay(7, DelayUnit.DAYS), local(9, 28, 10)),
        (Delay(3, DelayUnit.WORKING_DAYS), local(9, 24, 10)),
        (Delay(5, DelayUnit.WORKING_DAYS), local(9, 28, 10)),
    ],
)
def test_the_next_call(delay: Delay, shown: dt.datetime) -> None:
    declared, instant = next_call(terms(next_call=delay), MONDAY_AT_TEN)
    assert declared == Declared(shown, ZONE)
    assert instant == shown.replace(tzinfo=dt.timezone(dt.timedelta(hours=-6)))


def test_the_next_call_is_at_an_hour_that_exists() -> None:
    """On the northern border the clocks go forward in March: there is no half past two on that day."""
    starts = Declared(local(3, 13, 2, 30, year=2027), "America/Tijuana")
    declared, instant = next_call(terms(next_call=Delay(1, DelayUnit.DAYS)), starts)
    assert declared.local == local(3, 14, 3, 30, year=2027)
    assert instant == dt.datetime(2027, 3, 14, 10, 30, tzinfo=dt.UTC)
