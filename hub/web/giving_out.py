"""Giving out: the bytes of a document or of an answer, to whoever sees it, as a file and never as a page of the hub.

Who may have it is asked at each request. What comes from people is never shown under the hub's own name: it is an
attachment, of the type that was looked for when it came, within a sandbox that lets nothing in it run.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Protocol
from uuid import UUID

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from hub import clock
from hub.changes.change import Busy, Change, Changes, OutcomeUnknown
from hub.errors import NotFound, Overloaded, Refusal, Unauthenticated, WrongState
from hub.files.fetching import Found
from hub.files.store import Store
from hub.identity.authenticating import Authenticator
from hub.viewer import ANONYMOUS, Viewer
from hub.web.refusing import EVERYWHERE, allowing, languages_of, refused

HARMLESS = {
    **EVERYWHERE,
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "cross-origin",
    "referrer-policy": "no-referrer",
    "accept-ranges": "none",
}
"""What everything is given out with that people handed in."""


class Find(Protocol):
    """How bytes of a kind are found by an identifier, for whoever may have them."""

    def __call__(self, change: Change, id_: UUID, /, *, given_pass: str | None) -> Awaitable[Found]:
        """Find what they are; NotFound for everybody else."""


class GivingOut:
    """What gives out the bytes of one kind of thing, which are named as `type_` where there are none."""

    def __init__(self, changes: Changes, authenticator: Authenticator, store: Store, *, find: Find, type_: str) -> None:
        self._changes, self._authenticator, self._store = changes, authenticator, store
        self._find, self._type = find, type_

    async def give(self, request: Request) -> Response:
        """Answer with the bytes; else with a code and a sentence."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=allowing("GET", "HEAD"))
        try:
            id_ = _identified(request.path_params["id"], self._type)
            viewer = await self._viewer(request)
            async with self._changes.begin(viewer, at=clock.now()) as change:
                found = await self._find(change, id_, given_pass=request.query_params.get("pass"))
            return await self._given(request, found)
        except Refusal as refusal:
            return refused(request, refusal)
        except (Busy, OutcomeUnknown):
            return refused(request, Overloaded("OVERLOADED", retry_after=1))

    async def _viewer(self, request: Request) -> Viewer:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if not scheme:
            return ANONYMOUS
        if scheme.lower() != "bearer":
            raise Unauthenticated("BAD_TOKEN")
        viewer = await self._authenticator.viewer(token.strip(), languages_of(request), clock.now())
        # A token that was made to read what is public reads what is public, whoever made it.
        return viewer if viewer.reads_as_themself else ANONYMOUS

    async def _given(self, request: Request, found: Found) -> Response:
        headers = {**HARMLESS, "etag": f'"{found.sha256.hex()}"'}
        # Also what everybody may have is asked for again each time: it may have been withdrawn.
        headers["cache-control"] = "public, no-cache" if found.public else "private, no-store"
        if headers["etag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        path = self._store.path(found.sha256)
        if not await asyncio.to_thread(path.is_file):
            raise WrongState("FILE_GONE")
        return FileResponse(path, headers=headers, media_type=found.media_type, filename=found.name)


def _identified(given: str, type_: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        raise NotFound("NOT_FOUND", type=type_) from None
