"""The pages of one's own seats in front of a real hub: taken on, left for a while, given up, and how one is counted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx2
import pytest

from hub.bodies.seat_models import Post
from tests.bodies.acting import member_act
from tests.cast import a_citizen, a_secretary_of
from tests.frontend.answering import Outline, reading
from tests.frontend.test_tokens import signed_in
from tests.making.bodies import a_body, a_membership, a_seat
from tests.talking import Somebody, Talking

HERE = "/cuenta/lugares"
PROPOSE = member_act("proposeMember")


@pytest.fixture
async def body(hub: Talking) -> UUID:
    """A commission."""
    return await a_body(hub)


async def words(browser: httpx2.AsyncClient, path: str) -> str:
    return Outline((await browser.get(path)).text).words()


async def pressed(browser: httpx2.AsyncClient, path: str, name: str, **given: Any) -> httpx2.Response:
    """Press a button of a page that has several forms."""
    page = Outline((await browser.get(path)).text)
    (form, *_) = [str(found["value"]) for found in page.all("input") if found.get("name") == "form"]
    origin = {"origin": "http://pages.test"}
    return await browser.post(path, data={"form": form, "act": name, **given}, headers=origin)


async def test_what_one_is_proposed_for_is_taken_on(hub: Talking, body: UUID) -> None:
    luis, ana = await a_secretary_of(hub, body), await a_citizen(hub, "Ana Robles")
    one = await proposed(hub, body, luis, ana)
    async with signed_in(hub, ana) as browser:
        text = await words(browser, HERE)
        assert "Comisión de Gobierno Abierto Propuesta, sin aceptar Integrante · Gobierno" in text
        assert "Dejar el lugar" not in await words(browser, one), "It is declined, and not given up."
        assert (await pressed(browser, one, "accept")).headers["location"] == f"{HERE}?done=accept"
        assert "En funciones" in await words(browser, f"{HERE}?done=accept")
    assert await hub.log() == ["MemberSeated", "SeatFilled"]
    async with reading(hub.hub.endpoint) as reader:
        assert "Integrante Ana Robles" in await words(reader, f"/organismos/Body_{body}")


async def test_it_is_declined_with_a_reason(hub: Talking, body: UUID) -> None:
    luis, ana = await a_secretary_of(hub, body), await a_citizen(hub, "Ana Robles")
    one = await proposed(hub, body, luis, ana)
    async with signed_in(hub, ana) as browser:
        refused = await pressed(browser, one, "decline", reason=" ")
        assert (refused.status_code, 'href="#reason"' in refused.text) == (422, True)
        assert await hub.log() == []
        led = await pressed(browser, one, "decline", reason="No tengo tiempo.")
        assert led.headers["location"] == f"{HERE}?done=decline"
        assert "No tengo tiempo." in await words(browser, one)
    assert await hub.rows("SELECT state FROM membership") == [{"state": "ended"}]


async def test_one_is_away_comes_back_and_gives_it_up(hub: Talking, body: UUID) -> None:
    ana = await a_citizen(hub, "Ana Robles")
    one = f"{HERE}/Membership_{await a_membership(hub, await a_seat(hub, body), by=ana)}"
    async with signed_in(hub, ana) as browser:
        await pressed(browser, one, "leave", reason="Voy a un congreso.")
        assert "Con licencia" in await words(browser, HERE)
        assert (await pressed(browser, one, "leave", reason="Otra vez.")).headers["location"] == one, "Once is enough."
        await pressed(browser, one, "return")
        await pressed(browser, one, "end_membership", reason="Me mudo.")
        text = await words(browser, one)
        assert "Terminó" in text
        assert "Por qué" not in text, "What is over is left no more."
    assert await hub.log() == ["MemberOnLeave", "MemberReturned", "MembershipEnded", "SeatVacated"]


async def test_how_one_is_counted_is_said_and_taken_back(hub: Talking, body: UUID) -> None:
    ana = await a_citizen(hub, "Ana Robles")
    one = f"{HERE}/Membership_{await a_membership(hub, await a_seat(hub, body), by=ana)}"
    async with signed_in(hub, ana) as browser:
        for said, kept in (("WOMAN", "woman"), ("", None)):
            await pressed(browser, one, "gender", gender=said)
            assert await hub.rows("SELECT gender FROM membership") == [{"gender": kept}]
            page = Outline((await browser.get(one)).text)
            assert [str(o["value"]) for o in page.all("option") if "selected" in o] == ([said] if said else [])


async def test_the_seats_of_others_are_not_there(hub: Talking, body: UUID) -> None:
    ana, luis = await a_citizen(hub, "Ana Robles"), await a_secretary_of(hub, body)
    one = f"{HERE}/Membership_{await a_membership(hub, await a_seat(hub, body, post=Post.MEMBER), by=ana)}"
    async with signed_in(hub, luis) as browser:
        for path in (one, f"{HERE}/nobody", f"{HERE}/Body_{body}"):
            assert (await browser.get(path)).status_code == 404
        assert "No tienes ningún lugar." in await words(browser, HERE)
        refused = await sent_blindly(browser, one)
        assert refused.status_code == 404
    async with reading(hub.hub.endpoint) as reader:
        assert (await reader.get(one)).headers["location"] == f"/entrar?return_to={one}"
    assert await hub.log() == []


async def proposed(hub: Talking, body: UUID, by: Somebody, whom: Somebody) -> str:
    """Have somebody proposed for a seat, and return where they answer."""
    known = {"seatId": f"Seat_{await a_seat(hub, body)}", "name": whom.name, "personId": f"Person_{whom.person_id}"}
    return f"{HERE}/{(await hub.act(PROPOSE, {'input': known}, by=by))['membership']['id']}"


async def sent_blindly(browser: httpx2.AsyncClient, path: str) -> httpx2.Response:
    """Send a form of this browser's own to an address that it was not shown for."""
    page = Outline((await browser.get("/cuenta")).text)
    (form, *_) = [str(found["value"]) for found in page.all("input") if found.get("name") == "form"]
    data = {"form": form, "act": "end_membership", "reason": "Porque sí."}
    return await browser.post(path, data=data, headers={"origin": "http://pages.test"})
