"""More than can be done at once: who waits, who is told to come back, and who is let in last of all."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from graphql_schema.queueing import URGENT_PLACES, Queue
from hub.errors import Overloaded
from tests.price.priced import NETWORK, a_limited_hub
from tests.talking import Talking

CHEAP = "{ viewer { signedIn } }"
SUBMIT = """mutation { submitResponse(input: {consultationId: "Consultation_x", revisionId: "QuestionnaireRevision_x",
    consent: WITHOUT_NAME, noticeHash: "x", answers: []}) { errors { code } } }"""
SIGN_IN = 'mutation { requestSignIn(input: {email: "somebody@example.org"}) { errors { code } } }'
CONFIRM = 'mutation { confirmSignIn(input: {code: "123456", secret: "x"}) { errors { code } } }'
EXCHANGE = 'mutation { exchangeSignIn(input: {code: "x", secret: "x"}) { errors { code } } }'
OTHER = 'mutation { releaseResults(input: {consultationId: "Consultation_x"}) { event } }'


class Gate:
    """Keeps every operation that was let in until it is opened, and counts them."""

    def __init__(self, hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened, self.inside = asyncio.Event(), 0
        execute = hub.hub.executor.execute

        async def held(*given: Any) -> Any:
            self.inside += 1
            await self.opened.wait()
            return await execute(*given)

        monkeypatch.setattr(hub.hub.executor, "execute", held)

    async def until(self, hub: Talking, *, inside: int, reads: int = 0, writes: int = 0) -> None:
        """Go on when so many are inside and so many wait."""
        queues = hub.hub.admission.queues
        for _ in range(10_000):
            if (self.inside, queues.reads.waiting, queues.writes.waiting) == (inside, reads, writes):
                return
            await asyncio.sleep(0)
        raise AssertionError((self.inside, queues.reads.waiting, queues.writes.waiting))


async def test_when_reads_are_full_a_submission_still_gets_in(
    database_url: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_limited_hub(database_url, data, pool=2, waiting=3) as hub:
        await hub.ask(CHEAP)
        await hub.post(SUBMIT)
        gate = Gate(hub, monkeypatch)
        reads = [asyncio.create_task(hub.post(CHEAP)) for _ in range(4 * 2 + 3)]
        await gate.until(hub, inside=8, reads=3)
        refused = await hub.post(CHEAP, headers={"accept-language": "es"})
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
        assert refused.json()["errors"] == [{
            "message": "El sistema atiende ahora a muchas personas y no hizo nada de lo pedido: inténtelo de nuevo "
            "dentro de 2 s.",
            "extensions": {"code": "OVERLOADED", "reason": "OVERLOADED",
                           "requestId": refused.headers["x-request-id"]},
        }]  # fmt: skip
        submitting = asyncio.create_task(hub.post(SUBMIT))
        await gate.until(hub, inside=9, reads=3)
        gate.opened.set()
        answers = await asyncio.gather(*reads, submitting)
        assert [answer.status_code for answer in answers] == [200] * 12
        assert (hub.hub.admission.queues.reads.under_way, hub.hub.admission.queues.writes.under_way) == (0, 0)


async def test_when_writes_are_full_submissions_are_the_last_to_be_refused(
    database_url: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_limited_hub(database_url, data, pool=2, waiting=1) as hub:
        await hub.post(OTHER)
        await hub.post(SUBMIT)
        gate = Gate(hub, monkeypatch)
        others = [asyncio.create_task(hub.post(OTHER)) for _ in range(5)]
        await gate.until(hub, inside=4, writes=1)
        assert (await hub.post(OTHER)).status_code == 503
        submitting = [asyncio.create_task(hub.post(SUBMIT)) for _ in range(URGENT_PLACES)]
        await gate.until(hub, inside=4, writes=1 + URGENT_PLACES)
        assert (await hub.post(SUBMIT)).status_code == 503
        gate.opened.set()
        answers = await asyncio.gather(*others, *submitting)
        assert [answer.status_code for answer in answers] == [200] * (5 + URGENT_PLACES)


async def test_a_flood_of_sign_ins_keeps_nobody_from_what_they_came_for(
    database_url: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_limited_hub(database_url, data, pool=2, waiting=1) as hub:
        for way in (SIGN_IN, CONFIRM, EXCHANGE, OTHER):
            await hub.post(way)
        gate = Gate(hub, monkeypatch)
        signing_in = [asyncio.create_task(hub.post(SIGN_IN)) for _ in range(2)]
        await gate.until(hub, inside=1)
        for way in (SIGN_IN, CONFIRM, EXCHANGE):
            refused = await hub.post(way)
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "2"), way
        others = [asyncio.create_task(hub.post(OTHER)) for _ in range(4)]
        await gate.until(hub, inside=5)
        gate.opened.set()
        assert {answer.status_code for answer in await asyncio.gather(*signing_in, *others)} == {200}


async def test_unseen_documents_wait_for_each_other_and_not_without_bound(
    database_url: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was seen before is answered meanwhile."""
    async with a_limited_hub(database_url, data, pool=2, waiting=1) as hub:
        await hub.ask(CHEAP)
        documents, opened = hub.hub.executor.documents, threading.Event()
        read = documents._read

        def held(text: str) -> Any:
            opened.wait(10)
            return read(text)

        monkeypatch.setattr(documents, "_read", held)
        unseen = [asyncio.create_task(hub.post(f"query Number{n} {CHEAP}")) for n in range(2)]
        for _ in range(10_000):
            if hub.hub.admission.queues.documents.waiting == 1:
                break
            await asyncio.sleep(0)
        try:
            refused = await hub.post(f"query Another {CHEAP}")
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
            assert refused.json()["errors"][0]["extensions"]["code"] == "OVERLOADED"
            assert (await hub.post(CHEAP)).status_code == 200
        finally:
            opened.set()
        assert [answer.status_code for answer in await asyncio.gather(*unseen)] == [200, 200]


async def test_whoever_is_turned_away_has_spent_nothing(
    database_url: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_limited_hub(database_url, data, pool=2, waiting=1) as hub, hub.from_address(NETWORK) as visitor:
        await hub.ask(CHEAP)
        gate = Gate(hub, monkeypatch)
        reads = [asyncio.create_task(hub.post(CHEAP)) for _ in range(9)]
        await gate.until(hub, inside=8, reads=1)
        refused = await visitor.post(CHEAP)
        assert (refused.status_code, refused.headers["ratelimit"]) == (503, '"points";r=1000;t=0')
        assert refused.json()["extensions"]["cost"]["actual"] == 0
        gate.opened.set()
        await asyncio.gather(*reads)


async def test_the_urgent_go_first_and_the_others_in_their_order() -> None:
    queue, order = Queue(at_once=1, places=2), []

    async def one(name: str, *, urgent: bool) -> None:
        await queue.enter(urgent=urgent)
        order.append(name)
        await asyncio.sleep(0)
        queue.leave()

    await queue.enter()
    names = {"first": False, "second": False, "urgent": True, "urgent too": True}
    tasks = [asyncio.create_task(one(name, urgent=urgent)) for name, urgent in names.items()]
    await asyncio.sleep(0)
    with pytest.raises(Overloaded):
        await queue.enter()
    queue.leave()
    await asyncio.gather(*tasks)
    assert order == ["urgent", "urgent too", "first", "second"]
    assert (queue.under_way, queue.waiting) == (0, 0)


async def test_whoever_stops_waiting_keeps_no_place_and_loses_no_turn() -> None:
    queue = Queue(at_once=1, places=1)
    await queue.enter()
    leaving = asyncio.create_task(queue.enter())
    await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.sleep(0)
    staying = asyncio.create_task(queue.enter())
    await asyncio.sleep(0)
    assert queue.waiting == 1
    # The turn is given and the waiter is cancelled in the same moment: it passes on.
    queue.leave()
    staying.cancel()
    await asyncio.gather(staying, leaving, return_exceptions=True)
    assert (queue.under_way, queue.waiting) == (0, 0)
    await queue.enter()
