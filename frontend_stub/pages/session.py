"""A session: how it was convened, what is on its agenda, who is there, and what is moved, voted and agreed in it."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from frontend_stub.languages import chosen
from frontend_stub.narrowing import onward
from frontend_stub.roll_calls import of_votes
from frontend_stub.showing import shown
from frontend_stub.whoever import UNSTORED, hub_of, token_if_any
from frontend_stub.writing import now

UNDER_WAY = frozenset({"IN_SESSION", "ADJOURNED"})
SOON = dt.timedelta(hours=1)
"""How long before its beginning whoever reads the page of a session waits for it to begin."""

LISTS = {"agenda": "desde", "attendance": "asistencia", "actionItems": "tareas", "documents": "documentos"}
"""The lists of a session that may go on: each with what its cursor is called in an address."""


async def page(request: Request) -> Response:
    """Show a session with a page of its agenda."""
    given = request.query_params
    variables = {
        "id": request.path_params["id"],
        "after": given.get("desde"),
        "afterAttendance": given.get("asistencia"),
        "afterTask": given.get("tareas"),
        "afterPaper": given.get("documentos"),
    }
    asked = hub_of(request).ask("session", variables, language=chosen(request), token=token_if_any(request))
    data, motions = await asyncio.gather(asked, _motions(request))
    session = data["node"]
    if session is None or session["__typename"] != "Session":
        raise HTTPException(404)
    live = is_live(session, now())
    return shown(
        request,
        "session.html",
        headers=UNSTORED if live else None,
        session=session,
        motions=by_point(motions),
        calls={vote["id"]: of_votes(vote) for moved in motions for vote in moved["votes"]["nodes"]},
        papers=other_papers(session),
        adopted=[moved for moved in motions if moved["state"] == "CARRIED" and moved["instrument"]],
        joint={body["id"]: body["title"] for body in (session["body"], *session["jointBodies"]["nodes"]) if body},
        lists={name: onward(request, session[name]["pageInfo"], cursor) for name, cursor in LISTS.items()},
        live=live,
        made_at=now().isoformat(),
        known=known_as(data["now"]),
    )


async def changed(request: Request) -> Response:
    """Tell whether something happened in a session since a page of it was made, by the tag that the page got."""
    variables = {"id": request.path_params["id"]}
    data = await hub_of(request).ask("session_now", variables, language=chosen(request), token=token_if_any(request))
    if not data["now"]:
        raise HTTPException(404)
    tag = f'"{known_as(data["now"])}"'
    headers = {**UNSTORED, "etag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return JSONResponse({"state": data["now"]["state"]}, headers=headers)


def is_live(session: dict[str, Any], at: dt.datetime) -> bool:
    """Whether a session is being held or about to begin, so that its page is soon another one."""
    begins = dt.datetime.fromisoformat(session["starts"]["instant"])
    return session["state"] in UNDER_WAY or (session["state"] == "CONVENED" and begins - SOON <= at)


def known_as(stands: dict[str, Any]) -> str:
    """Return a name for how a session stands, which is another one when its page would be."""
    return hashlib.sha256(json.dumps(stands, sort_keys=True).encode()).hexdigest()[:24]


def by_point(motions: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the motions under the points that they were moved under, in their order."""
    found: dict[str, list[dict[str, Any]]] = {}
    for moved in motions:
        if moved["agendaItem"]:
            found.setdefault(moved["agendaItem"]["id"], []).append(moved)
    return found


def other_papers(session: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the papers of a session that stand under no point of the page."""
    points = [
        *session["agenda"]["nodes"],
        *(part for point in session["agenda"]["nodes"] for part in point["items"]["nodes"]),
    ]
    under = {paper["id"] for point in points for paper in point["documents"]["nodes"]}
    return [paper for paper in session["documents"]["nodes"] if paper["id"] not in under]


async def _motions(request: Request) -> list[dict[str, Any]]:
    """Return everything that was moved in a session: a point says it all, whichever page of the agenda it is on."""
    found: list[dict[str, Any]] = []
    variables = {"id": request.path_params["id"], "after": None}
    while True:
        data = await hub_of(request).ask(
            "session_motions", variables, language=chosen(request), token=token_if_any(request)
        )
        part = (data["node"] or {}).get("motions")
        if part is None:
            return found
        found += part["nodes"]
        if not part["pageInfo"]["hasNextPage"]:
            return found
        variables["after"] = part["pageInfo"]["endCursor"]


routes = [
    Route("/sesiones/{id}", page),
    Route("/sesiones/{id}/vivo", changed, methods=["GET"]),
]
