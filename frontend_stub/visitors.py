"""Whom a page is made for, as far as the network tells: the hub's limits are for visitors, and not for their pages.

Within one process the endpoint is reached in the visitor's place. Over a network their address goes along in
`X-Forwarded-For`, which the hub believes of the proxies that it lists.
"""

from __future__ import annotations

from contextvars import ContextVar

from starlette.types import ASGIApp, Receive, Scope, Send

Address = tuple[str, int]

_visitor: ContextVar[Address | None] = ContextVar("visitor", default=None)


class Noticing:
    """An application that keeps in mind, while it answers, where the request came from."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request of a visitor."""
        known = _visitor.set(scope.get("client"))
        try:
            await self._app(scope, receive, send)
        finally:
            _visitor.reset(known)


class InTheirPlace:
    """The endpoint, reached from where the visitor is."""

    def __init__(self, graphql: ASGIApp) -> None:
        self._graphql = graphql

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask for the visitor."""
        await self._graphql({**scope, "client": _visitor.get()}, receive, send)


def forwarded() -> dict[str, str]:
    """Return the header that tells another machine whom a page is made for."""
    visitor = _visitor.get()
    return {"x-forwarded-for": visitor[0]} if visitor is not None else {}
