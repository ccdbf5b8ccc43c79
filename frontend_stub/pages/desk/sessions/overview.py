"""A session on the desk: where it stands, and what can be done to it, to each of its points, and to what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import Words, chosen
from frontend_stub.pages.desk.officers import done_of, read, signed_in
from frontend_stub.pages.desk.sessions.subjects import (
    ATTENDANCE,
    MINUTES,
    MOTION,
    OBSERVATION,
    POINT,
    SESSION,
    TASK,
    VOTE,
)
from frontend_stub.showing import shown
from frontend_stub.whoever import UNSTORED

Read = Mapping[str, Any]


@signed_in
async def page(request: Request) -> Response:
    """Show a session with everything that whoever is here can do in it."""
    session = (await read(request, "desk_session", "Session"))["node"]
    words = Words(chosen(request))
    return shown(
        request,
        "desk/session.html",
        headers=UNSTORED,
        session=session,
        offers=SESSION.offers(session, words),
        points=[_point(point, words) for point in session["agenda"]["nodes"]],
        asked=[POINT.with_offers(point, words) for point in session["requestedPoints"]["nodes"] if _waits(point)],
        present=[ATTENDANCE.with_offers(one, words) for one in session["attendance"]["nodes"]],
        minutes=session["minutes"] and _minutes(session["minutes"], words),
        tasks=[TASK.with_offers(task, words) for task in session["actionItems"]["nodes"]],
        done=done_of(request),
    )


def _waits(point: Read) -> bool:
    return bool(point["state"] == "PROPOSED")


def _point(point: Read, words: Words) -> Read:
    """Return a point with its parts and its motions, each with what can be done to it."""
    return {
        **POINT.with_offers(point, words),
        "parts": [POINT.with_offers(part, words) for part in point["items"]["nodes"]],
        "moved": [_motion(motion, words) for motion in point["motions"]["nodes"]],
    }


def _motion(motion: Read, words: Words) -> Read:
    vote = motion["vote"]
    return {**MOTION.with_offers(motion, words), "vote": vote and VOTE.with_offers(vote, words)}


def _minutes(minutes: Read, words: Words) -> Read:
    observed = [OBSERVATION.with_offers(one, words) for one in minutes["observations"]["nodes"]]
    return {**minutes, "offers": MINUTES.offers(minutes, words), "observed": observed}


routes = [Route("/escritorio/sesiones/{id}", page, methods=["GET"])]
