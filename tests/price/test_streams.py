"""What following costs: the document at the start, and each later reading once, by all who listen together."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from graphql_schema import broadcasting
from hub.allowances.spending import Spender
from tests.cast import a_citizen
from tests.making.bodies import a_body
from tests.making.consultations import a_response, an_open_consultation
from tests.price.priced import a_limited_hub
from tests.talking import Talking
from tests.transport.streaming import Events, events, serving, settled

FOLLOWED = "subscription ($id: ID!) { consultation(id: $id) { updatedAt responses(first: 100) { nodes { id } } } }"
POINTS = 2
"""What 101 nodes cost."""


async def told(stream: Events) -> Any:
    """The next state."""
    event = await stream.next()
    assert event is not None
    assert event[0] == "next"
    return event[1]["data"]["consultation"]


async def test_a_reading_is_paid_in_equal_parts_and_whoever_has_nothing_left_waits(
    hub: Talking, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = await an_open_consultation(hub, await a_body(hub))
    variables = {"id": asked.node}
    monkeypatch.setattr(broadcasting, "PAUSE", 0.01)
    limits: dict[str, Any] = {"points": 1_000, "points_restored": 0.001, "proxies": ("127.0.0.1",)}
    first, second = ({"x-forwarded-for": f"198.51.100.{number}"} for number in (1, 2))
    paid: list[float] = []
    async with a_limited_hub(hub.url, data, **limits) as few, serving(few) as port:
        allowances = few.hub.admission.allowances
        take = allowances.take

        def noted(spender: Spender, points: float, at: dt.datetime) -> Any:
            paid.append(points)
            return take(spender, points, at)

        async def touched() -> None:
            await hub.run("UPDATE entry SET updated_at = now() WHERE id = :id", id=asked.id)
            await a_response(hub, asked, await a_citizen(hub))

        monkeypatch.setattr(allowances, "take", noted)
        async with events(port, FOLLOWED, variables, headers=first) as one:
            await told(one)
            assert paid == [POINTS]
            async with events(port, FOLLOWED, variables, headers=second) as two:
                await told(two)
                assert paid == [POINTS, POINTS]
                paid.clear()
                await touched()
                assert await told(one) == await told(two)
                assert set(paid) == {POINTS / 2}
                assert len(paid) % 2 == 0
            await settled(lambda: len(few.hub.live._subscriptions) == 1)
            (left,) = few.hub.live._subscriptions
            left.pay(2_000 / POINTS)
            assert not left.solvent
            monkeypatch.setattr(broadcasting, "REFRESH", 0.02)
            await asyncio.sleep(0.1)
            before = few.statements()
            await touched()
            await asyncio.sleep(0.3)
            assert few.statements() == before, "Nobody could pay for it, so nothing is read."
            left.pay(-2_000 / POINTS)
            await told(one)
