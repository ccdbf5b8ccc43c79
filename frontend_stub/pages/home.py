"""The first page: what is being asked and until when, how it works, what was decided last, and who asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import chosen
from frontend_stub.showing import shown
from frontend_stub.whoever import hub_of


async def page(request: Request) -> Response:
    """Show the consultations by where they stand, those first that close first."""
    data = await hub_of(request).ask("home", language=chosen(request))
    decisions = data.pop("decisions")
    listed = [consultation for found in data.values() for consultation in found["nodes"]]
    return shown(request, "home.html", lists=data, decisions=decisions, publishers=_publishers(listed))


def _publishers(consultations: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each one who publishes a consultation of this page, once."""
    found = {c["publisher"]["id"]: c["publisher"] for c in consultations if c["publisher"]}
    return [publisher for publisher in found.values() if publisher["name"]]


routes = [Route("/", page)]
