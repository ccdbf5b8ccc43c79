"""By which names the hub is called, and who is believed about where a request comes from."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from pydantic import ValidationError

from hub import serving
from hub.settings import Settings
from tests.talking import RESPONSE_TYPE, Talking, talking

ASKED = {"query": "{ viewer { signedIn } }"}


@asynccontextmanager
async def opened(url: str, data: Path, **settings: Any) -> AsyncIterator[Talking]:
    """A hub with some settings."""
    async with talking(Settings(data=data, database_url=None, keys=None, **settings), url) as hub:
        yield hub


async def test_a_forged_name_is_refused(quiet_url: str, data: Path) -> None:
    names = ("Hub.Example", "*.hub.example", "127.0.0.1", "[::1]")
    async with opened(quiet_url, data, hosts=names) as hub:

        async def asked(host: str, path: str = "/graphql", **headers: str) -> httpx2.Response:
            return await hub.client.get(path, params=ASKED, headers={"host": host, **headers})

        for own in ("hub.example", "HUB.example:8000", "a.hub.example", "127.0.0.1:8000", "[::1]:8000", "[::1]"):
            assert (await asked(own)).status_code == 200, own
        for forged in ("evil.example", "hub.example.evil.example", "xhub.example", "hub.example:x", "", "[::2]", "*"):
            for path in ("/graphql", "/", "/graphql/schema.graphql"):
                answer = await asked(forged, path)
                assert answer.status_code == 400, (forged, path)
                error = answer.json()["errors"][0]
                assert error["extensions"]["reason"] == "UNKNOWN_HOST"
                assert error["extensions"]["requestId"] == answer.headers["x-request-id"]
        assert "no se llama así" in (await asked("evil.example")).text
        english = await asked("evil.example", **{"accept-language": "en-GB, es;q=0.5"})
        assert "not called by that name" in english.text
        assert (await asked("10.0.0.7", "/livez")).status_code == 200, "Who asks for health knows an address only."


async def test_every_name_is_the_hubs_where_none_is_set(quiet: Talking) -> None:
    assert (await quiet.client.get("/graphql", params=ASKED, headers={"host": "whatever"})).status_code == 200


@pytest.mark.parametrize(("proxies", "peer", "forwarded", "network"), [
    ((), "203.0.113.9", "198.51.100.1", "203.0.113.9/32"),
    ((), "127.0.0.1", "198.51.100.1", None),
    (("127.0.0.1",), "127.0.0.1", "198.51.100.1", "198.51.100.1/32"),
    (("127.0.0.1",), "203.0.113.9", "198.51.100.1", "203.0.113.9/32"),
    (("10.0.0.0/8",), "10.1.2.3", "198.51.100.1", "198.51.100.1/32"),
    # Only what the proxies wrote themselves is believed: the last address that is none of theirs.
    (("10.0.0.0/8",), "10.1.2.3", "192.0.2.66, 198.51.100.1, 10.9.9.9", "198.51.100.1/32"),
    (("10.0.0.0/8",), "10.1.2.3", "2001:db8::1", "2001:db8::/64"),
])  # fmt: skip
async def test_where_a_request_comes_from_is_believed_of_listed_proxies(
    quiet_url: str, data: Path, monkeypatch: pytest.MonkeyPatch, proxies: Any, peer: str, forwarded: str, network: Any
) -> None:
    async with opened(quiet_url, data, proxies=proxies) as hub:
        seen: list[str | None] = []
        execute = hub.hub.executor.execute

        async def watched(operation: Any, raw: Any, context: Any) -> Any:
            seen.append(context.network)
            return await execute(operation, raw, context)

        monkeypatch.setattr(hub.hub.executor, "execute", watched)
        async with hub.from_address(peer) as there:
            headers = {"x-forwarded-for": forwarded, "forwarded": f"for={forwarded}", "x-real-ip": forwarded}
            answer = await there.client.post("/graphql", json=ASKED, headers={"accept": RESPONSE_TYPE, **headers})
        assert answer.status_code == 200
        assert seen == [network]


async def test_the_server_itself_believes_nobody(quiet_url: str, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would believe this machine by itself, before the hub is asked."""
    made: list[uvicorn.Config] = []

    class Noted:
        def __init__(self, config: uvicorn.Config, started: object) -> None:
            made.append(config)

        def run(self, sockets: list[socket.socket]) -> None:
            """Serve nothing."""
            for handle in sockets:
                handle.close()

    monkeypatch.setattr(serving, "Announcing", Noted)
    monkeypatch.setattr(serving, "configure_logs", lambda settings: None)
    settings = Settings(data=data, database_url=None, keys=None)
    serve = partial(serving.serve, settings, quiet_url, host="127.0.0.1", port=0, workers=1, started=lambda: None)
    await asyncio.to_thread(serve)
    assert [config.proxy_headers for config in made] == [False]


@pytest.mark.parametrize("written", ["*", "proxy.example", "10.0.0.1/8", "127.0.0.1;10.0.0.1"])
def test_a_proxy_is_an_address_or_a_network(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("HUB_PROXIES", written)
    with pytest.raises(ValidationError):
        Settings()


def test_lists_are_written_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_PROXIES", "127.0.0.1, 10.0.0.0/8,::1")
    monkeypatch.setenv("HUB_HOSTS", "hub.example,*.hub.example")
    found = Settings()
    assert found.proxies == ("127.0.0.1", "10.0.0.0/8", "::1")
    assert found.hosts == ("hub.example", "*.hub.example")
