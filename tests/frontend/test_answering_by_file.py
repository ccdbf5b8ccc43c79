"""A question that is answered by a file: chosen in its section, kept with the draft, looked over, sent and replaced."""

from __future__ import annotations

from typing import Any

import pytest

from hub.consultations.models import IdentityPolicy
from hub.consultations.questionnaire_models import QuestionKind
from tests.cast import a_citizen
from tests.frontend.answering import Outline
from tests.frontend.respondent import Respondent, answering, of, sent
from tests.making.bodies import a_body
from tests.making.consultations import WORDS, Asked, a_question, an_open_consultation
from tests.making.files import PDF, PNG
from tests.making.questionnaires import in_sections
from tests.talking import Somebody, Talking

PROOF = a_question("prueba", QuestionKind.FILE, file_types=[".pdf", ".png"], max_size=2_000, required=True)
KEPT = """{ viewer { responses { nodes { id state answers { question { code } text file { name size } } } } } }"""


@pytest.fixture
async def asked(hub: Talking) -> Asked:
    """A consultation that asks for a file and for words."""
    return await an_open_consultation(hub, await a_body(hub), sections=in_sections(PROOF, WORDS))


async def answers_of(hub: Talking, who: Somebody) -> list[dict[str, Any]]:
    """What the responses of somebody say, the newest first."""
    nodes = (await hub.ask(KEPT, by=who))["viewer"]["responses"]["nodes"]
    return [{one["question"]["code"]: one["file"] or one["text"] for one in node["answers"]} for node in nodes]


def held(browser: Respondent) -> tuple[str, str]:
    """The name and the size of the file that the form of a section has."""
    return browser.holds.get("prueba.q.name", ""), browser.holds.get("prueba.q.size", "")


async def test_a_file_is_chosen_kept_looked_over_and_sent(hub: Talking, asked: Asked) -> None:
    ana = await a_citizen(hub)
    async with answering(hub, ana) as browser:
        said = await browser.read(f"{of(asked)}?parte=1")
        assert "PDF, PNG, hasta 2.0 kB." in said
        await browser.send({"palabras.q": "Porque sí"}, files={"prueba.q": ("mi casa.pdf", PDF)})
        assert browser.path.endswith("/responder/revisar")
        assert f"respuesta.pdf ({len(PDF)} bytes)" in browser.words
        await browser.read(f"{of(asked)}?parte=1")
        assert held(browser) == ("respuesta.pdf", str(len(PDF)))
        await browser.send({"palabras.q": "Porque así es"})
        await sent(browser)
        assert browser.path.startswith(of(asked, "/recibo"))
        assert await answers_of(hub, ana) == [
            {"prueba": {"name": "respuesta.pdf", "size": len(PDF)}, "palabras": "Porque así es"}
        ]


async def test_a_file_is_replaced_and_taken_away(hub: Talking, asked: Asked) -> None:
    async with answering(hub, await a_citizen(hub)) as browser:
        await browser.read(f"{of(asked)}?parte=1")
        await browser.send({"palabras.q": "Sí"}, files={"prueba.q": ("uno.pdf", PDF)})
        await browser.read(f"{of(asked)}?parte=1")
        await browser.send(files={"prueba.q": ("dos.png", PNG)})
        assert f"respuesta.png ({len(PNG)} bytes)" in browser.words
        await browser.read(f"{of(asked)}?parte=1")
        assert "Quitar el archivo «respuesta.png»" in browser.words
        await browser.send({"prueba.remove": "yes", "next": "later"})
        await browser.read(f"{of(asked)}?parte=1")
        assert held(browser) == ("", "")
        await browser.send()
        assert browser.status == 422
        assert "Pregunta 1: elige un archivo." in browser.words
        assert browser.holds["palabras.q"] == "Sí"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("prueba.pdf", b"MZ program", "El contenido no es lo que dice el nombre (application/pdf)"),
        ("prueba.docx", b"PK", "No se reciben archivos de este tipo, sino estos: .pdf, .png"),
        ("prueba.pdf", PDF * 100, "El archivo está vacío o pesa demasiado"),
        ("prueba.pdf", b"", "El archivo está vacío."),
        ("", b"", "elige un archivo."),
    ],
)
async def test_what_is_wrong_is_said_beside_the_question_and_nothing_else_is_lost(
    hub: Talking, asked: Asked, name: str, content: bytes, told: str
) -> None:
    async with answering(hub, await a_citizen(hub)) as browser:
        await browser.read(f"{of(asked)}?parte=1")
        await browser.send({"palabras.q": "Mucho que decir"}, files={"prueba.q": (name, content)})
        assert browser.status == 422
        assert f"Pregunta 1: {told}" in browser.words
        assert 'aria-describedby="hint-prueba.q wrong-prueba.q"' in browser.html
        assert browser.holds["palabras.q"] == "Mucho que decir"
        await browser.send(files={"prueba.q": ("prueba.pdf", PDF)})
        assert browser.path.endswith("/responder/revisar")


async def test_a_file_stays_while_something_else_is_mended(hub: Talking, asked: Asked) -> None:
    async with answering(hub, await a_citizen(hub)) as browser:
        await browser.read(f"{of(asked)}?parte=1")
        await browser.send({"palabras.q": "x" * 600}, files={"prueba.q": ("mi casa.pdf", PDF)})
        assert browser.status == 422
        assert "Ya tenemos «mi casa.pdf»" in browser.words
        await browser.send({"palabras.q": "x"})
        assert f"respuesta.pdf ({len(PDF)} bytes)" in browser.words
    assert await hub.rows("SELECT name FROM stored_file") == [{"name": "respuesta.pdf"}]


async def test_whoever_is_not_signed_in_answers_by_a_file_too(hub: Talking) -> None:
    known = {"identity_policy": IdentityPolicy.OPEN, "sections": in_sections(PROOF, WORDS)}
    asked = await an_open_consultation(hub, await a_body(hub), **known)
    async with answering(hub) as browser:
        await browser.read(f"{of(asked)}?parte=1")
        await browser.send({"palabras.q": "Sí"}, files={"prueba.q": ("uno.pdf", PDF)})
        await browser.read(f"{of(asked)}?parte=1")
        assert held(browser) == ("respuesta.pdf", str(len(PDF)))
        await browser.send()
        await sent(browser)
        assert browser.path.startswith(of(asked, "/recibo"))
    assert await hub.rows("SELECT count(*) FROM answer WHERE file_id IS NOT NULL") == [{"count": 1}]


async def test_a_response_that_is_changed_keeps_its_file(hub: Talking, asked: Asked) -> None:
    ana = await a_citizen(hub)
    async with answering(hub, ana) as browser:
        await browser.read(f"{of(asked)}?parte=1")
        await browser.send({"palabras.q": "Antes"}, files={"prueba.q": ("uno.pdf", PDF)})
        await sent(browser)
        said = await browser.read(of(asked))
        assert f"respuesta.pdf ({len(PDF)} bytes)" in said
        (link,) = [link for link in Outline(browser.html).all("a") if "/documentos/respuestas/" in str(link["href"])]
        file = await browser.reader.get(str(link["href"]), follow_redirects=False)
        assert file.status_code == 303
        assert file.headers["location"].startswith("/files/answers/")
        await browser.send()
        await browser.read(f"{of(asked)}?parte=1")
        assert held(browser) == ("respuesta.pdf", str(len(PDF)))
        await browser.send({"palabras.q": "Después"})
        await sent(browser)
    newest = (await answers_of(hub, ana))[0]
    assert newest == {"prueba": {"name": "respuesta.pdf", "size": len(PDF)}, "palabras": "Después"}


async def test_the_same_form_once_more_asks_for_a_file_that_is_not_used_yet(hub: Talking, asked: Asked) -> None:
    async with answering(hub, await a_citizen(hub)) as browser:
        await browser.read(f"{of(asked)}?parte=1")
        await browser.send({"palabras.q": "x" * 600}, files={"prueba.q": ("uno.pdf", PDF)})
        again = browser.response
        await browser.send({"palabras.q": "x"})
        assert browser.path.endswith("/responder/revisar")
        browser.response = again
        await browser.send({"palabras.q": "y"})
        assert browser.status == 409
        assert browser.holds["palabras.q"] == "y"
