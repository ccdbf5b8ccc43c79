"""A consultation says where it stands: each stage of it, what comes of it and when, and who may still see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from frontend_stub.pages import consultation as page
from hub import clock
from hub.consultations.models import Anonymity, ResultsPolicy
from hub.timetables.zones import declared_at
from tests.cast import a_citizen, a_coordinator_of
from tests.frontend.answering import Outline, reading
from tests.making.bodies import a_body
from tests.making.consultations import (
    DAY,
    ZONE,
    a_closed_consultation,
    a_draft_consultation,
    a_response,
    a_scheduled_consultation,
    an_open_consultation,
)
from tests.making.notices import a_corrected_consultation, a_suspension, a_withdrawal, an_extension
from tests.talking import Talking


@pytest.fixture
async def reader(hub: Talking) -> AsyncIterator[httpx2.AsyncClient]:
    async with reading(hub.hub.endpoint) as somebody:
        yield somebody


async def words(reader: httpx2.AsyncClient, node: str) -> str:
    response = await reader.get(f"/consultas/{node}")
    assert response.status_code == 200
    return Outline(response.text).words()


def stages(text: str) -> str:
    return text[text.index("Etapas") :]


async def test_before_it_opens(hub: Talking, reader: httpx2.AsyncClient) -> None:
    asked = await a_scheduled_consultation(hub, await a_body(hub))
    text = await words(reader, asked.node)
    assert text.count("Todavía no abre") == 1
    assert "Se convocó" in stages(text)
    for ahead in ("Abre", "Cierra", "Termina la cuenta", "Se publican los resultados"):
        assert f"{ahead} " in stages(text)
    assert "quedan" not in text


async def test_while_it_is_open(hub: Talking, reader: httpx2.AsyncClient) -> None:
    """The time that is left is told in whole days, and the notices with their reasons."""
    asked = await an_open_consultation(hub, await a_body(hub), results_policy=ResultsPolicy.LIVE)
    await a_response(hub, asked, await a_citizen(hub), at=clock.now())
    later = (clock.now() + 40 * DAY + dt.timedelta(minutes=5)).replace(microsecond=0)
    await an_extension(hub, asked, declared_at(later, ZONE), at=clock.now())
    await a_corrected_consultation(hub, asked, at=clock.now())
    text = await words(reader, asked.node)
    assert "quedan 40 días Cierra el" in text
    assert "Ampliación del plazo" in text
    assert "Faltó tiempo." in text
    assert "El cuestionario se corrigió 1 vez. La última: Se corrige." in text
    assert "1 Ver resultados" in text
    assert "Ver lo contado hasta ahora" in stages(text)
    assert "Huella del aviso sobre tus datos sha256:" in text.replace("datossha", "datos sha")


async def test_while_it_is_suspended(hub: Talking, reader: httpx2.AsyncClient) -> None:
    asked = await an_open_consultation(hub, await a_body(hub))
    await a_suspension(hub, asked, at=clock.now())
    text = await words(reader, asked.node)
    assert "Suspendida" in text
    assert "Está suspendida: por ahora no recibe respuestas. Faltó tiempo." in text
    assert "quedan" not in text


async def test_when_it_was_withdrawn(hub: Talking, reader: httpx2.AsyncClient) -> None:
    asked = await an_open_consultation(hub, await a_body(hub))
    await a_withdrawal(hub, asked, at=clock.now())
    text = await words(reader, asked.node)
    assert "Esta consulta fue retirada." in text
    assert "Faltó tiempo." in text
    assert "Se retiró" in stages(text)
    assert "Se publican los resultados" not in text
    results = await reader.get(f"/consultas/{asked.node}/resultados")
    assert "sus respuestas se guardan y no se muestran" in Outline(results.text).words()


async def test_when_it_has_closed(hub: Talking, reader: httpx2.AsyncClient) -> None:
    """Counting goes on for a minute; then the results are out, and the page leads to them."""
    asked = await a_closed_consultation(hub, await a_body(hub), anonymity=Anonymity.ANONYMOUS)
    text = await words(reader, asked.node)
    assert "Cerrada" in text
    assert "Terminó la cuenta" in stages(text)
    assert "Se publicaron los resultados" in stages(text)
    assert "Ver los resultados" in text
    assert "Es anónima" in text
    with hub.at(asked.closes_at + dt.timedelta(seconds=5)):
        counting = await words(reader, asked.node)
    assert "Ver los resultados" not in counting
    assert "Se publica el" in counting


async def test_a_draft_is_seen_by_those_who_write_it(hub: Talking, reader: httpx2.AsyncClient) -> None:
    body = await a_body(hub)
    julia, ana = await a_coordinator_of(hub, body), await a_citizen(hub)
    asked = await a_draft_consultation(hub, body, by=julia)
    seen = {}
    for name, somebody in {"nobody": None, "ana": ana, "julia": julia}.items():
        cookies = {"cookie": f"hub-session={somebody.token}"} if somebody else {}
        seen[name] = (await reader.get(f"/consultas/{asked.node}", headers=cookies)).status_code
    assert seen == {"nobody": 404, "ana": 404, "julia": 200}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"state": "SCHEDULED"}, "convened:now opening:next closing:next counting:next results:next"),
        ({"state": "OPEN"}, "convened:done opening:now closing:next counting:next results:next"),
        ({"state": "CLOSED"}, "convened:done opening:done closing:now counting:next results:next"),
        ({"state": "CLOSED", "counted": True}, "convened:done opening:done closing:done counting:done results:done"),
        ({"state": "WITHDRAWN"}, "convened:done withdrawal:done"),
        ({"state": "CLOSED", "counted": True, "policy": "IMPORTED"}, "opening:done closing:done results:done"),
        ({"state": "DRAFT", "published": None}, "convened:next opening:next closing:next counting:next results:next"),
    ],
)
def test_the_stages_follow_the_state(known: dict[str, Any], expected: str) -> None:
    at = dt.datetime(2031, 3, 1, tzinfo=dt.UTC)
    consultation = {
        "state": known["state"],
        "countedUntil": (at - DAY if known.get("counted") else at + DAY).isoformat(),
        "publishedAt": known.get("published", "2031-01-01T00:00:00Z"),
        "responseCount": 3,
        "identityPolicy": known.get("policy", "ACCOUNT"),
    }
    found = page.stages(consultation, at)
    assert " ".join(f"{stage['code']}:{stage['state']}" for stage in found) == expected
