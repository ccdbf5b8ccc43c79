"""The page of an act: it says what will happen, asks for what the hub wants, and does it once."""

from __future__ import annotations

from uuid import uuid4

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.acting import Act, File, Subject
from frontend_stub.acting.editions import is_overtaken
from frontend_stub.acting.filling import Fault, Filling, Read
from frontend_stub.drafting import status_of
from frontend_stub.forms import Filled
from frontend_stub.handing_in import handed_in, keep_in
from frontend_stub.languages import Words, chosen, to
from frontend_stub.pages.desk import agreements, bodies, consultations, instruments, mandates, papers, sessions, studies
from frontend_stub.pages.desk.officers import carried_out, form_of, form_with_files, read, signed_in
from frontend_stub.showing import form_shown, shown
from frontend_stub.taking_in import Chosen
from frontend_stub.whoever import UNSTORED, offices_of

SUBJECTS = {
    subject.path: subject
    for family in (bodies, sessions, instruments, mandates, studies, consultations, agreements, papers)
    for subject in family.SUBJECTS
}
"""The kinds of things that acts are done to, by what they are called in an address."""


@signed_in
async def page(request: Request) -> Response:
    """Show what an act does and what it asks for; why it cannot be done, where that is known."""
    subject, act = _asked(request)
    if act.files and not offices_of(request):
        return shown(request, "desk/no_office.html", status=403, why="none")
    filling = await _filling(request, subject)
    instead = await act.instead(request, filling.node) if act.barred(filling.node, filling.words) is None else None
    return instead or _shown(request, subject, act, filling)


@signed_in
async def carry_out(request: Request) -> Response:
    """Carry out an act, once its form says all that it has to; or show one more row of what it asks for."""
    subject, act = _asked(request)
    if act.files:
        return await _with_files(request, subject, act)
    given = await form_of(request)
    filling = await _filling(request, subject, given)
    return await _carried_out(request, subject, act, filling)


async def _with_files(request: Request, subject: Subject, act: Act) -> Response:
    """Carry out an act that names files, once the hub has them; nobody without an office hands in any."""
    if not offices_of(request):
        return shown(request, "desk/no_office.html", status=403, why="none")
    async with form_with_files(request) as (given, files):
        filling = await _filling(request, subject, given)
        for field in act.files:
            if field.name in files:
                await _hand_in(request, filling, field, files[field.name])
    return await _carried_out(request, subject, act, filling)


async def _hand_in(request: Request, filling: Filling, field: File, file: Chosen) -> None:
    """Hand a file in, and keep in the form by which words the hub knows it; or say beside the field what is wrong."""
    assert filling.given is not None  # noqa: S101 - it was sent with the file
    found = await handed_in(request, file, field.asked(filling))
    if isinstance(found, str):
        filling.faults.append({"field": field.name, "message": found})
    else:
        keep_in(filling.given, field.name, found)


async def _carried_out(request: Request, subject: Subject, act: Act, filling: Filling) -> Response:
    given, words = filling.given, filling.words
    assert given is not None  # noqa: S101 - it was sent
    if "more" in given:
        return _shown(request, subject, act, filling)
    sent = act.read(filling)
    if act.sure and given.get("sure") != "yes":
        filling.faults.append({"field": "sure", "message": words("desk_fault.sure")})
    if filling.faults:
        return _shown(request, subject, act, filling, faults=filling.faults)
    payload = await carried_out(request, act.document, {**sent, "idempotencyKey": given.words("idempotencyKey")})
    if payload["errors"]:
        if is_overtaken(payload["errors"]):
            filling.node, filling.overtaken = await _thing(request, subject), True
            return _shown(request, subject, act, filling, status=409)
        filling.faults += act.faults(filling, payload["errors"])
        return _shown(request, subject, act, filling, faults=filling.faults, status=status_of(payload["errors"]))
    path, mark, part = (act.leads(payload) or subject.home(filling.node)).partition("#")
    return RedirectResponse(f"{to(request, path)}?done={act.document}{mark}{part}", 303, UNSTORED)


def _asked(request: Request) -> tuple[Subject, Act]:
    """Return the act of the address, and what it is done to; 404 where there is no such act."""
    subject = SUBJECTS.get(request.path_params["things"])
    act = subject.acts.get(request.path_params["act"]) if subject is not None else None
    if subject is None or act is None:
        raise HTTPException(404)
    return subject, act


async def _filling(request: Request, subject: Subject, given: Filled | None = None) -> Filling:
    node = await _thing(request, subject)
    return Filling(node, Words(chosen(request)), given, spoken=subject.spoken(node))


async def _thing(request: Request, subject: Subject) -> Read:
    """Return the thing of the address; beside what it says of itself, what else its document asks for, and in what."""
    found = await read(request, subject.document, subject.typename)
    return {**found, **found["node"], "language": chosen(request)}


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
        address=words.to(subject.address(node, request.path_params["act"])),
        # What has been sent is not barred by what it did: whoever sends it again is told that it is done.
        barred=act.barred(node, words) if given is None else None,
        fields=act.shown(filling),
        overtaken_by=filling.overtaken,
        sure=given is not None and given.get("sure") == "yes",
        key=(given.words("idempotencyKey") if given is not None else None) or str(uuid4()),
    )


routes = [
    Route("/escritorio/{things}/{id}/{act}", page, methods=["GET"]),
    Route("/escritorio/{things}/{id}/{act}", carry_out, methods=["POST"]),
]
