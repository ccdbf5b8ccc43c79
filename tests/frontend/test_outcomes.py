"""What came of a consultation: each question is answered in sight of all, and whoever answered is led there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import httpx2
import pytest

from hub.consultations.report_models import Outcome
from hub.text import written
from tests.cast import a_citizen, a_coordinator_of, an_analyst_of
from tests.consultations.asking import es
from tests.consultations.reports_asked import (
    APPROVE_REPORT,
    APPROVE_STATEMENT,
    CORRECT_REPORT,
    CORRECT_STATEMENT,
    PUBLISH_REPORT,
    PUBLISH_STATEMENT,
    a_report,
    a_statement,
    report,
    statement,
)
from tests.consultations.results_asked import option
from tests.consultations.test_ordered import an_order
from tests.frontend.answering import HOSTILE, Outline, reading, words
from tests.frontend.respondent import answering, of
from tests.making.bodies import a_body
from tests.making.consultations import WATER, WORDS, Asked, a_section, an_open_consultation, some_responses
from tests.making.reports import Analysed, a_published_statement, an_analysis, published_findings
from tests.making.sittings import a_sitting
from tests.talking import Talking


@pytest.fixture
async def reader(hub: Talking) -> AsyncIterator[httpx2.AsyncClient]:
    async with reading(hub.hub.endpoint) as somebody:
        yield somebody


@pytest.fixture
async def body(hub: Talking) -> UUID:
    return await a_body(hub)


async def reported(hub: Talking, body: UUID, asked: Asked | None = None) -> Analysed:
    """A consultation with two questions that four people answered, and its report."""
    asked = asked or await an_open_consultation(hub, body, sections=a_section(WATER, WORDS), smallest_cell=3)
    await some_responses(hub, asked, 4, option("agua", "si"))
    return await published_findings(hub, body, asked=asked)


async def test_each_question_says_what_was_done_and_why(hub: Talking, reader: httpx2.AsyncClient, body: UUID) -> None:
    found = await reported(hub, body)
    page = of(found.asked, "")
    said = written(es="A cuatro les llega.")
    id_ = await a_published_statement(hub, found, "agua", reasons=f"Se hará. {HOSTILE}", said=said, did=Outcome.PARTLY)
    one = f"{page}/contestacion/Statement_{id_}"
    with hub.at(found.at):
        text = await words(reader, f"{page}/contestacion")
        for told in (
            "1 pregunta o sección contestada",
            "Se preguntó: ¿Hay agua?",
            "Se dijo A cuatro les llega.",
            "Se decidió Se acepta en parte",
            f"Por qué Se hará. {HOSTILE}",
            "4 respuestas a esta pregunta",
            "100.0 % 4",
            "Informe de la consulta Cómo se preguntó y se contó Se preguntó en línea.",
            "Lo que estos datos no dicen Contestó quien quiso.",
            "Respuestas que cuentan4",
            "sha256:",
        ):
            assert "".join(told.split()) in "".join(text.split()), told
        alone = await reader.get(one)
        assert Outline(alone.text).words("h1") == "¿Hay agua?"
        assert len(Outline(alone.text).all("script")) == 1
        # It is said on the page of the consultation and under the figures of its question, and nowhere else.
        for path in (page, f"{page}/resultados"):
            answer = await reader.get(path)
            assert answer.text.count(f'href="{one}"') == 1, path
            assert "Se acepta en parte" in Outline(answer.text).words()
        results = await words(reader, f"{page}/resultados")
        assert "Informe de la consulta" in results
        assert "Lo que estos datos no dicen" in results
        other = await an_open_consultation(hub, body)
        assert (await reader.get(one.replace(found.asked.node, other.node))).status_code == 404


async def test_a_whole_section_is_answered_at_once(hub: Talking, reader: httpx2.AsyncClient, body: UUID) -> None:
    found = await reported(hub, body)
    id_ = await a_published_statement(hub, found)
    with hub.at(found.at):
        text = await words(reader, f"{of(found.asked, '')}/contestacion")
        assert "Toda la sección «Preguntas»" in text
        assert "Las cifras de «¿Hay agua en tu casa?»" in text
        results = (await reader.get(f"{of(found.asked, '')}/resultados")).text
    assert results.count(f"/contestacion/Statement_{id_}") == 2


async def test_the_act_by_which_it_was_done_is_linked(hub: Talking, reader: httpx2.AsyncClient) -> None:
    sitting = await a_sitting(hub, voting=2)
    instrument, _ = await an_order(hub, sitting)
    found = await reported(hub, sitting.body_id)
    by = UUID(instrument["id"].partition("_")[2])
    await a_published_statement(hub, found, "agua", instrument_id=by)
    with hub.at(found.at):
        answer = await reader.get(f"{of(found.asked, '')}/contestacion")
    assert f'href="/instrumentos/{instrument["id"]}"' in answer.text
    assert f"Se hizo por medio de: Acuerdo sobre el agua ({instrument['folio']})." in Outline(answer.text).words()


async def test_what_is_not_published_is_told_to_nobody(hub: Talking, reader: httpx2.AsyncClient, body: UUID) -> None:
    found = await an_analysis(hub, body, sections=a_section(WATER))
    page = of(found.asked, "")
    with hub.at(found.at):
        assert "Todavía no se publica qué se hizo" in await words(reader, f"{page}/contestacion")
        assert "Informe de la consulta" not in await words(reader, f"{page}/resultados")


@pytest.mark.parametrize(
    ("state", "standing", "told"),
    [
        (None, "Por contestar", "Quien pregunta debe decir qué hizo con cada pregunta a más tardar el"),
        ("late", "Atrasada", "El plazo para decir qué se hizo con cada pregunta venció el"),
    ],
)
async def test_the_day_by_which_it_is_owed(
    hub: Talking, reader: httpx2.AsyncClient, body: UUID, state: str | None, standing: str, told: str
) -> None:
    found = await reported(hub, body)
    (row,) = await hub.rows("SELECT answer_due_on FROM consultation WHERE id = :id", id=found.asked.id)
    due = row["answer_due_on"]
    assert due is not None
    at = found.at if state is None else found.at.replace(year=found.at.year + 1)
    with hub.at(at):
        text = await words(reader, of(found.asked, ""))
    assert f"{standing} {told} {due.day} de" in text


async def test_corrections_stay_in_sight(hub: Talking, reader: httpx2.AsyncClient, body: UUID) -> None:
    found = await reported(hub, body)
    first = f"Statement_{await a_published_statement(hub, found, 'agua')}"
    julia, noe = await a_coordinator_of(hub, body), await an_analyst_of(hub, body)
    page = of(found.asked, "")
    with hub.at(found.at):
        given = statement(first, **a_statement("No alcanzó.", did="NOTED"), note=es("El monto era otro."))
        second = (await hub.act(CORRECT_STATEMENT, given, by=noe))["statement"]["id"]
        await hub.act(APPROVE_STATEMENT, statement(second), by=julia)
        await hub.act(PUBLISH_STATEMENT, statement(second), by=julia)
        (row,) = await hub.rows("SELECT id FROM consultation_report")
        given = report(f"ConsultationReport_{row['id']}", **a_report("Y en papel."), note=es("Faltó el papel."))
        better = (await hub.act(CORRECT_REPORT, given, by=noe))["report"]["id"]
        await hub.act(APPROVE_REPORT, report(better), by=julia)
        await hub.act(PUBLISH_REPORT, report(better), by=julia)
        text = await words(reader, f"{page}/contestacion")
        for told in (
            "Versión 2, corregida: El monto era otro.",
            "Se toma nota",
            "Y en papel.",
            "Versión 1, sustituida",
            "Versión 2, en vigor",
            "Faltó el papel.",
        ):
            assert told in text
        assert "Se acepta" not in text
        former = await words(reader, f"{page}/contestacion/{first}")
        assert "Esta contestación se sustituyó por otra." in former
        assert "Se ampliará la red." in former
        assert "se sustituyó" not in await words(reader, f"{page}/contestacion/{second}")


async def test_whoever_answered_is_led_to_what_was_done_with_it(
    hub: Talking, reader: httpx2.AsyncClient, body: UUID
) -> None:
    """From the receipt, from the account, and by the code alone; to the questions that they answered and no others."""
    asked = await an_open_consultation(hub, body, sections=a_section(WATER, WORDS))
    ana = await a_citizen(hub)
    async with answering(hub, ana) as browser:
        await browser.read(of(asked, "/responder?parte=1"))
        await browser.send({"agua.q": "si"})
        await browser.send({"consent": "WITHOUT_NAME"})
        assert "Tu respuesta llegó" in browser.words
        assert "Quien pregunta debe decir qué hizo con cada pregunta a más tardar el" in browser.words
        assert "Qué se hizo con lo que contestaste" not in browser.words
        (receipt,) = await hub.rows("SELECT code FROM receipt")
        found = await published_findings(hub, body, asked=asked)
        with hub.at(found.at):
            await browser.read(of(asked, "/recibo"))
            assert "Todavía no se publica qué se hizo con las preguntas que contestaste." in browser.words
            await browser.read("/cuenta/respuestas")
            assert "Qué se hizo con lo que contestaste" not in browser.words
        mine = await a_published_statement(hub, found, "agua", did=Outcome.NOT_ACCEPTED)
        other = await a_published_statement(hub, found, "palabras")
        with hub.at(found.at):
            await browser.read("/cuenta/respuestas")
            assert "/recibo?respuesta=" in browser.html
            assert "#contestacion" in browser.html
            await browser.read(of(asked, "/recibo"))
            for told in ("Qué se hizo con lo que contestaste", "¿Hay agua? No se acepta"):
                assert told in browser.words
            assert of(asked, f"/contestacion/Statement_{mine}") in browser.html
            assert f"Statement_{other}" not in browser.html
    async with answering(hub) as stranger:
        with hub.at(found.at):
            await stranger.read("/recibos")
            await stranger.send({"codigo": receipt["code"]})
            assert of(asked, f"/contestacion/Statement_{mine}") in stranger.html
            assert f"Statement_{other}" not in stranger.html


@pytest.mark.parametrize("path", ["/consultas/{}/contestacion", "/consultas/{}/contestacion/Statement_1"])
async def test_what_is_not_there_has_no_page(hub: Talking, reader: httpx2.AsyncClient, path: str) -> None:
    body = await a_body(hub)
    for id_ in (f"Body_{body}", "nobody"):
        assert (await reader.get(path.format(id_))).status_code == 404
