"""Interests on pages and by forms: declared in one's own account, told as far as it is meant, reviewed at the desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import httpx2
import pytest

from tests.cast import a_citizen, a_secretary_of
from tests.frontend.answering import Outline, reading
from tests.frontend.at_the_desk import at_the_desk
from tests.frontend.test_tokens import signed_in
from tests.making.bodies import a_body, a_membership, a_seat
from tests.making.people import an_organization
from tests.talking import Talking

SAID = {
    "kind": "EMPLOYMENT",
    "summary": "Trabaja en una empresa del ramo.",
    "matter": "Concesión de 2024",
    "since": "2024-02-01",
}


@pytest.fixture
async def reader(hub: Talking) -> AsyncIterator[httpx2.AsyncClient]:
    async with reading(hub.hub.endpoint) as somebody:
        yield somebody


@pytest.fixture
async def body(hub: Talking) -> UUID:
    """A commission."""
    return await a_body(hub)


async def words(browser: httpx2.AsyncClient, path: str) -> str:
    return Outline((await browser.get(path)).text).words()


async def test_they_are_declared_reviewed_and_told_as_far_as_it_is_meant(
    hub: Talking, reader: httpx2.AsyncClient, body: UUID
) -> None:
    luis, ana = await a_secretary_of(hub, body), await a_citizen(hub, "Ana Robles")
    await an_organization(hub, "Aguas del Mar")
    seat = f"/cuenta/lugares/Membership_{await a_membership(hub, await a_seat(hub, body), by=ana)}"
    members = f"/organismos/Body_{body}/integrantes"
    assert "Intereses por declarar" in await words(reader, members)
    async with at_the_desk(hub, ana) as ana_s:
        assert "Aún no declaras tus intereses." in (await ana_s.open("/cuenta/lugares")).words
        assert f"{seat}/intereses" in (await ana_s.open(seat)).leads()
        await ana_s.open(f"{seat}/intereses")
        await ana_s.send({**SAID, "since": "ayer"})
        assert (ana_s.status, ana_s.faults) == (422, ["since"])
        await ana_s.send({"since": "2024-02-01", "matter": "", "summary": ""})
        assert (ana_s.status, ana_s.faults) == (422, ["summary", "matter"])
        await ana_s.send({**SAID, "organizationId": ana_s.choice("Aguas del Mar")})
        assert "Declaraste tus intereses." in ana_s.words
        assert "Trabajo Por revisar Trabaja en una empresa" in (await ana_s.open(seat)).words
    public = "Trabajo Por revisar Trabaja en una empresa del ramo. Se declaró el"
    assert public in await words(reader, members)
    assert "Concesión" not in await words(reader, members)
    async with at_the_desk(hub, luis) as desk:
        await desk.open(f"/escritorio/organismos/Body_{body}")
        (review,) = [path for path in desk.leads() if path.endswith("/revisar")]
        await desk.open(review)
        await desk.send({"note": "No vota sobre concesiones."})
        assert "Hecho: Revisar la declaración." in desk.words
        assert review not in desk.leads()
    async with signed_in(hub, luis) as browser:
        told = await words(browser, members)
        assert "Aguas del Mar: Concesión de 2024" in told
        assert "No vota sobre concesiones." in told
    async with at_the_desk(hub, ana) as ana_s:
        await ana_s.open(f"{seat}/intereses")
        again = {**SAID, "summary": "Trabajó ahí.", "until": "2025-01-01"}
        await ana_s.send({**again, "replacesId": ana_s.choice("Trabaja en una empresa")})
    text = await words(reader, members)
    assert "Trabajó ahí." in text
    assert "Lo que declaró antes: Ana Robles Trabajo Reemplazada Trabaja en una empresa del ramo." in text
    assert "No vota" not in text


async def test_nobody_declares_for_another_but_officers_for_whoever_has_no_account(hub: Talking, body: UUID) -> None:
    luis, ana = await a_secretary_of(hub, body), await a_citizen(hub, "Ana Robles")
    held = await a_membership(hub, await a_seat(hub, body), by=ana)
    by_letter = await a_membership(hub, await a_seat(hub, body, ordinal=2), "Eva Tun")
    async with at_the_desk(hub, luis) as desk:
        assert (await desk.open(f"/cuenta/lugares/Membership_{held}/intereses")).status == 404
        await desk.open(f"/escritorio/organismos/Body_{body}")
        assert "Aún no declaran: Ana Robles, Eva Tun." in desk.words
        acts = [path for path in desk.leads() if path.endswith("/intereses")]
        assert acts == [f"/escritorio/integrantes/Membership_{by_letter}/intereses"]
        await desk.open(f"/escritorio/integrantes/Membership_{held}/intereses")
        assert desk.fields == {}
        await desk.open(acts[0])
        await desk.send({"kind": "NONE", "summary": "No tiene intereses."})
        assert "Hecho: Declarar intereses." in desk.words
        assert "Aún no declaran: Ana Robles." in desk.words
        due = (await desk.open(f"/organismos/Body_{body}/integrantes?estado=por-declarar")).words
        assert ("Ana Robles" in due, "Eva Tun" in due) == (True, False)
