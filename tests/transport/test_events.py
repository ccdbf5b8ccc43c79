"""Server-sent events on the one endpoint: who gets them, what they look like, and what is told by a status instead."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx2
import pytest

from graphql_schema import sse
from tests.cast import a_citizen
from tests.making.bodies import a_body
from tests.making.consultations import Asked, a_response, an_open_consultation
from tests.talking import RESPONSE_TYPE, Talking
from tests.transport.streaming import COUNT, events, serving, settled
from tests.transport.test_following import an_open_count, counting, heard

VIEWER = "{ viewer { signedIn } }"
EVENTS = "text/event-stream"
JSON = "application/json"


@pytest.mark.parametrize(
    ("accept", "query", "subscription"),
    [
        ("text/event-stream", EVENTS, EVENTS),
        ("TEXT/event-stream; q=0.3", EVENTS, EVENTS),
        ("text/event-stream, application/json", JSON, EVENTS),
        ("application/json, text/event-stream", JSON, EVENTS),
        ("text/event-stream, */*", JSON, EVENTS),
        ("text/event-stream, application/json;q=0.5", EVENTS, EVENTS),
        ("text/event-stream;q=0.5, */*", JSON, EVENTS),
        # What common clients send with every operation.
        (f"{RESPONSE_TYPE}, application/graphql+json, application/json, {EVENTS}", RESPONSE_TYPE, EVENTS),
        ("application/json", JSON, JSON),
        ("*/*", JSON, JSON),
        ("application/json, text/event-stream;q=0", JSON, JSON),
        ("text/*", "406", "406"),
        ("text/event-stream;q=0", "406", "406"),
    ],
)
async def test_json_wins_where_both_are_accepted(quiet: Talking, accept: str, query: str, subscription: str) -> None:
    """But a subscription can be answered by events only, so it is wherever they are accepted at all."""
    unknown = {"id": "Consultation_00000000-0000-7000-8000-000000000000"}
    for document, variables, wanted in ((VIEWER, {}, query), (COUNT, unknown, subscription)):
        body = {"query": document, "variables": variables}
        answer = await quiet.client.post("/graphql", json=body, headers={"accept": accept})
        if wanted == "406":
            assert answer.status_code == 406
            continue
        assert answer.headers["content-type"] == f"{wanted}; charset=utf-8"
        if document is COUNT and wanted != EVENTS:
            assert answer.json()["errors"][0]["extensions"]["reason"] == "NO_SUBSCRIPTIONS"


async def test_the_bytes_of_a_stream(quiet: Talking) -> None:
    """Lines end in LF alone; there is a sign of life, then the answer, then the end, and nobody keeps a copy."""
    for method, sent in (("POST", {"json": {"query": VIEWER}}), ("GET", {"params": {"query": VIEWER}})):
        answer = await quiet.client.request(method, "/graphql", headers={"accept": EVENTS}, **sent)  # type: ignore[arg-type]
        assert answer.content == (
            b':\n\nevent: next\ndata: {"data":{"viewer":{"signedIn":false}}}\n\nevent: complete\ndata:\n\n'
        )
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-accel-buffering"] == "no"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "content-length" not in answer.headers
        assert answer.headers["x-request-id"]
    head = await quiet.client.head("/graphql", params={"query": VIEWER}, headers={"accept": EVENTS})
    assert (head.status_code, head.content) == (200, b"")
    assert sse.next_event(b'{"data":\n{}}') == b'event: next\ndata: {"data":\ndata: {}}\n\n'


async def test_what_is_wrong_with_a_document_is_an_event_and_all_else_is_a_status(quiet: Talking) -> None:
    """As `graphql-sse` has it: its client tries again on a status, and what is wrong with a document stays wrong."""
    for query, code in (
        ("{ viewr }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ viewer", "GRAPHQL_PARSE_FAILED"),
        ("query A { __typename } query B { __typename }", "BAD_USER_INPUT"),
    ):
        answer = await quiet.client.post("/graphql", json={"query": query}, headers={"accept": EVENTS})
        assert answer.status_code == 200
        lines = answer.text.split("\n")
        assert lines[2] == "event: next"
        assert json.loads(lines[3].removeprefix("data: "))["errors"][0]["extensions"]["code"] == code
        assert lines[5] == "event: complete"
    bad: list[tuple[int, dict[str, Any]]] = [
        (400, {"content": b"[]", "headers": {"content-type": JSON}}),
        (415, {"content": b"{}", "headers": {"content-type": "text/plain"}}),
        (413, {"content": b"x" * 200_000, "headers": {"content-type": JSON}}),
        (401, {"json": {"query": VIEWER}, "headers": {"authorization": "Bearer x"}}),
    ]
    for status, sent in bad:
        headers = {**sent.pop("headers"), "accept": EVENTS}
        answer = await quiet.client.post("/graphql", headers=headers, **sent)
        assert answer.status_code == status
        assert answer.headers["content-type"].startswith(JSON)
        assert answer.json()["errors"]


async def test_a_mutation_over_get_stays_refused(quiet: Talking) -> None:
    act = 'mutation { withdrawResponse(input: {consultationId: "Consultation_x"}) { event } }'
    answer = await quiet.client.get("/graphql", params={"query": act}, headers={"accept": EVENTS})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


async def test_a_subscription_may_come_by_get_as_browsers_ask(hub: Talking) -> None:
    """`EventSource` can send nothing else."""
    asked = await an_open_count(hub)
    async with serving(hub) as port, httpx2.AsyncClient(timeout=15) as client:
        parameters = {"query": COUNT, "variables": json.dumps({"id": asked.node})}
        address = f"http://127.0.0.1:{port}/graphql"
        async with client.stream("GET", address, params=parameters, headers={"accept": EVENTS}) as answer:
            lines = answer.aiter_lines()
            told = [await anext(lines) for _ in range(5)]
            assert told[2:4] == ["event: next", f"data: {json.dumps(counting(0), separators=(',', ':'))}"]


async def test_silence_is_broken_by_a_sign_of_life(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = await an_open_count(hub)
    monkeypatch.setattr(sse, "HEARTBEAT", 0.1)
    async with serving(hub) as port, events(port, COUNT, {"id": asked.node}) as stream:
        await heard(stream)
        async with asyncio.timeout(10):
            signs = [line async for line in _some(stream.response_lines, 6)]
        assert set(signs) == {":", ""}
        await a_response(hub, asked, await a_citizen(hub))
        assert await heard(stream) == counting(1)


async def _some(lines: Any, number: int) -> Any:
    for _ in range(number):
        yield await anext(lines)


async def test_whoever_goes_leaves_nothing_behind(hub: Talking) -> None:
    asked: Asked = await an_open_consultation(hub, await a_body(hub))
    live = hub.hub.live
    async with serving(hub) as port:
        for _ in range(5):
            async with events(port, COUNT, {"id": asked.node}) as stream:
                await heard(stream)
                assert (len(live.broadcasts), live.places.open.total()) == (1, 1)
            await settled(lambda: (len(live.broadcasts), live.places.open.total()) == (0, 0))
        assert live.broadcasts._following is None
        assert (live._subscriptions, dict(live.broadcasts._by_topic)) == (set(), {})
