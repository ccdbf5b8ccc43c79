"""The first page: what the hub is, what is being asked, what was asked, and who asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.asking import Hub
from frontend_stub.languages import chosen
from frontend_stub.showing import shown

LISTS = {"open": "abiertas", "coming": "proximas", "closed": "cerradas"}
"""The lists of the page, and what each one's cursor is called in its address."""


async def page(request: Request) -> Response:
    """Show the consultations by where they stand; each list goes on from its own cursor."""
    hub: Hub = request.app.state.hub
    cursors = {f"{name}After": request.query_params.get(parameter) for name, parameter in LISTS.items()}
    data = await hub.ask("home", cursors, language=chosen(request))
    lists = [
        {
            "name": name,
            "anchor": parameter,
            "begun": parameter in request.query_params,
            "next": str(request.url.include_query_params(**{parameter: end}).query) if end else None,
            **data[name],
        }
        for name, parameter in LISTS.items()
        for end in [data[name]["pageInfo"]["hasNextPage"] and data[name]["pageInfo"]["endCursor"]]
    ]
    listed = [consultation for found in lists for consultation in found["nodes"]]
    return shown(request, "home.html", lists=lists, publishers=_publishers(listed))


def _publishers(consultations: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each one who publishes a consultation of this page, once."""
    found = {c["publisher"]["id"]: c["publisher"] for c in consultations if c["publisher"]}
    return [publisher for publisher in found.values() if publisher["name"]]


routes = [Route("/", page)]
