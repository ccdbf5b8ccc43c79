"""A day is due until it ends by the official clock, and a year's folios are those of its own days."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.making.mandates import an_ordered_mandate
from tests.making.sittings import a_sitting
from tests.mandates.test_doing import NODE
from tests.talking import Talking

EVENING = dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.timezone(-dt.timedelta(hours=6)))
"""The last evening of a year in the centre of Mexico: by the clock of Greenwich the next year has begun."""

MINUTE = dt.timedelta(minutes=1)


@pytest.mark.parametrize("kept", [False, True], ids=["new", "asked before"])
async def test_what_is_due_today_is_not_overdue_before_the_day_ends(hub: Talking, kept: bool) -> None:
    with hub.at(EVENING - dt.timedelta(days=30)):
        sitting = await a_sitting(hub, voting=2)
        mandate = await an_ordered_mandate(hub, sitting.body_id, by=sitting.coordinator, dueOn="2026-12-31")
    if kept:
        with hub.at(EVENING - MINUTE):
            assert not (await hub.ask(NODE, {"id": mandate}))["node"]["overdue"]
    with hub.at(EVENING):
        assert not (await hub.ask(NODE, {"id": mandate}))["node"]["overdue"]
    with hub.at(EVENING + 31 * MINUTE):
        assert (await hub.ask(NODE, {"id": mandate}))["node"]["overdue"]


async def test_what_is_ordered_on_the_last_evening_has_a_folio_of_its_year(hub: Talking) -> None:
    with hub.at(EVENING):
        sitting = await a_sitting(hub, voting=2)
        mandate = await an_ordered_mandate(hub, sitting.body_id, by=sitting.coordinator)
        assert "/2026/" in (await hub.ask(NODE, {"id": mandate}))["node"]["folio"]
