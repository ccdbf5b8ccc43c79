"""Pages of every origin may ask, without credentials: the endpoint looks at nothing that a browser sends by itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import a_citizen
from tests.talking import RESPONSE_TYPE, Talking

ORIGIN = {"origin": "https://explorer.example"}


def parts(value: str) -> set[str]:
    """Return the names in a header that lists some."""
    return {part.strip().lower() for part in value.split(",")}


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
async def test_a_browser_may_send_what_a_client_needs(quiet: Talking, method: str) -> None:
    wanted = "authorization,content-type,accept-language,idempotency-key,x-something-of-a-tool"
    asked = {**ORIGIN, "access-control-request-method": method, "access-control-request-headers": wanted}
    answer = await quiet.client.options("/graphql", headers=asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert method.lower() in parts(answer.headers["access-control-allow-methods"])
    allowed = parts(answer.headers["access-control-allow-headers"])
    # `*` stands for everything but the one header that it must be named beside.
    assert {"authorization", "content-type", "accept-language", "idempotency-key", "if-none-match", "*"} <= allowed
    assert int(answer.headers["access-control-max-age"]) > 0
    assert "access-control-allow-credentials" not in answer.headers


async def test_a_page_may_read_what_it_needs_of_every_answer(quiet: Talking) -> None:
    ok = {"query": "{ viewer { signedIn } }"}
    answers: list[Any] = [
        await quiet.client.post("/graphql", json=ok, headers=ORIGIN),
        await quiet.client.get("/graphql", params=ok, headers=ORIGIN),
        await quiet.client.get("/graphql", params=ok, headers={**ORIGIN, "if-none-match": "*"}),
        await quiet.client.post("/graphql", content=b"{", headers={**ORIGIN, "content-type": "application/json"}),
        await quiet.client.post("/graphql", content=b"{", headers={**ORIGIN, "content-type": "text/plain"}),
        await quiet.client.post("/graphql", json=ok, headers={**ORIGIN, "authorization": "Bearer x"}),
        await quiet.client.post("/graphql", json=ok, headers={**ORIGIN, "accept": "text/html"}),
        await quiet.client.put("/graphql", headers=ORIGIN),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 304, 400, 415, 401, 406, 405]
    for answer in answers:
        assert answer.headers["access-control-allow-origin"] == "*"
        exposed = parts(answer.headers["access-control-expose-headers"])
        assert {"etag", "x-request-id", "retry-after", "ratelimit", "ratelimit-policy"} <= exposed
        assert "access-control-allow-credentials" not in answer.headers
        assert "set-cookie" not in answer.headers


async def test_a_cookie_changes_nothing(quiet: Talking) -> None:
    """Not who is asking, and not whether the answer may be kept."""
    ana = await a_citizen(quiet)
    cookie = {"cookie": f"authorization=Bearer {ana.token}; __Host-session={ana.token}", "accept": RESPONSE_TYPE}
    query = {"query": "{ viewer { signedIn } }"}
    with_it = await quiet.client.get("/graphql", params=query, headers=cookie)
    without = await quiet.client.get("/graphql", params=query, headers={"accept": RESPONSE_TYPE})
    assert with_it.json() == {"data": {"viewer": {"signedIn": False}}}
    assert with_it.headers["etag"] == without.headers["etag"]
