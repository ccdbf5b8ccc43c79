"""What each page says."""

from __future__ import annotations

import json
import re
import shlex
from html import unescape
from typing import Any

import httpx2
import pytest

from tests.frontend.answering import FakeHub, Outline, a_notice, a_question, a_section, reading, said


async def words(reader: httpx2.AsyncClient, path: str) -> str:
    return Outline((await reader.get(path)).text).words()


async def test_the_first_page_tells_what_is_open_until_when_by_whose_clock(reader: httpx2.AsyncClient) -> None:
    response = await reader.get("/")
    text = Outline(response.text).words()
    assert "Cierra el domingo 29 de noviembre de 2026, 23:59, hora del centro de México" in text
    assert '<time datetime="2026-11-30T05:59:00Z">' in response.text
    assert "3 preguntas 1,234 respuestas" in text
    assert "A closed one en inglés" in text
    assert "1 respuesta Ver resultados" in text
    assert "Comisión de Gobierno Abierto CGA Pregunta a la gente." in text
    assert 'href="/organismos/Body_1"' in response.text


async def test_a_list_that_is_longer_than_the_first_page_goes_on_elsewhere(
    fake: FakeHub, reader: httpx2.AsyncClient
) -> None:
    html = (await reader.get("/en")).text
    assert 'href="/en/consultas?estado=cerradas"' in html
    assert "See all 7" in Outline(html).words()
    assert "estado=abiertas" not in html


async def test_nothing_to_ask(fake: FakeHub, reader: httpx2.AsyncClient) -> None:
    for listed in fake.data["Home"].values():
        listed.update(nodes=[], totalCount=0, pageInfo={"hasNextPage": False, "endCursor": None})
    text = await words(reader, "/")
    assert "Ahora no hay consultas abiertas." in text
    assert "Todavía no ha cerrado ninguna consulta." in text
    assert "Quién pregunta" not in text


async def test_a_consultation_tells_why_until_when_and_what_was_counted(reader: httpx2.AsyncClient) -> None:
    response = await reader.get("/consultas/Consultation_1")
    text = Outline(response.text).words()
    for told in (
        "Abierta ¿Qué publicar primero?",
        "Para saberlo. Y para decirlo.",
        "Nadie lo había preguntado.",
        "Oaxaca, Yucatán y 1 más",
        "Versión 1, publicada el 15 de noviembre de 2026.",
        "Se elige una opción Sí No",
        "Lo ordena un mandato: Preguntar qué publicar.",
        "Puedes guardar lo que lleves y seguir después",
    ):
        assert told in text
    assert 'href="/graphql/schema.graphql"' in response.text
    assert '<p lang="en">The order can change.</p>' in response.text
    assert 'href="https://datos.example/uno"' in response.text
    assert 'href="/consultas/Consultation_1/resultados"' in response.text


async def test_questions_stand_in_their_sections(fake: FakeHub, reader: httpx2.AsyncClient) -> None:
    """A section without a question is not shown, and one that the page before began says so."""
    page = Outline((await reader.get("/consultas/Consultation_1")).text)
    assert [found["id"] for found in page.all("h4")] == ["p1", "p2", "p3"]
    assert page.words("h3") == "PrimeroDespués"
    revision = fake.data["Consultation"]["node"]["revision"]
    revision["sections"] = [a_section("Uno", 1), a_section("Dos", 52)]
    revision["questions"] = {
        "totalCount": 90,
        "pageInfo": {"hasNextPage": True, "endCursor": "a/b"},
        "nodes": [a_question(51), a_question(52)],
    }
    response = await reader.get("/consultas/Consultation_1?desde=x")
    page = Outline(response.text)
    assert fake.asked[-1]["variables"] == {"id": "Consultation_1", "after": "x"}
    assert page.words("h3") == "Uno (continúa)Dos"
    assert "Preguntas 51 a 52 de 90" in page.words()
    assert 'href="?desde=a/b#preguntas"' in response.text
    assert 'href="/consultas/Consultation_1#preguntas"' in response.text


@pytest.mark.parametrize(
    ("known", "told", "untold"),
    [
        ({"state": "OPEN", "resultsPolicy": "AFTER_CLOSING"}, "Se publica el lunes 30 de noviembre", "Ver resultados"),
        ({"state": "SCHEDULED"}, "Podrás responder desde que abra", "Ver resultados"),
        ({"state": "CLOSED", "withdrawnAt": "2026-11-20T00:00:00Z"}, "fue retirada", "Cómo responder"),
        ({"identityPolicy": "IMPORTED"}, "Nadie aquí", "Cómo responder"),
    ],
)
async def test_what_is_not_public_is_not_made_up(
    fake: FakeHub, reader: httpx2.AsyncClient, known: dict[str, Any], told: str, untold: str
) -> None:
    consultation = fake.data["Consultation"]["node"]
    consultation.update(responseCount=None, **known)
    text = await words(reader, "/consultas/Consultation_1")
    assert told in text
    assert untold not in text
    assert "Sí No" in text


async def test_a_question_in_another_language_says_so(fake: FakeHub, reader: httpx2.AsyncClient) -> None:
    questions = fake.data["Consultation"]["node"]["revision"]["questions"]["nodes"]
    questions[0]["title"] = said("Is there water?", "en")
    questions[1]["title"] = said("¿Cuix onca atl?", "nah")
    response = await reader.get("/consultas/Consultation_1")
    assert "Estas preguntas solo están en inglés y náhuatl" in Outline(response.text).words()
    assert '<span lang="nah">' in response.text
    assert '<span lang="es">' not in response.text


async def test_every_kind_of_question_says_how_it_is_answered(fake: FakeHub, reader: httpx2.AsyncClient) -> None:
    node = fake.data["Consultation"]["node"]
    first, second, third = node["revision"]["questions"]["nodes"]
    ends = {"lowLabel": said("Nada"), "highLabel": said("Todo")}
    first.update(kind="SCALE", options=[], minimum=0.0, maximum=10.0, **ends)
    second.update(kind="MATRIX", rows=[{"label": said("Agua")}], sensitivity="CONFIDENTIAL")
    third.update(kind="NOTICE", options=[], required=False)
    text = await words(reader, "/consultas/Consultation_1")
    assert "Se elige un punto de la escala de 0 a 10" in text
    assert "0: Nada · 10: Todo" in text
    assert "Confidencial. Ninguna respuesta se publica; solo cifras de conjunto que reúnan a 10 personas o más." in text
    assert "Agua Para cada uno se elige: Sí No" in text
    assert text.endswith("¿Pregunta en el lugar 2?")


async def test_the_notices_about_time_are_told_with_their_reasons(fake: FakeHub, reader: httpx2.AsyncClient) -> None:
    node = fake.data["Consultation"]["node"]
    assert "Avisos sobre el plazo" not in await words(reader, "/consultas/Consultation_1")
    node["notices"]["nodes"].insert(0, a_notice(2, "EXTENSION", "Faltaba gente."))
    text = await words(reader, "/consultas/Consultation_1")
    assert "Avisos sobre el plazo Ampliación del plazo, 15 de noviembre de 2026. Cierra:" in text
    assert "Faltaba gente." in text


async def test_texts_and_limits(fake: FakeHub, reader: httpx2.AsyncClient) -> None:
    first, _, third = fake.data["Consultation"]["node"]["revision"]["questions"]["nodes"]
    first.update(kind="LONG_TEXT", options=[], required=False)
    third.update(kind="MULTIPLE_CHOICE", maxChoices=1, sourceModeration="REJECTED")
    text = await words(reader, "/consultas/Consultation_1")
    assert "Se contesta con palabras propias · opcional" in text
    assert "Se pueden elegir hasta 1 · Rechazada en la plataforma de origen" in text


def pasted(html: str) -> list[list[str]]:
    """The commands of a page, as a shell would split them, and what stands between the marks of the body."""
    blocks = [unescape(block) for block in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", html, flags=re.DOTALL)]
    return [[*shlex.split(b.partition("<<'JSON'\n")[0]), b.partition("<<'JSON'\n")[2]] for b in blocks]


async def test_two_requests_to_paste(reader: httpx2.AsyncClient) -> None:
    """They are what a shell understands, and the answer chooses nothing for whoever pastes it."""
    ask, answer = pasted((await reader.get("/api")).text)
    assert ask[:3] == ["curl", "-s", "http://pages.test/graphql"]
    assert "authorization: Bearer $TOKEN" in answer
    bodies = [json.loads(command[-1].removesuffix("\nJSON")) for command in (ask, answer)]
    assert bodies[0]["query"].startswith("query WhatIsOpen")
    assert bodies[1]["query"].startswith("mutation Answer")
    assert bodies[1]["variables"]["input"] == {
        "consultationId": "Consultation_1",
        "revisionId": "QuestionnaireRevision_1",
        "consent": "NOT_PUBLISHED",
        "noticeHash": "sha256:00",
        "answers": [
            {"question": "uno", "option": "CODIGO"},
            {"question": "varios", "options": ["CODIGO"]},
            {"question": "palabras", "text": ""},
        ],
    }


async def test_the_way_in_is_told_while_nobody_answers(fake: FakeHub, reader: httpx2.AsyncClient) -> None:
    fake.fail("INTERNAL")
    response = await reader.get("/api")
    assert response.status_code == 200
    assert "Ahora no hay una consulta abierta" in Outline(response.text).words()


@pytest.mark.parametrize("host", ["a.test;rm -rf", "$(id).test", "a.test/x", ""])
async def test_a_strange_host_is_not_repeated_into_a_command(reader: httpx2.AsyncClient, host: str) -> None:
    ask, _ = pasted((await reader.get("/api", headers={"host": host})).text)
    assert ask[2] == "http://127.0.0.1:8000/graphql"


async def test_the_public_address_is_told_where_it_is_another(fake: FakeHub) -> None:
    async with reading(fake, public_address="https://api.example/graphql") as reader:
        html = (await reader.get("/api")).text
    assert pasted(html)[0][2] == "https://api.example/graphql"
    assert 'href="https://api.example/graphql/schema.graphql"' in html
