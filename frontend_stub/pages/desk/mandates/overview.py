"""A mandate on the desk: what was ordered, who is responsible until when, and what can be done."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import Words, chosen
from frontend_stub.pages.desk.mandates.subjects import MANDATE
from frontend_stub.pages.desk.officers import done_of, read, signed_in
from frontend_stub.showing import shown
from frontend_stub.whoever import UNSTORED


@signed_in
async def page(request: Request) -> Response:
    """Show a mandate with everything that whoever is here can do about it."""
    mandate = (await read(request, "desk_mandate", "Mandate"))["node"]
    return shown(
        request,
        "desk/mandate.html",
        headers=UNSTORED,
        mandate=mandate,
        offers=MANDATE.offers(mandate, Words(chosen(request))),
        done=done_of(request),
    )


routes = [Route("/escritorio/mandatos/{id}", page, methods=["GET"])]
