"""A new consultation, from the reason for it: the hub keeps it as a draft, which may lack whatever comes later."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.clocks import zones
from frontend_stub.drafting import status_of
from frontend_stub.forms import Filled
from frontend_stub.languages import Words, chosen, to
from frontend_stub.pages.desk.filling import (
    TIMES,
    Fault,
    day_faults,
    filled_texts,
    filled_times,
    shown_texts,
    time_faults,
    times_of,
    told,
    usual_notice,
)
from frontend_stub.pages.desk.naming import by_folio
from frontend_stub.pages.desk.officers import bodies_of, carried_out, form_of, officer, require_office
from frontend_stub.pages.desk.problems import faults_of
from frontend_stub.showing import form_shown
from frontend_stub.whoever import UNSTORED, hub_of, token_of
from frontend_stub.writing import ZONE, now

OPENS_IN, OPENS_AT = dt.timedelta(days=7), dt.time(9)
STAYS_OPEN, CLOSES_AT = dt.timedelta(days=30), dt.time(18)


@officer
async def page(request: Request) -> Response:
    """Show the form, with what is usual already in it."""
    body_id = request.query_params.get("organismo")
    if body_id is None and len(bodies_of(request)) == 1:
        body_id = bodies_of(request)[0]
    if body_id is None:
        return await _choice(request)
    require_office(request, body_id)
    times = usual_times(now().astimezone(ZoneInfo(ZONE)))
    return await _shown(request, body_id, texts={"privacyNotice": usual_notice()}, times=times)


@officer
async def create(request: Request) -> Response:
    """Keep a new draft, and go on to what it still lacks."""
    given = await form_of(request)
    body_id = given.get("organismo", "")
    require_office(request, body_id)
    words = Words(chosen(request))
    faults = [*day_faults(given, words), *time_faults(given, words)]
    if faults:
        return await _again(request, body_id, given, faults)
    new = {
        "bodyId": body_id,
        **_without_untouched(filled_texts(given, {}), given),
        **filled_times(given, {}),
        "questionnaire": {"sections": []},
        "unfinished": True,
        "idempotencyKey": given.get("idempotencyKey") or None,
    }
    payload = await carried_out(request, "create_draft", new)
    if payload["errors"]:
        faults = faults_of(payload["errors"], new, words)
        return await _again(request, body_id, given, faults, status=status_of(payload["errors"]))
    address = to(request, f"/escritorio/consultas/{payload['consultation']['id']}?done=created")
    return RedirectResponse(address, 303, UNSTORED)


def usual_times(at: dt.datetime) -> dict[str, str]:
    """Return when a consultation usually opens and closes, by the clock that it is begun at."""
    opens = at.date() + OPENS_IN
    return times_of(
        {"declaredLocal": f"{opens}T{OPENS_AT}", "zone": ZONE},
        {"declaredLocal": f"{opens + STAYS_OPEN}T{CLOSES_AT}", "zone": ZONE},
    )


def _without_untouched(new: dict[str, Any], given: Filled) -> dict[str, Any]:
    """Return what is new without languages that nothing but the usual privacy notice is in.

    What is written in one language has to be there in it throughout, and nobody has chosen that one.
    """
    notice, usual = new["privacyNotice"], usual_notice()
    if notice is None:
        return new
    texts = [text for name, text in new.items() if name != "privacyNotice" and isinstance(text, dict)]
    written = {one["language"] for text in texts for one in _translations(text)}
    kept = [
        one
        for one in notice["translations"]
        if one["language"] == notice["source"] or one["language"] in written or one["text"] != usual[one["language"]]
    ]
    return {**new, "privacyNotice": {**notice, "translations": kept}}


def _translations(text: dict[str, Any]) -> list[dict[str, Any]]:
    inner = [part for part in text.values() if isinstance(part, dict)]
    own: list[dict[str, Any]] = text.get("translations", [])
    return [*own, *(one for part in inner for one in _translations(part))]


async def _again(request: Request, body_id: str, given: Filled, faults: list[Fault], *, status: int = 422) -> Response:
    return await _shown(
        request,
        body_id,
        texts=told(given),
        times={name: given.get(name, "") for name in TIMES},
        due=given.get("dueOn", ""),
        mandate_id=given.get("mandateId"),
        key=given.get("idempotencyKey"),
        faults=faults,
        status=status,
    )


async def _shown(
    request: Request,
    body_id: str,
    *,
    texts: dict[str, dict[str, str]],
    times: dict[str, str],
    due: str = "",
    mandate_id: str | None = None,
    key: str | None = None,
    faults: list[Fault] | None = None,
    status: int = 200,
) -> Response:
    (body,) = await _bodies(request, [body_id])
    return form_shown(
        request,
        "desk/new.html",
        errors=faults,
        status=status,
        body=body,
        ordered=by_folio(one for one in body["mandates"]["nodes"] if one["kind"] == "CONSULTATION"),
        mandate_id=mandate_id,
        texts=shown_texts(texts),
        times=times,
        due=due,
        zones=zones(Words(chosen(request)), times.get("zone")),
        key=key or str(uuid4()),
    )


async def _choice(request: Request) -> Response:
    """Let somebody who works for several bodies say which one it is for."""
    return form_shown(request, "desk/which_body.html", bodies=await _bodies(request, bodies_of(request)))


async def _bodies(request: Request, ids: list[str]) -> list[dict[str, Any]]:
    found = await hub_of(request).ask("bodies", {"ids": ids}, language=chosen(request), token=token_of(request))
    return [node for node in found["nodes"] if node]


routes = [
    Route("/escritorio/consultas/nueva", page, methods=["GET"]),
    Route("/escritorio/consultas/nueva", create, methods=["POST"]),
]
