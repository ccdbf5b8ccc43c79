"""Another front end, as somebody else would write it: an ASGI application that is given the endpoint."""

from __future__ import annotations

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp


def create_app(graphql: ASGIApp) -> ASGIApp:
    """Make the pages: one, which tells how many bodies there are."""

    async def page(request: Request) -> Response:
        transport = httpx2.ASGITransport(app=graphql)
        async with httpx2.AsyncClient(transport=transport, base_url="http://hub.internal") as hub:
            answer = await hub.post("/graphql", json={"query": "{ bodies { totalCount } }"})
        return PlainTextResponse(f"Bodies: {answer.json()['data']['bodies']['totalCount']}")

    return Starlette(routes=[Route("/", page)])


def misfit() -> None:
    """Take nothing: no front end is made like this."""


def nothing(graphql: ASGIApp) -> str:
    """Return what is no application."""
    return "pages"
