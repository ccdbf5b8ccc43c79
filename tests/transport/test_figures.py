"""Figures for Prometheus: at an address of their own, of all processes together, and with nobody in them."""

from __future__ import annotations

import urllib.request
from collections import Counter
from pathlib import Path

import httpx2
import psutil  # type: ignore[import-untyped]  # it has no types of its own
import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import ValidationError
from websockets.exceptions import InvalidStatus

from hub.settings import Settings
from hub.web.figures import _forget_the_dead
from tests.canaries import MARK, a_canary
from tests.journeys.installation import Installation, Served
from tests.transport.streaming import connected, settled

KINDS = {"query", "mutation", "subscription", "no operation", "page", "contract", "health", "connection"}


def figures(installation: Installation) -> tuple[str, dict[str, list[tuple[dict[str, str], float]]]]:
    """Return what Prometheus reads: the text, and the samples by name."""
    with urllib.request.urlopen(f"http://{installation.environment['HUB_METRICS']}/metrics", timeout=10) as answer:
        text = answer.read().decode()
    samples: dict[str, list[tuple[dict[str, str], float]]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            samples.setdefault(sample.name, []).append((sample.labels, sample.value))
    return text, samples


def counted(installation: Installation) -> Counter[tuple[str, str]]:
    """Return how many requests of each kind had each status."""
    found = figures(installation)[1].get("hub_requests_total", [])
    return Counter({(labels["kind"], labels["status"]): int(value) for labels, value in found})


async def test_requests_are_counted_over_all_processes(live: Served, installation: Installation) -> None:
    """Each by its kind and status; each on a connection of its own, so that both processes answer some."""
    before = counted(installation)
    word = a_canary("figures")
    for number in range(20):
        async with httpx2.AsyncClient(base_url=live.url) as client:
            await client.post("/graphql", json={"query": f"query Own{number} {{ bodies {{ totalCount }} }}"})
            await client.post("/graphql", json={"query": f"{{ nothing{number} }}"}, headers={"cookie": word})
            await client.get(f"/{word}/{number}?{word}")
            await client.get("/graphql/schema.graphql", headers={"authorization": f"Bearer {word}"})
            await client.put(f"/graphql?{word}")
    assert counted(installation) - before == {
        ("query", "200"): 20,
        ("no operation", "200"): 20,
        ("page", "404"): 20,
        ("contract", "200"): 20,
        ("no operation", "405"): 20,
    }
    text, samples = figures(installation)
    assert MARK not in text
    labels = {name: {key for labels, _ in found for key in labels} for name, found in samples.items()}
    assert {name: keys for name, keys in labels.items() if name.startswith("hub_")} == {
        "hub_requests_total": {"kind", "status"},
        "hub_request_seconds_bucket": {"kind", "le"},
        "hub_request_seconds_count": {"kind"},
        "hub_request_seconds_sum": {"kind"},
        "hub_pool_in_use": {"pool"},
        "hub_cache_bytes": set(),
        "hub_cache_total": {"result"},
        **({"hub_refusals_total": {"code"}} if "hub_refusals_total" in samples else {}),
    }
    assert {labels["kind"] for labels, _ in samples["hub_requests_total"]} <= KINDS
    assert {labels["result"] for labels, _ in samples["hub_cache_total"]} == {"hit", "miss", "outdated", "evicted"}
    assert {labels["pool"] for labels, _ in samples["hub_pool_in_use"]} == {"read", "write"}


async def test_streams_are_counted_while_they_are_open_and_when_they_are_refused(
    live: Served, installation: Installation
) -> None:
    def told(name: str) -> dict[str, float]:
        return {next(iter(labels.values())): value for labels, value in figures(installation)[1].get(name, [])}

    with pytest.raises(InvalidStatus):
        async with connected(live.port, headers={"origin": "https://evil.example"}):
            pass
    async with connected(live.port), connected(live.port):
        await settled(lambda: told("hub_streams_open") == {"websocket": 2})
        await settled(lambda: told("hub_streams_refused_total") == {"origin": 1})
    await settled(lambda: told("hub_streams_open") == {"websocket": 0})
    assert {("connection", "101"), ("connection", "403")} <= set(counted(installation))


async def test_acts_that_were_refused_are_counted_by_their_code(live: Served, installation: Installation) -> None:
    def refused() -> float:
        found = figures(installation)[1].get("hub_refusals_total", [])
        return sum(value for labels, value in found if labels == {"code": "UNAUTHENTICATED"})

    before = refused()
    async with httpx2.AsyncClient(base_url=live.url) as client:
        for _ in range(3):
            await client.post("/graphql", json={"query": "mutation { endAllSignIns(input: {}) { errors { code } } }"})
    assert refused() - before == 3


def test_the_pools_of_a_process_that_is_gone_are_not_in_use(tmp_path: Path) -> None:
    """What it has counted stays counted."""
    gone = next(number for number in range(4_000_000, 1, -1) if not psutil.pid_exists(number))
    here = psutil.Process().pid
    for name in (f"gauge_livesum_{gone}.db", f"counter_{gone}.db", f"gauge_livesum_{here}.db"):
        (tmp_path / name).touch()
    _forget_the_dead(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {f"counter_{gone}.db", f"gauge_livesum_{here}.db"}


async def test_answers_that_are_kept_are_counted(live: Served, installation: Installation) -> None:
    """One by one, on one connection and so by one process."""

    def results() -> Counter[str]:
        found = figures(installation)[1]["hub_cache_total"]
        return Counter({labels["result"]: int(value) for labels, value in found})

    before = results()
    async with httpx2.AsyncClient(base_url=live.url) as client:
        for _ in range(10):
            await client.post("/graphql", json={"query": "query Counted { bodies { totalCount } }"})
    # As soon as it is looked at, once a second; in the middle of them, perhaps.
    await settled(lambda: sum((results() - before)[result] for result in ("hit", "miss")) == 10)
    assert 1 <= results()["hit"] - before["hit"] <= 9
    assert sum(value for _, value in figures(installation)[1]["hub_cache_bytes"]) > 1_000


async def test_the_figures_are_not_where_everybody_asks(live: Served) -> None:
    async with httpx2.AsyncClient(base_url=live.url) as client:
        assert (await client.get("/metrics")).status_code == 404


def test_there_are_none_unless_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUB_METRICS", raising=False)
    assert Settings().metrics is None


@pytest.mark.parametrize("written", ["9090", "localhost:9090", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:x", ""])
def test_the_address_is_an_address_with_a_port(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("HUB_METRICS", written)
    with pytest.raises(ValidationError):
        Settings()
