"""Holding on to a form that could not be taken: whoever sent it sends it again as it is, and has lost nothing.

Somebody who writes for an hour may be signed out by then, and the hub may be too busy to answer. What they sent is
shown to nobody and kept nowhere: the page that says so has all of it in its own form.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from frontend_stub.asking import NoAnswer, SignedOut
from frontend_stub.forms import FIELD, Filled
from frontend_stub.languages import path_of, to
from frontend_stub.showing import form_shown

Handler = Callable[[Request], Awaitable[Response]]


def held(act: Handler) -> Handler:
    """Return what takes a form, and holds on to it where the hub knows nobody by this token any more, or is silent."""

    async def held_on(request: Request) -> Response:
        try:
            return await act(request)
        except NoAnswer as error:
            given: Filled | None = getattr(request.state, "given", None)
            if given is None:
                raise
            query = f"?{request.url.query}" if request.url.query else ""
            return form_shown(
                request,
                "again.html",
                status=403 if isinstance(error, SignedOut) else 503,
                signed_out=isinstance(error, SignedOut),
                address=f"{to(request, path_of(request))}{query}",
                pairs=[pair for pair in given.pairs if pair[0] != FIELD],
            )

    return held_on
