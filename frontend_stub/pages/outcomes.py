"""What came of a consultation: what was asked, what people said, what was done with it, and why."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import chosen
from frontend_stub.narrowing import onward
from frontend_stub.showing import shown
from frontend_stub.tallying import figures
from frontend_stub.whoever import hub_of


async def page(request: Request) -> Response:
    """Show the report of a consultation and a page of what was done about its questions."""
    variables = {"id": request.path_params["id"], "after": request.query_params.get("desde")}
    consultation = _found(await hub_of(request).ask("outcome", variables, language=chosen(request)), "Consultation")
    statements = consultation["statements"]
    return shown(
        request,
        "outcome.html",
        consultation=consultation,
        statements=[with_figures(one) for one in statements["nodes"]],
        begun=variables["after"] is not None,
        **onward(request, statements["pageInfo"]),
    )


async def statement(request: Request) -> Response:
    """Show what was done about one question, or one section, at an address of its own."""
    variables = {"id": request.path_params["statement"]}
    found = _found(await hub_of(request).ask("statement", variables, language=chosen(request)), "Statement")
    consultation = found["consultation"]
    if consultation is None or consultation["id"] != request.path_params["id"]:
        raise HTTPException(404)
    return shown(request, "statement.html", consultation=consultation, statement=with_figures(found))


def with_figures(statement: dict[str, Any]) -> dict[str, Any]:
    """Return a statement with the released figures of what it is about, in the form that pages show."""
    counted = [
        {"question": table["question"], "figures": figures({**table["question"], "tally": None}, table)}
        for table in statement["tables"]["nodes"]
        if table["question"] is not None
    ]
    return {**statement, "counted": counted}


def _found(data: dict[str, Any], type_: str) -> dict[str, Any]:
    found: dict[str, Any] | None = data["node"]
    if found is None or found["__typename"] != type_:
        raise HTTPException(404)
    return found


routes = [
    Route("/consultas/{id}/contestacion", page),
    Route("/consultas/{id}/contestacion/{statement}", statement),
]
