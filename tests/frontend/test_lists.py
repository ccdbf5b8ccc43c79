"""Lists: what is open first by what closes first, narrowed down by an address, page after page, and what is empty."""

from __future__ import annotations

import datetime as dt
import gzip
import random
import string
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from hub import clock
from hub.settings import Settings
from tests.conftest import fresh_database
from tests.frontend.answering import LISTED, FakeHub, Outline, page_of, reading, said
from tests.making.bodies import a_body
from tests.making.consultations import DAY, a_closed_consultation, a_scheduled_consultation, an_open_consultation
from tests.making.notices import a_suspension
from tests.making.people import a_territory
from tests.talking import Talking, talking

LIGHT = 14_000
"""The most bytes of a page that is a list, compressed."""


@pytest.fixture(scope="module")
async def hub(template: str, data: Path) -> AsyncIterator[Talking]:
    """One hub with consultations in every state, for all tests of this file."""
    async with (
        fresh_database(template) as url,
        talking(Settings(data=data, database_url=None, keys=None), url) as opened,
    ):
        await _filled(opened)
        yield opened


async def _filled(hub: Talking) -> None:
    now = clock.now()
    commission, council = await a_body(hub), await a_body(hub, "Consejo de Agua", acronym="CA")
    place = await a_territory(hub, "Oaxaca", code="20")
    for days in (9, 3, 6):
        title = f"Cierra en {days}"
        closes = now + days * DAY + dt.timedelta(hours=1)
        await an_open_consultation(hub, commission, title=title, closes_at=closes)
    for n in range(22):
        at = now - n * DAY
        await a_closed_consultation(hub, council, at=at, kept=False, title=f"Ya cerró {n:02}")
    await a_scheduled_consultation(hub, commission, title="Todavía no abre", territory_ids=(place,))
    stopped = await an_open_consultation(hub, commission, title="Detenida")
    await a_suspension(hub, stopped, at=now)


@pytest.fixture
async def reader(hub: Talking) -> AsyncIterator[httpx2.AsyncClient]:
    async with reading(hub.hub.endpoint) as somebody:
        yield somebody


async def titles(reader: httpx2.AsyncClient, path: str) -> list[str]:
    """Return the titles of a page's cards, in order."""
    page = Outline((await reader.get(path)).text)
    return [title for title in page.text["a"] if title.startswith(("Cierra en", "Ya cerró", "Todavía", "Detenida"))]


async def test_what_closes_first_stands_first(reader: httpx2.AsyncClient) -> None:
    html = (await reader.get("/")).text
    text = Outline(html).words()
    assert (await titles(reader, "/"))[:3] == ["Cierra en 3", "Cierra en 6", "Cierra en 9"]
    assert "Abierta quedan 3 días Cierra en 3" in text
    assert "Ver las 22" in text
    assert 'href="/consultas?estado=cerradas"' in html
    assert await titles(reader, "/consultas?estado=abiertas") == ["Cierra en 3", "Cierra en 6", "Cierra en 9"]
    turned = await titles(reader, "/consultas?estado=abiertas&orden=cierran-despues")
    assert turned == ["Cierra en 9", "Cierra en 6", "Cierra en 3"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("estado=proximas", ["Todavía no abre"]),
        ("estado=suspendidas", ["Detenida"]),
        ("texto=detenidas", ["Detenida"]),
        ("texto=cierra&estado=suspendidas", []),
        ("estado=retiradas", []),
    ],
)
async def test_an_address_narrows_the_list_down(reader: httpx2.AsyncClient, query: str, found: list[str]) -> None:
    answer = await reader.get(f"/consultas?{query}")
    assert await titles(reader, f"/consultas?{query}") == found
    page = Outline(answer.text)
    count = "1 consulta" if len(found) == 1 else f"{len(found)} consultas"
    assert f'<p class="found" role="status">{count}</p>' in answer.text
    assert ("Ninguna consulta cumple con todo lo que pediste." in page.words()) == (not found)
    for part in query.split("&"):
        name, _, value = part.partition("=")
        chosen = (
            f'<option value="{value}" selected>' if name == "estado" else f'name="{name}" type="search" value="{value}"'
        )
        assert chosen in answer.text


async def test_the_form_sends_what_the_list_is_narrowed_by(reader: httpx2.AsyncClient) -> None:
    """By the values that the form itself offers: a body's, and a place's."""
    page = Outline((await reader.get("/consultas")).text)
    values = [str(option["value"]) for option in page.all("option")]
    council = [v for v in values if v.startswith("Body_")][1]
    (place,) = [v for v in values if v.startswith("Territory_")]
    only = await titles(
        reader, f"/consultas?organismo={council}&estado=cerradas&territorio=&texto=&orden=cierran-despues"
    )
    assert only == [f"Ya cerró {n:02}" for n in range(20)]
    assert await titles(reader, f"/consultas?territorio={place}") == ["Todavía no abre"]


async def test_a_list_goes_on_by_links_until_its_end(reader: httpx2.AsyncClient) -> None:
    page, seen, path = None, [], "/consultas?estado=cerradas"
    for _ in range(2):
        page = Outline((await reader.get(path)).text)
        seen += await titles(reader, path)
        onward = [str(a["href"]) for a in page.all("a") if a.get("rel") == "next"]
        path = f"/consultas{onward[0]}" if onward else ""
    assert path == ""
    assert seen == [f"Ya cerró {n:02}" for n in range(22)]
    assert page is not None
    assert "?estado=cerradas" in [a["href"] for a in page.all("a")]
    assert (await reader.get("/consultas?desde=nobody-gave-this")).status_code == 404


async def test_nothing_at_all(database_url: str, data: Path) -> None:
    settings = Settings(data=data, database_url=None, keys=None)
    async with talking(settings, database_url) as empty, reading(empty.hub.endpoint) as reader:
        for path, told in {
            "/": "Ahora no hay consultas abiertas.",
            "/consultas": "Todavía no hay consultas.",
            "/organizaciones": "Todavía no hay nadie aquí.",
            "/buscar?q=agua": "No hay nada con «agua».",
            "/buscar?q=a": "Escribe al menos dos letras.",
        }.items():
            assert told in Outline((await reader.get(path)).text).words(), path


async def test_a_list_of_long_titles_is_light(fake: FakeHub) -> None:
    """Twenty titles that have nothing in common, each of two hundred letters, in fourteen kilobytes."""
    chance = random.Random(7)

    def of_letters() -> str:
        return "".join(chance.choice(string.ascii_lowercase + "   ") for _ in range(200))

    nodes = [
        {**LISTED, "id": f"Consultation_{chance.getrandbits(128):032x}", "title": said(of_letters())} for _ in range(20)
    ]
    bodies = [{"id": f"Body_{n}", "title": said(of_letters()[:60])} for n in range(20)]
    places = [{"id": f"Territory_{n}", "name": of_letters()[:12]} for n in range(33)]
    fake.data["Consultations"] = {
        "consultations": page_of(*nodes, more="onward"),
        "bodies": {"nodes": bodies},
        "territories": {"nodes": places},
    }
    async with reading(fake) as reader:
        html = (await reader.get("/consultas")).text
    assert html.count("quedan") + html.count("ya cerró") == 20
    assert len(gzip.compress(html.encode())) <= LIGHT
