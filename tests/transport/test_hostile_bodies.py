"""Bodies that are no request: each is refused in JSON, none is a surprise, and none leaves a trace in the log."""

from __future__ import annotations

import asyncio
import gzip
import json
from typing import Any

import pytest
from structlog.testing import capture_logs

from graphql_schema import receiving
from tests.reading.test_http import JSON, clean
from tests.talking import Talking

DEEP, HUGE = 100_000, "9" * 5_000
ASKED = '{"query": "{ viewer { signedIn } }", "variables": {"x": %s}}'

BODIES = {
    "a text": b'"{ viewer { signedIn } }"',
    "a number": b"7",
    "a huge number": HUGE.encode(),
    "a huge negative number": b"-" + HUGE.encode(),
    "a huge exponent": b"1e" + HUGE.encode(),
    "null": b"null",
    "a list": b'["{ viewer { signedIn } }"]',
    "a batch": b'[{"query": "{ viewer { signedIn } }"}, {"query": "{ viewer { signedIn } }"}]',
    "not a number": b"NaN",
    "infinity": b"-Infinity",
    "not a number in the variables": (ASKED % "NaN").encode(),
    "infinity in the variables": (ASKED % "Infinity").encode(),
    "a huge exponent in the variables": (ASKED % ("1e" + HUGE)).encode(),
    "deep lists": b"[" * DEEP,
    "deep lists, closed, too large": b"[" * DEEP + b"]" * DEEP,
    "deep objects": b'{"a":' * 20_000,
    "deep variables": (ASKED % ("[" * 50_000 + "]" * 50_000)).encode(),
    "invalid UTF-8": b'{"query": "\xc3\x28"}',
    "overlong UTF-8": b'{"query": "\xc0\xaf"}',
    "UTF-16": '{"query": "{ viewer { signedIn } }"}'.encode("utf-16"),
    "half of a pair": b'{"query": "\\ud800"}',
    "a NUL": b'{"query": "{ viewer { signedIn } }"}\x00',
    "a NUL in the variables": (ASKED % '"\\u0000"').encode(),
    "compressed": gzip.compress(b'{"query": "{ viewer { signedIn } }"}'),
    "a form": b"query=%7Bviewer%7BsignedIn%7D%7D",
    "single quotes": b"{'query': '{ viewer { signedIn } }'}",
    "a comment": b'{"query": "{ viewer { signedIn } }"} // here',
}


@pytest.mark.parametrize("spoken", ["es", "en"])
async def test_what_is_no_request_is_refused_and_not_logged_as_a_surprise(quiet: Talking, spoken: str) -> None:
    found = {}
    with capture_logs() as lines:
        for name, body in BODIES.items():
            headers = {**JSON, "accept-language": spoken}
            response = clean(await quiet.client.post("/graphql", content=body, headers=headers))
            found[name] = response.status_code
            assert "data" not in response.json(), name
    assert {name: status for name, status in found.items() if status not in (400, 413, 415)} == {}
    assert [line for line in lines if line["log_level"] != "info" or "exception" in line or "exc_info" in line] == []
    assert len(lines) == len(BODIES)


async def test_a_huge_number_is_taken_for_what_it_is(quiet: Talking) -> None:
    """A number that no `Int` holds is refused by the schema; it is read without the work of its digits' square."""
    body = json.dumps({"query": "query ($n: Int) { bodies(first: $n) { totalCount } }", "variables": {"n": 0}})
    response = await quiet.client.post("/graphql", content=body.replace(": 0}", f": {HUGE}}}").encode(), headers=JSON)
    assert clean(response).status_code == 400


async def test_a_body_that_stops_coming_is_given_up(quiet: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "SLOWEST_BODY", 0.05)

    async def half() -> Any:
        yield b'{"query": '
        await asyncio.sleep(5)
        yield b'"{ viewer { signedIn } }"}'

    response = clean(await quiet.client.post("/graphql", content=half(), headers=JSON))
    assert response.status_code == 408
    assert response.json()["errors"][0]["extensions"]["reason"] == "BODY_TOO_SLOW"


async def test_half_of_a_request_is_not_carried_out(quiet: Talking) -> None:
    """Whoever goes away in the middle has not asked, even where what came reads like a whole request."""
    pieces = [
        {"type": "http.request", "body": b'{"query": "{ viewer { signedIn } }"}', "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[Any] = []

    async def receive() -> Any:
        return pieces.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b"",
             "headers": [(b"content-type", b"application/json")]}  # fmt: skip
    await quiet.hub.endpoint(scope, receive, send)
    assert sent[0]["status"] == 400
