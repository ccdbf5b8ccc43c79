"""Sessions as they were held, with their votes and their minutes, and what nobody may read of one."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from hub.settings import Settings
from tests.conftest import fresh_database
from tests.frontend.answering import HOSTILE, Outline, reading, words
from tests.frontend.respondent import answering
from tests.frontend.sitting import Told, a_told_session, do
from tests.making.bodies import a_body
from tests.making.files import a_document
from tests.making.sessions import a_planned_session
from tests.making.sittings import a_session_of
from tests.making.sittings import text as said
from tests.sessions.voting import a_motion, all_cast, an_open_vote
from tests.talking import Talking, talking


@pytest.fixture(scope="module")
async def hub(template: str, data: Path) -> AsyncIterator[Talking]:
    """One hub for all tests that only read."""
    async with (
        fresh_database(template) as url,
        talking(Settings(data=data, database_url=None, keys=None), url) as opened,
    ):
        yield opened


@pytest.fixture(scope="module")
async def told(hub: Talking) -> Told:
    """A session that was held, with words in it that are a program."""
    told = await a_told_session(hub, words=HOSTILE)
    point = f"AgendaItem_{told.sitting.points[0]}"
    luis = told.sitting.secretary
    await a_document(hub, luis, point, title=said("Dictamen previo"), licence="CC-BY-4.0")
    await a_document(hub, luis, point, title=said("Notas de trabajo"), sight="MEMBERS")
    await a_document(hub, luis, told.session, title=said("Oficio de convocatoria"), role="CONVOCATION")
    return told


@pytest.fixture
async def reader(hub: Talking) -> AsyncIterator[httpx2.AsyncClient]:
    async with reading(hub.hub.endpoint) as somebody:
        yield somebody


def lines(html: str, caption: str) -> list[str]:
    """Return the lines of the table with this caption, as they are read out."""
    tables = re.findall(r"<table.*?</table>", html, re.DOTALL)
    (table,) = [one for one in tables if f">{caption}" in one]
    rows = re.findall(r"<tr>.*?</tr>", table, re.DOTALL)
    return [
        " | ".join(" ".join(re.sub("<.*?>", " ", cell).split()) for cell in re.split("</t[hd]>", row)[:-1])
        for row in rows
    ]


# ---- what was held ---------------------------------------------------------------------------------------------------


async def test_the_head_says_what_sort_of_session_it_was(reader: httpx2.AsyncClient, told: Told) -> None:
    text = await words(reader, f"/sesiones/{told.session}")
    assert (
        "Concluida, con acta Sesión ordinaria Comisión de Gobierno Abierto · Sesión ordinaria número 1 · presencial"
        in text
    )
    assert "Es pública: cualquiera puede asistir." in text
    assert "90 minutos previstos; tomó 70 minutos" in text
    assert "Leer el acta Publicada" in text
    assert "Reglas de sesión, versión 1. Reglas" in text
    assert "Con la anticipación debida: podía hacerse hasta el" in text
    answer = await reader.get(f"/sesiones/{told.session}")
    assert f'href="/feeds/sessions/{told.session}.ics" download>' in answer.text
    assert f'href="/feeds/bodies/Body_{told.sitting.body_id}/sessions.ics"' in answer.text
    assert "data-changes" not in answer.text
    assert "etag" in answer.headers


async def test_a_point_says_all_that_came_of_it(reader: httpx2.AsyncClient, told: Told) -> None:
    text = await words(reader, f"/sesiones/{told.session}")
    assert "1 Asunto 1 Tratado Decisión Qué resultó: Se decidió." in text
    assert f"Vocal 5 no participa en este punto: Trabajo en la empresa del agua. {HOSTILE}" in text
    assert "Moción 1 Aprobada Se aprueba. La presenta Vocal 2." in text
    assert "Sobre Acuerdo sobre el agua (CGA/ACUERDO/2026/001)" in text
    assert "Se aprobó Votación nominal 2 a favor, 1 en contra, 0 abstenciones." in text
    assert "Moción 2 Retirada" in text
    assert f"Moción 3, enmienda a la 2 Aprobada {HOSTILE} En formato abierto." in text
    assert "Fue un empate, que resolvió el voto de calidad de quien preside." in text


async def test_papers_say_their_type_and_size_and_members_alone_see_theirs(
    hub: Talking, reader: httpx2.AsyncClient, told: Told
) -> None:
    text = await words(reader, f"/sesiones/{told.session}")
    assert re.search(r"Dictamen previo \(PDF, \d+\sbytes\)", text)
    assert "licencia: CC-BY-4.0" in text
    assert text.count("Dictamen previo (PDF") == 1
    assert re.search(r"Otros documentos Oficio de convocatoria \(PDF, \d+\sbytes\) Convocatoria", text)
    assert "Notas de trabajo" not in text
    async with answering(hub, told.sitting.people[2]) as browser:
        await browser.read(f"/sesiones/{told.session}")
        assert "Notas de trabajo" in browser.words


async def test_what_was_agreed_is_numbered_with_who_and_until_when(reader: httpx2.AsyncClient, told: Told) -> None:
    answer = await reader.get(f"/sesiones/{told.session}")
    text = Outline(answer.text).words()
    assert "Acuerdos Instrumentos adoptados Acuerdo sobre el agua (CGA/ACUERDO/2026/001) Moción 1" in text
    assert f'href="/instrumentos/{told.ids["instrument"]}"' in answer.text
    assert '<li value="1">\n<p>' in answer.text
    assert "Pedir el padrón al municipio. Pendiente Atrasada A cargo de Vocal 2. Para el" in text
    assert "Del punto 1." in text


async def test_attendance_and_quorum_are_tables(reader: httpx2.AsyncClient, told: Told) -> None:
    html = (await reader.get(f"/sesiones/{told.session}")).text
    counted = lines(html, "El quórum, cada vez que se contó")
    assert counted[0] == "Cuándo | Presentes | Necesarios | Lugares"
    assert re.fullmatch(r"Al abrir, \d\d:\d\d \| 5 \| 4 \| 6", counted[1])
    there = lines(html, "Quién asistió y por qué lugar")
    assert there[0] == "Persona y lugar | Cómo | Llegó | Se fue"
    assert re.fullmatch(r"Julia Ordaz, Coordinación \(gobierno\) \| En la sala \| \d\d:\d\d \| Al terminar", there[1])
    assert re.fullmatch(r"Luis Pech, Secretaría \(sociedad civil\) sin voto \| .*", there[2])
    assert re.fullmatch(r"Vocal 6, Integrante \(gobierno\) \| En la sala \| \d\d:\d\d \| \d\d:\d\d", there[7])


# ---- its votes -------------------------------------------------------------------------------------------------------


async def test_a_roll_call_is_read_line_by_line(reader: httpx2.AsyncClient, told: Told) -> None:
    html = (await reader.get(f"/sesiones/{told.session}")).text
    assert lines(html, "Voto de cada lugar en la moción 1") == [
        "Persona y lugar | Voto",
        "Julia Ordaz, Coordinación | A favor",
        "Vocal 2, Integrante | En contra Falta la red de riego.",
        "Vocal 3, Integrante | A favor",
    ]
    answer = await reader.get(f"/votaciones/{told.ids['vote']}")
    assert lines(answer.text, "Voto de cada lugar") == [
        "Persona y lugar | Voto",
        "Julia Ordaz, Coordinación (gobierno) | A favor",
        "Vocal 2, Integrante (academia) | En contra Falta la red de riego.",
        "Vocal 3, Integrante (gobierno) | A favor",
        "Integrante (sociedad civil) | No votó",
    ]
    assert lines(answer.text, "Lo que votó cada sector") == [
        "Sector | A favor | En contra | Abstención | No votó",
        "Academia | 0 | 1 | 0 | 0",
        "Sociedad civil | 0 | 0 | 0 | 1",
        "Gobierno | 2 | 0 | 0 | 0",
    ]
    text = Outline(answer.text).words()
    assert "Mayoría simple: más de 1/2 de los votos emitidos. Las abstenciones no cuentan como votos emitidos." in text
    facts = ("Presentes que podían votar4", "Se necesitaban para votar4", "Votos a favor que se necesitaban2")
    assert [fact for fact in facts if fact not in text] == []
    assert "Huella de lo que se votó (SHA-256)sha256:" in text


async def test_of_a_secret_vote_there_are_counts_and_the_words_why(reader: httpx2.AsyncClient, told: Told) -> None:
    answer = await reader.get(f"/votaciones/{told.ids['secret']}")
    text = Outline(answer.text).words()
    assert "3 a favor, 1 en contra, 1 abstención. Se necesitaban 3 a favor." in text
    assert "se publica cuántos votos hubo y no de quién fue cada uno" in text
    assert "más de 1/2 de quienes están presentes." in text
    # Of those who voted nobody is named, save whoever moved it and what it says.
    assert [name for name in ("Vocal 2", "Vocal 4", "Vocal 5") if name in text] == []
    assert "Lo que votó cada sector" not in text
    page = await reader.get(f"/sesiones/{told.session}")
    assert "Voto de cada lugar en la moción 4" not in page.text


async def test_a_tie_says_who_broke_it(reader: httpx2.AsyncClient, told: Told) -> None:
    text = await words(reader, f"/votaciones/{told.ids['tie']}")
    assert "Se aprobó Votación de la moción 3" in text
    assert "2 a favor, 2 en contra, 1 abstención. Se necesitaban 3 a favor. Fue un empate" in text


async def test_an_open_vote_says_who_has_voted_and_an_annulled_one_why(
    hub: Talking, reader: httpx2.AsyncClient, told: Told
) -> None:
    later = await a_session_of(hub, told.sitting)
    motion = await a_motion(hub, later, text=said("Que se repita."))
    vote = await an_open_vote(hub, later, motion=motion)
    await all_cast(hub, later, vote, "AGAINST")
    answer = await reader.get(f"/votaciones/{vote}")
    text = Outline(answer.text).words()
    assert "La votación está abierta. Los votos se publican cuando se cierre." in text
    assert lines(answer.text, "Voto de cada lugar")[1:3] == [
        "Coordinación (gobierno) | Ya votó",
        "Integrante (academia) | Todavía no vota",
    ]
    assert "en contra" not in text
    await do(hub, "closeVote", later.coordinator, voteEventId=vote)
    await do(hub, "annulVote", later.coordinator, voteEventId=vote, reason=said("Se contó mal."))
    again = await an_open_vote(hub, later, motion=motion)
    text = await words(reader, f"/votaciones/{vote}")
    assert "Anulada Votación de la moción 1" in text
    assert re.search(r"Se anuló el .*, hora del centro de México: Se contó mal\.", text)
    assert f'href="/votaciones/{again}"' in (await reader.get(f"/votaciones/{vote}")).text
    assert "Anulada Votación nominal" in await words(reader, f"/sesiones/Session_{later.session_id}")


# ---- its minutes -----------------------------------------------------------------------------------------------------


async def test_minutes_say_what_was_observed_and_signed(reader: httpx2.AsyncClient, told: Told) -> None:
    answer = await reader.get(f"/sesiones/{told.session}/acta")
    text = Outline(answer.text).words()
    assert "Publicada Acta: Sesión ordinaria" in text
    assert "La sesión se abrió el" in text
    assert "Nadie la objetó en el plazo." in text
    assert "No tomada en cuenta Vocal 2" in text
    assert "Falta mi razón. Respuesta: Está en la votación." in text
    assert re.search(r"Julia Ordaz, coordinación\. .*?, hora del centro de México\. Firmó este mismo texto\.", text)
    assert re.search(r"Luis Pech, secretaría\. .*?, hora del centro de México\. Firmó este mismo texto\.", text)
    assert "Adenda 1" in text
    assert "Vocal 6 llegó con permiso." in text
    (approved,) = re.findall(r"lo que se firma \(SHA-256\)</dt><dd><code>(sha256:[0-9a-f]{64})</code>", answer.text)
    assert answer.text.count(approved) == 2


# ---- what is not there -----------------------------------------------------------------------------------------------


async def test_what_is_not_there_is_said_so(hub: Talking, reader: httpx2.AsyncClient, told: Told) -> None:
    later = await a_session_of(hub, told.sitting)
    planned = await a_planned_session(hub, await a_body(hub, "Grupo de Datos", acronym="GD"))
    body = f"Body_{told.sitting.body_id}"
    for path in (
        "/sesiones/nobody",
        f"/sesiones/{body}",
        f"/sesiones/{body}/vivo",
        f"/sesiones/{body}/acta",
        f"/sesiones/Session_{planned}",
        f"/sesiones/Session_{planned}/vivo",
        f"/sesiones/Session_{later.session_id}/acta",
        f"/votaciones/{told.session}",
        "/votaciones/nobody",
        "/sesiones?desde=nobody-gave-this",
    ):
        assert (await reader.get(path)).status_code == 404, path


async def test_members_read_minutes_that_are_circulated(hub: Talking, reader: httpx2.AsyncClient, told: Told) -> None:
    later = await a_session_of(hub, told.sitting)
    await do(hub, "dealWithAgendaItem", later.secretary, agendaItemId=f"AgendaItem_{later.points[0]}")
    await do(hub, "closeSession", later.coordinator, sessionId=f"Session_{later.session_id}")
    minutes = await do(hub, "draftMinutes", later.secretary, "minutes { id }", sessionId=f"Session_{later.session_id}")
    await do(hub, "circulateMinutes", later.secretary, minutesId=minutes["id"])
    path = f"/sesiones/Session_{later.session_id}"
    assert "Todavía no se publica." in await words(reader, path)
    async with answering(hub, told.sitting.people[2]) as browser:
        await browser.read(f"{path}/acta")
        assert "Esta acta todavía no es pública: la ves porque integras el órgano." in browser.words
        assert browser.response.headers["cache-control"] == "private, no-store"


async def test_english(reader: httpx2.AsyncClient, told: Told) -> None:
    text = await words(reader, f"/en/sesiones/{told.session}")
    assert "Finished, with minutes Ordinary session Comisión de Gobierno Abierto" in text
    assert "Vocal 5 takes no part in this point:" in text
