"""Results: each figure of a page is the API's, what is protected is not told, and files hold the same."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from hub import clock
from tests.conftest import fresh_database
from tests.consultations.results_asked import TABLES
from tests.frontend.answering import HOSTILE, Outline, reading
from tests.frontend.reading import SAID, World, a_world
from tests.price.priced import NETWORK, a_limited_hub
from tests.talking import Talking

TALLIES = """query ($id: ID!) { node(id: $id) { ... on Consultation { responseCount revision { questions { nodes {
  code kind title { text } options { code label { text } } tally { answered median lowerQuartile upperQuartile
    medianDate agreed options { code label { text } count share points } scale { value count share }
    rows { code label { text } answered options { code label { text } count share } } } } } } } } }"""


@pytest.fixture(scope="module")
async def hub(template: str, data: Path) -> AsyncIterator[Talking]:
    """One hub for all tests of this file, which only read, with the limits of an installation."""
    async with fresh_database(template) as url, a_limited_hub(url, data, points=1_000_000) as opened:
        yield opened


@pytest.fixture(scope="module")
async def world(hub: Talking) -> World:
    return await a_world(hub, at=clock.now())


@pytest.fixture
async def reader(hub: Talking) -> AsyncIterator[httpx2.AsyncClient]:
    async with reading(hub.hub.endpoint, address=NETWORK) as somebody:
        yield somebody


def tight(text: str) -> str:
    """Return a text without blanks: cells of a table stand beside each other without any."""
    return "".join(text.split())


def figures_of(question: dict[str, Any]) -> list[str]:
    """What a page has to say of a question, from what the API says, in the order of the page."""
    tally = question["tally"]
    told = [f"{tally['answered']} respuesta"]
    for option in tally["options"]:
        numbers = [f"{100 * option['share']:.1f} %", f"{option['count']}"]
        if question["kind"] == "RANKING":
            numbers = [f"{numbers[0]} en primer lugar", f"{numbers[1]} respuestas", f"{option['points']} puntos"]
        told.append(" ".join([option["label"]["text"], *numbers]))
    told += [f"{point['value']} {100 * point['share']:.1f} % {point['count']}" for point in tally["scale"]]
    for row in tally["rows"]:
        told.append(f"{row['label']['text']} {row['answered']} respuesta")
        told += [f"{o['label']['text']} {100 * o['share']:.1f} % {o['count']}" for o in row["options"]]
    if tally["agreed"] is not None:
        told.append(f"Acepta {100 * tally['agreed'] / tally['answered']:.1f} % {tally['agreed']}")
    if tally["median"] is not None:
        told.append(f"Mediana {tally['median']:g}")
        told.append(f"de {tally['lowerQuartile']:g} a {tally['upperQuartile']:g}")
    return told


async def test_each_figure_is_the_one_that_the_interface_gives(
    hub: Talking, world: World, reader: httpx2.AsyncClient
) -> None:
    found = (await hub.ask(TALLIES, {"id": world.closed.node}))["node"]
    text = Outline((await reader.get(f"/consultas/{world.closed.node}/resultados")).text).words()
    assert f"{found['responseCount']} respuestas que cuentan" in text
    tallied = [question for question in found["revision"]["questions"]["nodes"] if question["tally"]]
    assert {question["kind"] for question in tallied} >= {"RANKING", "SCALE", "MATRIX", "NUMBER", "DATE", "CONSENT"}
    for question in tallied:
        if question["kind"] == "PLACE":
            continue
        after = tight(text[text.index(question["title"]["text"]) :])
        for told in map(tight, figures_of(question)):
            assert told in after, (question["code"], told)
            after = after[after.index(told) + len(told) - 1 :]
    assert "Díamediano18deenerode2020" in tight(text)


async def test_what_is_protected_is_the_release_and_no_more(
    hub: Talking, world: World, reader: httpx2.AsyncClient
) -> None:
    """Two people gave the third answer: neither their number nor what it could be worked out from is on the page."""
    found = (await hub.ask(TABLES, {"id": world.closed.node}))["node"]["results"]
    (total,) = [
        table
        for table in found["tables"]["nodes"]
        if table["dimension"] == "TOTAL" and (table["question"] or {}).get("code") == "ingreso"
    ]
    counts = {item["code"]: item["count"] for item in total["categories"][0]["items"]}
    assert counts["mucho"] is None
    text = Outline((await reader.get(f"/consultas/{world.closed.node}/resultados")).text).words()
    shown = text[text.index("¿Cuánto ganas?") : text.rindex("Respuestas por día")]
    assert "Mucho – –no se muestra" in shown
    for label, code in (("Poco", "poco"), ("=HYPERLINK(1)", "bastante")):
        told = "– –no se muestra" if counts[code] is None else f"% {counts[code]}"
        assert told in shown[shown.index(label) :]
    for note in found["method"]:
        assert note["text"] in text
    place = text[text.index("¿Lugar?") :]
    assert tight("Guadalajara 100.0 % 31") in tight(place)


async def test_breakdowns_are_the_tables_of_the_release(hub: Talking, world: World, reader: httpx2.AsyncClient) -> None:
    answer = await reader.get(f"/consultas/{world.closed.node}/desgloses?por=idioma")
    text = Outline(answer.text).words()
    found = (await hub.ask(TABLES, {"id": world.closed.node}))["node"]["results"]["tables"]["nodes"]
    tables = [table for table in found if table["dimension"] == "LANGUAGE"]
    assert tables
    first = tables[0]["categories"][0]
    assert tight(f"{first['label']} {first['answered']}") in tight(text)
    assert (await reader.get(f"/consultas/{world.closed.node}/desgloses?por=nada")).status_code == 404
    unreleased = Outline((await reader.get(f"/consultas/{world.open.node}/desgloses?por=estado")).text).words()
    assert "Los desgloses se publican después del cierre." in unreleased


async def test_a_table_to_take_along(hub: Talking, world: World, reader: httpx2.AsyncClient) -> None:
    """It is what RFC 4180 says, spreadsheets know its letters and run none of its cells, and its figures are right."""
    answer = await reader.get(f"/consultas/{world.closed.node}/resultados.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="resultados-{world.closed.id}.csv"'
    text = answer.content.decode("utf-8")
    assert text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}source,")
    assert text.count("\n") == text.count("\r\n")
    lines = list(csv.DictReader(io.StringIO(text[1:], newline="")))
    cells = [cell for line in lines for cell in line.values()]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert "'=HYPERLINK(1)" in cells
    found = (await hub.ask(TALLIES, {"id": world.closed.node}))["node"]["revision"]["questions"]["nodes"]
    counted = {
        (question["code"], option["code"]): str(option["count"])
        for question in found
        if question["tally"]
        for option in question["tally"]["options"]
    }
    tallied = [line for line in lines if line["source"] == "tally" and not line["row"]]
    assert {(x["question"], x["item"]): x["count"] for x in tallied if (x["question"], x["item"]) in counted} == counted
    released = (await hub.ask(TABLES, {"id": world.closed.node}))["node"]["results"]["tables"]["nodes"]
    expected = sum(1 + len(category["items"]) for table in released for category in table["categories"])
    protected = [line for line in lines if line["source"] == "release"]
    assert len(protected) == expected
    hidden = [x for x in protected if (x["question"], x["dimension"], x["item"]) == ("ingreso", "TOTAL", "mucho")]
    assert [(x["count"], x["share"]) for x in hidden] == [("", "")]


async def test_a_text_for_programs(hub: Talking, world: World, reader: httpx2.AsyncClient) -> None:
    answer = await reader.get(f"/consultas/{world.closed.node}/resultados.json")
    told = json.loads(answer.content)
    assert list(told) == ["consultation", "questions", "tables"]
    found = (await hub.ask(TALLIES, {"id": world.closed.node}))["node"]
    assert told["consultation"]["responseCount"] == found["responseCount"]
    tallies = {question["code"]: question["tally"] for question in found["revision"]["questions"]["nodes"]}
    for question in told["questions"]:
        expected = tallies[question["code"]]
        assert (question["tally"] is None) == (expected is None)
        if expected is not None:
            assert {name: question["tally"][name] for name in ("answered", "median", "agreed", "scale")} == {
                name: expected[name] for name in ("answered", "median", "agreed", "scale")
            }
    tables = (await hub.ask(TABLES, {"id": world.closed.node}))["node"]["results"]["tables"]["nodes"]
    assert [table["categories"] for table in told["tables"]] == [table["categories"] for table in tables]


@pytest.mark.parametrize("path", ["resultados.csv", "resultados.json"])
async def test_there_is_no_file_of_what_is_not_there(reader: httpx2.AsyncClient, world: World, path: str) -> None:
    assert (await reader.get(f"/consultas/Consultation_1/{path}")).status_code == 404
    assert (await reader.get(f"/consultas/Body_{world.body}/{path}")).status_code == 404


async def test_what_is_not_public_yet_says_from_when(hub: Talking, world: World, reader: httpx2.AsyncClient) -> None:
    """While it is open, a consultation that is counted after its closing tells no number, on no page and in no file."""
    with hub.at(world.closed.open):
        text = Outline((await reader.get(f"/consultas/{world.closed.node}/resultados")).text).words()
        file = await reader.get(f"/consultas/{world.closed.node}/resultados.csv")
    assert "Los resultados se publican el" in text
    assert "%" not in text
    assert file.status_code == 404


async def test_responses_are_read_as_far_as_they_were_published(
    hub: Talking, world: World, reader: httpx2.AsyncClient
) -> None:
    """Two of thirty-five let theirs be read, and not all of it; and what they wrote does nothing."""
    address = f"/consultas/{world.closed.node}/respuestas"
    answer = await reader.get(address)
    page = Outline(answer.text)
    assert "2 respuestas publicadas" in page.words()
    assert HOSTILE in page.words()
    assert len(page.all("script")) == 1
    assert SAID not in page.words()
    links = [str(a["href"]) for a in page.all("a") if str(a["href"]).startswith(f"{address}/")]
    assert len(links) == 2
    for link in links:
        whole = Outline((await reader.get(link)).text).words()
        assert HOSTILE in whole
        assert "¿Agua?" not in whole
        assert "sha256:" in whole
        elsewhere = link.replace(world.closed.node, world.open.node)
        assert (await reader.get(elsewhere)).status_code == 404
    unread = Outline((await reader.get(f"/consultas/{world.open.node}/respuestas")).text).words()
    assert "No hay respuestas publicadas." in unread


async def test_responses_are_narrowed_down(world: World, reader: httpx2.AsyncClient) -> None:
    address = f"/consultas/{world.closed.node}/respuestas"
    page = Outline((await reader.get(address)).text)
    (theirs,) = [str(a["href"]) for a in page.all("a") if str(a["href"]).startswith("?organizacion=")]
    assert theirs == f"?organizacion=Organization_{world.organization}"
    for query, count in {
        theirs: "1 respuesta publicada",
        "?calidad=organizaciones": "1 respuesta publicada",
        "?calidad=personas": "1 respuesta publicada",
        "?calidad=autoridades": "0 respuestas publicadas Ninguna respuesta publicada cumple con lo que pediste.",
        f"{theirs}&calidad=personas": "0 respuestas publicadas",
    }.items():
        text = Outline((await reader.get(f"{address}{query}")).text).words()
        assert count in text, query


async def test_every_page_is_within_the_limits_of_an_installation_in_both_languages(
    world: World, reader: httpx2.AsyncClient
) -> None:
    pages = [
        "",
        "/consultas",
        f"/consultas?organismo=Body_{world.body}",
        f"/consultas/{world.open.node}",
        f"/consultas/{world.open.node}/cambios",
        f"/consultas/{world.closed.node}/resultados",
        f"/consultas/{world.closed.node}/desgloses?por=estado",
        f"/consultas/{world.closed.node}/respuestas",
        f"/consultas/{world.closed.node}/contestacion",
        "/estudios",
        "/organizaciones",
        f"/organizaciones/Organization_{world.organization}",
        f"/organismos/Body_{world.body}",
        "/buscar?q=agua",
    ]
    for path in pages:
        for tag in ("", "/en"):
            answer = await reader.get(f"{tag}{path}" or "/")
            assert answer.status_code == 200, (tag, path)
