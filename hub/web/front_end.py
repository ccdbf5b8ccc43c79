"""The front end that a hub serves: any ASGI application by its name, a folder of files, or none.

It gets the endpoint and nothing else of the hub, so that our own pages have no way in that another front end lacks.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from hub.errors import SetupError

NONE, FOLDER = "none", "dir:"


@dataclass(frozen=True)
class FrontEnd:
    """What answers every address that is not the hub's own, and the documents that it asks for."""

    app: ASGIApp
    documents: tuple[Path, ...] = ()


def front_end(named: str, graphql: ASGIApp) -> FrontEnd | None:
    """Return the front end of this name: `module:function`, `dir:PATH`, or `none`.

    The function is called with the endpoint as an ASGI application. What its module calls `DOCUMENTS` is the folder of
    the documents that the hub is to know. SetupError where there is no such thing.
    """
    if named == NONE:
        return None
    if named.startswith(FOLDER):
        folder = Path(named.removeprefix(FOLDER))
        if not (folder / "index.html").is_file():
            raise SetupError(f"HUB_FRONTEND: there is no index.html in {folder}.")
        return FrontEnd(BuiltPages(directory=folder, html=True))
    module_name, _, function = named.partition(":")
    try:
        module = importlib.import_module(module_name)
        create = getattr(module, function)
    except (ImportError, AttributeError, ValueError) as error:
        raise SetupError(f"HUB_FRONTEND: {named!r} is no `module:function`, `dir:PATH` or `none` ({error}).") from None
    documents = getattr(module, "DOCUMENTS", None)
    return FrontEnd(create(graphql), (documents,) if documents is not None else ())


class BuiltPages(StaticFiles):
    """A front end that was built into files; an address that is no file is its index's to make sense of."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, or the index for an address that a person could have typed."""
        try:
            return await super().get_response(path, scope)
        except HTTPException as refusal:
            if refusal.status_code != 404 or "." in Path(path).name:
                raise
            return await super().get_response("index.html", scope)
