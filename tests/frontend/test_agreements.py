"""Agreements on pages and by forms: drafted, signed by each party or on paper, carried out, prolonged and ended."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import AsyncIterator
from uuid import UUID

import httpx2
import pytest

from frontend_stub.writing import day
from hub import clock
from hub.people.models import Power
from tests.cast import a_citizen, a_coordinator_of, a_representative_of, a_secretary_of
from tests.consultations.asking import es
from tests.frontend.answering import HOSTILE, Outline, reading, words
from tests.frontend.at_the_desk import at_the_desk
from tests.making.agreements import DRAFT, a_signed_agreement, drafting
from tests.making.bodies import a_body
from tests.making.files import a_document
from tests.making.mandates import an_ordered_mandate
from tests.making.people import an_organization
from tests.talking import Talking


@pytest.fixture
async def reader(hub: Talking) -> AsyncIterator[httpx2.AsyncClient]:
    async with reading(hub.hub.endpoint) as somebody:
        yield somebody


@pytest.fixture
async def body(hub: Talking) -> UUID:
    """A commission."""
    return await a_body(hub)


def in_days(days: int) -> dt.date:
    """A day counted from today."""
    return clock.day_of(clock.now()) + dt.timedelta(days=days)


async def test_it_is_drafted_signed_carried_out_prolonged_and_ended_by_forms(
    hub: Talking, reader: httpx2.AsyncClient, body: UUID
) -> None:
    julia, university = await a_coordinator_of(hub, body), await an_organization(hub, "Universidad del Mar")
    mandate = await an_ordered_mandate(hub, body, by=julia, title=es("Catálogo del agua"))
    today, ends, later = in_days(0).isoformat(), in_days(30), in_days(90)
    async with at_the_desk(hub, julia) as desk:
        await desk.open(f"/escritorio/organismos/Body_{body}/nuevo-convenio")
        said = {
            "title.es": "Convenio del agua",
            "purpose.es": "Publicar juntos los datos del agua.",
            "obligations.0.text.es": "Publicar el catálogo.",
            "inForceFrom": ends.isoformat(),
            "inForceUntil": ends.isoformat(),
        }
        await desk.send(said)
        assert (desk.status, desk.faults) == (422, ["partyIds", "inForceUntil"])
        party = desk.choice("Universidad del Mar")
        assert party == f"Organization_{university}"
        await desk.send({"partyIds": [party], "inForceFrom": "", "obligations.0.partyId": party})
        assert "Hecho: Redactar un convenio." in desk.words
        home, path = desk.path, desk.path.removeprefix("/escritorio")
        assert "Faltan firmas" in desk.words
        await desk.open(f"{home}/editar")
        held = {name: desk.fields[name] for name in ("title.es", "partyIds", "obligations.0.partyId")}
        assert held == {"title.es": "Convenio del agua", "partyIds": party, "obligations.0.partyId": party}
        assert (await reader.get(path)).status_code == 404, "Nobody but its parties reads what is not signed."
        for name, who in (("Universidad del Mar", "Rosa Canul"), ("Comisión", "Julia Ordaz")):
            await desk.open(f"{home}/firmar")
            signing = {"partyId": desk.choice(name), "signatory": who, "signedOn": today}
            await desk.send(signing)
            assert (desk.status, desk.faults) == (422, ["sure"])
            await desk.send({"sure": "yes"})
        assert "Vigente" in desk.words
        await desk.open(f"{home}/editar")
        assert desk.fields == {}, "What all signed is not edited."
        await desk.open(f"{home}/cumplir")
        await desk.send({"position": "1", "mandateId": mandate})
        await desk.open(f"{home}/prorrogar")
        await desk.send({"until": later.isoformat(), "reason.es": "Falta la mitad."})
    text = await words(reader, path)
    signed = day(in_days(0), "es")
    assert f"Comisión de Gobierno Abierto Firmó Julia Ordaz el {signed}. Universidad del Mar Firmó Rosa" in text
    assert text.count("Fue en papel; lo asentó") == 1
    assert "1. Publicar el catálogo. Universidad del Mar Lo cumple el mandato: Catálogo del agua Ordenado" in text
    assert f"Dejaba de regir el {day(ends, 'es')}; ahora, el {day(later, 'es')}." in text
    assert "Falta la mitad." in text
    assert "Firmar" not in text
    async with at_the_desk(hub, julia) as desk:
        await desk.open(f"{home}/terminar")
        await desk.send({"reason.es": "Se cumplió antes.", "sure": "yes"})
        assert "Hecho: Terminar el convenio." in desk.words
    text = await words(reader, path)
    assert "Terminado Convenio del agua" in text
    assert "Se dio por terminado el" in text
    assert "Se cumplió antes." in text


async def test_who_may_publish_for_an_organisation_finds_it_in_their_account_and_signs(
    hub: Talking, reader: httpx2.AsyncClient, body: UUID
) -> None:
    luis, organization = await a_secretary_of(hub, body), await an_organization(hub, "Colectivo Agua")
    rosa = await a_representative_of(hub, organization, powers=[Power.PUBLISH])
    given = drafting(body, f"Organization_{organization}")
    path = f"/convenios/{(await hub.act(DRAFT, given, by=luis))['agreement']['id']}"
    await hub.forget()
    async with at_the_desk(hub, await a_citizen(hub, "Zoe Nadie")) as stranger:
        assert (await stranger.open(path)).status == 404
        assert (await stranger.open(f"/escritorio{path}/firmar")).status == 404
    async with at_the_desk(hub, rosa) as rosa_s:
        await rosa_s.open("/cuenta/representaciones")
        assert path in rosa_s.leads()
        await rosa_s.open(path)
        assert f"/escritorio{path}/firmar" in rosa_s.leads()
        await rosa_s.open(f"/escritorio{path}/firmar")
        assert "Comisión de Gobierno Abierto</label>" not in rosa_s.response.text, "It signs for itself alone."
        said = {"signatory": "Rosa Canul", "signedOn": in_days(1).isoformat(), "sure": "yes"}
        await rosa_s.send({**said, "partyId": rosa_s.choice("Colectivo Agua")})
        assert (rosa_s.status, rosa_s.faults) == (422, ["signedOn"])
        await rosa_s.send({"signedOn": in_days(0).isoformat()})
        assert "Hecho: Firmar." in rosa_s.words
        assert "papel" not in rosa_s.words
        await rosa_s.open(path)
        assert f"/escritorio{path}/firmar" not in rosa_s.leads()
    assert (await reader.get(path)).status_code == 404


async def test_its_list_is_narrowed_down_and_its_papers_say_what_they_are(
    hub: Talking, reader: httpx2.AsyncClient, body: UUID
) -> None:
    assert "Todavía no hay convenios firmados." in await words(reader, "/convenios")
    other = await a_body(hub, "Comisión de Archivos", acronym="CA")
    julia, eva = await a_coordinator_of(hub, body), await a_coordinator_of(hub, other, "Eva Tun")
    one, two = await an_organization(hub, "Colectivo Agua"), await an_organization(hub, "Universidad del Mar")
    hostile = {"source": "es", "translations": [{"language": "es", "text": HOSTILE}]}
    ours = (await a_signed_agreement(hub, body, one, by=julia, purpose=hostile))["id"]
    title = {"source": "es", "translations": [{"language": "es", "text": "Convenio de archivos"}]}
    theirs = (await a_signed_agreement(hub, other, two, by=eva, title=title, inForceFrom=in_days(9).isoformat()))["id"]
    await hub.act(DRAFT, drafting(body, f"Organization_{two}"), by=julia)
    await a_document(hub, julia, ours, title=es("Texto firmado"))
    for query, found in {
        "": [theirs, ours],
        f"?organismo=Body_{body}": [ours],
        f"?organizacion=Organization_{two}": [theirs],
        "?vigente=si": [ours],
        "?vigente=no": [theirs],
        "?texto=archivos": [theirs],
        "?texto=zzzz": [],
    }.items():
        page = Outline((await reader.get(f"/convenios{query}")).text)
        leads = [str(one["href"]) for one in page.all("a")]
        assert [one.removeprefix("/convenios/") for one in leads if one.startswith("/convenios/Ag")] == found, query
    assert "Todavía no rige" in await words(reader, "/convenios?vigente=no")
    page = (await reader.get(f"/convenios/{ours}")).text
    assert re.search(r'Texto firmado</span> <span class="kind">\(PDF, [^)]*bytes?\)', page)
    assert HOSTILE not in page
    for missing in ("nada", f"Body_{body}", "Agreement_0190d2a0-0000-7000-8000-000000000000"):
        assert (await reader.get(f"/convenios/{missing}")).status_code == 404
