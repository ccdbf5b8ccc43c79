"""Who works at the desk: somebody with an office in a body, and at each consultation those of its own body.

What they may do there the hub decides at each act. This is only so that whoever comes here by mistake is told why there
is nothing for them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from frontend_stub.drafting import too_long
from frontend_stub.forms import LARGEST_FORM, Filled, own_form
from frontend_stub.holding import held
from frontend_stub.languages import Words, catalogue, chosen
from frontend_stub.sending import is_too_long
from frontend_stub.showing import shown
from frontend_stub.taking_in import Chosen, own_form_with_files
from frontend_stub.whoever import hub_of, offices_of, token_of, viewer_of

LARGEST = 16 * LARGEST_FORM
"""The texts of a draft in two languages are long, and a form writes a letter as up to six."""

Page = Callable[[Request], Awaitable[Response]]


class NotTheirs(Exception):
    """It is the work of another body."""


def signed_in(page: Page) -> Page:
    """Return a page that is for whoever is signed in; what they may do, the hub says at each act.

    A form that could not be taken, since its writer was signed out or the hub is silent, is held on to.
    """

    async def answered(request: Request) -> Response:
        if viewer_of(request) is None:
            await _find_out(request)
        return await page(request)

    return held(answered)


def officer(page: Page) -> Page:
    """Return a page that is for officers: everybody else is told why they find nothing here."""

    async def answered(request: Request) -> Response:
        if not offices_of(request):
            return shown(request, "desk/no_office.html", status=403, why="none")
        try:
            return await page(request)
        except NotTheirs:
            return shown(request, "desk/no_office.html", status=403, why="other")

    return signed_in(answered)


async def form_of(request: Request) -> Filled:
    """Return a form that a page of the desk sent."""
    request.state.given = given = await own_form(request, largest=LARGEST)
    return given


@asynccontextmanager
async def form_with_files(request: Request) -> AsyncIterator[tuple[Filled, Mapping[str, Chosen]]]:
    """Give a form that a page of the desk sent, and the files in it while it is dealt with."""
    async with own_form_with_files(request, largest=LARGEST) as (given, files):
        request.state.given = given
        yield given, files


async def _find_out(request: Request) -> None:
    """Say why nobody could be introduced: they are signed out, or the hub does not answer."""
    if request.method == "POST":
        # What somebody wrote is held on to; of a file nothing is kept for whom the hub does not know.
        async with own_form_with_files(request, largest=LARGEST, largest_file=0) as (given, _):
            request.state.given = given
    await hub_of(request).ask("shell", language=chosen(request), token=token_of(request))


def bodies_of(request: Request) -> list[str]:
    """Return the ids of the bodies in which whoever is here holds an office, each once."""
    return list(dict.fromkeys(held["bodyId"] for held in offices_of(request)))


def require_office(request: Request, body_id: str | None) -> None:
    """Turn away whoever holds no office in this body."""
    if body_id not in bodies_of(request):
        raise NotTheirs


def done_of(request: Request) -> str | None:
    """Return in words what was done by the form that led to a page, where that was an act."""
    done, words = request.query_params.get("done", ""), Words(chosen(request))
    if f"act_done.{done}" in catalogue():
        return words.named("act_done", done)
    return words("act.done", act=words.named("act_name", done)) if f"act_name.{done}" in catalogue() else None


async def read(request: Request, document: str, kind: str | tuple[str, ...], **variables: Any) -> dict[str, Any]:
    """Return what a document tells of the thing of the address; 404 where there is none that they may see."""
    variables = {"id": request.path_params["id"], **variables}
    found = await hub_of(request).ask(document, variables, language=chosen(request), token=token_of(request))
    kinds = (kind,) if isinstance(kind, str) else kind
    if found["node"] is None or found["node"]["__typename"] not in kinds:
        raise HTTPException(404)
    return found


async def read_consultation(request: Request) -> dict[str, Any]:
    """Return the consultation of the address, for those of its body."""
    consultation: dict[str, Any] = (await read(request, "desk_consultation", "Consultation"))["node"]
    require_office(request, (consultation["publisher"] or {}).get("id"))
    return consultation


async def carried_out(request: Request, document: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return what the hub answers to an act: its errors, and what else the document asks for."""
    if is_too_long(given):
        return {"errors": [too_long(request)]}
    answer = await hub_of(request).ask(document, {"input": given}, language=chosen(request), token=token_of(request))
    (payload,) = answer.values()
    return dict(payload)
