"""The pages of acts: each says what will happen, asks for what the hub wants, and does it once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.acting import Act, Subject
from frontend_stub.acting.filling import Fault, Filling, Read
from frontend_stub.drafting import status_of
from frontend_stub.languages import Words, catalogue, chosen, to
from frontend_stub.pages.desk.officers import carried_out, form_of, read, signed_in
from frontend_stub.showing import form_shown
from frontend_stub.whoever import UNSTORED

Page = Callable[[Request], Awaitable[Response]]


def pages_of(*subjects: Subject) -> list[Route]:
    """Return the pages of all that is done to these kinds of things."""
    return [
        route
        for subject in subjects
        for name, act in subject.acts.items()
        for route in (
            Route(f"/escritorio/{subject.path}/{{id}}/{name}", _page(subject, act), methods=["GET"]),
            Route(f"/escritorio/{subject.path}/{{id}}/{name}", _taking(subject, act), methods=["POST"]),
        )
    ]


def done_of(request: Request) -> str | None:
    """Return what was done by the form that led to a page, where it was an act."""
    done = request.query_params.get("done", "")
    return Words(chosen(request)).named("act_name", done) if f"act_name.{done}" in catalogue() else None


def _page(subject: Subject, act: Act) -> Page:
    """Return the page of an act."""

    @signed_in
    async def answered(request: Request) -> Response:
        node = await _thing(request, subject)
        return _shown(request, subject, act, Filling(node, Words(chosen(request))))

    return answered


def _taking(subject: Subject, act: Act) -> Page:
    """Return what carries out an act, once its form says all that it has to."""

    @signed_in
    async def answered(request: Request) -> Response:
        given = await form_of(request)
        node = await _thing(request, subject)
        filling = Filling(node, words := Words(chosen(request)), given)
        if "more" in given:
            return _shown(request, subject, act, filling)
        sent = act.read(filling)
        if act.sure and given.get("sure") != "yes":
            filling.faults.append({"field": "sure", "message": words("desk_fault.sure")})
        if filling.faults:
            return _shown(request, subject, act, filling, faults=filling.faults)
        payload = await carried_out(request, act.document, {**sent, "idempotencyKey": given.words("idempotencyKey")})
        if payload["errors"]:
            faults = act.faults(filling, payload["errors"])
            return _shown(request, subject, act, filling, faults=faults, status=status_of(payload["errors"]))
        address = act.leads(payload) or subject.home(node)
        path, mark, part = address.partition("#")
        return RedirectResponse(f"{to(request, path)}?done={act.document}{mark}{part}", 303, UNSTORED)

    return answered


async def _thing(request: Request, subject: Subject) -> Read:
    """Return the thing of the address, and beside what it says of itself whatever else its document asks for."""
    found = await read(request, subject.document, subject.typename)
    return {**found, **found["node"]}


def _shown(
    request: Request,
    subject: Subject,
    act: Act,
    filling: Filling,
    *,
    faults: list[Fault] | None = None,
    status: int = 200,
) -> Response:
    node, words, given = filling.node, filling.words, filling.given
    return form_shown(
        request,
        "desk/acting.html",
        errors=faults,
        status=status,
        act=act,
        name=words.named("act_name", act.document),
        title=subject.title(node, words),
        up=[*subject.up(node, words)],
        home=words.to(subject.home(node)),
        address=words.to(f"/escritorio/{subject.path}/{node['id']}/{_name_of(subject, act)}"),
        # What has been sent is not barred by what it did: whoever sends it again is told that it is done.
        barred=act.barred(node, words) if given is None else None,
        fields=act.shown(filling),
        sure=given is not None and given.get("sure") == "yes",
        key=(given.words("idempotencyKey") if given is not None else None) or str(uuid4()),
    )


def _name_of(subject: Subject, act: Act) -> str:
    return next(name for name, other in subject.acts.items() if other is act)
