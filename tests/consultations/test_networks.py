"""Networks: no more than so many responses of a day from one, counted under a digest of that day alone."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest

from hub import clock
from hub.app import create_app
from hub.consultations.models import IdentityPolicy
from hub.consultations.networks import network_of
from hub.consultations.timekeeping import keep_time
from tests.cast import a_citizen
from tests.consultations.asking import CHANGE, SUBMIT, a_sheet
from tests.making.bodies import a_body
from tests.making.consultations import Asked, an_open_consultation
from tests.talking import RESPONSE_TYPE, Somebody, Talking

DAY = dt.timedelta(days=1)
HOME, NEIGHBOUR = "203.0.113.5", "203.0.113.6"


@asynccontextmanager
async def from_address(hub: Talking, address: str) -> AsyncIterator[Talking]:
    """The same hub as somebody reaches it from this address."""
    app = create_app(hub.hub.settings, hub.url)
    door = next(route.endpoint for route in app.routes if getattr(route, "path", "") == "/graphql")
    door.open(hub.hub)
    transport = httpx2.ASGITransport(app=app, client=(address, 1))
    headers = {"accept": RESPONSE_TYPE}
    async with httpx2.AsyncClient(transport=transport, base_url="http://hub.test", headers=headers) as client:
        yield Talking(hub.hub, hub.url, client)


async def sent(hub: Talking, address: str, asked: Asked, *, by: Somebody | None = None, **known: Any) -> list[str]:
    """Send a response from an address, and return why it was refused, if it was."""
    async with from_address(hub, address) as there:
        answer = await there.answer(SUBMIT, a_sheet(asked, **known), by=by)
    return [error["code"] for error in answer["data"]["submitResponse"]["errors"]]


async def an_open_one(hub: Talking, most: int | None = 2, **known: Any) -> Asked:
    """A consultation that is open to all, and takes so many responses a day from a network."""
    given = {"identity_policy": IdentityPolicy.OPEN, "network_limit": most, **known}
    return await an_open_consultation(hub, await a_body(hub, acronym=f"C{len(given)}{most}"), **given)


@pytest.mark.parametrize(("address", "network"), [
    ("203.0.113.5", "203.0.113.5/32"),
    ("::ffff:203.0.113.5", "203.0.113.5/32"),
    ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
    ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
    ("127.0.0.1", None),
    ("::1", None),
    ("::ffff:127.0.0.1", None),
    ("testclient", None),
    ("", None),
])  # fmt: skip
def test_the_network_of_an_address(address: str, network: str | None) -> None:
    assert network_of(address) == network


async def test_a_network_has_its_number_a_day(hub: Talking) -> None:
    asked = await an_open_one(hub)
    now = clock.now()
    await hub.forget()
    with hub.at(now):
        outcomes = [await sent(hub, HOME, asked) for _ in range(4)]
        assert outcomes == [[], [], ["NETWORK_LIMIT"], ["NETWORK_LIMIT"]]
        # The refusal wrote nothing, nor did it count.
        assert await hub.log() == ["ResponseSubmitted"] * 2
        assert len(await hub.rows("SELECT 1 FROM response")) == len(await hub.rows("SELECT 1 FROM receipt")) == 2
        assert await hub.rows("SELECT count FROM network_count") == [{"count": 2}]
        assert await sent(hub, NEIGHBOUR, asked) == []
    with hub.at(now + DAY):
        assert await sent(hub, HOME, asked) == []
        await keep_time(hub.hub.changes, at=now + DAY)
    kept = await hub.rows("SELECT day, count FROM network_count")
    assert kept == [{"day": (now + DAY).date(), "count": 1}]


async def test_a_home_has_one_network_in_the_newer_protocol(hub: Talking) -> None:
    asked = await an_open_one(hub)
    outcomes = [await sent(hub, f"2001:db8:1:2::{n}", asked) for n in range(1, 4)]
    assert outcomes == [[], [], ["NETWORK_LIMIT"]]
    assert await sent(hub, "2001:db8:1:3::1", asked) == []


async def test_at_the_same_moment_no_more_than_that_come_through(hub: Talking) -> None:
    asked = await an_open_one(hub, 5)
    outcomes = await asyncio.gather(*[sent(hub, HOME, asked) for _ in range(20)])
    assert sorted(outcomes) == [[]] * 5 + [["NETWORK_LIMIT"]] * 15
    assert len(await hub.rows("SELECT 1 FROM response")) == 5


async def test_what_is_wrong_is_not_counted(hub: Talking) -> None:
    asked = await an_open_one(hub, 1)
    assert await sent(hub, HOME, asked, language="klingon") == ["BAD_LANGUAGE"]
    assert await hub.rows("SELECT 1 FROM network_count") == []
    assert await sent(hub, HOME, asked) == []


async def test_who_is_counted(hub: Talking) -> None:
    """Wherever somebody can come with as many accounts as they like; where that is unknown, nobody is."""
    by_account = await an_open_one(hub, 1, identity_policy=IdentityPolicy.ACCOUNT)
    ana, luis = await a_citizen(hub, "Ana"), await a_citizen(hub, "Luis")
    assert await sent(hub, HOME, by_account, by=ana) == []
    assert await sent(hub, HOME, by_account, by=luis) == ["NETWORK_LIMIT"]
    # Changing what one has said already is no other response.
    async with from_address(hub, HOME) as there:
        await there.act(CHANGE, a_sheet(by_account), by=ana)
    assert await sent(hub, "127.0.0.1", by_account, by=luis) == []
    unlimited = await an_open_one(hub, None)
    assert [await sent(hub, HOME, unlimited) for _ in range(3)] == [[], [], []]
    assert len(await hub.rows("SELECT 1 FROM network_count")) == 1


async def test_no_two_counts_can_be_joined(hub: Talking) -> None:
    one = await an_open_one(hub, 9)
    other = await an_open_consultation(
        hub, await a_body(hub, "Otra", acronym="OTRA"), identity_policy=IdentityPolicy.OPEN, network_limit=9
    )
    now = clock.now()
    for at in (now, now + DAY):
        with hub.at(at):
            assert await sent(hub, HOME, one) == await sent(hub, HOME, other) == []
    digests = {bytes(row["digest"]) for row in await hub.rows("SELECT digest FROM network_count")}
    assert (len(digests), {len(digest) for digest in digests}) == (4, {32})
    content = one.id.bytes + now.date().isoformat().encode() + f"{HOME}/32".encode()
    assert hub.hub.keys.digest("network", content) in digests
    dump = await hub.dump()
    assert HOME not in dump
    assert HOME.encode().hex() not in dump
