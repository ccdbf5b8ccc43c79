"""An instrument on the desk: its wording, what it orders, and what can be done to it and to its mandates."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import Words, chosen
from frontend_stub.pages.desk.instruments.subjects import INSTRUMENT
from frontend_stub.pages.desk.officers import done_of, read, signed_in
from frontend_stub.showing import shown
from frontend_stub.whoever import UNSTORED


@signed_in
async def page(request: Request) -> Response:
    """Show an instrument with everything that whoever is here can do to it."""
    instrument = (await read(request, "desk_instrument", "Instrument"))["node"]
    return shown(
        request,
        "desk/instrument.html",
        headers=UNSTORED,
        instrument=instrument,
        offers=INSTRUMENT.offers(instrument, Words(chosen(request))),
        done=done_of(request),
    )


routes = [Route("/escritorio/instrumentos/{id}", page, methods=["GET"])]
