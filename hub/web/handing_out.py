"""Handing out: a copy of everything about somebody, to whoever has the link and is the one whose it is.

The link alone is worth nothing: whoever fetches it has to be here as the person who asked for it, by the token of a
sign-in. To everybody else it is unknown.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import IO

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from hub import clock
from hub.changes.change import Changes
from hub.errors import NotFound, Refusal, Unauthenticated, WrongState
from hub.files.store import Store
from hub.identity.authenticating import Authenticator
from hub.personal_data.copying import fetch_personal_data
from hub.personal_data.printing import printed
from hub.web.refusing import languages_of
from hub.wording import sentence

PIECE = 256 * 1024
"""Bytes that are read at once."""

UNSTORED = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
STATUSES: tuple[tuple[type[Refusal], int], ...] = ((Unauthenticated, 401), (NotFound, 404), (WrongState, 410))


class HandingOut:
    """What gives copies to those whose they are."""

    def __init__(self, changes: Changes, authenticator: Authenticator, store: Store) -> None:
        self._changes, self._authenticator, self._store = changes, authenticator, store

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
                content = await asyncio.to_thread(printed, fetched.copy, language=fetched.language, store=self._store)
        except Refusal as refusal:
            status = next((number for kind, number in STATUSES if isinstance(refusal, kind)), 403)
            told = {"code": refusal.code, "message": sentence(refusal.code, refusal.facts, languages)}
            return JSONResponse(told, status, UNSTORED)
        named = f'attachment; filename="my-data-{at:%Y-%m-%d}.zip"'
        headers = {**UNSTORED, "content-disposition": named}
        return StreamingResponse(_pieces(content), 200, headers, media_type="application/zip")


async def _pieces(content: IO[bytes]) -> AsyncIterator[bytes]:
    """Give the copy in pieces; nothing is left of it when the last one is out, or whoever fetches it goes away."""
    with content:
        while piece := await asyncio.to_thread(content.read, PIECE):
            yield piece
