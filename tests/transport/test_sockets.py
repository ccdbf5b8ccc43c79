"""The protocol `graphql-transport-ws`: what it promises, and what becomes of those who do not keep to it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from graphql_schema import ws
from tests.canaries import a_canary
from tests.cast import a_citizen
from tests.consultations.asking import SUBMIT, a_sheet
from tests.making.bodies import a_body
from tests.making.consultations import an_open_consultation
from tests.talking import Talking
from tests.transport.streaming import COUNT, VIEWER, answered, connected, opened, serving, settled

BODIES = "{ bodies { totalCount } }"


@pytest.fixture(scope="module")
async def port(quiet: Talking) -> AsyncIterator[int]:
    """A port that the quiet hub serves on."""
    async with serving(quiet) as number:
        yield number


# ---- what it promises --------------------------------------------------------------------------------------------


async def test_queries_and_mutations_work_as_over_http(hub: Talking) -> None:
    """By whoever the first message named: with its price, its refusals and its errors, byte for byte the same."""
    asked, ana = await an_open_consultation(hub, await a_body(hub)), await a_citizen(hub)
    async with serving(hub) as port, connected(port, by=ana) as socket, connected(port) as nobody:
        assert await answered(socket, VIEWER) == {"data": {"viewer": {"signedIn": True}}}
        assert await answered(nobody, VIEWER) == {"data": {"viewer": {"signedIn": False}}}
        sheet = a_sheet(asked, {"question": "agua", "option": "si"}, {"question": "servicios", "options": ["luz"]})
        await hub.forget()
        done = await answered(socket, SUBMIT, sheet)
        assert done["data"]["submitResponse"]["errors"] == []
        again = await answered(socket, SUBMIT, sheet)
        assert again["data"]["submitResponse"]["errors"][0]["code"] == "ALREADY_RESPONDED"
        assert await hub.log() == ["ResponseSubmitted"]
        by_name = {"query": f"query A {VIEWER} query B {BODIES}", "operationName": "B"}
        await socket.say(id="x", type="subscribe", payload=by_name)
        assert (await socket.hear())["payload"] == {"data": {"bodies": {"totalCount": 1}}}
        await socket.hear()
        for query in ("{ viewr { signedIn } }", "{ viewer", "query A { viewer { signedIn } } query B { __typename }",
                      "query ($n: Int!) { bodies(first: $n) { totalCount } }"):  # fmt: skip
            over_http = (await hub.post(query)).json()["errors"]
            await nobody.subscribe(query)
            refused = await nobody.hear()
            for error in (*over_http, *refused["payload"]):
                del error["extensions"]["requestId"]
            assert refused == {"id": "1", "type": "error", "payload": over_http}


async def test_several_operations_go_on_beside_each_other(port: int) -> None:
    async with connected(port) as socket:
        for number in range(ws.MOST_OPERATIONS):
            await socket.subscribe(BODIES, id=str(number))
        heard = [await socket.hear() for _ in range(2 * ws.MOST_OPERATIONS)]
        for number in range(ws.MOST_OPERATIONS):
            own = [message["type"] for message in heard if message["id"] == str(number)]
            assert own == ["next", "complete"]
        await socket.say(type="ping", payload={"at": 1})
        assert await socket.hear() == {"type": "pong"}
        await socket.say(type="pong")
        await socket.say(type="complete", id="nobody's")
        assert await answered(socket, VIEWER) == {"data": {"viewer": {"signedIn": False}}}


# ---- what becomes of those who do not keep to it -------------------------------------------------------------------

INIT = {"type": "connection_init"}
BEGIN = {"id": "1", "type": "subscribe", "payload": {"query": VIEWER}}
MESSAGES: dict[str, tuple[list[Any], int]] = {
    "no JSON": (["{"], 4400),
    "no object": (["[]"], 4400),
    "a text": (['"connection_init"'], 4400),
    "null": (["null"], 4400),
    "a number of many digits": (["9" * 5_000], 4400),
    "no type": (["{}"], 4400),
    "a type that is none": (['{"type": "start"}'], 4400),
    "a type that is no text": (['{"type": {"a": []}}'], 4400),
    "nested deeply": (["[" * 30_000], 4400),
    "no text": ([b"\x00\x01"], 4400),
    "a payload that is no object": ([{**INIT, "payload": "x"}], 4400),
    "an authorization that is no text": ([{**INIT, "payload": {"authorization": ["x"]}}], 4400),
    "two introductions": ([INIT, INIT], 4429),
    "an operation before the introduction": ([BEGIN], 4401),
    "an operation without an id": ([INIT, {**BEGIN, "id": None}], 4400),
    "an operation with an empty id": ([INIT, {**BEGIN, "id": ""}], 4400),
    "an operation with a long id": ([INIT, {**BEGIN, "id": "x" * 257}], 4400),
    "an operation with a text for its payload": ([INIT, {**BEGIN, "payload": "{}"}], 4400),
    "an end without an id": ([INIT, {"type": "complete"}], 4400),
    "a message over 64 KB": ([INIT, {**BEGIN, "payload": {"query": "#" * 65_536}}], 1009),
    "a token that is none": ([{**INIT, "payload": {"authorization": "Bearer x"}}], 4403),
    "no bearer": ([{**INIT, "payload": {"authorization": "Basic x"}}], 4403),
}


@pytest.mark.parametrize("name", MESSAGES)
async def test_a_message_that_is_none_of_the_protocol_ends_it(
    port: int, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """With its own code, and without a traceback."""
    messages, code = MESSAGES[name]
    with capture_logs() as lines, caplog.at_level(logging.WARNING):
        async with opened(port) as socket:
            for message in messages:
                await socket.connection.send(json.dumps(message) if isinstance(message, dict) else message)
            assert (await socket.closed())[0] == code
    assert [line for line in lines if line["event"] == "surprise"] == []
    assert caplog.records == []


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ({}, "NOT_A_REQUEST"),
        ({"query": 1}, "NOT_A_REQUEST"),
        ({"query": VIEWER, "variables": []}, "NOT_A_REQUEST"),
        ({"query": VIEWER, "variables": {"x": "a\u0001"}}, "FORBIDDEN_CHARACTER"),
        ({"documentId": "sha256:00"}, "DOCUMENT_UNKNOWN"),
        ({"query": f"query A {VIEWER} query B {VIEWER}"}, "OPERATION_NAME_MISSING"),
    ],
)
async def test_an_operation_that_is_none_is_refused_and_nothing_else(
    port: int, payload: dict[str, Any], reason: str
) -> None:
    async with connected(port) as socket:
        await socket.say(id="1", type="subscribe", payload=payload)
        refused = await socket.hear()
        assert (refused["id"], refused["type"]) == ("1", "error")
        assert [error["extensions"]["reason"] for error in refused["payload"]] == [reason]
        assert await answered(socket, VIEWER) == {"data": {"viewer": {"signedIn": False}}}


async def test_whoever_says_nothing_is_not_waited_for(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is whoever says only that they are there."""
    assert ws.INTRODUCTION == 5
    monkeypatch.setattr(ws, "INTRODUCTION", 0.2)
    async with opened(port) as socket:
        await socket.say(type="ping")
        assert await socket.hear() == {"type": "pong"}
        assert (await socket.closed())[0] == 4408


async def test_an_id_is_of_one_operation_at_a_time_and_of_twenty_at_once(hub: Talking) -> None:
    asked = {"id": (await an_open_consultation(hub, await a_body(hub))).node}
    async with serving(hub) as port, connected(port) as socket:
        for number in range(200):
            await socket.subscribe(COUNT, asked, id=str(number))
        heard = [await socket.hear() for _ in range(200)]
        assert {m["id"] for m in heard if m["type"] == "next"} == {str(number) for number in range(20)}
        refused = [message for message in heard if message["type"] == "error"]
        assert {m["payload"][0]["extensions"]["reason"] for m in refused} == {"TOO_MANY_OPERATIONS"}
        assert len(refused) == 180
        await socket.say(type="complete", id="7")
        await socket.subscribe(COUNT, asked, id="another")
        assert (await socket.hear())["type"] == "next", "There is room again for one."
        await socket.subscribe(COUNT, asked, id="19")
        assert (await socket.closed())[0] == 4409
    await settled(lambda: len(hub.hub.live.broadcasts) == 0)


# ---- what is told of it ------------------------------------------------------------------------------------------


async def test_a_connection_and_each_operation_have_a_line_without_a_word_of_the_caller(
    port: int, quiet: Talking
) -> None:
    word, ana = a_canary("socket", seen_by=["Ana Robles"]), await a_citizen(quiet)
    headers = {"user-agent": word, "cookie": word, "referer": word, "accept-language": word}
    with capture_logs() as lines:
        async with connected(port, headers=headers, by=ana) as socket:
            await answered(socket, f"query {word.replace('-', '_')} {VIEWER}", {"x": word}, id=word)
            await socket.subscribe(f"{{ {word.replace('-', '_')} }}", id=word)
            await socket.hear()
        await settled(lambda: any(line["event"] == "request" for line in lines))
    operations = [line for line in lines if line["event"] == "operation"]
    assert [(line["kind"], line["name"]) for line in operations] == [("query", "other"), ("no operation", "other")]
    (request,) = [line for line in lines if line["event"] == "request"]
    assert (request["method"], request["status"], request["kind"]) == ("WEBSOCKET", 101, "connection")
    assert len({line["request_id"] for line in lines}) == 3
    assert word.replace("-", "_") not in str(lines)
    structlog.get_logger("hub.web").info("these lines are watched", lines=str(lines))


async def test_a_surprise_is_not_told(port: int, quiet: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether an operation raises it, or the making out of who it is."""
    secret = "canario-77aa"

    async def broken(*_: object, **__: object) -> Any:
        raise RuntimeError(secret)

    with monkeypatch.context() as patch, capture_logs() as lines:
        patch.setattr(quiet.hub.executor, "execute", broken)
        async with connected(port) as socket:
            await socket.subscribe(VIEWER)
            refused = await socket.hear()
            assert (refused["type"], refused["payload"][0]["extensions"]["code"]) == ("error", "INTERNAL")
            assert secret not in str(refused)
    ana = await a_citizen(quiet)
    with monkeypatch.context() as patch, capture_logs() as more:
        patch.setattr(quiet.hub.endpoint, "_authenticate", broken)
        async with opened(port) as socket:
            await socket.say(type="connection_init", payload={"authorization": f"Bearer {ana.token}"})
            code, reason = await socket.closed()
    assert (code, reason) == (4500, next(line["request_id"] for line in more if line["event"] == "surprise"))
    assert [line["event"] for line in lines].count("surprise") == 1
    await asyncio.sleep(0)
