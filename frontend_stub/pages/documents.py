"""Papers that not everybody may read: whoever may is led to the file, by a pass that is good for a few minutes."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frontend_stub.languages import chosen
from frontend_stub.showing import at_hub
from frontend_stub.whoever import UNSTORED, hub_of, token_of


async def fetch(request: Request) -> Response:
    """Lead somebody to a paper that they may read; to whoever may not, it is not there."""
    asked = {"id": request.path_params["id"]}
    answer = await hub_of(request).ask("request_download", asked, language=chosen(request), token=token_of(request))
    path = answer["requestDownload"]["path"]
    if path is None:
        raise HTTPException(404)
    return RedirectResponse(at_hub(request, path), 303, UNSTORED)


routes = [Route("/documentos/{id}", fetch, methods=["GET"])]
