"""Whether a process can serve, as it says to whoever spreads requests over several; and how it ends."""

from __future__ import annotations

import asyncio
import http.client
import json
import shutil
import socket
import time
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import asyncpg
import pytest

from hub.database.revisions import newest
from hub.web import draining as ways_out
from hub.web import health
from hub.web.draining import Draining
from tests.journeys.installation import Installation
from tests.talking import Talking

READY = {"status": "ready", "database": "writable", "schema": "current", "disk": "free", "process": "serving"}
ASKED = b'{"query": "{ bodies { totalCount } }"}'


async def asked(hub: Talking) -> tuple[int, Any]:
    """Ask whether the hub can serve, as if a second had passed."""
    hub.app.state.readiness._asked_at = float("-inf")
    answer = await hub.client.get("/readyz")
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, answer.json()


def but(**found: str) -> tuple[int, dict[str, str]]:
    """Return what is said where something is missing."""
    return 503, {**READY, "status": "waiting", **found}


async def test_a_process_that_can_serve_says_so(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says what is missing where it cannot: room, its own schema, a database that takes writes, any database."""
    assert (await hub.client.get("/livez")).json() == {"status": "alive"}
    before = (await hub.rows("SELECT pg_current_wal_lsn() AS at"))[0]["at"]
    assert await asked(hub) == (200, READY)
    assert (await hub.rows("SELECT pg_current_wal_lsn() AS at"))[0]["at"] > before, "It has written something."

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(total=1_000, free=49))
        assert await asked(hub) == but(disk="full")
        patch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(total=1_000, free=50))
        assert await asked(hub) == (200, READY)

    await hub.run("UPDATE alembic_version SET version_num = '0001'")
    assert await asked(hub) == but(schema=f"0001 instead of {newest()}")
    await hub.run("UPDATE alembic_version SET version_num = :newest", newest=newest())

    name = (await hub.rows("SELECT current_database() AS name"))[0]["name"]
    await hub.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    assert await asked(hub) == but(database="read only")
    await hub.run(f"ALTER DATABASE {name} RESET default_transaction_read_only")

    with monkeypatch.context() as patch:
        patch.setattr(health, "PROBE", "SELECT pg_sleep(20)")
        began = time.monotonic()
        status, found = await asked(hub)
        assert (status, found["database"]) == (503, "slow")
        assert time.monotonic() - began < 5, "Whoever asks is told within a second, on a machine with time."
    monkeypatch.setattr(hub.app.state.readiness, "_url", "postgresql://nobody@127.0.0.1:1/none")
    status, found = await asked(hub)
    assert (status, found["database"]) == (503, "unreachable")


async def test_the_database_is_tried_once_a_second_whoever_asks(
    quiet: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []
    connect = asyncpg.connect

    async def counted(*given: Any, **more: Any) -> Any:
        tried.append(given)
        return await connect(*given, **more)

    monkeypatch.setattr(asyncpg, "connect", counted)
    monkeypatch.setattr(health, "PROBE_SECONDS", 30.0)
    await asked(quiet)
    answers = await asyncio.gather(*(quiet.client.get("/readyz") for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(tried) == 1


async def test_a_process_on_its_way_out_first_says_so_and_then_takes_nothing_new(quiet: Talking) -> None:
    leaving = quiet.app.state.readiness._draining
    leaving.begun = True
    try:
        assert await asked(quiet) == but(process="draining")
        query = {"query": "{ bodies { totalCount } }"}
        assert (await quiet.client.post("/graphql", json=query)).status_code == 200, "Not all have noticed yet."
        leaving.refusing = True
        for language, word in (("es", "está terminando"), ("en", "is ending")):
            answer = await quiet.client.post("/graphql", json=query, headers={"accept-language": language})
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
            assert answer.headers["connection"] == "close"
            assert answer.headers["access-control-allow-origin"] == "*"
            assert word in answer.json()["errors"][0]["message"]
            assert answer.json()["errors"][0]["extensions"]["requestId"] == answer.headers["x-request-id"]
        assert (await quiet.client.get("/")).status_code == 503
        assert (await quiet.client.get("/livez")).status_code == 200
    finally:
        leaving.begun = leaving.refusing = False


async def test_what_is_under_way_is_waited_for_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    leaving = Draining(0.1)
    ending = asyncio.create_task(leaving.drained())
    await asyncio.sleep(0.02)
    assert (leaving.begun, leaving.refusing) == (True, False)
    with leaving.under_way():
        await asyncio.sleep(0.3)
        assert leaving.refusing
        assert not ending.done()
    await asyncio.wait_for(ending, 2)
    monkeypatch.setattr(ways_out, "LONGEST_SECONDS", 0.2)
    stuck = Draining(0)
    with stuck.under_way():
        await asyncio.wait_for(stuck.drained(), 2)


def readiness(port: int) -> int:
    """Return the status of readiness."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        connection.request("GET", "/readyz")
        return connection.getresponse().status


@pytest.mark.parametrize("workers", [1, 2])
def test_a_slow_request_is_answered_after_the_end_was_asked_for(installation: Installation, workers: int) -> None:
    """Readiness turns at once, nothing new is taken, what is under way is answered, and then the process is gone."""
    served = installation.start("--workers", str(workers))
    slow = socket.create_connection(("127.0.0.1", served.port), timeout=20)
    try:
        head = f"POST /graphql HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\ncontent-length: {len(ASKED)}"
        slow.sendall(head.encode() + b"\r\n\r\n" + ASKED[:10])
        time.sleep(0.3)
        began = time.monotonic()
        served.process.terminate()
        # With several processes the first one hands the signal on, within half a second.
        statuses = [readiness(served.port)]
        while statuses[-1] != 503 and time.monotonic() - began < 2:
            time.sleep(0.05)
            statuses.append(readiness(served.port))
        assert statuses[-1] == 503
        time.sleep(1)
        with closing(http.client.HTTPConnection("127.0.0.1", served.port, timeout=5)) as refused:
            refused.request("POST", "/graphql", body=ASKED, headers={"content-type": "application/json"})
            answer = refused.getresponse()
            assert (answer.status, answer.getheader("retry-after")) == (503, "1")
        assert served.process.poll() is None, "It waits for what is under way."
        slow.sendall(ASKED[10:])
        told = b"".join(iter(lambda: slow.recv(65536), b""))
        assert told.startswith(b"HTTP/1.1 200")
        assert json.loads(told.partition(b"\r\n\r\n")[2]) == {"data": {"bodies": {"totalCount": 0}}}
        served.process.wait(25 - (time.monotonic() - began))
        assert not served.listens()
    finally:
        slow.close()
        if served.process.poll() is None:
            served.kill()


def test_the_disk_is_looked_at_where_the_directory_will_be(tmp_path: Path) -> None:
    found = health.Readiness("postgresql://hub@127.0.0.1/x", tmp_path / "not" / "yet" / "there", Draining(0))
    assert found._disk() in ("free", "full")
