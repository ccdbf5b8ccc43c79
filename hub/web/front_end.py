"""The front end that a hub serves: any ASGI application by its name, a folder of files, or none.

It gets the endpoint and nothing else of the hub, so that our own pages have no way in that another front end lacks.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from hub.errors import SetupError
from hub.tracing import current
from hub.wording import sentence

NONE, FOLDER = "none", "dir:"

OF_FILES = {
    # A new release has new files under old names: each is asked for again, which costs a 304 where it is the same.
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "content-security-policy": "frame-ancestors 'none'; base-uri 'self'",
}
"""What every file of built pages is served with; which scripts may run there is for the pages to say."""


@dataclass(frozen=True)
class FrontEnd:
    """What answers every address that is not the hub's own, and the documents that it asks for."""

    app: ASGIApp
    documents: tuple[Path, ...] = ()


def front_end(named: str, graphql: ASGIApp) -> FrontEnd:
    """Return the front end of this name: `module:function`, `dir:PATH`, or `none`.

    The function is called with the endpoint as an ASGI application. What its module calls `DOCUMENTS` is the folder of
    the documents that the hub is to know. SetupError where there is no such thing, or where it does not start.
    """
    if named == NONE:
        return FrontEnd(_over_http(no_pages))
    if named.startswith(FOLDER):
        folder = Path(named.removeprefix(FOLDER))
        if not (folder / "index.html").is_file():
            raise SetupError(f"HUB_FRONTEND: there is no index.html in {folder}.")
        return FrontEnd(_over_http(BuiltPages(directory=folder, html=True)))
    module_name, _, function = named.partition(":")
    try:
        module = importlib.import_module(module_name)
        create = getattr(module, function)
    except (ImportError, AttributeError, ValueError) as error:
        raise SetupError(f"HUB_FRONTEND: {named!r} is no `module:function`, `dir:PATH` or `none` ({error}).") from None
    documents = getattr(module, "DOCUMENTS", None)
    return FrontEnd(_made(named, create, graphql), (documents,) if documents is not None else ())


def _made(named: str, create: Any, graphql: ASGIApp) -> ASGIApp:
    try:
        app: ASGIApp = create(graphql)
    except ValidationError as invalid:
        # Its settings are its own; what is wrong with them is said as it is with the hub's.
        wrong = (f"{'_'.join(map(str, found['loc']))}: {found['msg']}" for found in invalid.errors(include_url=False))
        raise SetupError(f"{named} has a setting that does not fit: {'; '.join(wrong)}.") from None
    except TypeError as error:
        raise SetupError(
            f"HUB_FRONTEND: {named!r} does not take the endpoint and make pages of it ({error})."
        ) from None
    if not callable(app):
        raise SetupError(f"HUB_FRONTEND: {named!r} made no ASGI application, but {type(app).__name__}.")
    return app


def _over_http(app: ASGIApp) -> ASGIApp:
    """Return an application that takes requests, and lets nobody connect who wants a conversation."""

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        else:
            await app(scope, receive, send)

    return answering


async def no_pages(scope: Scope, receive: Receive, send: Send) -> None:
    """Say, in the form of the API's errors, that this hub has no pages and where its API is."""
    asked = Request(scope).headers.get("accept-language", "")
    languages = [part.partition(";")[0].strip() for part in asked.split(",")]
    extensions = {"code": "NOT_FOUND", "reason": "NO_PAGES", "requestId": current().request_id}
    error = {"message": sentence("NO_PAGES", {}, languages), "extensions": extensions}
    await JSONResponse({"errors": [error]}, 404, {"cache-control": "no-store"})(scope, receive, send)


class BuiltPages(StaticFiles):
    """A front end that was built into files; an address that is no file is its index's to make sense of."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, or the index for an address that a person could have typed."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as refusal:
            if refusal.status_code != 404 or "." in Path(path).name:
                raise
            response = await super().get_response("index.html", scope)
        response.headers.update(OF_FILES)
        return response
