"""The sessions of all bodies: those that come first, then those that were held, narrowed down by body and state."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import Words, chosen
from frontend_stub.narrowing import clipped, onward
from frontend_stub.showing import shown
from frontend_stub.whoever import hub_of

STATES: dict[str, tuple[str, ...]] = {
    "convocadas": ("CONVENED",),
    "en-curso": ("IN_SESSION", "ADJOURNED"),
    "celebradas": ("CLOSED", "FINISHED"),
    "sin-quorum": ("FAILED",),
    "canceladas": ("CANCELLED",),
}
"""What each of some states is called in an address, in both languages."""

COMING = (*STATES["en-curso"], *STATES["convocadas"])
PAST = (*STATES["celebradas"], *STATES["sin-quorum"], *STATES["canceladas"])


async def page(request: Request) -> Response:
    """Show a page of the sessions that match what was asked for; without a state, the coming ones above the past."""
    asked = {name: clipped(request, name) for name in ("estado", "organismo", "texto")}
    after = request.query_params.get("desde")
    state = asked["estado"] if asked["estado"] in STATES else ""
    wanted = {"body": asked["organismo"], "text": asked["texto"]}
    narrowing = {name: value for name, value in wanted.items() if value}
    variables = {
        "coming": {**narrowing, "state": COMING},
        "ofComing": not state and after is None,
        "filter": {**narrowing, "state": STATES.get(state, PAST)},
        "order": "STARTS_ASC" if state == "convocadas" else "STARTS_DESC",
        "after": after,
    }
    language = chosen(request)
    data = await hub_of(request).ask("sessions", variables, language=language)
    coming, found = data.get("coming"), data["sessions"]
    return shown(
        request,
        "sessions.html",
        coming=coming,
        found=found,
        total=found["totalCount"] + (coming["totalCount"] if coming else 0),
        state=state,
        asked=asked,
        narrowed=bool(narrowing or state),
        states=[{"code": code, "label": Words(language).named("session_stages", code)} for code in STATES],
        bodies=[
            {"code": body["id"], "label": body["title"]["text"], "lang": body["title"]["language"]}
            for body in data["bodies"]["nodes"]
        ],
        **onward(request, found["pageInfo"]),
    )


routes = [Route("/sesiones", page)]
