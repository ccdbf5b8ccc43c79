"""Agreements: what bodies and organisations promised each other, who signed it when, and whether it is in force."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import Words, chosen
from frontend_stub.narrowing import clipped, onward
from frontend_stub.pages.instruments import choices
from frontend_stub.showing import shown
from frontend_stub.whoever import hub_of, token_if_any

IN_FORCE = {"si": True, "no": False}
PUBLIC = ("SIGNED", "ENDED")
"""The states in which an agreement is for everybody; what its parties have not signed yet is for them."""


async def listed(request: Request) -> Response:
    """Show a page of the agreements that match what was asked for."""
    asked = {name: clipped(request, name) for name in ("texto", "organismo", "organizacion", "vigente")}
    wanted = {
        "text": asked["texto"] or None,
        "body": asked["organismo"] or None,
        "organization": asked["organizacion"] or None,
        "inForce": IN_FORCE.get(asked["vigente"]),
    }
    narrowing = {name: value for name, value in wanted.items() if value is not None}
    variables = {"filter": {**narrowing, "state": PUBLIC}, "after": request.query_params.get("desde")}
    words = Words(chosen(request))
    data = await hub_of(request).ask("agreements", variables, language=chosen(request))
    return shown(
        request,
        "agreements.html",
        found=data["agreements"],
        asked=asked,
        narrowed=bool(narrowing),
        forces=[{"code": code, "label": words.named("agreements_in_force", code)} for code in IN_FORCE],
        bodies=choices(data["bodies"]["nodes"]),
        **onward(request, data["agreements"]["pageInfo"]),
    )


async def page(request: Request) -> Response:
    """Show an agreement; its parties read it before all of them have signed, and sign it from here."""
    asked = {"id": request.path_params["id"], "after": request.query_params.get("desde")}
    token = token_if_any(request)
    node = (await hub_of(request).ask("agreement", asked, language=chosen(request), token=token))["node"]
    if node is None or node["__typename"] != "Agreement":
        raise HTTPException(404)
    return shown(
        request,
        "agreement.html",
        agreement=node,
        parties={one["position"]: one["party"] for one in node["parties"]},
        **onward(request, node["documents"]["pageInfo"]),
    )


routes = [Route("/convenios", listed), Route("/convenios/{id}", page)]
