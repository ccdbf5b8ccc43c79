"""The desk in a real browser, without programs: a coordinator makes, publishes, extends and watches a consultation."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from hub import clock
from hub.consultations.models import IdentityPolicy
from hub.settings import Settings
from tests.browser import Chromium, Visitor, visiting
from tests.cast import a_citizen, a_coordinator_of
from tests.consultations.test_reading_back import NOW
from tests.identity.browsing import served
from tests.journeys.installation import free_port
from tests.making.bodies import a_body
from tests.making.consultations import (
    a_closed_consultation,
    a_draft_consultation,
    a_response,
    an_open_consultation,
)
from tests.talking import Somebody, Talking, talking

SUBMIT = (
    """mutation ($input: SubmitResponseInput!) { submitResponse(input: $input) { errors { code message path } } }"""
)
TO_ANSWER = """query ($id: ID!) { node(id: $id) { ... on Consultation { noticeHash revision {
  id questions { nodes { code } } } } } }"""
DAY = dt.timedelta(days=1)


class Clocked:
    """An application whose clock a test sets forward."""

    def __init__(self, app: ASGIApp, at: dt.datetime | None = None) -> None:
        self.app, self.at = app, at

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.at is None:
            await self.app(scope, receive, send)
            return
        with clock.stopped_at(self.at):
            await self.app(scope, receive, send)


@asynccontextmanager
async def a_site(url: str, data: Path, at: dt.datetime | None = None) -> AsyncIterator[tuple[Talking, Clocked, str]]:
    """A hub that is served with its pages, its clock, and where it is."""
    async with talking(Settings(data=data, database_url=None, keys=None), url) as hub:
        clocked = Clocked(hub.app, at)
        async with served(clocked, free_port()) as home:
            yield hub, clocked, home


async def signed_in(visitor: Visitor, somebody: Somebody) -> None:
    """Let a browser be somebody's."""
    cookie: Any = {"name": "hub-session", "value": somebody.token, "url": visitor.home}
    await visitor.page.context.add_cookies([cookie])


@asynccontextmanager
async def without_programs(chromium: Chromium, home: str, somebody: Somebody) -> AsyncIterator[Visitor]:
    """Somebody's browser that runs no programs."""
    context = await chromium.new_context(locale="es-MX", java_script_enabled=False)
    try:
        visitor = Visitor(await context.new_page(), home)
        await signed_in(visitor, somebody)
        yield visitor
    finally:
        await context.close()


async def write(visitor: Visitor, **typed: str) -> None:
    """Write into fields, by their ids with `__` for the dot before a language."""
    for name, words in typed.items():
        await visitor.page.fill(f'[id="{name.replace("__", ".")}"]', words)


async def test_a_consultation_is_made_published_extended_watched_and_closed(
    database_url: str, data: Path, chromium: Chromium
) -> None:
    async with a_site(database_url, data, NOW) as (hub, site, home):
        body = await a_body(hub, at=NOW)
        julia, ana = await a_coordinator_of(hub, body, at=NOW), await a_citizen(hub, at=NOW)
        await hub.forget()
        async with without_programs(chromium, home, julia) as visitor:
            await visitor.page.goto(home)
            await visitor.press("Escritorio")
            assert "Este órgano todavía no tiene consultas." in await visitor.words()
            await visitor.press("Nueva consulta")
            await write(visitor, reason__es="El consejo lo pidió.", title__es="Parques de la colonia")
            await write(visitor, opens_date="2026-12-01", opens_time="09:00", closes_date="2026-12-31")
            await visitor.press("Guardar el borrador")
            assert (await visitor.page.title()).startswith("Error: Nueva consulta")
            assert await visitor.page.locator(".summary a").all_inner_texts() == ["Falta: Para qué es (español)."]
            await write(visitor, purpose__es="Elegir dónde empezar.")
            await visitor.press("Guardar el borrador")
            words = await visitor.words()
            assert "Todavía es el texto de ejemplo" in words
            assert "El cuestionario no tiene secciones" in words
            id_ = visitor.page.url.rpartition("/")[2].partition("?")[0]
            await visitor.press("Cuestionario", within=".tasks")
            await visitor.press("Agregar una parte", within="main")
            await write(visitor, title__es="Tu parque")
            await visitor.press("Guardar", within="form.builder .act")
            await visitor.press("Agregar una pregunta a esta parte : parte 1")
            await visitor.page.get_by_label("Texto corto", exact=False).first.check()
            await visitor.press("Seguir")
            await write(visitor, title__es="¿Qué parque?")
            await visitor.press("Guardar", within="form.builder .act")
            await visitor.press("Parques de la colonia", within=".trail")
            await visitor.press("Aviso de privacidad")
            await write(visitor, privacyNotice__es="Tus respuestas se guardan bajo un seudónimo. Responde la comisión.")
            await visitor.press("Guardar")
            assert "La consulta se puede publicar." in await visitor.words()
            await visitor.press("Publicar la consulta")
            await visitor.page.check("#sure")
            await visitor.press("Publicar la consulta", within="main form")
            words = await visitor.words()
            assert "Todavía no abre" in words
            assert "CGA/CONSULTA/2026/" in words
            site.at = dt.datetime(2026, 12, 10, 18, tzinfo=dt.UTC)
            await visitor.page.reload()
            assert "Abierta" in await visitor.words()
            await visitor.press("Ampliar el plazo")
            await write(visitor, closing_date="2027-01-15", reason__es="Llovió.")
            await visitor.press("Ampliar el plazo", within="main form")
            words = await visitor.words()
            assert "Cierre viernes 15 de enero de 2027, 18:00, hora del centro de México" in words
            assert "Llovió." in words
            await answer(hub, id_, ana, at=site.at)
            await visitor.press("Cifras y respuestas tardías")
            assert "1 respuesta que cuenta" in await visitor.words()
            site.at = dt.datetime(2027, 1, 16, 18, tzinfo=dt.UTC)
            await visitor.press("Parques de la colonia")
            words = await visitor.words()
            assert "Cerrada" in words
            assert "Ampliar el plazo" not in words.partition("Avisos publicados")[0]
            await visitor.press("Escritorio", within="header")
            assert "Cerradas 1" in await visitor.words()
        events = [name for name in await hub.log() if name.startswith(("Consultation", "Notice"))]
    assert events == [
        "ConsultationCreated",
        *["ConsultationEdited"] * 3,
        "ConsultationChecked",
        "ConsultationScheduled",
        "NoticePublished",
        "NoticePublished",
    ]


async def answer(hub: Talking, id_: str, by: Somebody, *, at: dt.datetime) -> None:
    """Answer a consultation."""
    with hub.at(at):
        asked = (await hub.ask(TO_ANSWER, {"id": id_}))["node"]
        (code,) = [question["code"] for question in asked["revision"]["questions"]["nodes"]]
        given = {
            "consultationId": id_,
            "revisionId": asked["revision"]["id"],
            "noticeHash": asked["noticeHash"],
            "answers": [{"question": code, "text": "El del centro."}],
            "consent": "NOT_PUBLISHED",
        }
        await hub.act(SUBMIT, {"input": given}, by=by)


async def test_the_desk_is_for_everybody_also_when_something_was_wrong(
    database_url: str, data: Path, chromium: Chromium
) -> None:
    async with a_site(database_url, data) as (hub, _, home):
        body = await a_body(hub)
        julia, ana = await a_coordinator_of(hub, body), await a_citizen(hub)
        draft = await a_draft_consultation(hub, body)
        asked = await an_open_consultation(hub, body, identity_policy=IdentityPolicy.INVITED)
        over = await a_closed_consultation(hub, body)
        late = await a_response(hub, over, ana, at=over.closes_at + DAY / 48)
        # All others are looked at in test_every_route.py.
        paths = [
            f"/escritorio/consultas/{asked.node}",
            f"/escritorio/consultas/{over.node}/cifras",
            f"/escritorio/consultas/{over.node}/cifras/Response_{late.id}",
        ]
        async with visiting(chromium, home) as visitor:
            await signed_in(visitor, julia)
            for path in paths:
                await visitor.page.goto(f"{home}{path}")
                await visitor.accessible()
            # And as they are when something was wrong, or done.
            await visitor.page.goto(f"{home}/escritorio/consultas/{draft.node}/plazos")
            await visitor.page.fill("#closes_date", "2020-01-01")
            await visitor.press("Guardar")
            assert (await visitor.page.title()).startswith("Error: ")
            await visitor.accessible()
            await visitor.page.goto(f"{home}/escritorio/consultas/{asked.node}/invitaciones")
            await write(visitor, count="2", batch="Consejo")
            await visitor.press("Emitir")
            assert "Guárdalos ahora" in await visitor.words()
            await visitor.accessible()
