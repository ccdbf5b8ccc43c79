"""Who may keep a copy of an answer: anybody, of what a visitor reads by GET; nobody, of anything else."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from graphql_schema.negotiating import JSON_TYPE
from tests.cast import a_citizen
from tests.talking import RESPONSE_TYPE, Talking

ASKED = {"query": "query A($n: Int) { territories(first: $n) { totalCount } }", "variables": '{"n": 1}'}
PUBLIC = "public, max-age=5"


async def got(hub: Talking, method: str = "GET", *, asked: Any = ASKED, **headers: str) -> httpx2.Response:
    """Ask by GET or HEAD."""
    named = {"accept": RESPONSE_TYPE} | {name.replace("_", "-"): value for name, value in headers.items()}
    return await hub.client.request(method, "/graphql", params=asked, headers=named)


async def test_a_public_read_is_kept_for_a_moment_and_asked_for_again_by_its_mark(quiet: Talking) -> None:
    first = await got(quiet)
    assert first.status_code == 200
    assert first.headers["cache-control"] == PUBLIC
    assert {part.strip() for part in first.headers["vary"].split(",")} == {"Accept", "Accept-Language", "Authorization"}
    mark = first.headers["etag"]
    assert mark.startswith('"'), "A strong validator, since the bytes are the same."
    for known in (mark, f"W/{mark}", "*", f'"another", W/"one" , {mark}', f'W/"x",W/{mark}'):
        again = await got(quiet, if_none_match=known)
        assert (again.status_code, again.content) == (304, b""), known
        assert (again.headers["etag"], again.headers["cache-control"]) == (mark, PUBLIC)
        assert again.headers["vary"] == first.headers["vary"]
        assert "content-type" not in again.headers
    for unknown in ('"another"', mark.strip('"'), "", mark[:-2] + '"', '"*"'):
        again = await got(quiet, if_none_match=unknown)
        assert (again.status_code, again.content) == (200, first.content), unknown


async def test_the_mark_is_of_the_body_and_of_its_media_type(quiet: Talking) -> None:
    as_response, as_json = await got(quiet), await got(quiet, accept=JSON_TYPE)
    assert as_response.content == as_json.content
    assert as_response.headers["etag"] != as_json.headers["etag"]
    other = await got(quiet, asked={"query": "{ bodies { totalCount } }"})
    assert other.headers["etag"] not in (as_response.headers["etag"], as_json.headers["etag"])


async def test_head_is_get_without_its_body(quiet: Talking) -> None:
    whole, head = await got(quiet), await got(quiet, "HEAD")
    told = ("content-type", "content-length", "etag", "cache-control", "vary", "access-control-allow-origin")
    assert (head.status_code, head.content) == (200, b"")
    assert [head.headers[name] for name in told] == [whole.headers[name] for name in told]
    assert (await got(quiet, "HEAD", if_none_match=whole.headers["etag"])).status_code == 304
    refused = await got(quiet, "HEAD", asked={"query": "mutation { submitResponse { event } }"})
    assert (refused.status_code, refused.content) == (400, b"")
    mutation = 'mutation { withdrawResponse(input: {consultationId: "Consultation_x"}) { event } }'
    assert (await got(quiet, "HEAD", asked={"query": mutation})).status_code == 405


@pytest.mark.parametrize(("method", "length"), [("GET", 36), ("HEAD", 0)])
async def test_no_body_is_sent_after_a_head(quiet: Talking, method: str, length: int) -> None:
    """What the endpoint itself sends: clients and servers would hide it."""
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": "/graphql", "headers": [],
             "query_string": b"query=%7B%20bodies%20%7B%20totalCount%20%7D%20%7D"}  # fmt: skip
    await quiet.hub.endpoint(scope, receive, send)
    assert dict(sent[0]["headers"])[b"content-length"] == b"36"
    assert [len(message["body"]) for message in sent[1:]] == [length]


async def test_nobody_keeps_anything_else(quiet: Talking) -> None:
    """Neither what a token reads, though it be public, nor a refusal, nor what was asked by POST."""
    ana = await a_citizen(quiet)
    mark = (await got(quiet)).headers["etag"]
    query = {"query": "{ territories(first: 1) { totalCount } }"}
    answers = [
        await got(quiet, authorization=f"Bearer {ana.token}", if_none_match=mark),
        await got(quiet, authorization="Bearer nonsense", if_none_match="*"),
        await got(quiet, asked={"query": "{ nothing }"}, if_none_match="*"),
        await got(quiet, asked={"query": "{ nothing }"}, accept=JSON_TYPE, if_none_match="*"),
        await got(quiet, asked={}, if_none_match="*"),
        await got(quiet, accept="text/html", if_none_match="*"),
        await quiet.client.post("/graphql", json=query, headers={"if-none-match": "*"}),
    ]
    assert [answer.status_code for answer in answers] == [200, 401, 400, 200, 400, 406, 200]
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}
    assert [answer for answer in answers if "etag" in answer.headers] == []


async def test_an_answer_with_errors_is_kept_by_nobody(quiet: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    from graphql_schema.execution import Answer

    async def broken(*_: object) -> Answer:
        return Answer('{"territories":null}', ({"message": "A promise was not kept.", "extensions": {}},))

    monkeypatch.setattr(quiet.hub.executor, "execute", broken)
    answer = await got(quiet, if_none_match="*")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert "etag" not in answer.headers


async def test_the_contract_has_a_mark_of_its_own(quiet: Talking) -> None:
    first = await quiet.client.get("/graphql/schema.graphql")
    assert first.text.startswith(("type ", '"""', "schema", "directive", "interface", "enum", "input", "scalar"))
    assert first.headers["cache-control"] == "public, max-age=300"
    assert first.headers["access-control-allow-origin"] == "*"
    mark = first.headers["etag"]
    for known in (mark, f"W/{mark}", f'"x", {mark}', "*"):
        again = await quiet.client.get("/graphql/schema.graphql", headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
    again = await quiet.client.get("/graphql/schema.graphql", headers={"if-none-match": '"x"'})
    assert again.content == first.content
