"""The results of a consultation to take along: as a table (CSV) and for programs (JSON)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from frontend_stub.asking import Hub
from frontend_stub.downloading import Pages, as_table, as_text
from frontend_stub.languages import chosen
from frontend_stub.showing import SHARED
from frontend_stub.whoever import hub_of

QUESTIONS = 50
TABLES = 20
"""How much of the results is asked for, and written, at once."""


async def table(request: Request) -> Response:
    """Give the results as a table for spreadsheets."""
    _, pages = await _begun(request)
    return _file(request, as_table(pages), "text/csv; charset=utf-8", "csv")


async def text(request: Request) -> Response:
    """Give the results as one text for programs."""
    head, pages = await _begun(request)
    return _file(request, as_text(head, pages), "application/json", "json")


async def _begun(request: Request) -> tuple[dict[str, Any], Pages]:
    """Return what is known of the consultation, and its pages; a fault in the first one has a page of its own."""
    hub, language, id_ = hub_of(request), chosen(request), request.path_params["id"]
    first = await _part(hub, "result_questions", language, id=id_, first=QUESTIONS)
    if first is None or first["responseCount"] is None:
        raise HTTPException(404)
    head = {name: value for name, value in first.items() if name not in ("__typename", "revision")}
    return head, _pages(hub, language, first)


async def _pages(hub: Hub, language: str, first: dict[str, Any]) -> Pages:
    questions, number = first["revision"]["questions"], 0
    while True:
        yield "questions", [{"number": number + n, **found} for n, found in enumerate(questions["nodes"], 1)]
        number += len(questions["nodes"])
        if not questions["pageInfo"]["hasNextPage"]:
            break
        following = {"first": QUESTIONS, "after": questions["pageInfo"]["endCursor"]}
        part = await _part(hub, "result_questions", language, id=first["id"], **following)
        if part is None:
            return
        questions = part["revision"]["questions"]
    after = None
    while True:
        part = await _part(hub, "result_tables", language, id=first["id"], first=TABLES, after=after)
        if part is None or part["results"] is None:
            return
        tables = part["results"]["tables"]
        yield "tables", tables["nodes"]
        if not tables["pageInfo"]["hasNextPage"]:
            return
        after = tables["pageInfo"]["endCursor"]


async def _part(hub: Hub, document: str, language: str, **variables: Any) -> dict[str, Any] | None:
    found = (await hub.ask(document, variables, language=language))["node"]
    return found if found is not None and found["__typename"] == "Consultation" else None


def _file(request: Request, parts: AsyncIterator[str], kind: str, ending: str) -> Response:
    name = f"resultados-{request.path_params['id'].rpartition('_')[2]}"
    safe = "".join(letter for letter in name if letter.isalnum() or letter == "-")[:80]
    headers = {**SHARED, "content-disposition": f'attachment; filename="{safe}.{ending}"'}
    return StreamingResponse(parts, media_type=kind, headers=headers)


routes = [
    Route("/consultas/{id}/resultados.csv", table),
    Route("/consultas/{id}/resultados.json", text),
]
