"""The interests that one declares as a member of a body: the same form as on the desk, in one's own account."""

from __future__ import annotations

from uuid import uuid4

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.acting.filling import Fault, Filling
from frontend_stub.drafting import status_of
from frontend_stub.languages import Words, chosen, to
from frontend_stub.pages.desk.bodies.declaring import DECLARE
from frontend_stub.pages.desk.officers import carried_out, form_of, signed_in
from frontend_stub.pages.own_seats import HERE, own_seat
from frontend_stub.showing import form_shown
from frontend_stub.whoever import UNSTORED


@signed_in
async def page(request: Request) -> Response:
    """Show somebody the form by which they declare an interest, or that they have none."""
    return _shown(request, await _filling(request))


@signed_in
async def declare(request: Request) -> Response:
    """Declare what somebody wrote; what the hub finds wrong stands beside it."""
    given = await form_of(request)
    filling = await _filling(request)
    filling.given = given
    sent = {**DECLARE.read(filling), "idempotencyKey": given.words("idempotencyKey")}
    if filling.faults:
        return _shown(request, filling, faults=filling.faults)
    payload = await carried_out(request, DECLARE.document, sent)
    if payload["errors"]:
        faults = DECLARE.faults(filling, payload["errors"])
        return _shown(request, filling, faults=faults, status=status_of(payload["errors"]))
    return RedirectResponse(f"{to(request, HERE)}?done=interests", 303, UNSTORED)


async def _filling(request: Request) -> Filling:
    """Return the form for the seat of the address; there is none for a seat in which one does not sit."""
    one, words = await own_seat(request, "my_interests"), Words(chosen(request))
    if not DECLARE.is_offered(one):
        raise HTTPException(404)
    return Filling(one, words)


def _shown(request: Request, filling: Filling, *, faults: list[Fault] | None = None, status: int = 200) -> Response:
    given = filling.given
    return form_shown(
        request,
        "own_interests.html",
        errors=faults,
        status=status,
        one=filling.node,
        barred=DECLARE.barred(filling.node, filling.words) if given is None else None,
        fields=DECLARE.shown(filling),
        key=(given.words("idempotencyKey") if given is not None else None) or str(uuid4()),
    )


routes = [
    Route(f"{HERE}/{{id}}/intereses", page, methods=["GET"]),
    Route(f"{HERE}/{{id}}/intereses", declare, methods=["POST"]),
]
