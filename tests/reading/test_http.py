"""The endpoint under everything that is no good request: a status, words, and never a trace of the program."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hub.identity.tokens import PERSONAL, SECRET_LENGTH, _checksum
from tests.cast import a_citizen
from tests.talking import RESPONSE_TYPE, Somebody, Talking

STRANGER = PERSONAL + "x" * SECRET_LENGTH + _checksum("x" * SECRET_LENGTH)
"""A token that is well-formed and that nobody was given."""

JSON = {"content-type": "application/json", "accept": RESPONSE_TYPE}
TRACES = ("Traceback", 'File "', "asyncpg", "sqlalchemy", "SELECT ", "NoneType", "Exception")


def shortened(value: object) -> str:
    """Name a case by its beginning."""
    return ascii(value)[:40]


async def sent(hub: Talking, body: bytes, **headers: str) -> Any:
    """Send a body as it is."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return clean(await hub.client.post("/graphql", content=body, headers={**JSON, **named}))


def clean(response: Any) -> Any:
    """Make sure that an answer is JSON with words for people, and nothing of the program."""
    assert response.headers["content-type"].split(";")[0] in (RESPONSE_TYPE, "application/json")
    assert not any(trace in response.text for trace in TRACES), response.text
    for error in response.json().get("errors", []):
        assert error["message"]
        assert error["extensions"]["code"] != "INTERNAL", response.text
        assert error["extensions"]["requestId"]
    return response


@pytest.mark.parametrize("body", [
    b"", b" ", b"null", b"1", b"-1.5e300", b'"{ viewer { signedIn } }"', b"true", b"[]", b"[{}]", b"{}", b"{",
    b'{"query"}', b'{"query": null}', b'{"query": 1}', b'{"query": ""}', b'{"query": ["{ viewer { signedIn } }"]}',
    b'{"query": {"a": 1}}', b'{"query": "{ viewer { signedIn } }", "variables": 1}',
    b'{"query": "{ viewer { signedIn } }", "variables": "x"}', b'{"query": "{ viewer { signedIn } }", "variables": []}',
    b'{"query": "{ viewer { signedIn } }", "operationName": 1}',
    b'{"query": "{ viewer { signedIn } }", "extensions": 1}',
    b'[{"query": "{ viewer { signedIn } }"}]', b'{"query": "{ viewer { signedIn } }"} trailing',
    b'\xff\xfe{"query": "x"}', b'{"query": "\xff"}', b'{"query": "\xed\xa0\x80"}', b"\xef\xbb\xbf{}", b'{"query": NaN}',
    b"[" * 50_000 + b"]" * 50_000, b'{"a":' * 15_000 + b"1" + b"}" * 15_000,
    b'{"query": "{ viewer { signedIn } }", "variables": {"x": ' + b"[" * 40_000 + b"]" * 40_000 + b"}}",
], ids=shortened)  # fmt: skip
async def test_what_is_no_request_is_refused(hub: Talking, body: bytes) -> None:
    response = await sent(hub, body)
    assert response.status_code == 400


async def test_a_body_that_is_too_deep_is_refused_even_at_one_hundred_thousand(hub: Talking) -> None:
    response = await sent(hub, b"[" * 100_000 + b"]" * 100_000)
    assert response.status_code in (400, 413)
    nested = (
        b'{"query":"query ($f: TerritoryFilter) { territories(filter: $f) { totalCount } }","variables":{"f":{"name":'
    )
    assert (await sent(hub, nested + b"[" * 45_000 + b"]" * 45_000 + b"}}}")).status_code == 400


@pytest.mark.parametrize(
    "number", ["1" + "0" * 5_000, "-" + "9" * 5_000, "1e5000", "1" * 400, "0." + "1" * 5_000, str(2**63)], ids=shortened
)
async def test_a_huge_number_is_no_surprise(hub: Talking, number: str) -> None:
    for query in (
        "query ($n: Int) { territories(first: $n) { totalCount } }",
        "query ($n: ID!) { node(id: $n) { id } }",
    ):
        body = f'{{"query": {json.dumps(query)}, "variables": {{"n": {number}}}}}'
        assert (await sent(hub, body.encode())).status_code in (200, 400)
    literal = f"{{ territories(first: {number}) {{ totalCount }} }}"
    assert (await sent(hub, json.dumps({"query": literal}).encode())).status_code == 400


async def test_a_large_body_is_refused_before_it_is_read(hub: Talking) -> None:
    large = json.dumps({"query": "{ viewer { signedIn } } #" + "x" * 110_000}).encode()
    assert (await sent(hub, large)).status_code == 413

    async def pieces() -> Any:
        for _ in range(200):
            yield b" " * 1_000

    response = clean(await hub.client.post("/graphql", content=pieces(), headers=JSON))
    assert response.status_code == 413


@pytest.mark.parametrize("content_type", ["text/plain", "", "application/x-www-form-urlencoded", "multipart/form-data",
                                          "application/json; charset=latin-1", "application/graphql"],
                         ids=shortened)  # fmt: skip
async def test_only_json_is_read(hub: Talking, content_type: str) -> None:
    response = await sent(hub, b'{"query": "{ viewer { signedIn } }"}', content_type=content_type)
    assert response.status_code == 415


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON;charset=UTF-8",
        'application/json; charset="utf-8"',
        "application/json; x; charset",
        "application/json;",
    ],
)
async def test_json_is_read_however_it_is_named(hub: Talking, content_type: str) -> None:
    response = await sent(hub, b'{"query": "{ viewer { signedIn } }"}', content_type=content_type)
    assert response.status_code in (200, 415)


@pytest.mark.parametrize("length", ["x", "-1", "1e3", "", "99999999999999999999", "١"])
async def test_a_strange_length_is_no_surprise(hub: Talking, length: str) -> None:
    scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b"", "headers": [
        (b"content-type", b"application/json"), (b"content-length", length.encode()),
    ]}  # fmt: skip
    started: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b'{"query": "{ viewer { signedIn } }"}'}

    async def send(message: Any) -> None:
        started.append(message)

    await hub.hub.endpoint(scope, receive, send)
    assert started[0]["status"] in (200, 400, 413)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "NONSENSE"])
async def test_other_methods_are_refused(hub: Talking, method: str) -> None:
    response = clean(await hub.client.request(method, "/graphql", headers={"accept": RESPONSE_TYPE}))
    assert response.status_code == 405
    assert {"GET", "POST"} <= {name.strip() for name in response.headers["allow"].split(",")}


async def test_a_query_may_come_by_get_and_a_mutation_may_not(hub: Talking) -> None:
    ana = await a_citizen(hub)
    await hub.forget()
    query = {"query": "query A($n: Int) { territories(first: $n) { totalCount } }", "variables": '{"n": 1}'}
    accept = {"accept": RESPONSE_TYPE}
    response = clean(await hub.client.get("/graphql", params=query, headers=accept))
    assert (response.status_code, response.json()) == (200, {"data": {"territories": {"totalCount": 0}}})
    mutation = 'mutation { withdrawResponse(input: {consultationId: "Consultation_x"}) { event } }'
    signed = {**accept, "authorization": f"Bearer {ana.token}"}
    response = clean(await hub.client.get("/graphql", params={"query": mutation}, headers=signed))
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert await hub.log() == []


@pytest.mark.parametrize(
    "parameters",
    [
        "",
        "query=",
        "variables={}",
        "query=%ff",
        "query={viewer{signedIn}}&variables=x",
        "query={viewer{signedIn}}&variables=[]",
        "query={viewer{signedIn}}&extensions=1",
    ],
)
async def test_bad_parameters_are_refused(hub: Talking, parameters: str) -> None:
    response = clean(await hub.client.get(f"/graphql?{parameters}", headers={"accept": RESPONSE_TYPE}))
    assert response.status_code == 400


@pytest.mark.parametrize(("accept", "status"), [
    ("*/*", 200), ("application/*", 200), ("application/json", 200), (RESPONSE_TYPE, 200),
    ("text/html, */*;q=0.1", 200),
    ("text/html", 406), ("image/png, text/plain;q=0.5", 406), ("application/json;q=0", 406),
    (";;;,,", 406), ("application/json;q=x", 406),
], ids=shortened)  # fmt: skip
async def test_the_answer_is_what_the_caller_accepts(hub: Talking, accept: str, status: int) -> None:
    response = await sent(hub, b'{"query": "{ viewer { signedIn } }"}', accept=accept)
    assert response.status_code == status


@pytest.mark.parametrize(("query", "code"), [
    ("{", "GRAPHQL_PARSE_FAILED"), ("query {", "GRAPHQL_PARSE_FAILED"),
    ("{ viewer { signedIn } } }", "GRAPHQL_PARSE_FAILED"),
    ('{ territory(code: "x) { id } }', "GRAPHQL_PARSE_FAILED"), ("\ufeff", "GRAPHQL_PARSE_FAILED"),
    ("🜁", "GRAPHQL_PARSE_FAILED"),
    ("#" * 90_000, "GRAPHQL_PARSE_FAILED"), ("{" * 40_000, "GRAPHQL_PARSE_FAILED"),
    ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"), ("{ viewer }", "GRAPHQL_VALIDATION_FAILED"),
    ("{ ...F } fragment F on Query { ...F }", "GRAPHQL_VALIDATION_FAILED"),
    ("query ($x: Nothing) { viewer { signedIn } }", "GRAPHQL_VALIDATION_FAILED"),
    ("subscription { x }", "GRAPHQL_VALIDATION_FAILED"),
    ("fragment F on Query { __typename }", "GRAPHQL_VALIDATION_FAILED"),
    ("query A { viewer { signedIn } } query B { viewer { signedIn } }", "BAD_USER_INPUT"),
    ("query ($n: Int!) { territories(first: $n) { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
    ("type X { a: Int }", "GRAPHQL_VALIDATION_FAILED"),
    ("{ " + "a: viewer { signedIn } " * 1_000 + "}", "GRAPHQL_PARSE_FAILED"),
    ("{ " + " ".join(f"a{n}: viewer {{ signedIn }}" for n in range(61)) + " }", "BAD_USER_INPUT"),
], ids=shortened)  # fmt: skip
async def test_a_document_that_cannot_run_is_refused(hub: Talking, query: str, code: str) -> None:
    body = json.dumps({"query": query}).encode()
    for accept, status in ((RESPONSE_TYPE, 400), ("application/json", 200)):
        response = await sent(hub, body, accept=accept)
        assert response.status_code == status, response.text
        assert response.json()["errors"][0]["extensions"]["code"] == code, response.text
        assert "data" not in response.json()


async def test_nested_fragments_cost_no_more_than_their_text(hub: Talking) -> None:
    doubled = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(60))
    query = f"{{ ...F0 }} {doubled} fragment F60 on Query {{ __typename }}"
    assert (await sent(hub, json.dumps({"query": query}).encode())).status_code == 400


async def test_the_operation_is_chosen_by_its_name(hub: Talking) -> None:
    two = "query A { viewer { signedIn } } query B { bodies { totalCount } }"
    response = await sent(hub, json.dumps({"query": two, "operationName": "B"}).encode())
    assert response.json() == {"data": {"bodies": {"totalCount": 0}}}
    response = await sent(hub, json.dumps({"query": two, "operationName": "C"}).encode())
    assert (response.status_code, response.json()["errors"][0]["extensions"]["reason"]) == (400, "OPERATION_UNKNOWN")
    response = await sent(hub, json.dumps({"query": two}).encode())
    assert response.json()["errors"][0]["extensions"]["reason"] == "OPERATION_NAME_MISSING"


@pytest.mark.parametrize("authorization", [
    "", "Bearer", "Bearer ", "Basic YTpi", "Bearer x", "bearer hub_pat_", f"Bearer {STRANGER}",
    "Bearer hub_pat_" + "ñ" * 49,
    f"Bearer {STRANGER[:-1]}?", "Bearer " + "A" * 10_000, "Bearer \x7f",
], ids=shortened)  # fmt: skip
async def test_a_bad_token_is_refused_and_not_taken_for_nobody(hub: Talking, authorization: str) -> None:
    response = await hub.client.post(
        "/graphql",
        json={"query": "{ viewer { signedIn } }"},
        headers=[(b"accept", RESPONSE_TYPE.encode()), (b"authorization", authorization.encode())],
    )
    assert clean(response).status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert "data" not in response.json()


async def test_cookies_are_never_looked_at(hub: Talking) -> None:
    ana = await a_citizen(hub)
    response = await sent(
        hub, b'{"query": "{ viewer { signedIn } }"}', cookie=f"token={ana.token}; session={ana.token}"
    )
    assert response.json() == {"data": {"viewer": {"signedIn": False}}}


@pytest.mark.parametrize(
    "languages",
    ["", "*", "xx", "en;q=x", "es-MX,es;q=0.9,en;q=0.8", "," * 1_000, "en" * 2_000, "ñ", "en;q=-1", "en;q=nan"],
    ids=shortened,
)
async def test_any_accept_language_is_answered(hub: Talking, languages: str) -> None:
    response = await hub.client.post(
        "/graphql", json={"query": "{ viewer { signedIn } }"}, headers=[(b"accept-language", languages.encode())]
    )
    assert response.json() == {"data": {"viewer": {"signedIn": False}}}


@pytest.mark.parametrize(
    "id_",
    ["", "Body_", "Body_" + "z" * 36, "x" * 50_000, "Consultation_00000000-0000-0000-0000-000000000000"],
    ids=shortened,
)
async def test_a_strange_id_names_nothing(hub: Talking, id_: str) -> None:
    assert await hub.ask("query ($i: ID!) { node(id: $i) { id } }", {"i": id_}) == {"node": None}


async def test_more_than_a_hundred_ids_are_refused(hub: Talking) -> None:
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert await hub.ask(query, {"ids": ["x"] * 100}) == {"nodes": [None] * 100}
    errors = await hub.ask(query, {"ids": ["x"] * 101}, expect_errors=True)
    assert errors[0]["extensions"]["reason"] == "TOO_MANY_IDS"


async def test_a_surprise_is_masked_and_told_by_its_number(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> Any:
        raise RuntimeError("a secret of the program")

    monkeypatch.setattr(hub.hub.executor, "execute", broken)
    response = await hub.post("{ viewer { signedIn } }", by=Somebody("a visitor"))
    assert response.status_code == 500
    assert "secret" not in response.text
    error = response.json()["errors"][0]
    assert error["extensions"]["code"] == "INTERNAL"
    assert error["extensions"]["requestId"] == response.headers["x-request-id"]
    assert error["extensions"]["requestId"] in error["message"]
