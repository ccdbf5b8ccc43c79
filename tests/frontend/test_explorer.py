"""The explorer in front of a real hub: what runs, as whom, that nothing changes unasked, and how the contract reads."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import httpx2
import pytest

from frontend_stub.pages.explorer import EXAMPLES, MOST_SHOWN
from hub.identity import authenticating
from tests.browser import Chromium, visiting
from tests.cast import a_citizen
from tests.frontend.answering import FakeHub, Outline, reading
from tests.frontend.served import a_place
from tests.frontend.test_signing_in import OWN
from tests.frontend.test_tokens import sent, signed_in
from tests.price.priced import a_limited_hub
from tests.talking import Talking

HERE = "/explorador"
WHO = "{ viewer { signedIn } }"
RENAME = 'mutation { changeDisplayName(input: { displayName: "Otra" }) { errors { code } } }'


@pytest.fixture(autouse=True)
def _nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authenticating, "BELIEVED", 0.0)


async def run(browser: httpx2.AsyncClient, query: str, variables: str = "", **boxes: str) -> httpx2.Response:
    """Run something as the form does."""
    return await sent(browser, HERE, f"{HERE}#respuesta", query=query, variables=variables, **boxes)


def answered(response: httpx2.Response) -> str:
    """Return the answer that a page shows."""
    found = re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", response.text, flags=re.DOTALL)
    return html.unescape(found[0]) if found else ""


def faults(response: httpx2.Response) -> list[tuple[str, str]]:
    """Return the fields that something is wrong with, and what."""
    return re.findall(r'<li><a href="#(\w+)">(.*?)</a></li>', response.text)


@pytest.mark.parametrize("name", EXAMPLES)
async def test_each_example_runs_as_it_stands(hub: Talking, name: str) -> None:
    async with reading(hub.hub.endpoint) as browser:
        page = Outline((await browser.get(HERE, params={"ejemplo": name})).text)
        response = await run(browser, page.text["textarea"][0])
    assert (response.status_code, faults(response)) == (200, [])
    assert answered(response).startswith('{\n  "data": {')
    assert "errors" not in answered(response)


async def test_it_runs_with_one_s_account_only_where_that_is_ticked(hub: Talking) -> None:
    async with signed_in(hub, await a_citizen(hub)) as browser:
        assert '"signedIn": false' in answered(await run(browser, WHO))
        assert '"signedIn": true' in answered(await run(browser, WHO, account="yes"))
    async with reading(hub.hub.endpoint) as browser:
        assert 'name="account"' not in (await browser.get(HERE)).text
        response = await run(browser, WHO, account="yes")
        assert (response.status_code, [field for field, _ in faults(response)]) == (422, ["account"])


async def test_a_mutation_is_carried_out_only_where_that_is_ticked(hub: Talking) -> None:
    async with signed_in(hub, await a_citizen(hub)) as browser:
        response = await run(browser, RENAME, account="yes")
        assert (response.status_code, [field for field, _ in faults(response)]) == (422, ["writes"])
        assert "displayName: &#34;Otra&#34;" in response.text, "What was written is kept."
        assert await hub.log() == []
        response = await run(browser, RENAME, account="yes", writes="yes")
        assert (response.status_code, faults(response)) == (200, [])
    assert await hub.log() == ["PersonRenamed"]


@pytest.mark.parametrize(
    ("query", "variables", "field", "told"),
    [
        ("", "", "query", "Escribe una consulta."),
        ("{ viewer { nothing } }", "", "query", "(línea 1, columna 12)"),
        ("{ viewer {", "", "query", "(línea "),
        (WHO, "{\n  x", "variables", "línea 2, columna 3"),
        (WHO, "[1]", "variables", "un objeto JSON"),
        (WHO, "[" * 9_000, "variables", "un objeto JSON"),
        ("x" * 20_001, "", "query", "20,000"),
        ("subscription { changes { position } }", "", "query", ""),
    ],
)
async def test_what_is_wrong_is_said_with_its_place(
    hub: Talking, query: str, variables: str, field: str, told: str
) -> None:
    async with reading(hub.hub.endpoint) as browser:
        response = await run(browser, query, variables)
    ((where, what),) = faults(response)
    assert (response.status_code, where, told in html.unescape(what)) == (422, field, True), what
    assert html.unescape("".join(Outline(response.text).text.get("textarea", [])[:1])) == query


async def test_what_it_cost_and_what_is_left_is_told(database_url: str, data: Path) -> None:
    async with (
        a_limited_hub(database_url, data, points=100, points_restored=0.5, nodes=5_000) as hub,
        reading(hub.hub.endpoint, address="203.0.113.9") as browser,
    ):
        response = await run(browser, "{ consultations(first: 50) { nodes { id } } }")
    told = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", response.text))
    assert told["Puntos de esta consulta"] == "1"
    assert told["Nodos, como máximo"] == "50 de 5,000"
    assert told["Puntos que te quedan"].endswith("; vuelven 0.5 por segundo")


async def test_an_answer_is_shown_up_to_a_bound_and_stays_text() -> None:
    fake = FakeHub()
    rows = [f"<script>{number}</script>" for number in range(9_000)]

    async def answers(scope: Any, receive: Any, send: Any) -> None:
        if scope["method"] == "GET":
            fake.whole = {"data": {"rows": rows}}
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": json.dumps(fake.whole).encode()})
        else:
            await fake(scope, receive, send)

    async with reading(answers) as browser:
        response = await run(browser, WHO)
    shown = answered(response)
    assert len(shown) <= MOST_SHOWN
    assert shown.endswith('</script>",')
    assert len(Outline(response.text).all("script")) == 1
    assert "Aquí falta el resto" in response.text


async def test_a_hub_that_does_not_answer_loses_nothing() -> None:
    async with reading("http://127.0.0.1:1/graphql") as browser:
        response = await run(browser, WHO)
    assert response.status_code == 422
    assert "no contestó" in response.text
    assert Outline(response.text).text["textarea"][0] == WHO


async def test_the_contract_reads_type_by_type(hub: Talking) -> None:
    async with reading(hub.hub.endpoint) as browser:
        page = Outline((await browser.get(f"{HERE}?tipo=Consultation")).text)
        assert "closing: Moment!" in page.words("dt")
        assert "/explorador?tipo=Moment#contrato" in [a.get("href") for a in page.all("a")]
        assert (await browser.get(f"{HERE}?tipo=Nothing")).status_code == 404
        found = Outline((await browser.get(f"/en{HERE}?buscar=noticeHash")).text).words("dt")
        assert "Consultation.noticeHash" in found
        nothing = Outline((await browser.get(f"{HERE}?buscar=zzzz")).text).words()
        assert "Nada en el contrato se llama así." in nothing
        assert (await browser.get(f"{HERE}?ejemplo=answer")).status_code == 404


async def test_without_a_form_of_our_own_nothing_runs(hub: Talking) -> None:
    async with signed_in(hub, await a_citizen(hub)) as browser:
        await browser.get(HERE)
        given = {"form": "0" * 64, "query": RENAME, "account": "yes", "writes": "yes"}
        assert (await browser.post(HERE, data=given, headers=OWN)).status_code == 403
    assert await hub.log() == []


async def test_in_a_browser(database_url: str, data: Path, tmp_path: Path, chromium: Chromium) -> None:
    async with a_place(database_url, data, tmp_path) as place, visiting(chromium, place.home) as visitor:
        await visitor.page.goto(f"{place.home}{HERE}?tipo=Consultation")
        await visitor.accessible()
        await visitor.page.fill("#query", "{ viewer { signedIn nothing } }")
        await visitor.press("Ejecutar")
        assert (await visitor.page.title()).startswith("Error: Explorador")
        await visitor.accessible()
        await visitor.page.fill("#query", WHO)
        await visitor.press("Ejecutar")
        assert '"signedIn": false' in await visitor.words()
        await visitor.accessible()
