"""Answering on pages without a program: what is typed is what the hub keeps, and what is refused leaves no trace."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from hub.consultations.drafts import SectionDraft
from hub.consultations.models import IdentityPolicy
from hub.consultations.questionnaire_models import QuestionKind
from hub.people.models import TerritoryKind
from hub.text import written
from tests.cast import a_citizen, a_coordinator_of
from tests.consultations.asking import INVITE, SUBMIT, a_sheet
from tests.frontend.respondent import DRAFTS, answering, of, sent
from tests.making.bodies import a_body
from tests.making.consultations import (
    WATER,
    WORDS,
    a_question,
    a_section,
    an_open_consultation,
)
from tests.making.people import a_territory
from tests.making.questionnaires import EVERY_KIND, every_answer, in_sections
from tests.talking import Somebody, Talking

KEPT = """{ viewer { responses { nodes { consent language territory { name } answers {
  question { code } options text rows { row option } number date territory { id } agreed } } } } }"""


@pytest.fixture
async def body(hub: Talking) -> UUID:
    """A body that asks."""
    return await a_body(hub)


async def answers_of(hub: Talking, who: Somebody) -> Any:
    (response,) = (await hub.ask(KEPT, by=who))["viewer"]["responses"]["nodes"]
    return response["answers"]


EVERYTHING: dict[str, str | list[str]] = {
    "nombre.q": "Ana",
    "relato.q": 'Un «cuento»\r\ncon "comillas", \\ y 🜁.',
    "agua.q": "otra",
    "agua.other": "De la pipa",
    "servicios.q": ["luz", "mas"],
    "servicios.other": "Leña",
    "orden.place.gas": "1",
    "orden.place.luz": "2",
    "nota.q": "4",
    "cuartos.row.cocina": "bien",
    "cuartos.row.patio": "mal",
    "litros.q": "12.75",
    "desde.q": "28/02/2019",
    "acepta.q": "false",
}


async def test_every_kind_of_question_is_kept_as_if_it_had_come_by_the_api(hub: Talking, body: UUID) -> None:
    jalisco = await a_territory(hub, "Jalisco", code="14", kind=TerritoryKind.STATE)
    town = await a_territory(hub, "Guadalajara", code="14039", kind=TerritoryKind.MUNICIPALITY, parent_id=jalisco)
    asked = await an_open_consultation(hub, body, sections=in_sections(*EVERY_KIND))
    ana, berta = await a_citizen(hub), await a_citizen(hub, "Berta")
    given = [{k: v for k, v in answer.items() if k != "consent"} for answer in every_answer(town)]
    await hub.act(SUBMIT, a_sheet(asked, *given), by=berta)
    async with answering(hub, ana) as browser:
        await browser.read(of(asked, "/responder?parte=1"))
        state = next(code for code in browser.form.offered["lugar.state"] if code.endswith(str(jalisco)))
        await browser.send({**EVERYTHING, "lugar.state": state, "next": "towns"})
        assert browser.status == 200
        assert browser.holds["relato.q"] == EVERYTHING["relato.q"].replace("\r", "")  # type: ignore[union-attr]
        assert await hub.rows(DRAFTS) == [], "Looking for the towns keeps nothing."
        await browser.send({"lugar.state": state, "next": "later"})
        assert browser.path.endswith("/despues"), "Whoever goes on later may leave it half answered."
        await browser.read(of(asked, "/responder?parte=1"))
        await browser.send({**EVERYTHING, "lugar.state": state, "lugar.town": ""})
        assert (browser.status, "elige el municipio" in browser.words) == (422, True)
        await browser.send({**EVERYTHING, "lugar.state": state, "lugar.town": f"Territory_{town}"})
        assert browser.path.endswith("/revisar"), browser.words
        for said in (
            "De la pipa",
            "1. Gas",
            "2. Luz",
            "Cocina: Bien",
            "12.75",
            "28 de febrero de 2019",
            "Guadalajara, Jalisco",
        ):
            assert said in browser.words
        await sent(browser, territory=state)
        assert "Tu respuesta llegó" in browser.words
    assert await answers_of(hub, ana) == await answers_of(hub, berta)
    (mine,) = (await hub.ask(KEPT, by=ana))["viewer"]["responses"]["nodes"]
    assert (mine["consent"], mine["language"], mine["territory"]) == ("WITHOUT_NAME", "es", {"name": "Jalisco"})
    assert await hub.rows(DRAFTS) == []


WRONG = {
    "agua.other": ("sin elegirla", "escribiste otra opción pero no la elegiste"),
    "litros.q": ("muchos", "escribe un número con cifras"),
    "desde.q": ("31/02/2020", "escribe una fecha que exista"),
    "orden.place.gas": ("2", "da cada lugar una sola vez"),
    "nombre.q": ("x" * 41, "es demasiado largo"),
}


async def test_what_is_wrong_is_said_beside_what_was_typed_and_nothing_is_kept(hub: Talking, body: UUID) -> None:
    asked = await an_open_consultation(hub, body, sections=in_sections(*EVERY_KIND))
    ana = await a_citizen(hub)
    await hub.forget()
    async with answering(hub, ana) as browser:
        await browser.read(of(asked, "/responder?parte=1"))
        typed = {name: value for name, (value, _) in WRONG.items()}
        await browser.send(typed)
        assert browser.status == 422
        assert "<title>Error: " in browser.html
        for field, (value, message) in WRONG.items():
            if field != "nombre.q":
                assert message in browser.words
            assert browser.holds[field] == value
        # What only the hub finds is said in the same place.
        await browser.send({**dict.fromkeys(typed, ""), "nombre.q": "x" * 41, "litros.q": "0.1"})
        assert browser.status == 422
        assert 'href="#nombre.q">Pregunta 1: es demasiado largo' in browser.html
        assert 'href="#litros.q">Pregunta 8: el número está fuera' in browser.html
        assert browser.holds["nombre.q"] == "x" * 41
    assert (await hub.rows(DRAFTS), await hub.log()) == ([], [])


async def test_more_than_the_hub_takes_at_once_is_said_and_stays_on_the_page(hub: Talking, body: UUID) -> None:
    texts = [a_question(f"texto{n}", QuestionKind.LONG_TEXT) for n in range(5)]
    asked, ana = await an_open_consultation(hub, body, sections=a_section(*texts)), await a_citizen(hub)
    async with answering(hub, ana) as browser:
        await browser.read(of(asked, "/responder?parte=1"))
        await browser.send({f"texto{n}.q": "ñ" * 19_000 for n in range(5)})
        assert (browser.status, len(browser.holds["texto4.q"])) == (422, 19_000)
        assert "más largas de lo que se recibe de una vez" in browser.words
        await browser.send({"texto4.q": "", "texto3.q": "", "texto2.q": ""})
        assert browser.path.endswith("/revisar")


async def test_sent_twice_there_is_one_response_and_one_receipt(hub: Talking, body: UUID) -> None:
    for policy in (IdentityPolicy.ACCOUNT, IdentityPolicy.OPEN):
        asked = await an_open_consultation(hub, body, identity_policy=policy)
        ana = await a_citizen(hub) if policy is IdentityPolicy.ACCOUNT else None
        await hub.forget()
        async with answering(hub, ana) as browser:
            await browser.read(of(asked, "/responder?parte=1"))
            await browser.send({"agua.q": "si"})
            # A second tab with the same page, and a browser that never saw what the first sending was answered.
            forms = [browser.filled({"consent": "NOT_PUBLISHED"}) for _ in ("first", "again")]
            await browser.read(of(asked, "/responder/revisar"))
            receipts = []
            for form in (*forms, browser.filled({"consent": "NOT_PUBLISHED"})):
                answer = await browser.post(browser.form.action, form)
                assert (answer.status_code, answer.headers["location"]) == (303, of(asked, "/recibo"))
                receipts.append(browser.reader.cookies[f"hub-receipt-{asked.id}"])
                browser.reader.cookies.delete(f"hub-receipt-{asked.id}")
            assert len(set(receipts)) == 1
        assert await hub.log() == ["ResponseSubmitted"], policy


async def test_two_tabs_that_both_send_send_one(hub: Talking, body: UUID) -> None:
    asked = await an_open_consultation(hub, body, identity_policy=IdentityPolicy.OPEN)
    async with answering(hub) as browser:
        await browser.read(of(asked, "/responder?parte=1"))
        await browser.send({"agua.q": "si"})
        other = browser.filled({"consent": "WITHOUT_NAME"})
        await sent(browser)
        assert "Tu respuesta llegó" in browser.words
        answer = await browser.post(of(asked, "/responder/revisar"), other)
        assert answer.headers["location"] == of(asked, "/recibo")
    assert (await hub.log()).count("ResponseSubmitted") == 1


async def test_what_was_begun_without_an_account_goes_on_in_another_browser(hub: Talking, body: UUID) -> None:
    asked = await an_open_consultation(hub, body, identity_policy=IdentityPolicy.OPEN)
    async with answering(hub) as phone, answering(hub) as desk:
        await phone.read(of(asked, "/responder?parte=1"))
        await phone.send({"agua.q": "no", "palabras.q": "A medias", "next": "later"})
        assert phone.path.endswith("/despues")
        (code, secret) = [part.partition("<code>")[2].partition("</code>")[0] for part in phone.html.split("<pre")[1:]]
        assert "Sin empezar" in await desk.read(of(asked))
        await desk.read(of(asked, "/responder/seguir"))
        await desk.send({"codigo": code, "clave": "otra"})
        assert (desk.status, desk.holds["codigo"]) == (422, code)
        await desk.send({"codigo": code.lower(), "clave": secret})
        assert "Seguir donde iba" in desk.words
        await desk.read(of(asked, "/responder?parte=1"))
        assert (desk.holds["agua.q"], desk.holds["palabras.q"]) == ("no", "A medias")
        await desk.send({"palabras.q": "Entera"})
        await sent(desk)
        assert "Tu respuesta llegó" in desk.words
        # The first browser knows that there is nothing to go on with any more, and cannot send it again.
        assert "Sin empezar" in await phone.read(of(asked))
    assert (await hub.log()).count("ResponseSubmitted") == 1
    assert await hub.rows("SELECT text FROM answer WHERE text IS NOT NULL") == [{"text": "Entera"}]


async def test_what_another_tab_saved_is_not_undone_and_what_was_typed_here_stays(hub: Talking, body: UUID) -> None:
    asked, ana = await an_open_consultation(hub, body), await a_citizen(hub)
    async with answering(hub, ana) as here, answering(hub, ana) as there:
        for tab in (here, there):
            await tab.read(of(asked, "/responder?parte=1"))
        await there.send({"agua.q": "si", "palabras.q": "De allá"})
        await here.send({"agua.q": "no", "palabras.q": "De aquí"})
        assert here.status == 409
        assert "Se guardó algo en otra pestaña" in here.words
        assert "De allá" in here.words
        assert (here.holds["agua.q"], here.holds["palabras.q"]) == ("no", "De aquí")
        (draft,) = await hub.rows(DRAFTS)
        assert (draft["edition"], draft["answers"]["given"][-1]["text"]) == (1, "De allá")
        await here.send()
        assert here.path.endswith("/revisar")
        # What was looked over there is not what would be sent now.
        await sent(there)
        assert there.status == 409
        assert "De aquí" in there.words
    assert "ResponseSubmitted" not in await hub.log()


async def test_a_form_opened_before_the_closing_and_sent_after_it_is_refused_with_its_words(
    hub: Talking, body: UUID
) -> None:
    asked = await an_open_consultation(hub, body, late_days=0)
    ana = await a_citizen(hub)
    await hub.forget()
    async with answering(hub, ana) as browser, answering(hub, ana) as reviewing:
        await browser.read(of(asked, "/responder?parte=1"))
        await reviewing.read(of(asked, "/responder?parte=1"))
        await reviewing.send({"agua.q": "no", "palabras.q": "Lo <revisado>"})
        await browser.read(of(asked, "/responder?parte=1"))
        drafts = await hub.rows(DRAFTS)
        with hub.at(asked.closed):
            await browser.send({"palabras.q": "Dos renglones\r\n<con> ¡signos!"})
            assert browser.status == 410
            assert "ya cerró y no recibe más respuestas" in browser.words
            assert " ".join(browser.html.split()).count("Dos renglones &lt;con&gt; ¡signos!") == 1
            await sent(reviewing)
            assert reviewing.status == 410
            assert "Lo &lt;revisado&gt;" in reviewing.html
            assert (await browser.read(of(asked)), browser.status)[1] == 410
        assert (await hub.rows(DRAFTS), await hub.log()) == (drafts, [])


async def test_just_after_the_closing_it_counts_and_later_it_is_kept(hub: Talking, body: UUID) -> None:
    for instant, state in (("in_grace", "Llegó justo después del cierre"), ("closed", "Guardada: llegó tarde")):
        asked, ana = await an_open_consultation(hub, body), await a_citizen(hub)
        async with answering(hub, ana) as browser:
            await browser.read(of(asked, "/responder?parte=1"))
            await browser.send({"agua.q": "si"})
            with hub.at(getattr(asked, instant)):
                await sent(browser)
                assert "Tu respuesta llegó" in browser.words
                assert state in browser.words


RULED = (
    SectionDraft(title=written(es="Uno"), questions=(WATER, WORDS)),
    SectionDraft(
        title=written(es="Dos"),
        questions=(a_question("cuanto", QuestionKind.NUMBER, required=True, display_rule="agua = no"),),
    ),
    SectionDraft(
        title=written(es="Tres"),
        questions=(
            a_question("usa", QuestionKind.SINGLE_CHOICE, "si", "no", required=True),
            a_question("porque", QuestionKind.LONG_TEXT, required=True, display_rule="usa = no"),
        ),
    ),
)


async def test_what_is_not_asked_is_passed_over_and_what_depends_on_this_page_says_so(hub: Talking, body: UUID) -> None:
    asked, ana = await an_open_consultation(hub, body, sections=RULED), await a_citizen(hub)
    async with answering(hub, ana) as browser:
        await browser.read(of(asked, "/responder?parte=1"))
        await browser.send({"agua.q": "si"})
        assert browser.path.endswith("parte=3")
        assert "Solo si en la pregunta 4 respondiste «No»." in browser.words
        await browser.send({"usa.q": "si", "porque.q": "No viene al caso"})
        assert browser.path.endswith("/revisar")
        assert "No viene al caso" not in browser.words
        await browser.read(of(asked, "/responder?parte=3"))
        await browser.send({"usa.q": "no", "porque.q": ""})
        assert browser.status == 422
        assert "Pregunta 5: escribe tu respuesta." in browser.words
        await browser.send({"porque.q": "Porque no"})
        # Another answer to the first question asks for what was passed over.
        await browser.read(of(asked, "/responder?parte=1&volver=revisar"))
        await browser.send({"agua.q": "no"})
        assert browser.path.endswith("/revisar")
        assert "Pregunta 3: escribe un número." in browser.words
        await sent(browser)
        assert browser.status == 422
        await browser.read(of(asked, "/responder?parte=2&volver=revisar"))
        await browser.send({"cuanto.q": "3"})
        await sent(browser)
        assert "Tu respuesta llegó" in browser.words
    codes = {one["question"]["code"] for one in await answers_of(hub, ana)}
    assert codes == {"agua", "cuanto", "usa", "porque"}


async def test_an_invitation_is_shown_first_and_taken_once(hub: Talking, body: UUID) -> None:
    asked = await an_open_consultation(hub, body, identity_policy=IdentityPolicy.INVITED)
    issued = {"input": {"consultationId": asked.node, "count": 1, "batch": "Vecinas"}}
    (code,) = (await hub.act(INVITE, issued, by=await a_coordinator_of(hub, body)))["codes"]
    async with answering(hub) as browser, answering(hub) as another:
        assert "Esta consulta es por invitación" in await browser.read(of(asked, "/responder?parte=1"))
        await browser.send({"invitacion": "no-es"})
        assert (browser.status, browser.holds["invitacion"]) == (422, "no-es")
        assert await hub.rows(DRAFTS) == []
        await browser.read(of(asked, f"/responder?invitacion={code}"))
        assert browser.holds["invitacion"] == code
        await browser.send()
        await browser.read(of(asked, "/responder?parte=1"))
        await browser.send({"agua.q": "si"})
        await sent(browser)
        assert "Tu respuesta llegó" in browser.words
        # The same invitation in another browser: it may only say otherwise what was said.
        await another.read(of(asked, f"/responder?invitacion={code}"))
        await another.send()
        await another.read(of(asked, "/responder?parte=1"))
        await another.send({"agua.q": "no"})
        await sent(another)
        assert another.status == 409
        assert "Ya hay una respuesta enviada" in another.words
        await sent(another)
        assert "Tu respuesta llegó" in another.words
    states = await hub.rows("SELECT state FROM response ORDER BY received_at")
    assert [row["state"] for row in states] == ["replaced", "accepted"]
