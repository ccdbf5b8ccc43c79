"""A body on the desk: what can be done to it, and its sessions."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import Words, chosen
from frontend_stub.pages.desk.bodies.subjects import BODY
from frontend_stub.pages.desk.mandates.subjects import PROGRAMME
from frontend_stub.pages.desk.officers import done_of, officer, read, require_office
from frontend_stub.showing import shown
from frontend_stub.whoever import UNSTORED


@officer
async def page(request: Request) -> Response:
    """Show a body to its officers, with everything that they can do in it."""
    body = (await read(request, "desk_body", "Body"))["node"]
    require_office(request, body["id"])
    words = Words(chosen(request))
    return shown(
        request,
        "desk/body.html",
        headers=UNSTORED,
        body=body,
        offers=BODY.offers(body, words),
        programmes=[PROGRAMME.with_offers(one, words) for one in body["workProgrammes"]["nodes"]],
        done=done_of(request),
    )


routes = [Route("/escritorio/organismos/{id}", page, methods=["GET"])]
