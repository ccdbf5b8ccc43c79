"""An agreement on the desk: who has signed it, whether it is in force, and what can be done."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import Words, chosen
from frontend_stub.pages.desk.agreements.subjects import AGREEMENT
from frontend_stub.pages.desk.officers import done_of, read, signed_in
from frontend_stub.showing import shown
from frontend_stub.whoever import UNSTORED


@signed_in
async def page(request: Request) -> Response:
    """Show an agreement with everything that whoever is here can do about it, in the name of which party it may be."""
    agreement = (await read(request, "desk_agreement", "Agreement"))["node"]
    return shown(
        request,
        "desk/agreement.html",
        headers=UNSTORED,
        agreement=agreement,
        offers=AGREEMENT.offers(agreement, Words(chosen(request))),
        done=done_of(request),
    )


routes = [Route("/escritorio/convenios/{id}", page, methods=["GET"])]
