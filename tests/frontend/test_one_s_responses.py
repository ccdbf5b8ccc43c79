"""Who may answer on pages and when, in whose name, and what becomes of a response that was given."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest

from hub.consultations.models import Anonymity, IdentityPolicy
from hub.consultations.noticing import suspend
from hub.text import written
from tests.cast import a_citizen, a_coordinator_of, a_representative_of
from tests.consultations.timing import CORRECT, a_correction, the_questions
from tests.frontend.respondent import DRAFTS, answering, of, sent
from tests.making.bodies import a_body
from tests.making.consultations import (
    a_response,
    an_open_consultation,
    staff_of,
)
from tests.making.people import an_organization
from tests.talking import Talking


@pytest.fixture
async def body(hub: Talking) -> UUID:
    """A body that asks."""
    return await a_body(hub)


STANDINGS: dict[str, tuple[str, str, int]] = {
    "scheduled": ("opens_at", "La consulta todavía no abre.", 409),
    "over": ("over", "La consulta ya cerró", 410),
}


@pytest.mark.parametrize("standing", STANDINGS)
async def test_where_it_cannot_be_answered_now_it_says_why(hub: Talking, body: UUID, standing: str) -> None:
    asked, ana = await an_open_consultation(hub, body), await a_citizen(hub)
    attribute, words, status = STANDINGS[standing]
    instant = getattr(asked, attribute) - (dt.timedelta(minutes=1) if standing == "scheduled" else dt.timedelta())
    async with answering(hub, ana) as browser:
        with hub.at(instant):
            assert words in await browser.read(of(asked))
            assert browser.status == status
            assert "<form" not in browser.html


async def test_suspended_and_withdrawn_say_so_and_keep_nothing(hub: Talking, body: UUID) -> None:
    asked, ana = await an_open_consultation(hub, body), await a_citizen(hub)
    async with answering(hub, ana) as browser:
        await browser.read(of(asked, "/responder?parte=1"))
        async with hub.change(staff_of(body)) as change:
            await suspend(change, asked.id, reason=written(es="Falta un dato."))
        await browser.send({"palabras.q": "Se queda aquí"})
        assert (browser.status, "Se queda aquí" in browser.words) == (409, True)
        assert "está suspendida" in browser.words
        assert "está suspendida" in await browser.read(of(asked))
    assert await hub.rows(DRAFTS) == []


async def test_whoever_is_not_signed_in_is_led_to_sign_in_and_comes_back_here(hub: Talking, body: UUID) -> None:
    asked, ana = await an_open_consultation(hub, body), await a_citizen(hub)
    async with answering(hub) as browser:
        await browser.read(of(asked))
        assert "Primero entra con tu cuenta" in browser.words
        assert f'href="/entrar?return_to={of(asked)}"' in browser.html
    # Somebody's sign-in may end while they write.
    async with answering(hub, ana) as browser:
        await browser.read(of(asked, "/responder?parte=1"))
        browser.reader.cookies.delete("hub-session")
        await browser.send({"palabras.q": "Mucho escrito"})
        assert (browser.status, "Mucho escrito" in browser.words) == (403, True)
        assert f'href="/entrar?return_to={of(asked)}"' in browser.html
    assert await hub.rows(DRAFTS) == []


async def test_only_the_verified_answer_where_that_is_asked(hub: Talking, body: UUID) -> None:
    asked = await an_open_consultation(hub, body, identity_policy=IdentityPolicy.VERIFIED)
    async with answering(hub, await a_citizen(hub)) as browser:
        assert "identidad se comprobó" in await browser.read(of(asked))
        assert browser.status == 403


async def test_a_representative_chooses_in_whose_name_they_answer(hub: Talking, body: UUID) -> None:
    asked = await an_open_consultation(hub, body)
    organization = await an_organization(hub, "Red del Agua")
    ana = await a_representative_of(hub, organization)
    async with answering(hub, ana) as browser:
        assert "¿En nombre de quién respondes?" in await browser.read(of(asked))
        await browser.read(of(asked, f"/responder?parte=1&por=Organization_{organization}"))
        assert "En nombre de Red del Agua." in browser.words
        await browser.send({"agua.q": "no"})
        assert browser.path.endswith(f"/revisar?por=Organization_{organization}")
        assert "Con el nombre de la organización" in browser.words
        await browser.send({"consent": "ORGANIZATION_NAME"})
        assert "Tu respuesta llegó" in browser.words
        # For themselves they have said nothing yet.
        assert "Sin empezar" in await browser.read(of(asked))
        # What the organisation said is changed from where it was said.
        await browser.read("/cuenta/respuestas")
        assert f"{of(asked)}?por=Organization_{organization}" in browser.html
        await browser.read(of(asked, f"/responder?por=Organization_{organization}"))
        await browser.send()
        await browser.read(of(asked, f"/responder?parte=1&por=Organization_{organization}"))
        assert browser.holds["agua.q"] == "no"
        await browser.send({"agua.q": "si"})
        await browser.send({"consent": "ORGANIZATION_NAME"})
        assert "Tu respuesta llegó" in browser.words
        # Whoever is signed out meanwhile neither loses their words nor says them as nobody.
        await browser.read(of(asked, f"/responder?parte=1&por=Organization_{organization}"))
        browser.reader.cookies.delete("hub-session")
        await browser.send({"palabras.q": "Lo dice la red"})
        assert (browser.status, "Lo dice la red" in browser.words) == (403, True)
    states = await hub.rows("SELECT state, organization_id FROM response ORDER BY received_at")
    assert states == [{"state": state, "organization_id": organization} for state in ("replaced", "accepted")]
    async with answering(hub, await a_citizen(hub, "Berta")) as stranger:
        await stranger.read(of(asked, f"/responder?por=Organization_{organization}"))
        assert stranger.status == 404


async def test_one_s_own_response_is_seen_changed_left_and_withdrawn(hub: Talking, body: UUID) -> None:
    asked, ana = await an_open_consultation(hub, body), await a_citizen(hub)
    first = await a_response(hub, asked, ana, at=asked.opens_at)
    await hub.forget()
    async with answering(hub, ana) as browser:
        await browser.read(of(asked))
        assert "Ya respondiste" in browser.words
        await browser.send()
        assert "Estás cambiando tu respuesta" in browser.words
        await browser.read(of(asked, "/responder?parte=1"))
        assert browser.holds["agua.q"] == "si"
        # Rather not: what was sent stays, and nothing happened.
        await browser.read(of(asked, "/responder/descartar"))
        await browser.send()
        assert "Ya respondiste" in browser.words
        assert await hub.log() == []
        await browser.send()
        await browser.read(of(asked, "/responder?parte=1"))
        await browser.send({"agua.q": "no"})
        assert browser.holds["consent"] == "WITHOUT_NAME"
        await sent(browser)
        assert "Tu respuesta llegó" in browser.words
        assert first.receipt not in browser.words
        # How it is published.
        await browser.read(of(asked, "/responder/publicacion"))
        await browser.send({"consent": "NOT_PUBLISHED"})
        assert "Cambiaste cómo se publica" in browser.words
        assert "Publicación: Que no se publique." in browser.words
        # Withdrawn, after being asked.
        await browser.read("/cuenta/respuestas")
        assert "Se cambió por otra" in browser.words
        await browser.read(of(asked, "/responder/retirar"))
        assert "Deja de contar y no se publica" in browser.words
        await browser.send()
        assert browser.path == "/cuenta/respuestas?done=withdrawn"
        assert "Tu respuesta quedó retirada." in browser.words
        assert "Sin empezar" in await browser.read(of(asked))
    assert await hub.log() == ["ResponseReplaced", "ResponseSubmitted", "ConsentChanged", "ResponseWithdrawn"]


async def test_an_anonymous_response_is_withdrawn_by_its_receipt(hub: Talking, body: UUID) -> None:
    asked = await an_open_consultation(hub, body, identity_policy=IdentityPolicy.OPEN, anonymity=Anonymity.ANONYMOUS)
    async with answering(hub) as browser, answering(hub) as stranger:
        await browser.read(of(asked, "/responder?parte=1"))
        await browser.send({"agua.q": "si"})
        await sent(browser)
        code = browser.html.partition("<code>")[2].partition("</code>")[0]
        assert "no se guarda la hora" in browser.words
        await stranger.read(of(asked, "/responder/retirar"))
        await stranger.send({"recibo": "7ZK2-0QHM-3VBT-9XEA-5"})
        assert stranger.status == 422
        assert "ResponseWithdrawn" not in await hub.log()
        await browser.read(of(asked, "/responder/retirar"))
        assert browser.holds["recibo"] == code
        await browser.send()
        assert "Tu respuesta está retirada" in browser.words
    assert (await hub.log())[-1] == "ResponseWithdrawn"


async def test_anybody_who_knows_its_code_checks_a_receipt(hub: Talking, body: UUID) -> None:
    asked, ana = await an_open_consultation(hub, body), await a_citizen(hub)
    given = await a_response(hub, asked, ana, at=asked.opens_at)
    async with answering(hub) as browser:
        await browser.read("/recibos")
        assert browser.response.headers["x-robots-tag"] == "noindex"
        await browser.send({"codigo": given.receipt.lower().replace("-", " ")})
        assert (browser.status, browser.path) == (200, "/recibos")
        assert "La respuesta se recibió y cuenta." in browser.words
        assert "Llegó a tiempo." in browser.words
        await browser.send({"codigo": "7ZK2-0QHM"})
        assert (browser.status, browser.holds["codigo"]) == (422, "7ZK2-0QHM")
        assert "una letra cambiada" in browser.words
        # Nobody else finds a receipt by its consultation.
        await browser.read(of(asked, "/recibo"))
        assert browser.path == "/recibos"


async def test_after_a_correction_in_substance_one_is_asked_again_with_what_still_fits(
    hub: Talking, body: UUID
) -> None:
    asked, ana = await an_open_consultation(hub, body), await a_citizen(hub)
    await a_response(hub, asked, ana, at=asked.opens_at)
    async with answering(hub, await a_citizen(hub, "Berta")) as writing:
        await writing.read(of(asked, "/responder?parte=1"))
        julia = await a_coordinator_of(hub, body)
        await hub.act(CORRECT, a_correction(asked, the_questions(), "SUBSTANTIVE"), by=julia)
        await writing.send({"agua.q": "si", "palabras.q": "Escrito antes"})
        assert (writing.status, writing.holds["palabras.q"]) == (409, "Escrito antes")
        assert "se corrigieron" in writing.words
        await writing.send()
        assert writing.path.endswith("/revisar")
    async with answering(hub, ana) as browser:
        assert "Las preguntas cambiaron de fondo" in await browser.read(of(asked))
