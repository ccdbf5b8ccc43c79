"""What the corrections of a questionnaire changed: two wordings that follow on each other, side by side in one text."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.correcting import changes, is_reordered, sections
from frontend_stub.languages import chosen
from frontend_stub.showing import shown
from frontend_stub.whoever import hub_of


async def page(request: Request) -> Response:
    """Show what the newest correction changed, or the one that the address names by what comes before it."""
    named = "desde" in request.query_params
    which = {"first": 2, "after": request.query_params["desde"] or None} if named else {"last": 2}
    variables = {"id": request.path_params["id"], **which}
    consultation = (await hub_of(request).ask("corrections", variables, language=chosen(request)))["node"]
    if consultation is None or consultation["__typename"] != "Consultation":
        raise HTTPException(404)
    pair = consultation["pair"]["nodes"]
    values: dict[str, Any] = {"changed": [], "parts": [], "reordered": False}
    if len(pair) == 2:
        before, after = [await _questions(request, revision) for revision in pair]
        values = {
            "changed": changes(before, after, language=chosen(request)),
            "parts": sections(*(revision["sections"] for revision in pair), language=chosen(request)),
            "reordered": is_reordered(before, after),
        }
    return shown(
        request,
        "corrections.html",
        consultation=consultation,
        corrections=_corrections(consultation["revisions"]["edges"]),
        number=pair[-1]["number"] if pair else None,
        **values,
    )


def _corrections(edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each correction, the newest first, with the place in the list that its address names."""
    cursors = ["", *(edge["cursor"] for edge in edges)]
    return [{**edge["node"], "since": cursors[n - 1]} for n, edge in enumerate(edges) if n][::-1]


async def _questions(request: Request, revision: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all the questions of a wording, a page of the hub's at a time."""
    found, page = list(revision["questions"]["nodes"]), revision["questions"]["pageInfo"]
    while page["hasNextPage"]:
        variables = {"id": revision["id"], "after": page["endCursor"]}
        more = (await hub_of(request).ask("wording", variables, language=chosen(request)))["node"]["questions"]
        found, page = [*found, *more["nodes"]], more["pageInfo"]
    return found


routes = [Route("/consultas/{id}/cambios", page)]
