"""What was decided can be read: an instrument with its vote, its paragraphs, what they ordered, and how to check it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from hub.hashing import content_hash
from tests.frontend.answering import HOSTILE, FakeHub, Outline, reading, said, words
from tests.frontend.deciding import Decided
from tests.making.instruments import ANNUL, a_published_instrument, a_tabled_instrument, order, section, text
from tests.making.sittings import a_sitting
from tests.sessions.voting import given
from tests.talking import Talking

TEXT = "{ sourceLanguage translations { language text origin } }"
WHOLE = f"""query ($id: ID!) {{ node(id: $id) {{ ... on Instrument {{ kind body {{ id }} revision {{ number contentHash
  title {TEXT} addressedTo {TEXT} sections {{ code heading {TEXT} text {TEXT} }}
  orders {{ paragraph kind dueOn title {TEXT} question {TEXT} budgetNote {TEXT}
    responsible {{ __typename ... on Body {{ id }} ... on Organization {{ id }} ... on Membership {{ id }} }}
  }} }} }} }} }}"""


def bare(id_: str) -> str:
    """Return an id without the name of its type."""
    return id_.partition("_")[2]


def whole(text: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return a text of the API as it is hashed."""
    if text is None:
        return None
    words = {one["language"]: {"text": one["text"], "origin": one["origin"].lower()} for one in text["translations"]}
    return {"source": text["sourceLanguage"], "translations": words}


def charged(responsible: dict[str, str] | None) -> dict[str, str | None]:
    """Return who is charged with a work as it is hashed."""
    kinds = ("Body", "Organization", "Membership")
    who = {
        kind: bare(responsible["id"]) if responsible and responsible["__typename"] == kind else None for kind in kinds
    }
    return {f"responsible_{kind.lower()}_id": id_ for kind, id_ in who.items()}


def named(part: Any) -> set[str]:
    """Return the names of everything that is hashed."""
    if isinstance(part, list):
        return set().union(*(named(one) for one in part))
    return set(part).union(*(named(one) for one in part.values())) if isinstance(part, dict) else set()


@pytest.fixture
async def reader(place: tuple[Talking, Decided]) -> AsyncIterator[httpx2.AsyncClient]:
    async with reading(place[0].hub.endpoint) as somebody:
        yield somebody


async def test_how_it_was_adopted(decided: Decided, reader: httpx2.AsyncClient) -> None:
    response = await reader.get(f"/instrumentos/{decided.acuerdo['id']}")
    text = Outline(response.text).words()
    for told in (
        "Modificado Vigente Acuerdo Acuerdo sobre el agua",
        "Folio" + decided.acuerdo["folio"],
        "3 a favor, 0 en contra, 0 abstenciones",
        "Publicación oficialDiario Oficial,",
        "página 4",
        "Julia Ordaz, coordinación. Firmó el ",
        f"Firmó esta misma redacción: {decided.acuerdo['revision']['contentHash']}",
    ):
        assert told in text
    assert f'href="/sesiones/Session_{decided.sitting.session_id}"' in response.text
    assert f'href="/votaciones/{decided.vote}"' in response.text


async def test_each_paragraph_has_an_address_and_tells_what_it_orders(
    decided: Decided, reader: httpx2.AsyncClient
) -> None:
    response = await reader.get(f"/instrumentos/{decided.acuerdo['id']}")
    page = Outline(response.text)
    ids = [found["id"] for found in page.all("div") if found.get("class") == "paragraph"]
    assert ids == ["p-primero", "p-segundo"]
    text = page.words()
    assert "Primero Se ordena una consulta sobre el agua. Ordena: Consulta sobre el agua" in text
    assert f"Párrafo segundo {HOSTILE} Ordena: Estudio del agua" in text
    assert len(page.all("script")) == 1


async def test_what_it_ordered_and_what_carries_it_out(decided: Decided, reader: httpx2.AsyncClient) -> None:
    response = await reader.get(f"/instrumentos/{decided.acuerdo['id']}")
    text = Outline(response.text).words()
    ordered = text[text.index("Lo que ordenó") :]
    assert "Consulta · párrafo primero · responsable: Vocal 2, integrante (Comisión de Gobierno Abierto)" in ordered
    assert "faltan 20 días" in ordered
    assert "Consulta: ¿Cuánta agua llega? Abierta" in ordered
    assert "Estudio: Diagnóstico del agua Ordenado" in ordered
    links = (*(f"/mandatos/{id_}" for id_ in decided.mandates.values()), f"/consultas/{decided.consultation}")
    for address in (*links, f"/estudios/{decided.study}", "#p-primero", "#p-segundo"):
        assert f'href="{address}"' in response.text, address


async def test_the_hash_is_worked_out_as_the_page_says(
    place: tuple[Talking, Decided], decided: Decided, reader: httpx2.AsyncClient
) -> None:
    """Whoever follows the recipe with what the API gives everybody gets the hash that was voted on and signed."""
    html = (await reader.get(f"/instrumentos/{decided.acuerdo['id']}")).text
    recipe = html[html.index("<pre>") : html.index("</pre>")]
    keys = re.findall(r'"(\w+)":', recipe)
    found = (await place[0].ask(WHOLE, {"id": decided.acuerdo["id"]}))["node"]
    revision = found["revision"]
    hashed = {
        "body": bare(found["body"]["id"]),
        "kind": found["kind"].lower(),
        "number": revision["number"],
        "title": whole(revision["title"]),
        "addressed_to": whole(revision["addressedTo"]),
        "sections": [
            {"code": one["code"], "heading": whole(one["heading"]), "text": whole(one["text"])}
            for one in revision["sections"]
        ],
        "orders": [
            {
                "paragraph": one["paragraph"],
                "kind": one["kind"].lower(),
                "title": whole(one["title"]),
                "question": whole(one["question"]),
                "due_on": one["dueOn"],
                "budget_note": whole(one["budgetNote"]),
                **charged(one["responsible"]),
            }
            for one in revision["orders"]
        ],
        "relations": [],
    }
    assert set(keys) == {*named(hashed), "target_id"}
    assert content_hash(hashed) == revision["contentHash"] == decided.acuerdo["revision"]["contentHash"]


async def test_what_instruments_do_to_one_another(decided: Decided, reader: httpx2.AsyncClient) -> None:
    amended = await words(reader, f"/instrumentos/{decided.acuerdo['id']}")
    assert "Lo modifica: Acuerdo que corrige" in amended
    amending = await words(reader, f"/instrumentos/{decided.amending['id']}")
    assert "Modifica: Acuerdo sobre el agua" in amending
    assert "Ningún párrafo ordena un trabajo." in amending


async def test_a_document_says_what_it_weighs(
    place: tuple[Talking, Decided], decided: Decided, reader: httpx2.AsyncClient
) -> None:
    response = await reader.get(f"/instrumentos/{decided.acuerdo['id']}")
    page = Outline(response.text)
    (link,) = [found for found in page.all("a") if "download" in found]
    assert str(link["href"]).startswith("/files/")
    assert "Anexo del agua (PDF," in page.words()
    async with reading(place[0].hub.endpoint, public_address="https://hub.example/graphql") as elsewhere:
        html = (await elsewhere.get(f"/instrumentos/{decided.acuerdo['id']}")).text
    assert f'href="https://hub.example{link["href"]}"' in html


async def test_what_changed_between_wordings(decided: Decided, reader: httpx2.AsyncClient) -> None:
    response = await reader.get(f"/instrumentos/{decided.acuerdo['id']}/cambios")
    page = Outline(response.text)
    text = page.words()
    assert "Redacción 2" in text
    assert "Se precisa el agua." in text
    assert "sobre el agua[se quita: potable]." in text
    assert "Párrafo segundo Nuevo" in text
    assert "Párrafo tercero Se quitó Texto [se quita: Esto sobra.]" in text
    assert f"[se agrega: {HOSTILE}]" in text
    assert text.endswith("Es la primera: no hay con qué compararla.")
    assert len(page.all("script")) == 1
    amending = await words(reader, f"/instrumentos/{decided.amending['id']}/cambios")
    assert "Solo tiene una redacción: nadie la ha cambiado." in amending


async def test_many_wordings_go_on_by_links() -> None:
    """The oldest of a page is compared to the one before it, which the next page begins with."""
    fake = FakeHub()
    edges = [{"cursor": f"c{n}", "node": _a_wording(n)} for n in range(3, 14)]
    node = {"__typename": "Instrument", "id": "Instrument_1", "title": said("Acuerdo")}
    fake.data["InstrumentChanges"] = {"node": {**node, "revisions": {"totalCount": 13, "edges": edges}}}
    async with reading(fake) as reader:
        response = await reader.get("/instrumentos/Instrument_1/cambios")
        page = Outline(response.text)
        assert [found["id"] for found in page.all("h2") if "id" in found] == [f"v{n}" for n in range(13, 3, -1)]
        assert "Acuerdo [se quita: 3][se agrega: 4]" in page.words()
        assert 'href="?antes=c4"' in response.text
        fake.data["InstrumentChanges"]["node"]["revisions"]["edges"] = edges[:1]
        last = await reader.get("/instrumentos/Instrument_1/cambios?antes=c4")
        assert fake.asked[-1]["variables"] == {"id": "Instrument_1", "before": "c4"}
        assert 'rel="next"' not in last.text


def _a_wording(number: int) -> dict[str, Any]:
    return {
        "number": number,
        "fixedAt": None,
        "contentHash": None,
        "note": None,
        "title": said(f"Acuerdo {number}"),
        "addressedTo": None,
        "changes": [],
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"agua", "corrige"}),
        ("?texto=corrige", {"corrige"}),
        ("?estado=modificados", {"agua"}),
        ("?clase=acuerdos&vigente=si", {"agua", "corrige"}),
        ("?clase=dictamenes", set()),
        ("?vigente=no", set()),
        ("?organismo={body}&estado=publicados", {"corrige"}),
    ],
)
async def test_the_list_is_narrowed_down(
    decided: Decided, reader: httpx2.AsyncClient, query: str, found: set[str]
) -> None:
    asked = query.format(body=f"Body_{decided.sitting.body_id}")
    text = await words(reader, f"/instrumentos{asked}")
    names = {"agua": "Acuerdo sobre el agua Acuerdo ·", "corrige": "Acuerdo que corrige Acuerdo ·"}
    assert {name for name, told in names.items() if told in text} == found
    assert f"{len(found)} instrumento" in text
    assert ("Ningún instrumento cumple" in text) is not bool(found)


async def test_in_english_everything_is_worded(decided: Decided, reader: httpx2.AsyncClient) -> None:
    text = await words(reader, f"/en/instrumentos/{decided.acuerdo['id']}")
    assert "Amended In force Acuerdo (decision)" in text
    assert "3 for, 0 against, 0 abstentions" in text


@pytest.mark.parametrize("path", ["/instrumentos/{}", "/instrumentos/{}/cambios", "/mandatos/{}"])
async def test_what_is_no_instrument_has_no_page(decided: Decided, reader: httpx2.AsyncClient, path: str) -> None:
    for id_ in (f"Body_{decided.sitting.body_id}", "nobody", "Instrument_00000000-0000-7000-8000-000000000000"):
        assert (await reader.get(path.format(id_))).status_code == 404


async def test_what_is_not_published_is_not_shown(hub: Talking) -> None:
    """A wording that is only tabled has no page for everybody; and one that is not in force yet says so."""
    sitting = await a_sitting(hub, voting=2)
    tabled = await a_tabled_instrument(hub, sitting, sections=[section(orders=[order()])])
    ahead = await a_published_instrument(hub, sitting, in_force_from="2998-01-01", sections=[section(orders=[order()])])
    async with reading(hub.hub.endpoint) as reader:
        assert (await reader.get(f"/instrumentos/{tabled['id']}")).status_code == 404
        assert "1 instrumento " in await words(reader, "/instrumentos")
        assert "Todavía no rige Rige desde el 1 de enero de 2998" in await words(reader, f"/instrumentos/{ahead['id']}")
        annulling = given(instrumentId=ahead["id"], reason=text("Faltó competencia."))
        await hub.act(ANNUL, annulling, by=sitting.coordinator)
        annulled = await words(reader, f"/instrumentos/{ahead['id']}")
    assert "Fue anulado." in annulled
    assert "Faltó competencia." in annulled
    assert "Cancelado" in annulled


async def test_a_list_goes_on_by_links(hub: Talking) -> None:
    async with reading(hub.hub.endpoint) as reader:
        assert "Todavía no hay instrumentos publicados." in await words(reader, "/instrumentos")
        sitting = await a_sitting(hub, voting=1)
        for n in range(21):
            await a_published_instrument(hub, sitting, in_force_from="2998-01-01", title=text(f"Acuerdo {n:02}"))
        page = Outline((await reader.get("/instrumentos?clase=acuerdos")).text)
        (onward,) = [str(found["href"]) for found in page.all("a") if found.get("rel") == "next"]
        rest = await words(reader, f"/instrumentos{onward}")
    assert "21 instrumentos" in rest
    assert [n for n in range(21) if f"Acuerdo {n:02}" in rest] == [0]
