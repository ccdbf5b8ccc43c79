"""Who may connect by WebSocket: from which pages, by which protocol and name, how many, and what they may ask for."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from hub.settings import Settings
from hub.viewer import Scope
from tests.cast import a_citizen, a_client
from tests.making.bodies import a_body
from tests.making.consultations import an_open_consultation
from tests.price.priced import a_limited_hub
from tests.talking import Talking, talking
from tests.transport.streaming import COUNT, PROTOCOL, VIEWER, answered, connected, opened, serving, settled


@pytest.fixture(scope="module")
async def port(quiet: Talking) -> AsyncIterator[int]:
    """A port that the quiet hub serves on."""
    async with serving(quiet) as number:
        yield number


async def turned_away(port: int, **headers: str) -> httpx2.Response | Any:
    """Return the answer to a handshake that is refused."""
    try:
        async with opened(port, headers=headers):
            raise AssertionError("It was let in.")
    except InvalidStatus as refused:
        return refused.response


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "https://app.example.evil.example", "http://[x"]
)
async def test_pages_of_other_origins_may_not_connect(hub: Talking, data: Path, origin: str) -> None:
    """Unless the installation lists them; the hub's own pages and programs that are no browser may."""
    settings = Settings(data=data, database_url=None, keys=None, origins=("https://App.example/",))
    async with talking(settings, hub.url) as listing, serving(listing) as port:
        answer = await turned_away(port, origin=origin, **{"accept-language": "en"})
        assert answer.status_code == 403
        error = json.loads(answer.body)["errors"][0]
        assert error["extensions"]["reason"] == "FOREIGN_ORIGIN"
        assert "HUB_ORIGINS" in error["message"]
        assert listing.hub.live.places.refused == {"origin": 1}
        for own in ("https://app.example", f"http://127.0.0.1:{port}"):
            async with connected(port, headers={"origin": own}) as socket:
                assert await answered(socket, VIEWER) == {"data": {"viewer": {"signedIn": False}}}
        posted = await listing.client.post("/graphql", json={"query": VIEWER}, headers={"origin": origin})
        assert posted.status_code == 200, "Over HTTP all may ask."


async def test_no_other_protocol_is_spoken(port: int) -> None:
    """Neither the older one of the same name as its library nor none at all."""
    for offered in (["graphql-ws"], None, ["mqtt", "graphql-ws"]):
        async with connect(f"ws://127.0.0.1:{port}/graphql", subprotocols=offered, proxy=None) as connection:
            await connection.wait_closed()
            assert connection.close_code == 4406
            assert connection.subprotocol is None
    async with connect(
        f"ws://127.0.0.1:{port}/graphql", subprotocols=["graphql-ws", PROTOCOL], proxy=None
    ) as connection:
        assert connection.subprotocol == PROTOCOL


async def test_a_connection_goes_through_the_same_doors_as_a_request(hub: Talking, data: Path) -> None:
    """By the hub's own name, to a process that is not ending, and nowhere but to the endpoint."""
    settings = Settings(data=data, database_url=None, keys=None, hosts=("hub.example",))
    async with talking(settings, hub.url) as named, serving(named) as port:
        assert (await turned_away(port, host="evil.example")).status_code == 400
        async with connected(port, headers={"host": "hub.example"}) as socket:
            assert await answered(socket, VIEWER) == {"data": {"viewer": {"signedIn": False}}}
    async with serving(hub) as port:
        leaving = hub.app.state.readiness._draining
        leaving.refusing = True
        try:
            answer = await turned_away(port)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        finally:
            leaving.refusing = False
        for path in ("/", "/graphql/schema.graphql", "/nothing"):
            with pytest.raises(InvalidStatus):
                async with connect(f"ws://127.0.0.1:{port}{path}", subprotocols=[PROTOCOL], proxy=None):
                    pass


# ---- how many ----------------------------------------------------------------------------------------------------


async def test_a_network_and_an_account_have_so_many_places(hub: Talking, data: Path) -> None:
    """Event streams and WebSockets together; and the process has so many for all."""
    asked = await an_open_consultation(hub, await a_body(hub))
    settings = Settings(data=data, database_url=None, keys=None, streams=5, streams_each=2, proxies=("127.0.0.1",))
    ana, program = await a_citizen(hub), await a_client(hub, scopes=[Scope.PUBLIC_READ])
    body = {"query": COUNT, "variables": {"id": asked.node}}
    stream = {"accept": "text/event-stream", "accept-language": "en"}

    def at(address: str) -> dict[str, str]:
        return {"x-forwarded-for": address}

    async with talking(settings, hub.url) as few, serving(few) as port:
        async with connected(port, headers=at("198.51.100.1")), connected(port, headers=at("198.51.100.1"), by=ana):
            refused = await turned_away(port, **at("198.51.100.1"))
            assert (refused.status_code, refused.headers["retry-after"]) == (429, "10")
            async with httpx2.AsyncClient() as client:
                answer = await client.post(
                    f"http://127.0.0.1:{port}/graphql", json=body, headers={**stream, **at("198.51.100.1")}
                )
            assert (answer.status_code, answer.headers["retry-after"]) == (429, "10")
            assert answer.headers["content-type"].startswith("application/json")
            assert answer.json()["errors"][0]["extensions"]["reason"] == "TOO_MANY_STREAMS"
            async with (
                connected(port, headers=at("198.51.100.2"), by=ana) as second,
                opened(port, headers=at("198.51.100.3")) as third,
            ):
                await third.say(type="connection_init", payload={"authorization": f"Bearer {ana.token}"})
                assert await third.closed() == (4429, "TOO_MANY_STREAMS")
                assert await answered(second, VIEWER) == {"data": {"viewer": {"signedIn": True}}}
                async with connected(port, headers=at("2001:db8::1"), by=program):
                    await settled(lambda: few.hub.live.places.open.total() == 4)
                    async with connected(port, headers=at("203.0.113.9")):
                        full = await turned_away(port, **at("203.0.113.10"))
                        assert (full.status_code, full.headers["retry-after"]) == (503, "10")
                        assert json.loads(full.body)["errors"][0]["extensions"]["code"] == "OVERLOADED"
        await settled(lambda: few.hub.live.places.open.total() == 0)
        assert few.hub.live.places._of == {}
        assert few.hub.live.places.refused == {"too many": 3, "full": 1}
        async with connected(port, headers=at("198.51.100.1")) as socket:
            assert await answered(socket, VIEWER) == {"data": {"viewer": {"signedIn": False}}}


async def test_what_may_be_asked_for_is_the_same_as_over_http(quiet_url: str, data: Path) -> None:
    """The same allowance, the same budget."""
    async with (
        a_limited_hub(quiet_url, data, points=5, points_restored=0.01, nodes=100, proxies=("127.0.0.1",)) as few,
        serving(few) as port,
    ):
        async with connected(port, headers={"x-forwarded-for": "198.51.100.77"}) as socket:
            await socket.subscribe("{ bodies(first: 100) { nodes { id consultations { nodes { id } } } } }")
            refused = await socket.hear()
            assert refused["payload"][0]["extensions"]["code"] == "MAX_COST_EXCEEDED"
            heard: list[Any] = []
            while not heard or heard[-1]["type"] != "error":
                assert len(heard) <= 10, "It costs a point each time, and there were five."
                await socket.subscribe(VIEWER, id=str(len(heard)))
                heard.append(await socket.hear())
            assert heard[-1]["payload"][0]["extensions"]["code"] == "RATE_LIMITED"
        async with few.from_address("198.51.100.77") as there:
            assert (await there.post(VIEWER)).status_code == 429
