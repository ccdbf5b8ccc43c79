"""Declared times in Mexico's zones, on the days when the clocks moved and on those when the rules changed."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.errors import Problem
from hub.timetables.zones import Declared, day_in, declared_at, instant_of, within
from hub.wording import sentence


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


INSTANTS = [
    # The four zones, after summer time was given up in most of the country.
    ("America/Cancun", "2026-07-01T09:00", "2026-07-01T14:00Z"),
    ("America/Mexico_City", "2026-07-01T09:00", "2026-07-01T15:00Z"),
    ("America/Mazatlan", "2026-07-01T09:00", "2026-07-01T16:00Z"),
    ("America/Hermosillo", "2026-07-01T09:00", "2026-07-01T16:00Z"),
    ("America/Tijuana", "2026-07-01T09:00", "2026-07-01T16:00Z"),
    ("America/Tijuana", "2026-12-01T09:00", "2026-12-01T17:00Z"),
    # The last summer time and the first year without it.
    ("America/Mexico_City", "2022-10-29T23:59", "2022-10-30T04:59Z"),
    ("America/Mexico_City", "2022-10-30T12:00", "2022-10-30T18:00Z"),
    ("America/Mexico_City", "2023-04-02T02:30", "2023-04-02T08:30Z"),
    # Chihuahua took another zone on the day when summer time ended: its clocks stood still.
    ("America/Chihuahua", "2022-10-30T01:30", "2022-10-30T07:30Z"),
    ("America/Chihuahua", "2022-12-01T09:00", "2022-12-01T15:00Z"),
    # Ciudad Juárez went its own way a month later, and keeps summer time with the other side of the river.
    ("America/Ciudad_Juarez", "2026-07-01T09:00", "2026-07-01T15:00Z"),
    ("America/Ojinaga", "2026-07-01T09:00", "2026-07-01T14:00Z"),
    # The northern border on the days of the change, just outside the hour in question.
    ("America/Tijuana", "2026-03-08T01:59:59", "2026-03-08T09:59:59Z"),
    ("America/Tijuana", "2026-03-08T03:00", "2026-03-08T10:00Z"),
    ("America/Tijuana", "2026-11-01T00:59", "2026-11-01T07:59Z"),
    ("America/Tijuana", "2026-11-01T02:00", "2026-11-01T10:00Z"),
]


@pytest.mark.parametrize(("zone", "local", "instant"), INSTANTS)
def test_a_declared_time_means_one_instant(zone: str, local: str, instant: str) -> None:
    assert instant_of(Declared(at(local), zone)) == at(instant)


@pytest.mark.parametrize(("zone", "local", "instant"), INSTANTS)
def test_an_instant_is_declared_as_the_clock_shows_it(zone: str, local: str, instant: str) -> None:
    assert declared_at(at(instant), zone) == Declared(at(local), zone)


@pytest.mark.parametrize(
    ("zone", "local", "code", "instead"),
    [
        ("America/Tijuana", "2026-03-08T02:00", "TIME_DOES_NOT_EXIST", "2026-03-08T03:00"),
        ("America/Tijuana", "2026-03-08T02:59", "TIME_DOES_NOT_EXIST", "2026-03-08T03:59"),
        ("America/Mexico_City", "2022-04-03T02:30", "TIME_DOES_NOT_EXIST", "2022-04-03T03:30"),
        ("America/Cancun", "2015-02-01T02:15", "TIME_DOES_NOT_EXIST", "2015-02-01T03:15"),
        ("America/Tijuana", "2026-11-01T01:00", "TIME_IS_AMBIGUOUS", "2026-11-01T02:00"),
        ("America/Tijuana", "2026-11-01T01:59:59", "TIME_IS_AMBIGUOUS", "2026-11-01T02:00"),
        ("America/Mexico_City", "2022-10-30T01:30", "TIME_IS_AMBIGUOUS", "2022-10-30T02:00"),
    ],
)
def test_a_time_that_means_none_or_two_is_refused_with_another(zone: str, local: str, code: str, instead: str) -> None:
    declared = Declared(at(local), zone)
    found = instant_of(declared, path=("closing",))
    assert isinstance(found, Problem)
    assert (found.code, found.path) == (code, ("closing", "declaredLocal"))
    assert found.facts == {"local": at(local), "zone": zone, "instead": at(instead)}
    assert isinstance(instant_of(Declared(at(instead), zone)), dt.datetime)


def test_the_refusal_says_what_to_declare_in_both_languages() -> None:
    found = instant_of(Declared(at("2026-03-08T02:30"), "America/Tijuana"))
    assert isinstance(found, Problem)
    assert sentence(found.code, found.facts, ("es",)) == (
        "En America/Tijuana no existe el 8 de marzo de 2026 a las 02:30, porque ese día se adelanta el "
        "reloj: declare por ejemplo el 8 de marzo de 2026 a las 03:30."
    )
    assert sentence(found.code, found.facts, ("en",)) == (
        "In America/Tijuana there is no 8 March 2026 at 02:30, because the clocks go forward on that day: "
        "declare 8 March 2026 at 03:30, for example."
    )


@pytest.mark.parametrize("zone", ["", "Mexico", "america/mexico_city", "UTC+6", "localtime", "Factory", "../UTC"])
def test_a_zone_that_is_not_in_the_list_is_refused(zone: str) -> None:
    found = instant_of(Declared(at("2026-07-01T09:00"), zone), path=("opening",))
    assert found == Problem("UNKNOWN_ZONE", ("opening", "zone"), {"zone": zone})


@pytest.mark.parametrize("local", ["0001-01-01T00:00", "1899-12-31T23:59", "2200-01-01T00:00", "2026-07-01T09:00Z"])
def test_a_time_without_meaning_is_refused(local: str) -> None:
    found = instant_of(Declared(at(local), "America/Mexico_City"))
    assert isinstance(found, Problem)
    assert found.code == "BAD_TIME"


@pytest.mark.parametrize(
    ("moment", "inside"),
    [
        ("2026-07-01T08:59:59.999999Z", False),
        ("2026-07-01T09:00Z", True),
        ("2026-07-02T08:59:59.999999Z", True),
        ("2026-07-02T09:00Z", False),
    ],
)
def test_the_opening_belongs_to_the_interval_and_the_closing_does_not(moment: str, *, inside: bool) -> None:
    interval = {"opens_at": at("2026-07-01T09:00Z"), "closes_at": at("2026-07-02T09:00Z")}
    assert within(at(moment), **interval) is inside


def test_a_day_is_the_one_of_the_zone() -> None:
    midnight = at("2027-01-01T07:30Z")
    assert day_in(midnight, "America/Mexico_City") == dt.date(2027, 1, 1)
    assert day_in(midnight, "America/Tijuana") == dt.date(2026, 12, 31)
