"""Refusing over plain HTTP: a code for programs and a sentence for people, in a language that they asked for."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hub.errors import Conflict, Forbidden, Invalid, NotFound, Overloaded, Refusal, Unauthenticated, WrongState
from hub.wording import LANGUAGES, sentence

STATUSES: tuple[tuple[type[Refusal], int], ...] = (
    (Unauthenticated, 401),
    (Forbidden, 403),
    (NotFound, 404),
    (Conflict, 409),
    (WrongState, 410),
    (Invalid, 422),
    (Overloaded, 503),
)

EVERYWHERE: Mapping[str, str] = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "Content-Disposition, ETag, Retry-After, X-Request-Id",
    "x-content-type-options": "nosniff",
}
"""Pages of other origins may fetch and hand in: what lets somebody do so stands in the request, and in no cookie."""

UNSTORED = {**EVERYWHERE, "cache-control": "no-store"}


def refused(request: Request, refusal: Refusal) -> Response:
    """Answer a request with why it was not done."""
    status = next((number for kind, number in STATUSES if isinstance(refusal, kind)), 400)
    told = {"code": refusal.code, "message": sentence(refusal.code, refusal.facts, languages_of(request))}
    later = {"retry-after": str(refusal.facts["retry_after"])} if "retry_after" in refusal.facts else {}
    return JSONResponse(told, status, {**UNSTORED, **later})


def languages_of(request: Request) -> tuple[str, ...]:
    """Return the languages that somebody asked for."""
    given = [part.partition(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")]
    return tuple(part for part in given if part)[:10] or LANGUAGES[:1]


def allowing(*methods: str) -> Mapping[str, str]:
    """Return what a page of another origin is told that asks before it sends."""
    return {
        **EVERYWHERE,
        "access-control-allow-methods": ", ".join(methods),
        "access-control-allow-headers": "Authorization, Content-Type, Accept-Language",
        "access-control-max-age": "600",
    }
