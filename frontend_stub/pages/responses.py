"""The responses that people let be published: a list of them, and each one at an address of its own."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import chosen
from frontend_stub.narrowing import clipped, onward
from frontend_stub.showing import shown
from frontend_stub.whoever import hub_of

KINDS = {
    "personas": "INDIVIDUAL",
    "organizaciones": "ORGANIZATION",
    "autoridades": "PUBLIC_BODY",
    "anonimas": "ANONYMOUS",
}
"""In what capacity people answer, as it is called in an address."""

ORDERS = {"recientes": "RECEIVED_DESC", "primeras": "RECEIVED_ASC"}
SHORT = 3
"""How many answers of a response its list shows."""


async def page(request: Request) -> Response:
    """Show a page of what everybody may read; whoever is signed in sees no more of it than anybody."""
    id_ = request.path_params["id"]
    kind, order, named = clipped(request, "calidad"), clipped(request, "orden"), clipped(request, "organizacion")
    order = order if order in ORDERS else "recientes"
    wanted = {"consultation": id_} | ({"respondentKind": [KINDS[kind]]} if kind in KINDS else {})
    variables = {
        "id": id_,
        "filter": wanted | ({"organization": named} if named else {}),
        "order": ORDERS[order],
        "after": request.query_params.get("desde"),
        "organization": named,
        "named": bool(named),
    }
    data = await hub_of(request).ask("responses", variables, language=chosen(request))
    consultation = data["node"]
    if consultation is None or consultation["__typename"] != "Consultation":
        raise HTTPException(404)
    slugs = {code: slug for slug, code in KINDS.items()}
    facets = data["kinds"]["facets"]["respondentKind"]
    return shown(
        request,
        "responses.html",
        consultation=consultation,
        zone=zone_of(consultation),
        found=data["responses"],
        responses=[_in_short(response) for response in data["responses"]["nodes"]],
        kinds=[{"code": slugs[facet["code"]], "count": facet["count"]} for facet in facets],
        asked={"calidad": kind, "orden": order},
        organization=data.get("organization") or None,
        orders=list(ORDERS),
        **onward(request, data["responses"]["pageInfo"]),
    )


async def one(request: Request) -> Response:
    """Show a whole response, at the address by which it can be cited."""
    found = await hub_of(request).ask("response", {"id": request.path_params["response"]}, language=chosen(request))
    response = found["node"]
    if response is None or response["__typename"] != "Response" or response["consultation"] is None:
        raise HTTPException(404)
    consultation = response["consultation"]
    if consultation["id"] != request.path_params["id"]:
        raise HTTPException(404)
    values = {"consultation": consultation, "zone": zone_of(consultation), "answers": published(response)}
    return shown(request, "response.html", response=response, **values)


def published(response: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the answers of a response that everybody may read."""
    return [answer for answer in response["answers"] if answer["published"] and answer["question"] is not None]


def zone_of(consultation: dict[str, Any]) -> str:
    """Return by whose clock the day of a response is told: of an anonymous one no more than a day in UTC is known."""
    return "UTC" if consultation["anonymity"] == "ANONYMOUS" else str(consultation["closing"]["zone"])


def _in_short(response: dict[str, Any]) -> dict[str, Any]:
    """Return a response with the answers that say most of it: those in one's own words, and then the first ones."""
    answers = published(response)
    in_words = [answer for answer in answers if answer["text"]]
    others = [answer for answer in answers if not answer["text"]]
    told = (in_words + others)[:SHORT]
    in_order = [answer for answer in answers if any(answer is one for one in told)]
    return {**response, "told": in_order, "untold": len(answers) - len(in_order)}


routes = [
    Route("/consultas/{id}/respuestas", page),
    Route("/consultas/{id}/respuestas/{response}", one),
]
