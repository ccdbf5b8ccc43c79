"""The pages on which a draft is written: its texts, its timetable, and the rules by which people take part."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.clocks import zones
from frontend_stub.drafting import Draft, Errors, Input, is_overtaken, read_draft, save_draft, status_of
from frontend_stub.forms import Filled
from frontend_stub.languages import LANGUAGES, Words, chosen, to
from frontend_stub.pages.desk import ruling
from frontend_stub.pages.desk.filling import (
    TIMES,
    Fault,
    day_faults,
    filled_texts,
    filled_times,
    time_faults,
    times_of,
    told,
    usual_notice,
    written,
)
from frontend_stub.pages.desk.officers import form_of, officer
from frontend_stub.pages.desk.problems import faults_of
from frontend_stub.showing import form_shown
from frontend_stub.whoever import UNSTORED

Values = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A page that shows one part of a draft: how it is shown, what is wrong with a form by itself, what it says."""

    stored: Callable[[Draft], Values]
    typed: Callable[[Filled], Values]
    faults: Callable[[Filled, Words], list[Fault]]
    filled: Callable[[Filled, Draft], Input]


def _stored_texts(draft: Draft) -> Values:
    due = (draft.input.get("ownInitiative") or {}).get("dueOn") or ""
    others = {one["language"] for one in draft.input["title"]["translations"]} - {*LANGUAGES}
    return {"texts": written(draft.input), "due": due, "other_languages": sorted(others)}


def _typed_texts(given: Filled) -> Values:
    return {"texts": told(given), "due": given.get("dueOn", ""), "other_languages": []}


PART = {
    "textos": Part(
        stored=_stored_texts,
        typed=_typed_texts,
        faults=day_faults,
        filled=lambda given, draft: filled_texts(given, draft.input),
    ),
    "plazos": Part(
        stored=lambda draft: {"times": times_of(draft.input["opening"], draft.input["closing"])},
        typed=lambda given: {"times": {name: given.get(name, "") for name in TIMES}},
        faults=time_faults,
        filled=lambda given, draft: filled_times(given, draft.input),
    ),
    "reglas": Part(
        stored=lambda draft: ruling.stored(draft),
        typed=ruling.typed,
        faults=ruling.faults,
        filled=lambda given, draft: ruling.filled(given),
    ),
}


def page(name: str) -> Callable[[Request], Awaitable[Response]]:
    """Return the page of a part, as it was saved last."""

    @officer
    async def answered(request: Request) -> Response:
        draft = await read_draft(request, request.path_params["id"])
        return await _shown(request, name, draft, PART[name].stored(draft))

    return answered


def save(name: str) -> Callable[[Request], Awaitable[Response]]:
    """Return what saves a part: all of the draft as it is now, with what the form says of this part."""

    @officer
    async def answered(request: Request) -> Response:
        given, part, words = await form_of(request), PART[name], Words(chosen(request))
        draft = await read_draft(request, request.path_params["id"])
        values = part.typed(given)
        # A line that is ended by the key sends the form by its first button, which looks for a place if one is named.
        if "find" in given and given.words("place"):
            return await _shown(request, name, draft, values)
        faults = part.faults(given, words)
        errors: Errors = []
        if not faults:
            changed = {**draft.input, **part.filled(given, draft)}
            errors = await save_draft(request, draft, changed, based_on=given.get("basedOn"))
            if not errors:
                address = to(request, f"/escritorio/consultas/{draft.id}?done={name}")
                return RedirectResponse(address, 303, UNSTORED)
            faults = faults_of(errors, changed, words)
        overtaken = is_overtaken(errors)
        status = status_of(errors) if errors else 422
        # Of a draft that went on without this form nothing is wrong with its fields.
        shown_faults = [] if overtaken else faults
        return await _shown(request, name, draft, values, faults=shown_faults, overtaken=overtaken, status=status)

    return answered


async def _shown(
    request: Request,
    name: str,
    draft: Draft,
    values: Values,
    *,
    faults: list[Fault] | None = None,
    overtaken: bool = False,
    status: int = 200,
) -> Response:
    if draft.barred:
        raise HTTPException(403)
    words = Words(chosen(request))
    extra: Values = {}
    if name == "textos":
        extra = {"usual": usual_notice()}
    elif name == "plazos":
        extra = {"zones": zones(words, values["times"]["zone"])}
    elif name == "reglas":
        extra = await ruling.choices(request, draft, values, words)
    template = f"desk/{name}.html"
    return form_shown(
        request, template, errors=faults, status=status, draft=draft, overtaken_by=overtaken, **values, **extra
    )


routes = [
    route
    for name in PART
    for route in (
        Route(f"/escritorio/consultas/{{id}}/{name}", page(name), methods=["GET"]),
        Route(f"/escritorio/consultas/{{id}}/{name}", save(name), methods=["POST"]),
    )
]
