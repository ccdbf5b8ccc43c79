"""Putting the front end together: its routes, its pages for what goes wrong, and its one door to the hub."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from frontend_stub.asking import ComeBack, Hub, NoAnswer, NotUnderstood, SignedOut
from frontend_stub.headers import Guarded
from frontend_stub.pages import account, api, consultation, home, my_data, sign_in
from frontend_stub.showing import STATIC, shown
from frontend_stub.visitors import Noticing
from frontend_stub.whoever import led_in

log = logging.getLogger("frontend_stub")


def create_app(graphql: ASGIApp | str, *, public_address: str | None = None) -> ASGIApp:
    """Make the front end of a hub that answers GraphQL as an ASGI application, or at an address.

    `public_address` is where readers reach the endpoint; unset, at `/graphql` of the pages' own origin.
    """
    hub = Hub(graphql)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await hub.close()

    app = Starlette(
        routes=[
            Route("/", home.page),
            Route("/consultas/{id}", consultation.page),
            Route("/api", api.page),
            Route("/sign-in", sign_in.page, methods=["GET"]),
            Route("/sign-in", sign_in.send, methods=["POST"]),
            Route("/sign-in/code", sign_in.confirm, methods=["POST"]),
            Route("/sign-in/again", sign_in.again, methods=["POST"]),
            Route("/sign-in/finish", sign_in.finish, methods=["GET"]),
            Route("/sign-out", sign_in.leave, methods=["POST"]),
            Route("/account", account.page, methods=["GET"]),
            *(Route(f"/account/{name}", account.act(name), methods=["POST"]) for name in account.ACTS),
            Route("/account/link/{provider}", account.link, methods=["GET"]),
            Route("/account/data", my_data.page, methods=["GET"]),
            Route("/account/data/code", my_data.send, methods=["POST"]),
            Route("/account/data/confirm", my_data.confirm, methods=["POST"]),
            Route("/account/data/again", my_data.again, methods=["POST"]),
            Route("/account/data/copy", my_data.copy, methods=["POST"]),
            Route("/account/data/erase", my_data.erase_page, methods=["GET"]),
            Route("/account/data/erase", my_data.erase, methods=["POST"]),
            Route("/erased", my_data.erased, methods=["GET"]),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(GZipMiddleware, minimum_size=1_000)],
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
    app.state.hub, app.state.public_address = hub, public_address
    return Guarded(Noticing(app))


async def _refused(request: Request, error: Exception) -> Response:
    """Say that there is no such page, or that it cannot be used in this way."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404:
        return shown(request, "error.html", status=404, kind="not_found")
    headers = error.headers if isinstance(error, HTTPException) else None
    return shown(request, "error.html", status=status, kind="refused", headers=headers)


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
