"""The acts on a consultation, each on a page of its own that says what will happen, and asks for what the hub wants."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.drafting import read_draft, status_of
from frontend_stub.forms import Filled
from frontend_stub.languages import LANGUAGES, Words, chosen, to
from frontend_stub.pages.desk.filling import Fault, day_faults, declared, reason_in, time_faults, times_of
from frontend_stub.pages.desk.officers import carried_out, form_of, officer, read_consultation
from frontend_stub.pages.desk.problems import faults_of, problems_of
from frontend_stub.showing import form_shown
from frontend_stub.whoever import UNSTORED

Read = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """What one of the acts is in the hub, and what its form asks for."""

    event: str
    document: str
    reason: bool = False
    closing: str | None = None
    """Whether it names a new closing: `needed`, or `possible`."""
    answer_due: bool = False
    """Whether it may say by when the consultation is answered."""
    sure: bool = False
    """Whether it cannot be taken back, so that a box has to be ticked."""


ACTS = {
    "publicar": Act("schedule", "publish_consultation", answer_due=True, sure=True),
    "ampliar": Act("extend", "extend_consultation", reason=True, closing="needed"),
    "suspender": Act("suspend", "suspend_consultation", reason=True),
    "reanudar": Act("resume", "resume_consultation", reason=True, closing="possible"),
    "retirar": Act("withdraw_consultation", "withdraw_consultation", reason=True, sure=True),
    "publicar-resultados": Act("release", "release_results"),
}
"""The acts by the end of their address."""


def page(name: str) -> Callable[[Request], Awaitable[Response]]:
    """Return the page of an act."""

    @officer
    async def answered(request: Request) -> Response:
        return await _shown(request, name, await read_consultation(request), Filled([]))

    return answered


def act(name: str) -> Callable[[Request], Awaitable[Response]]:
    """Return what carries out an act, once its form says all that it has to."""

    @officer
    async def answered(request: Request) -> Response:
        given = await form_of(request)
        consultation, words = await read_consultation(request), Words(chosen(request))
        faults = _faults(name, given, words)
        if faults:
            return await _shown(request, name, consultation, given, faults=faults)
        sent = {"consultationId": consultation["id"], "idempotencyKey": given.words("idempotencyKey")}
        if ACTS[name].reason:
            sent["reason"] = reason_in(given, languages_of(consultation))
        if ACTS[name].answer_due:
            sent["answerDueOn"] = given.words("answerDueOn")
        if _names_closing(name, given):
            sent["closing"] = declared({**given, "zone": consultation["closing"]["zone"]}, "closes")
        errors = (await carried_out(request, ACTS[name].document, sent))["errors"]
        if errors:
            spoken = languages_of(consultation)
            found = faults_of(errors, {"ownInitiative": sent}, words, languages=spoken)
            faults = [_own_field(fault) for fault in found]
            status = status_of(errors)
            return await _shown(request, name, consultation, given, faults=faults, status=status)
        address = to(request, f"/escritorio/consultas/{consultation['id']}?done={name}")
        return RedirectResponse(address, 303, UNSTORED)

    return answered


def languages_of(consultation: Read) -> list[str]:
    """Return the languages that a consultation is in, its own first: what is published with it has to be in them."""
    spoken = [one["language"] for one in consultation["title"]["translations"]]
    return list(dict.fromkeys([consultation.get("sourceLanguage", LANGUAGES[0]), *spoken]))


def _names_closing(name: str, given: Filled) -> bool:
    closing = ACTS[name].closing
    return closing == "needed" or (closing == "possible" and bool(given.words("closes_date")))


def _faults(name: str, given: Filled, words: Words) -> list[Fault]:
    faults = time_faults(given, words, names=["closes"]) if _names_closing(name, given) else []
    if ACTS[name].answer_due:
        faults += day_faults(given, words, name="answerDueOn")
    if ACTS[name].sure and given.get("sure") != "yes":
        faults.append({"field": "sure", "message": words("desk_fault.sure")})
    return faults


def _own_field(fault: Fault) -> Fault:
    """Return a fault with the field of an act's form; there is no field for what is wrong with a whole draft."""
    name = (fault["field"] or "").partition(".")[0]
    return {**fault, "field": fault["field"] if name in ("reason", "closes_date", "answerDueOn") else None}


async def _shown(
    request: Request,
    name: str,
    consultation: Read,
    given: Filled,
    *,
    faults: list[Fault] | None = None,
    status: int = 200,
) -> Response:
    transition = next((one for one in consultation["availableTransitions"] if one["event"] == ACTS[name].event), None)
    languages, words = languages_of(consultation), Words(chosen(request))
    closing = times_of(consultation["closing"], consultation["closing"])
    problems = []
    if name == "publicar" and transition is not None and transition["allowed"]:
        draft = await read_draft(request, consultation["id"])
        problems = await problems_of(request, draft)
    return form_shown(
        request,
        "desk/act.html",
        # What the hub finds wrong with a draft is shown in full on the page, with the way to each place.
        errors=[] if problems else faults,
        status=422 if problems and faults and status == 200 else status,
        consultation=consultation,
        name=name,
        act=ACTS[name],
        barred=_barred(transition, words),
        problems=problems,
        languages=languages,
        reason={language: given.get(f"reason.{language}", "") for language in languages},
        closes={
            part: given.get(f"closes_{part}", closing[f"closes_{part}"] if ACTS[name].closing == "needed" else "")
            for part in ("date", "time")
        },
        answer_due=given.get("answerDueOn", ""),
        sure=given.get("sure") == "yes",
        key=given.get("idempotencyKey") or str(uuid4()),
    )


def _barred(transition: Read | None, words: Words) -> str | None:
    if transition is None:
        return str(words("desk.not_now"))
    return None if transition["allowed"] else transition["reason"]["message"]


routes = [
    route
    for name in ACTS
    for route in (
        Route(f"/escritorio/consultas/{{id}}/{name}", page(name), methods=["GET"]),
        Route(f"/escritorio/consultas/{{id}}/{name}", act(name), methods=["POST"]),
    )
]
