"""Who asks and who answers, each on a page of their own."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import chosen
from frontend_stub.showing import shown
from frontend_stub.whoever import hub_of

LISTS = {"abiertas": "open", "proximas": "coming", "suspendidas": "suspended", "cerradas": "closed"}
"""The consultations of somebody by where they stand: what each list is called in an address, and in the document."""


async def body(request: Request) -> Response:
    """Show a body: what it is charged with and by which rule, what it ordered, and what it asked."""
    found = await _node(request, "body", "Body")
    return shown(request, "body.html", body=found, lists=_lists(found))


async def organization(request: Request) -> Response:
    """Show an organisation: what it is, where it works, and what it asked."""
    found = await _node(request, "organization", "Organization")
    return shown(request, "organization.html", organization=found, lists=_lists(found))


async def _node(request: Request, document: str, type_: str) -> dict[str, Any]:
    variables = {"id": request.path_params["id"]}
    node = (await hub_of(request).ask(document, variables, language=chosen(request)))["node"]
    if node is None or node["__typename"] != type_:
        raise HTTPException(404)
    found: dict[str, Any] = node
    return found


def _lists(found: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(code, found[name]) for code, name in LISTS.items()]


routes = [Route("/organismos/{id}", body), Route("/organizaciones/{id}", organization)]
