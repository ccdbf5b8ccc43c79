"""Papers and files of answers that not everybody may read: whoever may gets them by a pass of a few minutes."""

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


async def fetch_answer(request: Request) -> Response:
    """Lead somebody to a file that answers a question, which they may read; to whoever may not, it is not there."""
    asked = {"input": {"fileId": request.path_params["id"]}}
    answer = await hub_of(request).ask(
        "request_answer_download", asked, language=chosen(request), token=token_of(request)
    )
    path = answer["requestAnswerDownload"]["path"]
    if path is None:
        raise HTTPException(404)
    return RedirectResponse(at_hub(request, path), 303, UNSTORED)


routes = [
    Route("/documentos/{id}", fetch, methods=["GET"]),
    Route("/documentos/respuestas/{id}", fetch_answer, methods=["GET"]),
]
