"""Mandates: the board of what bodies owe and by when, and each work that was ordered, with what came of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import Words, chosen
from frontend_stub.narrowing import clipped, onward
from frontend_stub.pages.instruments import choices
from frontend_stub.showing import shown
from frontend_stub.whoever import hub_of, token_if_any
from frontend_stub.writing import today

OPEN = ("ORDERED", "ACCEPTED", "IN_PROGRESS")
"""The states in which a work is still owed."""

SOON = dt.timedelta(days=30)
"""What is due within so many days is due soon."""

STANDINGS: dict[str, dict[str, Any]] = {
    "atrasados": {"overdue": True},
    "pendientes": {"overdue": False, "state": OPEN},
    "entregados": {"state": ("DELIVERED",)},
    "concluidos": {"state": ("DISCHARGED",)},
    "cancelados": {"state": ("CANCELLED",)},
}
"""Where mandates stand: what each of these is called in an address, and what is true of it."""

OWED = ("atrasados", "pendientes")
OVER = {"state": ("DELIVERED", "DISCHARGED", "CANCELLED")}

KINDS = {
    "consultas": "CONSULTATION",
    "estudios": "STUDY",
    "convocatorias": "PROPOSAL_CALL",
    "politicas": "POLICY",
    "acciones": "ACTION",
    "actividades": "ACTIVITY",
    "investigaciones": "RESEARCH",
    "evaluaciones": "EVALUATION",
    "plataformas": "PLATFORM",
    "proyectos-tematicos": "THEMATIC_PROJECT",
    "proyectos-sectoriales": "SECTORAL_PROJECT",
    "materiales": "OUTREACH_MATERIAL",
    "lineamientos": "GUIDELINE",
    "criterios": "CRITERION",
    "informes": "REPORT",
    "opiniones": "OPINION",
}
"""The works that mandates order, as they are called in an address."""


async def board(request: Request) -> Response:
    """Show what is overdue, what is due soon and what later; or a page of those that stand as was asked for."""
    asked = {name: clipped(request, name) for name in ("estado", "organismo", "clase", "texto", "instrumento")}
    kind = KINDS.get(asked["clase"])
    wanted = {
        "body": asked["organismo"],
        "kind": [kind] if kind else None,
        "text": asked["texto"],
        "instrument": asked["instrumento"],
    }
    narrowing = {name: value for name, value in wanted.items() if value}
    words = Words(chosen(request))
    common = {
        "asked": asked,
        "narrowed": bool(narrowing),
        "standings": [{"code": code, "label": words.named("mandates_that_are", code)} for code in STANDINGS],
        "kinds": [{"code": code, "label": words.named("mandate_kinds", known)} for code, known in KINDS.items()],
    }
    if asked["estado"] in STANDINGS:
        return await _some(request, asked["estado"], narrowing, common)
    return await _all(request, narrowing, common)


async def _all(request: Request, narrowing: dict[str, Any], common: dict[str, Any]) -> Response:
    pending = {**STANDINGS["pendientes"], **narrowing}
    variables = {
        "overdue": {**STANDINGS["atrasados"], **narrowing},
        "pending": pending,
        "soon": {**pending, "dueBefore": soon().isoformat()},
        "over": {**OVER, **narrowing},
    }
    data = await hub_of(request).ask("board", variables, language=chosen(request))
    bodies = data["bodies"]["nodes"]
    return shown(
        request,
        "board.html",
        board=data,
        groups=groups(data),
        figures=_figures(bodies),
        bodies=choices(bodies),
        total=sum(data[name]["totalCount"] for name in ("overdue", "pending", "over")),
        **common,
    )


async def _some(request: Request, standing: str, narrowing: dict[str, Any], common: dict[str, Any]) -> Response:
    variables = {
        "filter": {**STANDINGS[standing], **narrowing},
        "order": "DUE_ASC" if standing in OWED else "CREATED_DESC",
        "after": request.query_params.get("desde"),
    }
    data = await hub_of(request).ask("mandates", variables, language=chosen(request))
    return shown(
        request,
        "mandates.html",
        found=data["mandates"],
        bodies=choices(data["bodies"]["nodes"]),
        **common,
        **onward(request, data["mandates"]["pageInfo"]),
    )


def soon() -> dt.date:
    """Return the first day that is not soon any more; the hub's days are those of universal time."""
    return today() + SOON + dt.timedelta(days=1)


def groups(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the parts of the board: what each is called, how many there are, and the first of them."""
    bound, pending = soon().isoformat(), data["pending"]
    is_soon = [bool(one["dueOn"]) and one["dueOn"] < bound for one in pending["nodes"]]
    near = [one for one, due in zip(pending["nodes"], is_soon, strict=True) if due]
    later = [one for one, due in zip(pending["nodes"], is_soon, strict=True) if not due]
    count = data["soon"]["totalCount"]
    return [
        {"code": "overdue", "estado": "atrasados", "nodes": data["overdue"]["nodes"], **_counted(data["overdue"])},
        {"code": "soon", "estado": "pendientes", "nodes": near, "totalCount": count},
        {"code": "later", "estado": "pendientes", "nodes": later, "totalCount": pending["totalCount"] - count},
    ]


def _counted(found: dict[str, Any]) -> dict[str, int]:
    return {"totalCount": found["totalCount"]}


def _figures(bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the bodies that ever ordered something, those first that owe the most."""
    ordering = [body for body in bodies if any(body["mandateFigures"].values())]
    return sorted(ordering, key=lambda body: (-body["mandateFigures"]["overdue"], -body["mandateFigures"]["open"]))


async def mandate(request: Request) -> Response:
    """Show a mandate: what ordered it and why, who is charged with it and by when, and all that came of it."""
    variables = {"id": request.path_params["id"]}
    language, token = chosen(request), token_if_any(request)
    node = (await hub_of(request).ask("mandate", variables, language=language, token=token))["node"]
    if node is None or node["__typename"] != "Mandate":
        raise HTTPException(404)
    return shown(request, "mandate.html", mandate=node)


routes = [Route("/mandatos", board), Route("/mandatos/{id}", mandate)]
