"""Who takes part: the bodies that ask and the organisations that are asked, narrowed down by words and kind."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import Words, chosen
from frontend_stub.narrowing import clipped, onward
from frontend_stub.showing import shown
from frontend_stub.whoever import hub_of

KINDS = {
    "autoridades": "AUTHORITY",
    "garantes": "GUARANTOR",
    "obligados": "OBLIGATED_SUBJECT",
    "sociedad-civil": "CIVIL_SOCIETY",
    "academia": "ACADEMIA",
    "empresas": "PRIVATE",
    "internacionales": "INTERNATIONAL",
    "medios": "MEDIA",
}
"""The kinds of organisations, as they are called in an address."""

BODIES = {
    "organos": (),
    "comisiones": ("COMMISSION", "JOINT_COMMISSIONS"),
    "grupos": ("WORKING_GROUP",),
    "foros": ("FORUM", "COUNCIL", "COMMITTEE", "SECRETARIAT"),
}
"""The kinds of bodies, as they are called in an address; of the first are all."""


async def page(request: Request) -> Response:
    """Show the bodies and a page of the organisations; a page further on, the organisations alone."""
    text, kind, after = clipped(request, "texto"), clipped(request, "clase"), request.query_params.get("desde")
    alone = kind in BODIES
    of_bodies = alone or (kind not in KINDS and after is None)
    variables = {
        "bodies": ({"text": text} if text else {}) | ({"kind": BODIES[kind]} if BODIES.get(kind) else {}),
        "organizations": ({"text": text} if text else {}) | ({"kind": [KINDS[kind]]} if kind in KINDS else {}),
        "ofBodies": of_bodies,
        "ofOrganizations": not alone,
        "afterBody": after if alone else None,
        "after": None if alone else after,
    }
    language = chosen(request)
    data = await hub_of(request).ask("organizations", variables, language=language)
    bodies, organizations = data.get("bodies"), data.get("organizations")
    paged: dict[str, Any] = data["bodies" if alone else "organizations"]
    return shown(
        request,
        "organizations.html",
        bodies=bodies,
        organizations=organizations,
        asked={"texto": text, "clase": kind},
        narrowed=bool(text or kind),
        alone=alone,
        total=_total(bodies) + _total(organizations),
        kinds=[{"code": code, "label": Words(language).named("kinds_of", code)} for code in (*BODIES, *KINDS)],
        **onward(request, paged["pageInfo"]),
    )


def _total(found: dict[str, Any] | None) -> int:
    return int(found["totalCount"]) if found else 0


routes = [Route("/organizaciones", page)]
