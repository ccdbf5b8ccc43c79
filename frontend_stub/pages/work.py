"""The commission's work at a glance: its next sessions, what it decided last, what it owes, and its studies."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import chosen
from frontend_stub.pages.mandates import STANDINGS, soon
from frontend_stub.showing import shown
from frontend_stub.whoever import hub_of
from frontend_stub.writing import now


async def page(request: Request) -> Response:
    """Show the first few of each, with the way to all of them."""
    variables = {
        "now": now().isoformat(timespec="seconds"),
        "soon": {**STANDINGS["pendientes"], "dueBefore": soon().isoformat()},
    }
    work = await hub_of(request).ask("work", variables, language=chosen(request))
    return shown(request, "work.html", work=work)


routes = [Route("/trabajo", page)]
