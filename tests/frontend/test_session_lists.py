"""Sessions of several bodies: as they are listed, convened late, called off, called again, and with long agendas."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from hub.sessions.arranging import enter_point
from hub.sessions.convening import convene
from hub.sessions.planning import cancel_session
from hub.settings import Settings
from hub.text import written
from hub.timetables.zones import Declared
from tests.conftest import fresh_database
from tests.frontend.answering import Outline, reading
from tests.frontend.respondent import answering
from tests.frontend.sitting import do
from tests.making.sessions import (
    HOUR,
    MONDAY,
    ZONE,
    Commission,
    a_commission,
    a_convened_session,
    a_planned_session,
    a_point,
    point_draft,
)
from tests.making.sittings import text as said
from tests.talking import Talking, talking


@pytest.fixture(scope="module")
async def hub(template: str, data: Path) -> AsyncIterator[Talking]:
    """One hub for all tests of this file."""
    async with (
        fresh_database(template) as url,
        talking(Settings(data=data, database_url=None, keys=None), url) as opened,
    ):
        yield opened


@pytest.fixture(scope="module")
async def commission(hub: Talking) -> Commission:
    """A commission with a convened session, and with more that were called off than one page shows."""
    commission = await a_commission(hub)
    await a_convened_session(hub, commission.body, title=written(es="La que viene"))
    for n in range(22):
        starts = Declared(dt.datetime(2026, 6, 15) + dt.timedelta(days=n), ZONE)  # noqa: DTZ001 - a clock on the wall
        await a_cancelled_session(hub, commission, title=written(es=f"Cancelada {n:02}"), starts=starts)
    return commission


async def a_cancelled_session(hub: Talking, commission: Commission, **known: Any) -> str:
    """A session that was convened and called off; its id as it stands in an address."""
    session = await a_convened_session(hub, commission.body, **known)
    async with hub.change(at=MONDAY) as change:
        await cancel_session(change, session, reason=written(es="No hay sede."))
    return f"Session_{session}"


@pytest.fixture
async def reader(hub: Talking) -> AsyncIterator[httpx2.AsyncClient]:
    async with reading(hub.hub.endpoint) as somebody:
        yield somebody


async def titles(reader: httpx2.AsyncClient, path: str) -> list[str]:
    """Return the titles of a page's cards, in order."""
    page = Outline((await reader.get(path)).text)
    return [title for title in page.text["a"] if title.startswith(("La que viene", "Cancelada "))]


# ---- lists -----------------------------------------------------------------------------------------------------------


async def test_what_comes_stands_above_what_was(reader: httpx2.AsyncClient, commission: Commission) -> None:
    latest_first = [f"Cancelada {n:02}" for n in reversed(range(22))]
    assert await titles(reader, "/sesiones") == ["La que viene", *latest_first[:20]]
    html = (await reader.get("/sesiones")).text
    assert '<p class="found" role="status">23 sesiones</p>' in html
    page = Outline(html)
    (onward,) = [str(a["href"]) for a in page.all("a") if a.get("rel") == "next"]
    assert await titles(reader, f"/sesiones{onward}") == latest_first[20:]


async def test_an_address_narrows_the_list_down(reader: httpx2.AsyncClient, commission: Commission) -> None:
    of_it = f"organismo=Body_{commission.body}"
    assert await titles(reader, f"/sesiones?estado=convocadas&{of_it}") == ["La que viene"]
    assert await titles(reader, "/sesiones?texto=viene") == ["La que viene"]
    assert len(await titles(reader, f"/sesiones?estado=canceladas&{of_it}")) == 20
    nothing = await reader.get("/sesiones?estado=en-curso")
    assert "Ninguna sesión cumple con todo lo que pediste." in Outline(nothing.text).words()
    assert '<option value="en-curso" selected>' in nothing.text


async def test_without_any_session_the_list_says_so(database_url: str, data: Path) -> None:
    settings = Settings(data=data, database_url=None, keys=None)
    async with talking(settings, database_url) as empty, reading(empty.hub.endpoint) as reader:
        text = Outline((await reader.get("/sesiones")).text).words()
        assert "Todavía no se ha convocado a ninguna sesión." in text


# ---- how a session is convened ---------------------------------------------------------------------------------------


async def page(reader: httpx2.AsyncClient, session: str) -> str:
    """Return what the page of a session says."""
    answer = await reader.get(f"/sesiones/{session}")
    assert answer.status_code == 200
    return Outline(answer.text).words()


async def test_a_session_that_was_called_off_says_why(
    hub: Talking, reader: httpx2.AsyncClient, commission: Commission
) -> None:
    text = await page(reader, await a_cancelled_session(hub, commission))
    assert "Cancelada Primera sesión ordinaria" in text
    assert "Esta sesión se canceló. No hay sede." in text
    assert "Todavía no se ha registrado la asistencia de nadie." in text


async def test_short_notice_and_closed_doors_have_reasons(
    hub: Talking, reader: httpx2.AsyncClient, commission: Commission
) -> None:
    session = await a_planned_session(
        hub,
        commission.body,
        starts=Declared(dt.datetime(2026, 6, 2, 10), ZONE),  # noqa: DTZ001 - a clock on the wall
        open_to_public=False,
        closed_reason=written(es="Se leen datos personales."),
    )
    await a_point(hub, session, "Avisos")
    async with hub.change(at=MONDAY) as change:
        await convene(change, session, short_notice_reason=written(es="Vence un plazo."))
    text = await page(reader, f"Session_{session}")
    assert "Con menos anticipación de la debida: debía hacerse a más tardar el 26 de mayo de 2026." in text
    assert "Motivo: Vence un plazo." in text
    assert "Es cerrada al público. Se leen datos personales." in text
    assert "lunes 1 de junio de 2026, 10:00, hora del centro de México" in text


async def test_a_call_without_a_quorum_leads_to_the_next_one_and_back(
    hub: Talking, reader: httpx2.AsyncClient, commission: Commission
) -> None:
    session = await a_convened_session(hub, commission.body)
    with hub.at(HOUR):
        following = await do(hub, "failSession", commission.julia, "nextCall { id }", sessionId=f"Session_{session}")
    text = await page(reader, f"Session_{session}")
    assert "Sin quórum Primera sesión ordinaria" in text
    assert "No se reunió el quórum y la sesión no pudo abrirse. Le sigue la convocatoria 2, jueves 18 de junio" in text
    assert "Al ver que no había quórum" in text
    text = await page(reader, following["id"])
    assert "Sesión ordinaria número" in text
    assert "· convocatoria 2 · presencial y a distancia" in text
    assert (
        f'href="/sesiones/Session_{session}">convocatoria 1</a>'
        in (await reader.get(f"/sesiones/{following['id']}")).text
    )


async def test_the_link_to_join_is_for_members_alone(
    hub: Talking, reader: httpx2.AsyncClient, commission: Commission
) -> None:
    session = await a_convened_session(hub, commission.body)
    assert "sala.example.org" not in (await reader.get(f"/sesiones/Session_{session}")).text
    planned = await a_planned_session(hub, commission.body)
    async with answering(hub, commission.members[0]) as browser:
        await browser.read(f"/sesiones/Session_{session}")
        assert 'href="https://sala.example.org/cga"' in browser.html
        await browser.read(f"/sesiones/Session_{planned}")
        assert "Todavía no se ha convocado." in browser.words


async def test_bodies_that_sit_together_have_their_quorums_apart(hub: Talking, reader: httpx2.AsyncClient) -> None:
    commission, other = await a_commission(hub), await a_commission(hub)
    session = await a_convened_session(hub, commission.body, joint_body_ids=(other.body,))
    async with reading(hub.hub.endpoint) as reader:
        html = (await reader.get(f"/sesiones/Session_{session}")).text
    assert f'En conjunto con <a href="/organismos/Body_{other.body}">' in html
    assert html.count("Para abrirla tienen que estar 3 de 4 lugares con voto.") == 2


# ---- long agendas ----------------------------------------------------------------------------------------------------


async def test_an_agenda_goes_on_by_links_with_its_parts_and_motions(
    hub: Talking, reader: httpx2.AsyncClient, commission: Commission
) -> None:
    session = await a_planned_session(hub, commission.body)
    points = [await a_point(hub, session, f"Asunto {n:02}") for n in range(1, 18)]
    async with hub.change(at=MONDAY) as change:
        await enter_point(change, session, point_draft("Antecedentes"), parent_id=points[0])
        await enter_point(change, session, point_draft("Reservado", public=False), parent_id=points[0])
    async with hub.change(at=MONDAY) as change:
        await convene(change, session)
    sessions = f"/sesiones/Session_{session}"
    first = await reader.get(sessions)
    text = Outline(first.text).words()
    assert "Asunto 15" in text
    assert "Asunto 16" not in text
    assert '<h4><span class="number">1.1</span> <span>Antecedentes</span></h4>' in first.text
    assert "Reservado" not in text
    (onward,) = [str(a["href"]) for a in Outline(first.text).all("a") if a.get("rel") == "next"]
    assert onward.endswith("#orden-del-dia")
    async with answering(hub, commission.members[0]) as browser:
        await browser.read(sessions)
        assert "Reservado" in browser.words
        assert "reservado, solo lo ven sus integrantes" in browser.words
    with hub.at(HOUR):
        for membership in commission.memberships:
            arrived = {"sessionId": f"Session_{session}", "membershipId": f"Membership_{membership}"}
            await do(hub, "recordArrival", commission.luis, mode="IN_PERSON", **arrived)
        await do(hub, "openSession", commission.julia, sessionId=f"Session_{session}")
        moved = {"agendaItemId": f"AgendaItem_{points[16]}", "matter": "simple", "text": said("Que se publique.")}
        await do(hub, "tableMotion", commission.julia, **moved)
    text = Outline((await reader.get(f"{sessions}{onward}")).text).words()
    assert "17 Asunto 17 Por tratar Decisión Moción 1 Presentada Que se publique." in text
    assert "Que se publique." not in await page(reader, f"Session_{session}")
