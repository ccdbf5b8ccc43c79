"""All studies: narrowed down by state, kind, words and body, in an address that can be passed on."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import Words, chosen
from frontend_stub.narrowing import clipped, onward
from frontend_stub.showing import shown
from frontend_stub.whoever import hub_of

STATES: dict[str, tuple[str, ...]] = {
    "por-empezar": ("ORDERED", "CONTRACTED", "PLANNED"),
    "en-curso": ("IN_PROGRESS",),
    "en-revision": ("IN_REVIEW", "APPROVED"),
    "publicados": ("PUBLISHED", "CORRECTED"),
    "retractados": ("RETRACTED",),
    "cancelados": ("CANCELLED",),
}
"""What each of some states is called in an address, in both languages."""

KINDS = {
    "investigacion": "RESEARCH",
    "diagnostico": "DIAGNOSIS",
    "evaluacion": "EVALUATION",
    "opinion": "OPINION",
}
"""The same of the kinds."""


async def page(request: Request) -> Response:
    """Show a page of the studies that match what was asked for, the latest order first."""
    asked = {name: clipped(request, name) for name in ("estado", "clase", "texto", "organismo", "organizacion")}
    wanted: dict[str, Any] = {
        "state": STATES.get(asked["estado"]),
        "kind": [KINDS[asked["clase"]]] if asked["clase"] in KINDS else None,
        "text": asked["texto"],
        "body": asked["organismo"],
        "organization": asked["organizacion"],
    }
    narrowing = {name: value for name, value in wanted.items() if value}
    variables = {"filter": narrowing, "after": request.query_params.get("desde")}
    language = chosen(request)
    words = Words(language)
    data = await hub_of(request).ask("studies", variables, language=language)
    return shown(
        request,
        "studies.html",
        found=data["studies"],
        asked=asked,
        narrowed=bool(narrowing),
        states=[{"code": code, "label": words.named("study_stages", code)} for code in STATES],
        kinds=[{"code": code, "label": words.named("study_kinds", kind)} for code, kind in KINDS.items()],
        bodies=[
            {"code": body["id"], "label": body["title"]["text"], "lang": body["title"]["language"]}
            for body in data["bodies"]["nodes"]
        ],
        **onward(request, data["studies"]["pageInfo"]),
    )


routes = [Route("/estudios", page)]
