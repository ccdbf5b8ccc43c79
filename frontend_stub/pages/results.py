"""The results of a consultation: how many answered, what each question came to, and how that was counted."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import chosen
from frontend_stub.narrowing import clipped, onward
from frontend_stub.pages.consultation import by_section
from frontend_stub.showing import shown
from frontend_stub.tallying import figures, totals
from frontend_stub.whoever import hub_of

A_PAGE = 20
"""How many questions are on a page; each is a table."""

DIMENSIONS = {"capacidad": "RESPONDENT_KIND", "estado": "STATE", "idioma": "LANGUAGE"}
"""What results are broken down by, as it is called in an address."""

TABLES = 10


async def page(request: Request) -> Response:
    """Show what was counted of a page of the questions, as everybody may see it."""
    variables = {"id": request.path_params["id"], "first": A_PAGE, "after": request.query_params.get("desde")}
    consultation = await _consultation(request, "results", variables)
    revision = consultation["revision"]
    questions = revision["questions"]["nodes"] if revision else []
    tables = await _totals(request, consultation, questions)
    for section in (sections := by_section(revision["sections"] if revision else [], questions)):
        for question in section["questions"]:
            question["figures"] = figures(question, tables.get(question["lineageId"]))
    return shown(
        request,
        "results.html",
        consultation=consultation,
        sections=sections,
        days=by_day(consultation["participation"]),
        begun="desde" in request.query_params,
        dimensions=list(DIMENSIONS),
        **onward(request, revision["questions"]["pageInfo"] if revision else {"hasNextPage": False}),
    )


async def breakdowns(request: Request) -> Response:
    """Show the released tables of one breakdown, a page of them at a time."""
    by = clipped(request, "por")
    if by not in DIMENSIONS:
        raise HTTPException(404)
    variables = {
        "id": request.path_params["id"],
        "dimensions": [DIMENSIONS[by]],
        "first": TABLES,
        "after": request.query_params.get("desde"),
    }
    consultation = await _consultation(request, "result_tables", variables)
    tables = consultation["results"]["tables"] if consultation["results"] else None
    return shown(
        request,
        "breakdowns.html",
        consultation=consultation,
        tables=tables["nodes"] if tables else [],
        by=by,
        dimensions=list(DIMENSIONS),
        **onward(request, tables["pageInfo"] if tables else {"hasNextPage": False}),
    )


async def _consultation(request: Request, document: str, variables: dict[str, Any]) -> dict[str, Any]:
    """Return a consultation as nobody in particular sees it: the figures on a page are those that everybody gets."""
    found = (await hub_of(request).ask(document, variables, language=chosen(request)))["node"]
    if found is None or found["__typename"] != "Consultation":
        raise HTTPException(404)
    consultation: dict[str, Any] = found
    return consultation


async def _totals(
    request: Request, consultation: dict[str, Any], questions: list[dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Return the released totals by question; those beyond the first page of them only where one is missing."""
    if consultation["results"] is None:
        return {}
    tables = consultation["results"]["tables"]
    found = totals(tables["nodes"])
    wanted = {question["lineageId"] for question in questions if question["tally"] is None}
    while wanted - found.keys() and tables["pageInfo"]["hasNextPage"]:
        following = {"first": 100, "after": tables["pageInfo"]["endCursor"], "dimensions": ["TOTAL"]}
        more = await _consultation(request, "result_tables", {"id": consultation["id"], **following})
        tables = more["results"]["tables"]
        found |= totals(tables["nodes"])
    return found


def by_day(participation: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Return the days with their parts of all responses; the bar of the fullest one fills the line."""
    days = participation["responsesByDay"] if participation else []
    every, most = sum(day["count"] for day in days), max((day["count"] for day in days), default=1)
    return [{**day, "share": day["count"] / every, "width": day["count"] / most} for day in days]


routes = [
    Route("/consultas/{id}/resultados", page),
    Route("/consultas/{id}/desgloses", breakdowns),
]
