"""The minutes of a session: what they say, every wording of them, what was found wrong, and who signed them."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import chosen
from frontend_stub.narrowing import onward
from frontend_stub.showing import shown
from frontend_stub.whoever import hub_of, token_if_any


async def page(request: Request) -> Response:
    """Show the minutes of a session to whoever may read them."""
    variables = {"id": request.path_params["id"], "after": request.query_params.get("desde")}
    data = await hub_of(request).ask("minutes", variables, language=chosen(request), token=token_if_any(request))
    session = data["node"]
    if session is None or session["__typename"] != "Session" or session["minutes"] is None:
        raise HTTPException(404)
    minutes = session["minutes"]
    return shown(
        request,
        "minutes.html",
        session=session,
        minutes=minutes,
        **onward(request, minutes["observations"]["pageInfo"]),
    )


routes = [Route("/sesiones/{id}/acta", page)]
