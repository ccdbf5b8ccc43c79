"""All consultations: narrowed down by state, words, body and place, in an address that can be passed on."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import Words, chosen
from frontend_stub.narrowing import clipped, onward
from frontend_stub.showing import shown
from frontend_stub.whoever import hub_of
from frontend_stub.writing import OVER

STATES: dict[str, tuple[str, ...]] = {
    "abiertas": ("OPEN",),
    "proximas": ("SCHEDULED",),
    "suspendidas": ("SUSPENDED",),
    "cerradas": OVER,
    "retiradas": ("WITHDRAWN",),
}
"""What each of some states is called in an address, in both languages."""

ORDERS = {
    "cierran-antes": "CLOSES_ASC",
    "cierran-despues": "CLOSES_DESC",
    "abren-antes": "OPENS_ASC",
    "abren-despues": "OPENS_DESC",
}
EARLIEST = frozenset({"abiertas", "suspendidas"})
"""The states whose consultations are listed by what closes first, where nobody asks for another order."""


async def page(request: Request) -> Response:
    """Show a page of the consultations that match what was asked for."""
    asked = {name: clipped(request, name) for name in ("estado", "texto", "organismo", "organizacion", "territorio")}
    asked["orden"] = clipped(request, "orden")
    order = asked["orden"] if asked["orden"] in ORDERS else _usual(asked["estado"])
    wanted = {
        "state": STATES.get(asked["estado"]),
        "text": asked["texto"],
        "body": asked["organismo"],
        "organization": asked["organizacion"],
        "territory": asked["territorio"],
    }
    variables = {
        "filter": {name: value for name, value in wanted.items() if value},
        "order": ORDERS[order],
        "after": request.query_params.get("desde"),
        "place": asked["territorio"],
        "placed": bool(asked["territorio"]),
        "publisher": asked["organizacion"],
        "published": bool(asked["organizacion"]),
    }
    language = chosen(request)
    data = await hub_of(request).ask("consultations", variables, language=language)
    return shown(
        request,
        "consultations.html",
        found=data["consultations"],
        asked={**asked, "orden": order},
        narrowed=bool(variables["filter"]),
        organization=data.get("organization") or None,
        states=[{"code": code, "label": Words(language).named("stages", code)} for code in STATES],
        orders=[{"code": code, "label": Words(language).named("orders", code)} for code in ORDERS],
        bodies=[_choice(body["id"], body["title"]) for body in data["bodies"]["nodes"]],
        places=_places(data),
        **onward(request, data["consultations"]["pageInfo"]),
    )


def _usual(state: str) -> str:
    return "cierran-antes" if state in EARLIEST else "abren-antes" if state == "proximas" else "cierran-despues"


def _choice(code: str, title: dict[str, str]) -> dict[str, str]:
    return {"code": code, "label": title["text"], "lang": title["language"]}


def _places(data: dict[str, Any]) -> list[dict[str, str]]:
    """Return the country and its states, and the municipality that was asked for, if it was one."""
    nodes = data["territories"]["nodes"]
    place = data.get("place")
    asked_for = [place] if place and place["id"] not in {found["id"] for found in nodes} else []
    return [{"code": found["id"], "label": found["name"]} for found in [*nodes, *asked_for]]


routes = [Route("/consultas", page)]
