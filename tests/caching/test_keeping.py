"""What is kept: public answers, for everybody alike, within bounds, and charged like any other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from graphql_schema import caching
from graphql_schema.execution import Answer
from graphql_schema.negotiating import JSON_TYPE
from hub.consultations.models import ResultsPolicy
from hub.reading.depending import Dependencies
from hub.text import written
from tests.caching.keeping import keeping, read, settled
from tests.cast import a_citizen
from tests.conftest import fresh_database
from tests.making.bodies import a_body
from tests.making.consultations import a_response, an_open_consultation
from tests.price.priced import COST, NETWORK, USUAL
from tests.talking import RESPONSE_TYPE, Talking

BODIES = "query Bodies($n: Int) { bodies(first: $n) { totalCount nodes { name { text language } } } }"
TWO = "query One { bodies { totalCount } } query Two { bodies { nodes { id } } }"


CONSULTATION = "query($id: ID!) { node(id: $id) { ... on Consultation { state responseCount title { text } } } }"
TRANSITIONS = "query($id: ID!) { node(id: $id) { ... on Consultation { availableTransitions { event allowed } } } }"
RESULTS = (
    "query($id: ID!) { node(id: $id) { ... on Consultation { revision { questions { nodes "
    "{ code tally { answered options { code count } } } } } } } }"
)
LIST = "{ consultations(first: 5) { totalCount nodes { id state responseCount } } }"
CHANGES = "{ changes(first: 100) { nodes { position type } } }"


@pytest.fixture(scope="module")
async def hub(template: str, data: Path) -> AsyncIterator[Talking]:
    """A hub with one body in it that nobody changes."""
    async with fresh_database(template) as url, keeping(url, data) as opened:
        await a_body(opened, written(es="Comisión", en="Commission"))
        await opened.ask(BODIES)
        yield opened


async def test_the_second_time_nothing_is_read(hub: Talking) -> None:
    variables = {"n": 3}
    with read(hub, times=1):
        first = await hub.post(BODIES, variables)
    with read(hub, times=0):
        second = await hub.post(BODIES, variables)
    assert second.content == first.content
    assert (await hub.ask(BODIES, variables))["bodies"]["totalCount"] == 1
    ours = {"x-request-id", "date"}
    assert {k: v for k, v in second.headers.items() if k not in ours} == {
        k: v for k, v in first.headers.items() if k not in ours
    }
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


async def test_what_visitors_ask_for_is_kept(database_url: str, data: Path) -> None:
    """A consultation, what may be done with it, its results, lists, and what has happened."""
    async with keeping(database_url, data) as hub:
        asked = await an_open_consultation(hub, await a_body(hub), results_policy=ResultsPolicy.LIVE)
        await a_response(hub, asked, await a_citizen(hub))
        await settled(hub)
        for question in (CONSULTATION, TRANSITIONS, RESULTS, LIST, CHANGES):
            variables = {"id": asked.node} if "$id" in question else None
            with read(hub, times=1):
                first = await hub.post(question, variables)
            with read(hub, times=0):
                assert (await hub.post(question, variables)).content == first.content
            assert "errors" not in first.json()


async def test_what_differs_in_anything_is_another_question(hub: Talking) -> None:
    """Variables, also those that JSON would write alike; the operation's name; the languages; GET and POST."""

    async def asked(body: dict[str, Any], language: str = "es") -> Any:
        headers = {"accept": RESPONSE_TYPE, "accept-language": language}
        return (await hub.client.post("/graphql", json=body, headers=headers)).json()

    for _ in range(2):
        one, two = [await asked({"query": TWO, "operationName": name}) for name in ("One", "Two")]
        assert (one["data"]["bodies"].keys(), two["data"]["bodies"].keys()) == ({"totalCount"}, {"nodes"})
        assert "errors" in await asked({"query": TWO})
        spanish, english = [await asked({"query": BODIES}, language) for language in ("es", "en, es;q=0.1")]
        names = [answer["data"]["bodies"]["nodes"][0]["name"]["text"] for answer in (spanish, english)]
        assert names == ["Comisión", "Commission"]
        numbers = [await asked({"query": BODIES, "variables": {"n": n}}) for n in (1, None, "1", 0)]
        assert ["errors" in answer for answer in numbers] == [False, False, True, True]
        content = f'{{"query": "{BODIES}", "variables": {{"n": 1e999}}}}'
        huge = await hub.client.post("/graphql", content=content, headers={"content-type": JSON_TYPE})
        assert "errors" in huge.json()


async def test_who_shows_a_token_is_read_for(hub: Talking) -> None:
    """Neither given what was kept, nor kept: not even where the answer is the same for everybody."""
    ana = await a_citizen(hub)
    question = "{ bodies { nodes { id } } viewer { signedIn } }"
    before = await hub.ask(question)
    with read(hub, times=2):
        assert [(await hub.ask(question, by=ana))["viewer"]["signedIn"] for _ in range(2)] == [True, True]
    with read(hub, times=0):
        assert await hub.ask(question) == before
    other = "{ bodies { nodes { acronym } } }"
    await hub.ask(other, by=ana)
    with read(hub, times=1):
        await hub.ask(other)
    refused = await hub.client.post("/graphql", json={"query": other}, headers={"authorization": "Bearer nonsense"})
    assert refused.status_code == 401


async def test_a_copy_has_the_same_mark(hub: Talking) -> None:
    """By GET, HEAD and with a media type of one's own, from the cache as without it."""
    asked = {"query": "query Marked { bodies { totalCount } }"}

    async def got(method: str = "GET", **headers: str) -> Any:
        return await hub.client.request(method, "/graphql", params=asked, headers={"accept": RESPONSE_TYPE, **headers})

    first, second = await got(), await got()
    assert first.headers["etag"] == second.headers["etag"]
    assert second.headers["cache-control"] == "public, max-age=5"
    assert (await got(**{"if-none-match": first.headers["etag"]})).status_code == 304
    as_json = [await got(accept=JSON_TYPE) for _ in range(2)]
    assert as_json[0].headers["etag"] == as_json[1].headers["etag"] != first.headers["etag"]
    head = await got("HEAD")
    assert (head.content, head.headers["etag"]) == (b"", first.headers["etag"])
    personal = await got(**COST)
    assert (personal.headers["cache-control"], "etag" in personal.headers) == ("no-store", False)
    assert personal.json()["extensions"]["cost"]["requested"] == 1
    assert "extensions" not in (await got()).json()


async def test_errors_are_not_kept(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    question = "query Broken { bodies { totalCount } }"

    async def broken(*_: object) -> Answer:
        errors = ({"message": "A promise was not kept.", "extensions": {}},)
        return Answer('{"bodies":null}', errors, Dependencies())

    with monkeypatch.context() as patch:
        patch.setattr(hub.hub.executor, "execute", broken)
        assert await hub.ask(question, expect_errors=True)
    assert await hub.ask(question) == {"bodies": {"totalCount": 1}}


async def test_what_is_found_by_a_secret_is_not_kept(hub: Talking) -> None:
    """A receipt and a draft are shown to whoever knows their code, and lie in no other place of the process."""
    for question in ('{ receipt(code: "x") { state } }', '{ responseDraft(code: "x", secret: "y") { __typename } }'):
        with read(hub, times=2):
            await hub.ask(question)
            await hub.ask(question)


async def test_who_asks_the_same_meanwhile_waits_for_it(hub: Talking) -> None:
    question = "query Together { bodies { nodes { id acronym } } }"
    with read(hub, times=1):
        answers = await asyncio.gather(*[hub.ask(question) for _ in range(20)])
    assert [answer for answer in answers if answer != answers[0]] == []


async def test_who_waits_for_what_is_not_kept_reads_it_too(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor for ever, where whoever reads it is stuck."""
    question = "query Alone { bodies { nodes { id folio: acronym } } }"
    monkeypatch.setattr(caching, "LONGEST_WAIT", 0.01)
    execute, held = hub.hub.executor.execute, asyncio.Event()

    async def slow(*given: Any) -> Answer:
        await held.wait()
        return await execute(*given)

    with monkeypatch.context() as patch:
        patch.setattr(hub.hub.executor, "execute", slow)
        stuck = asyncio.create_task(hub.ask(question))
        await asyncio.sleep(0.02)
    other = await hub.ask(question)
    held.set()
    assert await stuck == other


async def test_it_costs_the_same(database_url: str, data: Path) -> None:
    """In points, in headers and in what is told; and who has none left is refused what is kept, too."""
    usual = {**USUAL, "points": 4, "points_restored": 0.001}
    async with keeping(database_url, data, **usual) as hub, hub.from_address(NETWORK) as visitor:
        question = "{ bodies { nodes { id } } }"
        answers = [await visitor.post(question, headers=COST) for _ in range(2)]
        told = [answer.json()["extensions"]["cost"] for answer in answers]
        assert [(cost["requested"], cost["actual"], cost["nodes"]) for cost in told] == [(1, 1, told[0]["nodes"])] * 2
        with read(hub, times=0):
            more = [await visitor.post(question) for _ in range(3)]
        assert [answer.status_code for answer in more] == [200, 200, 429]
        assert [answer.headers["ratelimit"].split(";")[1] for answer in (*answers, *more)] == [
            "r=3", "r=2", "r=1", "r=0", "r=0"]  # fmt: skip
        assert more[2].headers["retry-after"]
        remaining = "{ rateLimit { remaining } }"
        async with hub.from_address("198.51.100.9") as other:
            assert [(await other.ask(remaining))["rateLimit"]["remaining"] for _ in range(2)] == [3, 2]


async def test_it_takes_no_more_than_it_may(database_url: str, data: Path) -> None:
    """What was asked for longest ago goes first; what is too large for the whole is not kept at all."""
    async with keeping(database_url, data, cache_bytes=40_000) as hub:
        questions = [f"query Number{n} {{ bodies {{ totalCount }} }}" for n in range(100)]
        for question in questions:
            await hub.ask(question)
            await hub.ask(questions[0])
        cache = hub.hub.cache
        assert 30_000 < cache.size <= 40_000
        assert cache.counts["evicted"] > 50
        with read(hub, times=1):
            await hub.ask(questions[0])
            await hub.ask(questions[99])
            await hub.ask(questions[50])
        size = cache.size
        large = "query Large { bodies { totalCount } }" + " " * 6_000
        with read(hub, times=2):
            await hub.ask(large)
            await hub.ask(large)
        assert cache.size <= size + 2_000
        # What is counted is what is there: once all is outdated, nothing is left of it.
        await a_body(hub)
        for question in questions:
            await hub.ask(question)
        assert cache.size == sum(kept.size for kept in cache._kept.values()) <= 40_000


async def test_without_room_nothing_is_kept(database_url: str, data: Path) -> None:
    async with keeping(database_url, data, cache_bytes=0) as hub:
        with read(hub, times=2):
            await hub.ask("{ bodies { totalCount } }")
            await hub.ask("{ bodies { totalCount } }")
