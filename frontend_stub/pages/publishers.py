"""The organisations that ask and answer, each on a page of its own."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import chosen
from frontend_stub.pages.bodies import lists_of
from frontend_stub.showing import shown
from frontend_stub.whoever import hub_of


async def organization(request: Request) -> Response:
    """Show an organisation: what it is, where it works, and what it asked."""
    found = await _node(request, "organization", "Organization")
    return shown(request, "organization.html", organization=found, lists=lists_of(found))


async def _node(request: Request, document: str, type_: str) -> dict[str, Any]:
    variables = {"id": request.path_params["id"]}
    node = (await hub_of(request).ask(document, variables, language=chosen(request)))["node"]
    if node is None or node["__typename"] != type_:
        raise HTTPException(404)
    found: dict[str, Any] = node
    return found


routes = [Route("/organizaciones/{id}", organization)]
