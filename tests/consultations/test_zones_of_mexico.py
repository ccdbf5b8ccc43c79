"""Closings declared in every zone of Mexico, on the days when the rules changed and when the border's clocks move."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub.timetables.zones import Declared
from tests.cast import a_coordinator_of
from tests.consultations.asking import PUBLISH, a_draft
from tests.consultations.timing import NOTICES, at_zulu
from tests.making.bodies import a_body
from tests.making.consultations import (
    Asked,
    a_scheduled_consultation,
)
from tests.making.notices import an_extension
from tests.talking import Talking

TICK = dt.timedelta(microseconds=1)
BEFORE = dt.datetime(2022, 10, 1, 18, tzinfo=dt.UTC)
"""Before the law of 2022 that gave up summer time."""

EVENINGS = [
    dt.datetime(2022, 10, 29, 23, 59),  # noqa: DTZ001 - what a clock on the wall shows
    dt.datetime(2022, 10, 30, 23, 59),  # noqa: DTZ001
    dt.datetime(2026, 3, 7, 23, 59),  # noqa: DTZ001
    dt.datetime(2026, 3, 8, 23, 59),  # noqa: DTZ001
    dt.datetime(2026, 7, 1, 23, 59),  # noqa: DTZ001
    dt.datetime(2026, 10, 31, 23, 59),  # noqa: DTZ001
    dt.datetime(2026, 11, 1, 23, 59),  # noqa: DTZ001
]
"""The evening before and that of the day on which summer time ended for good, and on which it begins and ends at the
border: the second Sunday of March and the first of November."""

# How many hours the clock on the wall is behind UTC on these evenings. Written down from the law and the border's
# calendar, so that the zone tables of the machine are checked too.
BEHIND = {
    "America/Mexico_City": (5, 6, 6, 6, 6, 6, 6),
    "America/Monterrey": (5, 6, 6, 6, 6, 6, 6),
    "America/Merida": (5, 6, 6, 6, 6, 6, 6),
    "America/Bahia_Banderas": (5, 6, 6, 6, 6, 6, 6),
    "America/Cancun": (5, 5, 5, 5, 5, 5, 5),
    "America/Hermosillo": (7, 7, 7, 7, 7, 7, 7),
    "America/Mazatlan": (6, 7, 7, 7, 7, 7, 7),
    "America/Chihuahua": (6, 6, 6, 6, 6, 6, 6),
    "America/Ojinaga": (6, 6, 6, 5, 5, 5, 6),
    "America/Ciudad_Juarez": (6, 6, 7, 6, 6, 6, 7),
    "America/Matamoros": (5, 5, 6, 5, 5, 5, 6),
    "America/Tijuana": (7, 7, 8, 7, 7, 7, 8),
}


async def state_at(hub: Talking, asked: Asked, at: dt.datetime) -> Any:
    """The state that everybody sees at an instant."""
    with hub.at(at):
        return (await hub.ask(NOTICES, {"id": asked.node}))["node"]["state"]


@pytest.mark.parametrize("zone", BEHIND)
async def test_a_consultation_closes_when_the_clock_on_the_wall_says_so(hub: Talking, zone: str) -> None:
    """One consultation is extended from one evening to the next, through every change of the clocks."""
    asked = await a_scheduled_consultation(
        hub, await a_body(hub), at=BEFORE, closes_at=BEFORE + dt.timedelta(days=20), zone=zone
    )
    closings = []
    for evening, hours in zip(EVENINGS, BEHIND[zone], strict=True):
        asked = await an_extension(hub, asked, Declared(evening, zone), at=asked.closes_at - TICK)
        instant = evening.replace(tzinfo=dt.UTC) + dt.timedelta(hours=hours)
        assert asked.closes_at == instant, evening
        closings.append(at_zulu(instant))
        assert await state_at(hub, asked, instant - TICK) == "OPEN"
        assert await state_at(hub, asked, instant) == "CLOSED"
    node = (await hub.ask(NOTICES, {"id": asked.node}))["node"]
    assert [each["closing"]["instant"] for each in node["notices"]["nodes"]][1:] == closings
    assert node["closing"] == {"instant": closings[-1], "declaredLocal": EVENINGS[-1].isoformat()}


@pytest.mark.parametrize("zone", BEHIND)
async def test_a_draft_is_published_with_the_closing_of_its_zone(hub: Talking, zone: str) -> None:
    """The last evening of summer time, declared weeks before by a client that knows no offset."""
    body = await a_body(hub, at=BEFORE)
    julia = await a_coordinator_of(hub, body, at=BEFORE)
    draft = a_draft(
        body,
        opening={"declaredLocal": "2022-10-10T09:00:00", "zone": zone},
        closing={"declaredLocal": EVENINGS[1].isoformat(), "zone": zone},
    )
    create = "mutation ($input: CreateConsultationInput!) { createConsultation(input: $input) "
    create += "{ consultation { id closing { instant } } errors { code } } }"
    with hub.at(BEFORE):
        drafted = (await hub.act(create, {"input": draft}, by=julia))["consultation"]
        await hub.act(PUBLISH, {"input": {"consultationId": drafted["id"]}}, by=julia)
        node = (await hub.ask(NOTICES, {"id": drafted["id"]}))["node"]
    instant = EVENINGS[1].replace(tzinfo=dt.UTC) + dt.timedelta(hours=BEHIND[zone][1])
    assert drafted["closing"] == {"instant": at_zulu(instant)}
    assert node["notices"]["nodes"][0]["closing"] == {"instant": at_zulu(instant)}
