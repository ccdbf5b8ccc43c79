"""Instruments: what bodies have decided, each with its paragraphs, what they ordered, and what its wordings changed."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import Words, chosen
from frontend_stub.narrowing import clipped, onward
from frontend_stub.showing import shown
from frontend_stub.whoever import hub_of, token_if_any

KINDS = {
    "acuerdos": "ACUERDO",
    "dictamenes": "DICTAMEN",
    "informes": "INFORME",
    "opiniones": "OPINION",
    "resoluciones": "RESOLUCION",
    "recomendaciones": "RECOMENDACION",
    "lineamientos": "GUIDELINE",
    "criterios": "CRITERION",
}
"""The kinds of instruments, as they are called in an address."""

STATES = {"publicados": "PUBLISHED", "modificados": "AMENDED", "abrogados": "REPEALED", "anulados": "VOID"}
IN_FORCE = {"si": True, "no": False}

EACH_TIME = 10
"""How many wordings a page of changes shows; one more is asked for, to which the oldest of them is compared."""


async def listed(request: Request) -> Response:
    """Show a page of the instruments that match what was asked for."""
    asked = {name: clipped(request, name) for name in ("texto", "clase", "organismo", "estado", "vigente")}
    kind, state = KINDS.get(asked["clase"]), STATES.get(asked["estado"])
    wanted = {
        "text": asked["texto"] or None,
        "kind": [kind] if kind else None,
        "body": asked["organismo"] or None,
        "state": [state] if state else None,
        "inForce": IN_FORCE.get(asked["vigente"]),
    }
    narrowing = {name: value for name, value in wanted.items() if value is not None}
    variables = {"filter": narrowing, "after": request.query_params.get("desde")}
    language = chosen(request)
    words = Words(language)
    data = await hub_of(request).ask("instruments", variables, language=language)
    return shown(
        request,
        "instruments.html",
        found=data["instruments"],
        asked=asked,
        narrowed=bool(narrowing),
        kinds=[{"code": code, "label": words.named("instruments_of", code)} for code in KINDS],
        states=[{"code": code, "label": words.named("instruments_that_are", code)} for code in STATES],
        forces=[{"code": code, "label": words.named("instruments_in_force", code)} for code in IN_FORCE],
        bodies=choices(data["bodies"]["nodes"]),
        **onward(request, data["instruments"]["pageInfo"]),
    )


def choices(bodies: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return bodies as the choices of a list's form."""
    return [{"code": body["id"], "label": body["title"]["text"], "lang": body["title"]["language"]} for body in bodies]


async def page(request: Request) -> Response:
    """Show an instrument: how it was adopted, what it says, what it ordered and did, and how to check it."""
    instrument = await _instrument(request, "instrument", {})
    return shown(request, "instrument.html", instrument=instrument, ordered=by_paragraph(instrument))


def by_paragraph(instrument: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return what each paragraph ordered, by its code: mandates, or before there are any, what they will be."""
    mandates = instrument["mandates"]["nodes"]
    found: dict[str, list[dict[str, Any]]] = {}
    for one in mandates or (instrument["revision"] or {"orders": []})["orders"]:
        found.setdefault(one["paragraph"], []).append(one)
    return found


async def changes(request: Request) -> Response:
    """Show what each wording changed in the one before it, the newest first."""
    before = request.query_params.get("antes")
    instrument = await _instrument(request, "instrument_changes", {"before": before})
    edges = instrument["revisions"]["edges"]
    older = len(edges) > EACH_TIME
    return shown(
        request,
        "instrument_changes.html",
        instrument=instrument,
        wordings=_wordings([edge["node"] for edge in edges])[: EACH_TIME if older else None],
        following=f"?{request.url.include_query_params(antes=edges[1]['cursor']).query}" if older else None,
        beginning="?" if before is not None else None,
    )


def _wordings(revisions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return wordings, the newest first, each with the one that came before it."""
    return [{**one, "former": before} for before, one in zip([None, *revisions], revisions, strict=False)][::-1]


async def _instrument(request: Request, document: str, variables: dict[str, Any]) -> dict[str, Any]:
    given = {"id": request.path_params["id"], **variables}
    token = token_if_any(request)
    node = (await hub_of(request).ask(document, given, language=chosen(request), token=token))["node"]
    if node is None or node["__typename"] != "Instrument":
        raise HTTPException(404)
    found: dict[str, Any] = node
    return found


routes = [
    Route("/instrumentos", listed),
    Route("/instrumentos/{id}", page),
    Route("/instrumentos/{id}/cambios", changes),
]
