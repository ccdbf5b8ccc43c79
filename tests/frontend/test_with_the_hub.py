"""The pages of a real hub, in this process: its own endpoint, its own answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphql_schema.queueing import Queue
from hub.consultations.models import ResultsPolicy
from tests.cast import a_citizen
from tests.frontend.answering import Outline, reading
from tests.making.bodies import a_body
from tests.making.consultations import a_response, an_open_consultation
from tests.price.priced import NETWORK, a_limited_hub
from tests.talking import Talking


async def test_the_pages_of_a_consultation(hub: Talking) -> None:
    """What somebody answered through the one door is what everybody reads on the page."""
    ana = await a_citizen(hub)
    body = await a_body(hub)
    asked = await an_open_consultation(hub, body, results_policy=ResultsPolicy.LIVE)
    await a_response(hub, asked, ana, at=asked.opens_at)
    async with reading(hub.hub.endpoint) as reader:
        home = Outline((await reader.get("/")).text)
        assert "Agua para todas y todos" in home.words()
        (path,) = {str(a["href"]) for a in home.all("a") if str(a["href"]).startswith("/consultas/")}
        assert "¿Hay agua en tu casa?" in Outline((await reader.get(path)).text).words()
        assert "100.0 % 1" in Outline((await reader.get(f"{path}/resultados")).text).words()
        assert (await reader.get("/consultas?desde=nobody-gave-this")).status_code == 404
        assert (await reader.get("/consultas/nobody")).status_code == 404
        assert asked.node in (await reader.get("/api")).text


async def test_a_visitor_who_asks_for_too_much_is_told_to_wait(database_url: str, data: Path) -> None:
    """The limit is the visitor's own: whoever comes from elsewhere reads on."""
    async with a_limited_hub(database_url, data, points=20, points_restored=0.5) as hub:
        async with reading(hub.hub.endpoint, address=NETWORK) as reader:
            answers = [await reader.get("/en") for _ in range(30)]
        async with reading(hub.hub.endpoint, address="203.0.113.200") as another:
            assert (await another.get("/")).status_code == 200
    assert answers[0].status_code == 200
    refused = answers[-1]
    seconds = int(refused.headers["retry-after"])
    assert refused.status_code == 429
    assert 1 <= seconds <= 40
    assert Outline(refused.text).words("h1") == "Too many pages in a short time"
    assert f"Wait {seconds} second" in Outline(refused.text).words()


async def test_when_the_hub_is_full_the_page_says_so(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub.hub.admission.queues, "reads", Queue(at_once=0, places=0))
    async with reading(hub.hub.endpoint) as reader:
        refused = await reader.get("/en")
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
    assert "Wait 2 seconds before you try again." in Outline(refused.text).words()
