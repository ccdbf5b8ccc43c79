"""The pages of bodies and working groups: what they are for, who sits in them, their balance, and their papers."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import AsyncIterator
from uuid import UUID

import httpx2
import pytest

from frontend_stub.writing import day
from hub import clock
from hub.bodies.models import BodyKind
from hub.bodies.seat_models import Post, Sector
from hub.text import written
from tests.bodies.acting import body_act, member_act
from tests.bodies.test_parity import ADOPT as ADOPT_RULE
from tests.bodies.test_parity import a_rule
from tests.cast import a_citizen, a_coordinator_of, a_secretary_of
from tests.consultations.asking import es
from tests.frontend.answering import HOSTILE, Outline, reading, words
from tests.frontend.test_tokens import signed_in
from tests.making.agreements import a_signed_agreement
from tests.making.bodies import a_body, a_membership, a_seat
from tests.making.files import PDF, a_document
from tests.making.instruments import a_published_instrument, a_tabled_instrument
from tests.making.mandates import an_ordered_mandate
from tests.making.people import a_territory, an_organization
from tests.making.sessions import a_commission, an_open_session
from tests.making.sittings import a_sitting
from tests.making.studies import a_study
from tests.mandates.test_planning import APPROVE, DRAFT, LINK
from tests.talking import Talking

END, EDIT = member_act("endMembership"), body_act("editBody")
SINCE, DAY = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.timedelta(days=1)


@pytest.fixture
async def reader(hub: Talking) -> AsyncIterator[httpx2.AsyncClient]:
    async with reading(hub.hub.endpoint) as somebody:
        yield somebody


@pytest.fixture
async def body(hub: Talking) -> UUID:
    """A working group."""
    return await a_body(hub, "Grupo de datos", kind=BodyKind.WORKING_GROUP, remit=written(es="Abrir los datos."))


async def test_who_sits_there_by_sector_and_what_is_vacant(
    hub: Talking, reader: httpx2.AsyncClient, body: UUID
) -> None:
    university = await an_organization(hub, "Universidad del Mar")
    chair = await a_seat(hub, body, post=Post.COORDINATOR, title=written(es="Presidencia"))
    scholar = await a_seat(hub, body, ordinal=2, sector=Sector.ACADEMIA, title=written(es="Voz de las aulas"))
    await a_seat(hub, body, ordinal=3, sector=Sector.ACADEMIA, voting=False, organization_id=university)
    await a_membership(hub, chair, "Ana Robles")
    await a_membership(hub, scholar, HOSTILE, organization_id=university)
    await a_membership(hub, scholar, "Rosa Canul", alternate=True)
    text = await words(reader, f"/organismos/Body_{body}")
    for told in (
        "Quiénes lo integran 3",
        "Gobierno 1 lugar Presidencia (Coordinación) Ana Robles Desde el 3 de mayo de 2015",
        f"Academia 2 lugares, 1 vacante Voz de las aulas {HOSTILE} Universidad del Mar",
        "Suplente: Rosa Canul",
        "Integrante · sin voto Vacante Le corresponde a Universidad del Mar.",
    ):
        assert told in text
    english = await words(reader, f"/en/organismos/Body_{body}")
    assert "Academia 2 seats, 1 vacant" in english


async def test_how_it_is_balanced_is_said_in_words_and_as_a_table(
    hub: Talking, reader: httpx2.AsyncClient, body: UUID
) -> None:
    julia = await a_coordinator_of(hub, body)
    oaxaca = await a_territory(hub, "Oaxaca", code="20")
    sectors = (Sector.GOVERNMENT, Sector.GOVERNMENT, Sector.ACADEMIA)
    for ordinal, sector in enumerate(sectors, start=1):
        seat = await a_seat(hub, body, ordinal=ordinal, sector=sector, territory_id=oaxaca)
        await a_membership(hub, seat, f"Persona {ordinal}")
    assert "Equilibrio" not in await words(reader, f"/organismos/Body_{body}")
    for dimension in ("SECTOR", "TERRITORY"):
        await hub.act(ADOPT_RULE, a_rule(body, dimension, consequence="BLOCK_VOTE"), by=julia)
    response = await reader.get(f"/organismos/Body_{body}")
    text = Outline(response.text).words()
    rule = "Ningún grupo puede tener más que su parte igual y 10 puntos porcentuales."
    assert f"Entre sectores No se cumple {rule} Si no se cumple, no se abre ninguna votación." in text
    assert "Gobierno 66.7 % 2 Los demás sectores 33.3 % 1" in text
    assert "Entre territorios Se cumple" in text
    assert "Oaxaca 100.0 % 3" in text


async def test_when_it_meets_and_where_its_files_are(hub: Talking, reader: httpx2.AsyncClient) -> None:
    commission = await a_commission(hub)
    held = await an_open_session(hub, commission)
    path = f"/organismos/Body_{commission.body}"
    response = await reader.get(path)
    text = Outline(response.text).words()
    assert "Próximas Primera sesión ordinaria lunes 15 de junio de 2026, 10:00, hora del centro de México" in text
    assert "En sesión" in text
    assert f'href="/sesiones/Session_{held}"' in response.text
    assert "/acta" not in response.text
    for file in ("sessions.ics", "popolo.json"):
        address = f"/feeds/bodies/Body_{commission.body}/{file}"
        assert f'href="{address}"' in response.text
        assert (await hub.client.get(address)).status_code == 200
    other = await a_body(hub, "Otra")
    assert "todavía no ha convocado a ninguna sesión" in await words(reader, f"/organismos/Body_{other}")


async def test_what_it_decided_ordered_and_is_charged_with(hub: Talking, reader: httpx2.AsyncClient) -> None:
    body = await a_body(hub, remit=written(es="Cuidar el agua."))
    julia = await a_coordinator_of(hub, body)
    charter = {"bodyId": f"Body_{body}", "remit": es("Cuidar el aire."), "reason": es("Cambió la ley.")}
    await hub.act(EDIT, {"input": charter}, by=julia)
    mandate = await an_ordered_mandate(hub, body, by=julia)
    response = await reader.get(f"/organismos/Body_{body}")
    text = Outline(response.text).words()
    assert "Cuidar el aire. Así lo dice su encargo número" in text
    assert "Cambió la ley." in text
    assert "1 por entregar" in text
    assert f'href="/mandatos/{mandate}"' in response.text
    assert "Todavía no ha adoptado ningún instrumento." in text


async def test_what_it_adopted_plans_and_has_studied(hub: Talking, reader: httpx2.AsyncClient) -> None:
    sitting = await a_sitting(hub, voting=2)
    path = f"/organismos/Body_{sitting.body_id}"
    adopted = await a_published_instrument(hub, sitting, in_force_from=clock.day_of(clock.now()).isoformat())
    draft = await a_tabled_instrument(hub, sitting, title=es("Un borrador"))
    mandate = await an_ordered_mandate(hub, sitting.body_id, by=sitting.coordinator)
    study = await a_study(hub, sitting.body_id)
    lines = [{"title": es("Consultar")}, {"title": es("Estudiar")}]
    planned = {"bodyId": f"Body_{sitting.body_id}", "year": 2027, "title": es("Programa de apertura"), "lines": lines}
    programme = (await hub.act(DRAFT, {"input": planned}, by=sitting.secretary))["workProgramme"]["id"]
    assert "Programa de apertura" not in await words(reader, path)
    for doing, known in ((APPROVE, {"instrumentId": adopted["id"]}), (LINK, {"position": 2, "mandateId": mandate})):
        await hub.act(doing, {"input": {"workProgrammeId": programme, **known}}, by=sitting.secretary)
    response = await reader.get(path)
    text = Outline(response.text).words()
    assert "Lo que ha decidido 1 Acuerdo sobre el agua Acuerdo · " in text
    assert "Publicado" in text
    assert f'href="/instrumentos/{adopted["id"]}"' in response.text
    assert "Programa de trabajo 2027 Programa de apertura Lo aprobó: Acuerdo sobre el agua Consultar Estudiar" in text
    assert f'href="/mandatos/{mandate}">Estudiar' in response.text.replace("<span>", "")
    assert "Estudios 1 Diagnóstico de las solicitudes de información Diagnóstico Ordenado" in text
    assert f'href="/estudios/Study_{study}"' in response.text
    async with signed_in(hub, sitting.secretary) as browser:
        page = (await browser.get(path)).text
        assert (draft["id"] in page, adopted["id"] in page) == (False, True), "A draft is not decided."


async def test_what_it_agreed_with_others(hub: Talking, reader: httpx2.AsyncClient, body: UUID) -> None:
    julia, university = await a_coordinator_of(hub, body), await an_organization(hub, "Universidad del Mar")
    today = clock.day_of(clock.now())
    path = f"/organismos/Body_{body}"
    assert "Convenios" not in await words(reader, path)
    agreement = (await a_signed_agreement(hub, body, university, by=julia))["id"]
    for where in (path, f"/organizaciones/Organization_{university}"):
        response = await reader.get(where)
        text = Outline(response.text).words()
        assert "Convenios 1 Convenio del agua Vigente Entre: Grupo de datos, Universidad del Mar" in text
        assert f"Se firmó el {day(today, 'es')}." in text
        assert f'href="/convenios/{agreement}"' in response.text


async def test_whoever_sat_there_stays_on_the_list(hub: Talking, reader: httpx2.AsyncClient, body: UUID) -> None:
    luis = await a_secretary_of(hub, body)
    seat = await a_seat(hub, body)
    gone = await a_membership(hub, seat, "Noé Ku")
    await hub.act(END, {"input": {"membershipId": f"Membership_{gone}", "reason": "Se mudó."}}, by=luis)
    await a_membership(hub, seat, "Ana Robles", since=clock.now())
    path = f"/organismos/Body_{body}/integrantes"
    everybody = await words(reader, path)
    assert everybody.index("Ana Robles") < everybody.index("Noé Ku Terminó")
    assert "2 registros" in everybody
    assert "Se mudó." not in everybody, "Why somebody left is for the members."
    now, before = [await words(reader, f"{path}?estado={which}") for which in ("actuales", "anteriores")]
    assert ("Ana Robles" in now, "Noé Ku" in now) == (True, False)
    assert ("Ana Robles" in before, "Noé Ku" in before) == (False, True)


async def test_many_members_go_on_by_links(hub: Talking, reader: httpx2.AsyncClient, body: UUID) -> None:
    for n in range(22):
        await a_membership(hub, await a_seat(hub, body, ordinal=n + 1), f"Persona {n:02}", since=SINCE + n * DAY)
    path = f"/organismos/Body_{body}/integrantes"
    page = Outline((await reader.get(f"{path}?estado=actuales")).text)
    (onward,) = [str(a["href"]) for a in page.all("a") if a.get("rel") == "next"]
    text = await words(reader, f"{path}{onward}")
    assert "22 registros" in text
    assert [n for n in range(22) if f"Persona {n:02}" in text] == [0, 1]


async def test_papers_say_what_they_are_and_members_get_their_own(
    hub: Talking, reader: httpx2.AsyncClient, body: UUID
) -> None:
    luis = await a_secretary_of(hub, body)
    await a_document(hub, luis, f"Body_{body}", title=es("Reglamento"), role="BACKGROUND", licence="CC BY 4.0")
    private = await a_document(hub, luis, f"Body_{body}", title=es("Minuta interna"), sight="MEMBERS")
    path = f"/organismos/Body_{body}/documentos"
    everybody = await reader.get(path)
    text = Outline(everybody.text).words()
    assert f"1 documento Reglamento (PDF, {len(PDF)} bytes) Antecedente · publicado el" in text
    assert "licencia: CC BY 4.0" in text
    assert hashlib.sha256(PDF).hexdigest() in text
    (public,) = re.findall(r'href="(/files/[^"]+)"', everybody.text)
    assert (await hub.client.get(public)).content == PDF
    theirs = f"/documentos/{private['id']}"
    assert (await reader.get(theirs)).headers["location"].startswith("/entrar?return_to=")
    async with signed_in(hub, luis) as browser:
        text = await words(browser, path)
        assert "2 documentos Minuta interna" in text
        assert "Solo para integrantes" in text
        led = await browser.get(theirs)
        assert (led.status_code, led.headers["cache-control"]) == (303, "no-store")
        assert (await hub.client.get(led.headers["location"])).content == PDF
    async with signed_in(hub, await a_citizen(hub, "Otra")) as browser:
        assert "Minuta" not in await words(browser, path)
        assert (await browser.get(theirs)).status_code == 404


async def test_working_groups_are_found_by_their_kind(hub: Talking, reader: httpx2.AsyncClient, body: UUID) -> None:
    await a_body(hub, "Comisión de Agua")
    await a_body(hub, "Consejo de Sal", kind=BodyKind.COUNCIL)
    for kind, name in {"grupos": "Grupo de datos", "comisiones": "Comisión de Agua", "foros": "Consejo de Sal"}.items():
        text = await words(reader, f"/organizaciones?clase={kind}")
        assert f"1 resultado Órganos 1 {name}" in text
    assert "3 resultados" in await words(reader, "/organizaciones?clase=organos")


@pytest.mark.parametrize("path", ["/organismos/{}", "/organismos/{}/integrantes", "/organismos/{}/documentos"])
async def test_what_is_no_body_has_no_such_page(hub: Talking, reader: httpx2.AsyncClient, path: str) -> None:
    organization = await an_organization(hub)
    for id_ in (f"Organization_{organization}", "nobody", "Body_00000000-0000-0000-0000-000000000001"):
        assert (await reader.get(path.format(id_))).status_code == 404
