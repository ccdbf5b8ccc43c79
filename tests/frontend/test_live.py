"""Following a number: over HTTP as within the process, to an end that is told, and with nobody left behind."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID

import pytest

from frontend_stub.asking import Hub
from frontend_stub.streaming import Over
from hub.consultations.models import ResultsPolicy
from hub.consultations.noticing import withdraw_consultation
from hub.text import written
from tests.cast import a_citizen
from tests.frontend.answering import reading
from tests.making.bodies import a_body
from tests.making.consultations import Asked, a_response, an_open_consultation, staff_of
from tests.talking import Talking
from tests.transport.streaming import PATIENCE, serving, settled


@pytest.fixture
async def asked(hub: Talking) -> Asked:
    """A consultation whose number everybody sees from the first response on."""
    return await an_open_consultation(hub, await a_body(hub), results_policy=ResultsPolicy.LIVE)


async def next_of(told: AsyncGenerator[Any, None]) -> Any:
    """The next thing that is told, past the signs of life."""
    async with asyncio.timeout(PATIENCE):
        async for data in told:
            if data is not None:
                return data["consultation"]
    raise AssertionError("The stream ended.")


@pytest.mark.parametrize("over", ["within", "http"])
async def test_each_state_is_told_and_leaving_leaves_nothing_behind(hub: Talking, asked: Asked, over: str) -> None:
    async with serving(hub) as port:
        door = Hub(hub.hub.endpoint if over == "within" else f"http://127.0.0.1:{port}/graphql")
        told = door.stream("live", {"id": asked.node}, language="es")
        assert await next_of(told) == {"state": "OPEN", "responseCount": 0}
        await a_response(hub, asked, await a_citizen(hub), at=asked.opens_at)
        assert await next_of(told) == {"state": "OPEN", "responseCount": 1}
        assert hub.hub.live.places.open["events"] == 1
        await told.aclose()
        await settled(lambda: hub.hub.live.places.open.total() == 0)
        assert len(hub.hub.live.broadcasts) == 0
        await door.close()


async def test_it_ends_when_there_is_nothing_more_to_follow(hub: Talking, asked: Asked) -> None:
    door = Hub(hub.hub.endpoint)
    told = door.stream("live", {"id": asked.node}, language="es")
    await next_of(told)
    body: UUID = asked.body_id
    async with hub.change(staff_of(body)) as change:
        await withdraw_consultation(change, asked.id, reason=written(es="Se preguntó mal."))
    assert (await next_of(told))["state"] == "WITHDRAWN"
    with pytest.raises(Over):
        await next_of(told)
    await settled(lambda: hub.hub.live.places.open.total() == 0)
    await door.close()


async def test_it_ends_with_the_sign_in(hub: Talking, asked: Asked) -> None:
    ana = await a_citizen(hub)
    door = Hub(hub.hub.endpoint)
    told = door.stream("live", {"id": asked.node}, language="es", token=ana.token)
    await next_of(told)
    (token,) = (await hub.ask("{ viewer { tokens { nodes { id } } } }", by=ana))["viewer"]["tokens"]["nodes"]
    revoke = "mutation ($input: RevokeTokenInput!) { revokeToken(input: $input) { errors { code } } }"
    await hub.act(revoke, {"input": {"tokenId": token["id"]}}, by=ana)
    with pytest.raises(Over):
        await next_of(told)
    await settled(lambda: hub.hub.live.places.open.total() == 0)
    await door.close()


async def test_whoever_takes_no_stream_is_told_how_it_is_now(hub: Talking, asked: Asked) -> None:
    await a_response(hub, asked, await a_citizen(hub), at=asked.opens_at)
    async with reading(hub.hub.endpoint) as reader:
        answer = await reader.get(f"/consultas/{asked.node}/vivo", headers={"accept": "application/json"})
        assert json.loads(answer.text) == {"state": "OPEN", "responseCount": 1}
        assert answer.headers["cache-control"] == "no-store"
        assert (await reader.get("/consultas/nobody/vivo")).status_code == 404
