"""Allowances: what a caller may spend, in one process and in several, and what is told of it."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

import asyncpg
import pytest

from hub.allowances import spending
from hub.identity.granting import create_token
from hub.viewer import Scope
from tests.cast import a_citizen, a_client
from tests.price.priced import COST, NETWORK, a_limited_hub
from tests.talking import Somebody, Talking

NOON = dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)
CHEAP = "{ viewer { signedIn } }"
DEAR = "{ territories(first: 100) { nodes { territories(first: 48) { nodes { id } } } } }"
"""49 points: 4,900 nodes."""


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settle only where a test says so, or where it has to be."""
    monkeypatch.setattr(spending, "PAUSE", 1e6)


async def statuses(hub: Talking, many: int, text: str = CHEAP, by: Somebody | None = None) -> list[int]:
    return [(await hub.post(text, by=by)).status_code for _ in range(many)]


async def test_a_network_may_spend_its_points_and_no_more(database_url: str, data: Path) -> None:
    async with (
        a_limited_hub(database_url, data, points=20, points_restored=2) as hub,
        hub.from_address(NETWORK) as visitor,
        hub.from_address("198.51.100.9") as other,
    ):
        with hub.at(NOON):
            assert await statuses(visitor, 21) == [200] * 20 + [429]
            refused = await visitor.post(CHEAP, headers={"accept-language": "en"})
            assert refused.headers["retry-after"] == "1"
            assert refused.headers["ratelimit-policy"] == '"points";q=20;w=10'
            assert refused.headers["ratelimit"] == '"points";r=0;t=10'
            assert refused.json() == {
                    "errors": [{
                        "message": "You have asked for much in a short time: try again in 1 s.",
                        "extensions": {"code": "RATE_LIMITED", "reason": "RATE_LIMITED",
                                       "requestId": refused.headers["x-request-id"]},
                    }],
                    "extensions": {"cost": {"requested": 0, "actual": 0, "nodes": 0, "budget": 5_000,
                                            "available": 0, "restoreRate": 2.0}},
                }  # fmt: skip
            assert await statuses(other, 1) == [200]
        with hub.at(NOON + dt.timedelta(seconds=2)):
            assert await statuses(visitor, 5) == [200] * 4 + [429]
        with hub.at(NOON + dt.timedelta(seconds=60)):
            assert await statuses(visitor, 21) == [200] * 20 + [429]


async def test_addresses_of_one_household_share_an_allowance(database_url: str, data: Path) -> None:
    async with (
        a_limited_hub(database_url, data, points=3) as hub,
        hub.from_address("2001:db8:1:2::a") as one,
        hub.from_address("2001:db8:1:2::b") as two,
        hub.from_address("2001:db8:1:3::a") as neighbour,
    ):
        with hub.at(NOON):
            assert await statuses(one, 2) + await statuses(two, 2) == [200, 200, 200, 429]
            assert await statuses(neighbour, 1) == [200]


async def test_this_machine_is_not_limited_unless_somebody_comes_with_a_token(database_url: str, data: Path) -> None:
    async with a_limited_hub(database_url, data, points=5) as hub:
        ana = await a_citizen(hub, scopes={Scope.PUBLIC_READ})
        with hub.at(NOON):
            assert await statuses(hub, 20) == [200] * 20
            assert "ratelimit" not in (await hub.post(CHEAP)).headers
            assert await statuses(hub, 6, by=ana) == [200] * 5 + [429]
            async with hub.from_address(NETWORK) as elsewhere:
                assert await statuses(elsewhere, 1, by=ana) == [429], "It is hers, wherever she asks from."
                assert await statuses(elsewhere, 1) == [200]


async def test_a_program_with_bulk_reading_may_spend_ten_times_as_much(database_url: str, data: Path) -> None:
    async with a_limited_hub(database_url, data, points=5) as hub:
        plain = await a_client(hub, "Mapa")
        bulk = await a_client(hub, "Espejo", scopes=(Scope.PUBLIC_READ, Scope.BULK_READ))
        with hub.at(NOON):
            assert await statuses(hub, 6, by=plain) == [200] * 5 + [429]
            assert await statuses(hub, 51, by=bulk) == [200] * 50 + [429]


async def test_all_tokens_of_a_program_share_its_allowance(database_url: str, data: Path) -> None:
    """And no two programs do, of one organisation or of one name."""
    async with a_limited_hub(database_url, data, points=5) as hub:
        mapa, other = await a_client(hub, "Mapa"), await a_client(hub, "Mapa")
        async with hub.change() as change:
            client, scopes = mapa.viewer.client_id, {Scope.PUBLIC_READ}
            _, secret = await create_token(change, client_id=client, name="otro", scopes=scopes)
        with hub.at(NOON):
            assert await statuses(hub, 3, by=mapa) + await statuses(hub, 3, by=Somebody("Mapa", secret)) == [
                *[200] * 5,
                429,
            ]
            assert await statuses(hub, 1, by=other) == [200]


async def test_what_is_left_is_told_in_three_places(database_url: str, data: Path) -> None:
    asked = """{ rateLimit { limit cost remaining used resetAt nodeCount }
        territories(first: 100) { nodes { id parent { id } } } }"""
    async with a_limited_hub(database_url, data) as hub, hub.from_address(NETWORK) as visitor:
        with hub.at(NOON):
            await visitor.post(asked)
            response = await visitor.post(asked, headers=COST)
        answer = response.json()
        assert answer["data"]["rateLimit"] == {
            "limit": 1_000, "cost": 2, "remaining": 996, "used": 4,
            "resetAt": "2026-11-03T12:00:01.000000Z", "nodeCount": 200,
        }  # fmt: skip
        assert answer["extensions"]["cost"] == {
            "requested": 2, "actual": 2, "nodes": 200, "budget": 5_000, "available": 996, "restoreRate": 50.0,
        }  # fmt: skip
        assert response.headers["ratelimit"] == '"points";r=996;t=1'
        assert response.headers["ratelimit-policy"] == '"points";q=1000;w=20'


async def test_a_long_document_that_was_not_seen_costs_what_reading_it_does(database_url: str, data: Path) -> None:
    text = CHEAP + "#" + "x" * 2_500
    async with a_limited_hub(database_url, data) as hub, hub.from_address(NETWORK) as visitor:
        with hub.at(NOON):
            told = [(await visitor.answer(text, headers=COST))["extensions"]["cost"] for _ in range(2)]
            assert [cost["actual"] for cost in told] == [6, 1]
            assert (await visitor.post("{ nothing }" + "#" * 2_500)).headers["ratelimit"] == '"points";r=987;t=1'


async def test_cheap_requests_put_no_statement_beside_their_own(database_url: str, data: Path) -> None:
    async with a_limited_hub(database_url, data) as hub, hub.from_address(NETWORK) as visitor:
        settlement = hub.hub.admission.allowances.settlement
        with hub.at(NOON), hub.counting() as counted:
            assert await statuses(visitor, 100) == [200] * 100
        assert (counted, settlement.statements) == ([100], 0)
        await hub.hub.admission.allowances.settle()
        await hub.hub.admission.allowances.settle()
        assert settlement.statements == 1


async def test_two_processes_let_a_caller_spend_no_more_than_the_bound(database_url: str, data: Path) -> None:
    async with (
        a_limited_hub(database_url, data, points=1_000) as first,
        a_limited_hub(database_url, data, points=1_000) as second,
        first.from_address(NETWORK) as one,
        second.from_address(NETWORK) as two,
    ):
        with first.at(NOON):
            let_in = 0
            for n in range(60):
                let_in += 49 * sum(s == 200 for s in await statuses((one, two)[n % 2], 1, DEAR))
            for n in range(600):
                let_in += (await statuses((one, two)[n % 2], 1)).count(200)
        assert 1_000 - 2 * spending.SLICE <= let_in <= 1_000 + 2 * spending.SLICE
        for hub in (first, second):
            await hub.hub.admission.allowances.settle()
        # What one let in too much is owed by both of them.
        (row,) = await first.rows("SELECT extract(epoch FROM full_at - spent_at)::float * 50 AS owed FROM allowance")
        assert row["owed"] == pytest.approx(let_in, abs=1)
        later = NOON + dt.timedelta(seconds=10)
        with first.at(later):
            again = 0
            for n in range(900):
                again += (await statuses((one, two)[n % 2], 1)).count(200)
        assert let_in + again <= 1_000 + 500 + 2 * spending.SLICE


async def test_dear_requests_of_two_processes_at_once_are_counted_exactly(database_url: str, data: Path) -> None:
    text = "{ territories(first: 100) { nodes { territories(first: 100) { nodes { id } } } } }"
    async with (
        a_limited_hub(database_url, data, points=500) as first,
        a_limited_hub(database_url, data, points=500) as second,
    ):
        ana = await a_citizen(first, scopes={Scope.PUBLIC_READ})
        with first.at(NOON):
            answers = await asyncio.gather(*[hub.post(text, by=ana) for _ in range(5) for hub in (first, second)])
        # 101 points each, more than a process may leave unsettled: four fit into 500.
        assert sorted(answer.status_code for answer in answers) == [200] * 4 + [429] * 6


async def test_a_network_is_kept_as_a_digest_of_the_day(database_url: str, data: Path) -> None:
    async with a_limited_hub(database_url, data) as hub, hub.from_address(NETWORK) as visitor:
        for days in (0, 1):
            with hub.at(NOON + dt.timedelta(days=days)):
                await visitor.post(CHEAP)
                await hub.hub.admission.allowances.settle()
        rows = await hub.rows("SELECT principal FROM allowance")
        assert len({row["principal"] for row in rows}) == 2
        assert all(len(row["principal"]) == 32 for row in rows)
        assert "203.0.113" not in await hub.dump()
        await hub.hub.admission.allowances.settlement.forget(NOON + dt.timedelta(days=2))
        assert await hub.rows("SELECT principal FROM allowance") == []


async def test_nobody_waits_for_a_count_that_cannot_be_kept(
    database_url: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_limited_hub(database_url, data, points=300) as hub, hub.from_address(NETWORK) as visitor:
        allowances = hub.hub.admission.allowances

        async def lost(*_: object) -> None:
            raise asyncpg.PostgresConnectionError

        with hub.at(NOON):
            with monkeypatch.context() as away:
                away.setattr(allowances.settlement, "_run", lost)
                assert await statuses(visitor, 301) == [200] * 300 + [429], "Each process goes on by itself."
            await allowances.settle()
            (row,) = await hub.rows("SELECT extract(epoch FROM full_at - spent_at)::float * 50 AS owed FROM allowance")
            assert row["owed"] == pytest.approx(300)
