"""A thing on the desk: a page that shows it with everything that whoever is here can do to it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.acting import Subject
from frontend_stub.languages import Words, chosen
from frontend_stub.pages.desk.officers import done_of, read, signed_in
from frontend_stub.showing import shown
from frontend_stub.whoever import UNSTORED


def overview_of(subject: Subject, *, document: str, called: str) -> Route:
    """Return the page of a kind of thing: its document is asked for, and its template finds it under what it is called.

    A kind whose parts can be acted on, too, has a page of its own making.
    """

    @signed_in
    async def page(request: Request) -> Response:
        node = (await read(request, document, subject.typename))["node"]
        return shown(
            request,
            f"desk/{called}.html",
            headers=UNSTORED,
            offers=subject.offers(node, Words(chosen(request))),
            done=done_of(request),
            **{called: node},
        )

    return Route(f"/escritorio/{subject.path}/{{id}}", page, methods=["GET"])
