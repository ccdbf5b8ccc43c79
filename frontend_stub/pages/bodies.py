"""Bodies and working groups: what each is charged with, who sits in it, what it did, and its papers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import chosen
from frontend_stub.narrowing import clipped, onward
from frontend_stub.showing import shown
from frontend_stub.whoever import hub_of, token_if_any

LISTS = {"abiertas": "open", "proximas": "coming", "suspendidas": "suspended", "cerradas": "closed"}
"""The consultations of somebody by where they stand: what each list is called in an address, and in the document."""

SECTORS = ("GOVERNMENT", "CIVIL_SOCIETY", "ACADEMIA", "PRIVATE", "CITIZENS")
SITTING, SAT = ["ACTIVE", "ON_LEAVE"], ["ENDED"]
STANDING: dict[str, dict[str, Any]] = {
    "actuales": {"state": SITTING},
    "anteriores": {"state": SAT},
    "por-declarar": {"interestsDue": True},
}
"""Who sits in a body, who did, and who has yet to declare their interests, as it is called in an address."""


async def page(request: Request) -> Response:
    """Show a body: what it is charged with and by which rule, who sits in it, what it decided, ordered and asked."""
    found = await body_of(request, "body")
    seats = [seated(seat) for seat in found["seats"]["nodes"]]
    return shown(
        request,
        "body.html",
        body=found,
        sectors=by_sector(seats),
        parity=_parity(found["parity"], seats),
        lists=lists_of(found),
    )


async def members(request: Request) -> Response:
    """Show who sits in a body and who did, the newest first, and which interests they declared."""
    standing = clipped(request, "estado")
    wanted = STANDING.get(standing, {"state": [*SITTING, *SAT]})
    found = await body_of(request, "body_members", filter=wanted, after=request.query_params.get("desde"))
    memberships = found["memberships"]
    return shown(
        request,
        "body_members.html",
        body=found,
        memberships=memberships,
        asked=standing if standing in STANDING else None,
        choices=list(STANDING),
        **onward(request, memberships["pageInfo"]),
    )


async def documents(request: Request) -> Response:
    """Show the papers of a body; whoever sits in it also sees those that are for its members."""
    found = await body_of(request, "body_documents", after=request.query_params.get("desde"))
    return shown(request, "body_documents.html", body=found, **onward(request, found["documents"]["pageInfo"]))


async def body_of(request: Request, document: str, **variables: Any) -> dict[str, Any]:
    """Return the body of the address, as whoever is here may read it; there is no page where there is none."""
    asked = {"id": request.path_params["id"], **variables}
    answer = await hub_of(request).ask(document, asked, language=chosen(request), token=token_if_any(request))
    node = answer["node"]
    if node is None or node["__typename"] != "Body":
        raise HTTPException(404)
    found: dict[str, Any] = node
    return found


def lists_of(found: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return the consultations of a body or an organisation, each list with what it is called."""
    return [(code, found[name]) for code, name in LISTS.items()]


def seated(seat: dict[str, Any]) -> dict[str, Any]:
    """Return a seat with its holder, if it has one, and with whoever stands in for them."""
    sitting = seat["memberships"]["nodes"]
    holder = next((one for one in sitting if not one["alternate"]), None)
    return {**seat, "holder": holder, "alternates": [one for one in sitting if one["alternate"]]}


def by_sector(seats: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return seats by the part of society that each is there for; a sector without any is left out."""
    groups = {sector: [seat for seat in seats if seat["sector"] == sector] for sector in SECTORS}
    return [
        {"code": code, "seats": group, "vacant": sum(seat["holder"] is None for seat in group)}
        for code, group in groups.items()
        if group
    ]


def _parity(figures: list[dict[str, Any]], seats: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return how a body is made up, each place by its name, and each share as a part of one."""
    places = {seat["territory"]["code"]: seat["territory"]["name"] for seat in seats if seat["territory"]}
    return [
        {
            **figure,
            "groups": [
                {**group, "share": group["share"] / 100, "place": places.get(group["code"])}
                for group in figure["groups"]
            ],
        }
        for figure in figures
    ]


routes = [
    Route("/organismos/{id}", page),
    Route("/organismos/{id}/integrantes", members),
    Route("/organismos/{id}/documentos", documents),
]
