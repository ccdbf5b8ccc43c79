"""Handing out: a copy of everything about somebody, to whoever has the link and is the one whose it is.

The link alone is worth nothing: whoever fetches it has to be here as the person who asked for it, by the token of a
sign-in. To everybody else it is unknown.
"""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hub import clock
from hub.changes.change import Changes
from hub.errors import NotFound, Refusal, Unauthenticated, WrongState
from hub.identity.authenticating import Authenticator
from hub.personal_data.copying import fetch_personal_data
from hub.personal_data.printing import printed
from hub.web.refusing import languages_of
from hub.wording import sentence

UNSTORED = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
STATUSES: tuple[tuple[type[Refusal], int], ...] = ((Unauthenticated, 401), (NotFound, 404), (WrongState, 410))


class HandingOut:
    """What gives copies to those whose they are."""

    def __init__(self, changes: Changes, authenticator: Authenticator) -> None:
        self._changes, self._authenticator = changes, authenticator

    async def give(self, request: Request) -> Response:
        """Answer with the ZIP, once; else with a code and a sentence."""
        at = clock.now()
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        languages = languages_of(request)
        try:
            if scheme.lower() != "bearer":
                raise Unauthenticated("UNAUTHENTICATED")
            viewer = await self._authenticator.viewer(token.strip(), languages, at)
            async with self._changes.begin(viewer, at=at) as change:
                fetched = await fetch_personal_data(change, request.path_params["secret"])
                # Within it, so that a copy that could not be made leaves the link good.
                content = await asyncio.to_thread(printed, fetched.copy, language=fetched.language)
        except Refusal as refusal:
            status = next((number for kind, number in STATUSES if isinstance(refusal, kind)), 403)
            told = {"code": refusal.code, "message": sentence(refusal.code, refusal.facts, languages)}
            return JSONResponse(told, status, UNSTORED)
        named = f'attachment; filename="my-data-{at:%Y-%m-%d}.zip"'
        return Response(content, 200, {**UNSTORED, "content-disposition": named}, media_type="application/zip")
