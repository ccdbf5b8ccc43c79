"""Every page of the front end, in a hub with the demonstration in it: where each is, and who looks at it.

A page that is new has to be entered here (`test_every_page_is_looked_at`), and is looked at from then on.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.routing import Route

from frontend_stub.app import PAGES
from hub.demonstration.loading import load
from hub.identity.appointing import grant_role
from hub.importing.summary import Unwatched
from hub.viewer import Role
from tests.browser import Chromium, visiting
from tests.frontend.served import Place, a_place

EVERYBODY, CITIZEN, OFFICER = "everybody", "a citizen", "an officer"


@dataclass(frozen=True)
class Look:
    """A page to look at: the pattern of its address, what stands there, who looks, and the status."""

    pattern: str
    query: str = ""
    by: str = EVERYBODY
    status: int = 200
    fill: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.pattern}{self.query} by {self.by}"


LOOKS = (
    Look("/"),
    Look("/consultas/{id}"),
    Look("/consultas/{id}", fill=(("id", "imported"),)),
    Look("/consultas/{id}/responder"),
    Look("/consultas/{id}/responder", by=CITIZEN),
    Look("/consultas/{id}/responder", "?parte=2", by=CITIZEN),
    Look("/consultas/{id}/responder", "?parte=4", by=CITIZEN),
    Look("/consultas/{id}/responder/seguir"),
    Look("/consultas/{id}/responder/retirar"),
    Look("/consultas/{id}/responder/publicacion", by=CITIZEN),
    Look("/recibos"),
    Look("/cuenta/respuestas", by=CITIZEN),
    Look("/api"),
    Look("/entrar"),
    Look("/entrar", "?code=12345678"),
    Look("/cuenta", by=CITIZEN),
    Look("/cuenta/datos", by=CITIZEN),
    Look("/cuenta/datos/borrar", by=CITIZEN),
    Look("/muestrario"),
    Look("/muestrario", "?faults", status=422),
    Look("/nada", status=404),
)

LISTS = frozenset({"/"})
"""Pages of which a list is the most part: they come to slow telephones in one round trip."""

ELSEWHERE = {
    "/consultas/{id}/responder/revisar": "is seen by whoever has begun to answer (test_answering_in_a_browser.py)",
    "/consultas/{id}/responder/despues": "is seen by whoever has begun to answer (test_answering_in_a_browser.py)",
    "/consultas/{id}/responder/descartar": "is seen by whoever has begun to answer (test_answering_in_a_browser.py)",
    "/consultas/{id}/recibo": "is seen by whoever has answered (test_answering_in_a_browser.py)",
    "/consultas/{id}/vivo": "is followed by a page (test_live.py)",
    "/entrar/regreso": "leads on",
    "/cuenta/enlazar/{provider}": "leads on",
    "/borrada": "is seen by whoever has just been erased (test_account_in_a_browser.py)",
}
"""Pages that nobody can just go to, and what becomes of whoever does."""


def patterns() -> set[str]:
    """Return the addresses of all pages that can be read."""
    return {
        route.path
        for page in PAGES
        for route in page.routes
        if isinstance(route, Route) and (route.methods is None or "GET" in route.methods)
    }


class World:
    """A served hub with the demonstration in it, and the browsers of a citizen and of an officer of the commission."""

    def __init__(self, place: Place, ids: dict[str, str], states: dict[str, Any]) -> None:
        self.place, self.ids, self.states = place, ids, states

    def address(self, look: Look, *, language: str = "es") -> str:
        """Return where a page is; an id is that of the thing which the pattern begins with, unless it is filled in."""
        known = {**self.ids, "id": self.ids[look.pattern.split("/")[1]] if "{id}" in look.pattern else ""}
        wanted = {name: self.ids[value] for name, value in look.fill}
        path = look.pattern.format(**(known | wanted))
        tag = "" if language == "es" else f"/{language}"
        return f"{self.place.home}{tag}{path if path != '/' or not tag else ''}{look.query}"


IDS = {
    "consultas": "SELECT 'Consultation_' || id AS id FROM consultation WHERE state = 'open' LIMIT 1",
    "imported": "SELECT 'Consultation_' || id AS id FROM consultation WHERE identity_policy = 'imported' LIMIT 1",
}


@asynccontextmanager
async def a_world(url: str, data: Path, folder: Path, chromium: Chromium) -> AsyncIterator[World]:
    """Load the demonstration, serve it, and have a citizen and an officer sign in by the codes of letters."""
    async with a_place(url, data, folder) as place:
        await load(place.hub.hub.changes, progress=Unwatched())
        states: dict[str, Any] = {EVERYBODY: None}
        for who, email in ((CITIZEN, "ana@correo.example"), (OFFICER, "julia@correo.example")):
            async with visiting(chromium, place.home) as visitor:
                await place.sign_in(visitor, email)
                states[who] = await visitor.page.context.storage_state()
        await _appoint(place)
        ids = {name: (await place.hub.rows(query))[0]["id"] for name, query in IDS.items()}
        yield World(place, ids, states)


async def _appoint(place: Place) -> None:
    """Make whoever signed in last a coordinator of the commission that the open consultation is of."""
    (account,) = await place.hub.rows("SELECT account_id FROM mail_address ORDER BY account_id DESC LIMIT 1")
    (consultation,) = await place.hub.rows("SELECT body_id FROM consultation WHERE state = 'open' LIMIT 1")
    async with place.hub.change() as change:
        await grant_role(change, role=Role.COORDINATOR, **account, **consultation)
    place.hub.hub.authenticator._known.clear()
