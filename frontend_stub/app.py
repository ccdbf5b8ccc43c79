"""Putting the front end together: its routes, its pages for what goes wrong, and its one door to the hub."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from frontend_stub.asking import ComeBack, Hub, NoAnswer, NotUnderstood, SignedOut
from frontend_stub.headers import Guarded
from frontend_stub.languages import Speaking
from frontend_stub.pages import (
    about,
    account,
    acting,
    agreements,
    api,
    bodies,
    builder,
    consultation,
    consultations,
    corrections,
    desk,
    documents,
    downloads,
    explorer,
    gallery,
    home,
    instruments,
    joining,
    live,
    mandates,
    minutes,
    my_data,
    my_responses,
    organizations,
    outcomes,
    own_interests,
    own_seats,
    programs,
    publishers,
    receipts,
    representations,
    respond,
    respond_later,
    responses,
    results,
    review,
    search,
    session,
    sessions,
    sign_in,
    studies,
    study,
    tokens,
    votes,
    work,
)
from frontend_stub.settings import Settings
from frontend_stub.showing import STATIC, shown
from frontend_stub.visitors import Noticing
from frontend_stub.whoever import Introducing, led_in

log = logging.getLogger("frontend_stub")

PAGES = (
    home,
    agreements,
    consultations,
    consultation,
    results,
    outcomes,
    responses,
    corrections,
    downloads,
    live,
    respond,
    respond_later,
    review,
    receipts,
    organizations,
    publishers,
    studies,
    study,
    bodies,
    joining,
    own_seats,
    own_interests,
    documents,
    work,
    instruments,
    mandates,
    search,
    api,
    explorer,
    sign_in,
    account,
    tokens,
    programs,
    representations,
    my_responses,
    my_data,
    desk,
    builder,
    sessions,
    session,
    minutes,
    votes,
    acting,
    about,
    gallery,
)
"""The pages, by the modules that make them; each says where it is found in its `routes`."""


def create_app(graphql: ASGIApp | str, settings: Settings | None = None) -> ASGIApp:
    """Make the front end of a hub that answers GraphQL as an ASGI application, or at an address."""
    settings = settings or Settings()
    hub = Hub(graphql)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await hub.close()

    themed = [Route("/static/theme.css", _theme(settings))] if settings.theme else []
    app = Starlette(
        routes=[
            *(route for page in PAGES for route in page.routes),
            *themed,
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(GZipMiddleware, minimum_size=1_000), Middleware(Introducing, hub=hub)],
        exception_handlers={
            HTTPException: _refused,
            NotUnderstood: _not_found,
            SignedOut: led_in,
            ComeBack: _later,
            NoAnswer: _no_answer,
            Exception: _broken,
        },
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.hub, app.state.settings = hub, settings
    return Guarded(Noticing(Speaking(app)))


def from_environment() -> ASGIApp:
    """Make the front end as a program of its own, which reaches the hub at `FRONTEND_HUB_URL`."""
    try:
        settings = Settings()
    except ValidationError as invalid:
        wrong = (f"FRONTEND_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}." for one in invalid.errors())
        raise SystemExit("\n".join(wrong)) from None
    if settings.hub_url is None:
        raise SystemExit("FRONTEND_HUB_URL says where the hub's GraphQL endpoint is; it is not set.")
    return create_app(settings.hub_url, settings)


def _theme(settings: Settings) -> ASGIApp:
    """Return what serves the style sheet that comes after our own."""
    assert settings.theme is not None  # noqa: S101 - it is called for no other
    return FileResponse(settings.theme, media_type="text/css")


async def _refused(request: Request, error: Exception) -> Response:
    """Say that there is no such page, or that it cannot be used in this way."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404:
        return shown(request, "error.html", status=404, kind="not_found")
    headers = error.headers if isinstance(error, HTTPException) else None
    kind = {409: "published", 413: "too_long"}.get(status, "refused")
    return shown(request, "error.html", status=status, kind=kind, headers=headers)


async def _not_found(request: Request, error: Exception) -> Response:
    """Say that the address leads nowhere: it was cut, or mistyped."""
    return shown(request, "error.html", status=404, kind="not_found")


async def _no_answer(request: Request, error: Exception) -> Response:
    """Say that the hub behind the pages did not answer, and give a number to ask about."""
    log.warning("The hub gave no answer: %s", error)
    incident = error.incident if isinstance(error, NoAnswer) else None
    return shown(request, "error.html", status=502, kind="no_answer", incident=incident)


async def _later(request: Request, error: Exception) -> Response:
    """Say that too much is asked for, how long to wait, and how to go on."""
    assert isinstance(error, ComeBack)  # noqa: S101 - it is called for no other
    log.info("The hub asks to come back: %s", error)
    wait = {} if error.seconds is None else {"retry-after": str(error.seconds)}
    return shown(
        request,
        "later.html",
        status=error.status,
        headers={"cache-control": "no-store", **wait},
        kind="too_much" if error.status == 429 else "busy",
        seconds=error.seconds,
        # What was sent by a form is sent again from its page.
        again=f"?{request.url.query}" if request.method in ("GET", "HEAD") else None,
    )


async def _broken(request: Request, error: Exception) -> Response:
    """Say that the fault is the page's own; whoever serves it finds it in the log."""
    return shown(request, "error.html", status=500, kind="broken")
