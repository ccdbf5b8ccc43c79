"""Each request has a number and one line in the log, and no line tells who asked, from where, or what."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest
import structlog
from structlog.testing import capture_logs

from tests.canaries import Leak, a_canary, watch
from tests.cast import a_citizen
from tests.journeys.installation import Served
from tests.talking import RESPONSE_TYPE, Talking
from tests.transport.conftest import DOCUMENTS

KNOWN = (DOCUMENTS / "bodies.graphql").read_text(encoding="utf-8")
FIELDS = {"event", "log_level", "request_id", "method", "status", "milliseconds", "kind", "name"}


async def test_a_request_has_one_line(quiet: Talking) -> None:
    """Its number is the answer's; its name is one of a document that the hub knows, or none."""
    own = {"query": "query MyVeryOwn { viewer { signedIn } }"}
    front = {"query": "query HowManyBodies { viewer { signedIn } }"}
    mutation = {"query": 'mutation { withdrawResponse(input: {consultationId: "Consultation_x"}) { event } }'}
    with capture_logs() as lines:
        answers = [
            await quiet.client.post("/graphql", json=own),
            await quiet.client.get("/graphql", params=front),
            await quiet.client.post("/graphql", json=mutation, headers={"accept": RESPONSE_TYPE}),
            await quiet.client.post("/graphql", content=b"{"),
            await quiet.client.options("/graphql"),
            await quiet.client.get("/"),
            await quiet.client.get("/nowhere"),
            await quiet.client.get("/static/hub.css"),
            await quiet.client.get("/graphql/schema.graphql"),
            await quiet.client.get("/livez"),
            await quiet.client.request("BREW", "/graphql"),
        ]
    assert [(line["method"], line["status"], line["kind"], line["name"]) for line in lines] == [
        ("POST", 200, "query", "other"),
        ("GET", 200, "query", "other"),
        ("POST", 200, "mutation", "other"),
        ("POST", 415, "no operation", "other"),
        ("OPTIONS", 204, "no operation", "other"),
        ("GET", 200, "page", "Home"),
        ("GET", 404, "page", "other"),
        ("GET", 200, "page", "other"),
        ("GET", 200, "contract", "other"),
        ("GET", 200, "health", "other"),
        ("other", 405, "no operation", "other"),
    ]
    assert [line["request_id"] for line in lines] == [answer.headers["x-request-id"] for answer in answers]
    assert len({line["request_id"] for line in lines}) == len(lines)
    assert [set(line) for line in lines] == [FIELDS] * len(lines)
    assert {line["log_level"] for line in lines} == {"info"}
    assert all(0 <= line["milliseconds"] < 60_000 for line in lines)


async def test_a_page_has_the_number_of_what_it_asked(quiet: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tells the number that a page shows is found in the log by it."""

    async def broken(*_: object) -> Any:
        raise RuntimeError("a secret of the program")

    monkeypatch.setattr(quiet.hub.executor, "execute", broken)
    with capture_logs() as lines:
        answer = await quiet.client.get("/")
    number = answer.headers["x-request-id"]
    assert answer.status_code == 502
    assert number in answer.text
    assert {line["request_id"] for line in lines} == {number}
    assert [line["event"] for line in lines] == ["surprise", "request"]


def a_request(token: str | None) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a request with a canary wherever a caller can put a word, and its headers."""
    word = a_canary("request")
    name = word.replace("-", "_")
    query = f'query {name}($i: ID!) {{ {name}: node(id: $i) {{ id }} byText: territory(code: "{word}") {{ id }} }}'
    headers = {
        "accept": RESPONSE_TYPE,
        "user-agent": word,
        "referer": f"https://{word}.example/{word}",
        "origin": f"https://{word}.example",
        "cookie": f"session={word}",
        "x-request-id": word,
        "x-forwarded-for": word,
        "idempotency-key": word,
        "accept-language": word,
        "authorization": f"Bearer {token or word}",
    }
    return {"query": query, "variables": {"i": word}, "operationName": name}, headers


async def test_no_line_holds_what_a_caller_wrote(quiet: Talking) -> None:
    """Every line of the suite is watched (`tests/conftest.py`); here is what there is to leak."""
    ana = await a_citizen(quiet)
    for token in (ana.token, None):
        body, headers = a_request(token)
        word = body["variables"]["i"]
        posted = await quiet.client.post(f"/graphql?{word}={word}", json=body, headers=headers)
        assert posted.status_code in (200, 400, 401)
        parameters = {**body, "variables": json.dumps(body["variables"])}
        await quiet.client.get("/graphql", params=parameters, headers={**headers, "authorization": f"Bearer {word}"})
        await quiet.client.get(f"/{word}?q={word}", headers=headers)
        await quiet.client.request(word.upper(), "/graphql", headers=headers)


async def test_the_watch_hears_a_line_that_tells(quiet: Talking) -> None:
    with pytest.raises(Leak):
        structlog.get_logger("hub.web").info("request", path=a_canary("path"))


async def test_the_log_of_a_hub_that_serves_is_read_by_machines_and_tells_nothing(live: Served) -> None:
    """As its operator sees it, with two processes: one JSON object a line, and none of the words of the callers."""
    words = []
    async with httpx2.AsyncClient(base_url=live.url) as client:
        known = await client.post("/graphql", json={"query": KNOWN})
        for _ in range(20):
            body, headers = a_request(None)
            words.append(body["variables"]["i"])
            answer = await client.post("/graphql", json=body, headers=headers)
            assert answer.status_code == 401
            without = {name: value for name, value in headers.items() if name != "authorization"}
            await client.post("/graphql", json=body, headers=without)
            await client.get(f"/{words[-1]}", headers=headers)
    told = live.out + live.err
    watch(told, told="the log", where="a hub that serves")
    assert [word for word in words if word.replace("-", "_") in told] == []
    assert "127.0.0.1:" not in "".join(line for line in told.splitlines() if line.startswith("{"))
    lines = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    requests = [line for line in lines if line["event"] == "request"]
    assert len(requests) >= 61
    assert {*requests[0]} == {"event", "level", "timestamp", "request_id", "method", "status", "milliseconds", "kind",
                              "name"}  # fmt: skip
    (own,) = [line for line in requests if line["request_id"] == known.headers["x-request-id"]]
    assert (own["kind"], own["name"], own["status"]) == ("query", "HowManyBodies", 200)
