"""The pages of joining bodies in front of a real hub: asked for, answered with reasons, invited to and taken back."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import httpx2
import pytest

from hub import clock
from hub.bodies.seat_models import Sector
from hub.text import written
from tests.bodies.test_joining import ACCEPT, DECLINE, INVITE, offering
from tests.cast import a_citizen, a_representative_of, a_secretary_of
from tests.frontend.answering import HOSTILE, Outline, reading
from tests.frontend.test_tokens import sent, signed_in
from tests.making.bodies import a_body, a_seat
from tests.making.people import an_organization
from tests.talking import Somebody, Talking

HERE = "/cuenta/ingresos"


@pytest.fixture
async def body(hub: Talking) -> UUID:
    """A commission."""
    return await a_body(hub)


@pytest.fixture
async def luis(hub: Talking, body: UUID) -> Somebody:
    """Its secretary."""
    return await a_secretary_of(hub, body)


async def words(browser: httpx2.AsyncClient, path: str) -> str:
    return Outline((await browser.get(path)).text).words()


async def the_one(browser: httpx2.AsyncClient) -> str:
    """Return where the only request or invitation of somebody is."""
    page = Outline((await browser.get(HERE)).text)
    (path,) = [str(a["href"]) for a in page.all("a") if str(a["href"]).startswith(f"{HERE}/")]
    return path


async def test_it_is_asked_for_and_declined_with_reasons(hub: Talking, body: UUID, luis: Somebody) -> None:
    ask = f"/organismos/Body_{body}/ingresar"
    await a_seat(hub, body, sector=Sector.CITIZENS, title=written(es="Voz de la calle"))
    async with signed_in(hub, await a_citizen(hub)) as browser:
        assert "no has pedido ingresar a ningún órgano" in (await words(browser, HERE)).lower()
        assert "Lugares vacantes 1 Voz de la calle · Ciudadanía" in await words(browser, ask)
        led = await sent(browser, ask, ask, statement=HOSTILE)
        assert (led.status_code, led.headers["location"]) == (303, f"{HERE}?done=asked")
        text = await words(browser, f"{HERE}?done=asked")
        assert "Tu solicitud quedó enviada." in text
        assert "Comisión de Gobierno Abierto En espera de respuesta Solicitud de ingreso" in text
        again = await words(browser, ask)
        assert "Ya lo pediste" in again
        assert "Enviar la solicitud" not in again, "It is asked for once."
        one = await the_one(browser)
        page = Outline((await browser.get(one)).text)
        assert HOSTILE in page.words()
        assert len(page.all("script")) == 1
        await hub.act(DECLINE, {"input": {"joinRequestId": one.rpartition("/")[2], "answer": "No hay lugar."}}, by=luis)
        assert "No aceptada" in await words(browser, HERE)
        text = await words(browser, one)
        assert "Qué se respondió No hay lugar." in text
        assert "Retirar" not in text
    assert await hub.log() == ["JoinRequestSent", "JoinRequestAnswered"]


async def test_it_is_accepted_and_seen_on_the_page_of_the_body(hub: Talking, body: UUID, luis: Somebody) -> None:
    ask = f"/organismos/Body_{body}/ingresar"
    seat = await a_seat(hub, body)
    async with signed_in(hub, await a_citizen(hub, "Ana Robles")) as browser:
        await sent(browser, ask, ask, statement="Sé de datos.")
        given = {"joinRequestId": (await the_one(browser)).rpartition("/")[2], "seatId": f"Seat_{seat}"}
        await hub.act(ACCEPT, {"input": {**given, "answer": "Bienvenida."}}, by=luis)
        assert "Aceptada" in await words(browser, HERE)
        assert "Respuesta: Bienvenida." in await words(browser, HERE)
    async with reading(hub.hub.endpoint) as reader:
        assert "Integrante Ana Robles" in await words(reader, f"/organismos/Body_{body}")


async def test_it_is_taken_back(hub: Talking, body: UUID) -> None:
    ask = f"/organismos/Body_{body}/ingresar"
    async with signed_in(hub, await a_citizen(hub)) as browser:
        await sent(browser, ask, ask, statement="Sé de datos.")
        one = await the_one(browser)
        assert (await sent(browser, one, one)).headers["location"] == f"{HERE}?done=withdrawn"
        assert "Retirada" in await words(browser, HERE)
        assert "Enviar la solicitud" in await words(browser, ask)
    assert await hub.log() == ["JoinRequestSent", "JoinRequestAnswered"]


async def test_an_organisation_asks_by_who_speaks_for_it(hub: Talking, body: UUID) -> None:
    ask = f"/organismos/Body_{body}/ingresar"
    university = await an_organization(hub, "Universidad del Mar")
    async with signed_in(hub, await a_representative_of(hub, university, "Rosa Canul")) as browser:
        assert "Para mí" in await words(browser, ask)
        await sent(browser, ask, ask, statement="Nos toca.", **{"for": f"Organization_{university}"})
        assert "Solicitud de ingreso, para Universidad del Mar" in await words(browser, HERE)
        text = await words(browser, ask)
        assert "Ya lo pediste" in text
        assert "Universidad del Mar" not in text
        assert "Enviar la solicitud" in text, "She may still ask for herself."
    (row,) = await hub.rows("SELECT organization_id FROM join_request")
    assert row["organization_id"] == university


@pytest.mark.parametrize(("press", "state"), [("accepted", "Aceptada"), ("declined", "No aceptada")])
async def test_an_invitation_is_answered(hub: Talking, body: UUID, luis: Somebody, press: str, state: str) -> None:
    ana = await a_citizen(hub, "Ana Robles")
    seat = await a_seat(hub, body, title=written(es="Voz de la calle"))
    await hub.act(INVITE, offering(seat, personId=f"Person_{ana.person_id}"), by=luis)
    async with signed_in(hub, ana) as browser:
        one = await the_one(browser)
        text = await words(browser, one)
        assert "Invitación: Comisión de Gobierno Abierto" in text
        assert "Voz de la calle" in text
        assert "Por qué te invitan Nos hace falta." in text
        refused = await sent(browser, one, one, act=press, answer=" ")
        assert (refused.status_code, 'href="#answer"' in refused.text) == (422, True)
        assert await hub.log() == []
        led = await sent(browser, one, one, act=press, answer="Lo pensé bien.")
        assert led.headers["location"] == f"{HERE}?done={press}"
        assert state in await words(browser, HERE)
        assert "Qué se respondió Lo pensé bien." in await words(browser, one)
        assert (await browser.get(one)).text.count("<textarea") == 0, "It is answered once."
    seated = await hub.rows("SELECT 1 FROM membership")
    assert len(seated) == (press == "accepted")


async def test_what_nobody_answered_in_time_says_so_and_cannot_be_answered(
    hub: Talking, body: UUID, luis: Somebody
) -> None:
    ana = await a_citizen(hub, "Ana Robles")
    seat = await a_seat(hub, body)
    await hub.act(INVITE, offering(seat, personId=f"Person_{ana.person_id}", days=1), by=luis)
    async with signed_in(hub, ana) as browser:
        one = await the_one(browser)
        with hub.at(clock.now() + dt.timedelta(days=2)):
            assert "Venció sin respuesta" in await words(browser, HERE)
            assert "Aceptar" not in await words(browser, one)


async def test_a_request_says_what_is_wrong_and_loses_nothing(hub: Talking, body: UUID) -> None:
    ask = f"/organismos/Body_{body}/ingresar"
    async with signed_in(hub, await a_citizen(hub)) as browser:
        for statement in (" ", "x" * 4_001):
            refused = await sent(browser, ask, ask, statement=statement)
            assert (refused.status_code, 'href="#statement"' in refused.text) == (422, True)
            assert statement.strip() in Outline(refused.text).words("textarea")
        named = await sent(browser, ask, ask, statement="Sé.", **{"for": "Organization_nobody"})
        assert named.status_code == 422
    assert await hub.log() == []


async def test_who_is_not_concerned_finds_nothing(hub: Talking, body: UUID, luis: Somebody) -> None:
    ask = f"/organismos/Body_{body}/ingresar"
    async with signed_in(hub, await a_citizen(hub)) as browser:
        await sent(browser, ask, ask, statement="Sé de datos.")
        one = await the_one(browser)
        assert (await browser.get("/organismos/nobody/ingresar")).status_code == 404
    for other in (await a_citizen(hub, "Beto Paz"), luis):
        async with signed_in(hub, other) as browser:
            assert (await browser.get(one)).status_code == 404, "Officers answer on their desk."
            assert f"{HERE}/" not in (await browser.get(HERE)).text
    async with reading(hub.hub.endpoint) as reader:
        for path in (ask, HERE, one):
            assert (await reader.get(path)).headers["location"] == f"/entrar?return_to={path}"
