"""Bodies, organisations and mandates, each on a page, and one search over all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator

import httpx2
import pytest

from hub import clock
from hub.people.models import OrganizationKind
from hub.text import written
from tests.frontend.answering import HOSTILE, Outline, reading, words
from tests.making.bodies import a_body
from tests.making.consultations import DAY, a_scheduled_consultation, an_open_consultation
from tests.making.people import an_organization, renamed
from tests.talking import Talking

MANDATES = "{ mandates { nodes { id title { text } } } }"


@pytest.fixture
async def reader(hub: Talking) -> AsyncIterator[httpx2.AsyncClient]:
    async with reading(hub.hub.endpoint) as somebody:
        yield somebody


async def test_a_body_tells_what_it_is_for_and_what_it_did(hub: Talking, reader: httpx2.AsyncClient) -> None:
    body = await a_body(hub, remit=written(es="Cuidar el agua."), legal_basis=written(es="Artículo 6."))
    await an_open_consultation(hub, body, title="La abierta")
    await a_scheduled_consultation(hub, body, title="La próxima")
    response = await reader.get(f"/organismos/Body_{body}")
    text = Outline(response.text).words()
    for told in (
        "Comisión de Gobierno Abierto",
        "Cuidar el agua.",
        "Artículo 6.",
        "Abiertas 1",
        "Próximas 1",
        "En curso",
    ):
        assert told in text
    (mandate, *_) = (await hub.ask(MANDATES))["mandates"]["nodes"]
    assert f'href="/mandatos/{mandate["id"]}"' in response.text


async def test_a_mandate_tells_why_and_by_when(hub: Talking, reader: httpx2.AsyncClient) -> None:
    body = await a_body(hub)
    await an_open_consultation(hub, body, title="La abierta")
    (mandate,) = (await hub.ask(MANDATES))["mandates"]["nodes"]
    text = await words(reader, f"/mandatos/{mandate['id']}")
    assert "Faltó agua en abril." in text
    assert "Lo ordenaComisión de Gobierno Abierto" in text
    assert "Debe entregarseSin fecha" in text
    assert "Atrasado" not in text
    assert "Consultas que lo cumplen Abierta" in text
    past = clock.day_of(clock.now()) - 2 * DAY
    await hub.run("UPDATE mandate SET due_on = :past", past=past)
    late = await words(reader, f"/en/mandatos/{mandate['id']}")
    assert "Overdue" in late
    assert f"{past.day} " in late
    assert "The day passed without a delivery." in late


async def test_an_organisation_and_the_names_that_it_had(hub: Talking, reader: httpx2.AsyncClient) -> None:
    since = dt.date(2020, 3, 1)
    organization = await an_organization(hub, HOSTILE, website="https://agua.example/")
    await renamed(hub, organization, "Agua Clara", since=since)
    response = await reader.get(f"/organizaciones/Organization_{organization}")
    page = Outline(response.text)
    assert page.words("h1") == "Agua Clara"
    assert f"{HOSTILE} del 4 de mayo de 2015 al 1 de marzo de 2020" in page.words()
    assert 'href="https://agua.example/"' in response.text
    assert f'href="/organizaciones/Organization_{organization}/representar"' in response.text
    assert len(page.all("script")) == 1
    assert "Todavía no ha publicado consultas." in page.words()


@pytest.mark.parametrize("path", ["/organismos/{}", "/mandatos/{}", "/consultas/{}", "/consultas/{}/resultados"])
async def test_what_is_something_else_has_no_such_page(hub: Talking, reader: httpx2.AsyncClient, path: str) -> None:
    organization = await an_organization(hub)
    for id_ in (f"Organization_{organization}", "nobody", "Body_00000000-0000-0000-0000-000000000001"):
        assert (await reader.get(path.format(id_))).status_code == 404


async def test_who_takes_part_by_words_and_kind(hub: Talking, reader: httpx2.AsyncClient) -> None:
    await a_body(hub, "Consejo de Agua")
    await an_organization(hub, "Vecinas por el agua")
    await an_organization(hub, "Universidad del Mar", kind=OrganizationKind.ACADEMIA)
    assert "3 resultados Órganos 1 Consejo de Agua" in await words(reader, "/organizaciones")
    by_words = await words(reader, "/organizaciones?texto=agua")
    assert ("Vecinas" in by_words, "Universidad del Mar" in by_words, "2 resultados" in by_words) == (True, False, True)
    academia = await words(reader, "/organizaciones?clase=academia")
    assert ("Universidad del Mar" in academia, "Consejo de Agua" in academia, "1 resultado" in academia) == (
        True,
        False,
        True,
    )
    bodies = await words(reader, "/organizaciones?clase=organos")
    assert ("Consejo de Agua" in bodies, "Vecinas" in bodies) == (True, False)
    nobody = await words(reader, "/organizaciones?texto=petróleo")
    assert "Nadie cumple con lo que pediste." in nobody


async def test_many_organisations_go_on_by_links(hub: Talking, reader: httpx2.AsyncClient) -> None:
    for n in range(22):
        await an_organization(hub, f"Comité {n:02}")
    page = Outline((await reader.get("/organizaciones?clase=sociedad-civil")).text)
    (onward,) = [str(a["href"]) for a in page.all("a") if a.get("rel") == "next"]
    text = await words(reader, f"/organizaciones{onward}")
    assert "22 resultados" in text
    assert [n for n in range(22) if f"Comité {n:02}" in text] == [20, 21]


async def test_one_search_finds_each_kind_and_counts_it(hub: Talking, reader: httpx2.AsyncClient) -> None:
    body = await a_body(hub, "Consejo del Manantial")
    await an_open_consultation(hub, body, title="¿Qué hacer con el manantial?")
    for n in range(9):
        await an_organization(hub, f"Manantial vivo {n}")
    response = await reader.get("/buscar?q=manantiales")
    text = Outline(response.text).words()
    for told in ("Consultas 1", "Mandatos 1", "Órganos 1", "Organizaciones 9", "12 resultados", "Ver 1 más"):
        assert told in text
    assert 'name="q" type="search" value="manantiales"' in response.text
    assert 'href="/organizaciones?texto=manantiales"' in response.text


@pytest.mark.parametrize("words_of_it", ["petróleo", HOSTILE, '"', "-", "((", "a" * 500, "%_\\"])
async def test_words_that_find_nothing_are_kept_and_do_nothing(
    hub: Talking, reader: httpx2.AsyncClient, words_of_it: str
) -> None:
    response = await reader.get("/buscar", params={"q": words_of_it})
    assert response.status_code == 200
    page = Outline(response.text)
    (box,) = [found for found in page.all("input") if found["name"] == "q"]
    assert box["value"] == words_of_it[:200]
    assert len(page.all("script")) == 1


async def test_a_box_with_nothing_in_it_is_a_box(reader: httpx2.AsyncClient) -> None:
    text = await words(reader, "/buscar")
    assert "Qué buscas" in text
    assert "resultado" not in text
