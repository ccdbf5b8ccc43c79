"""The way to an identity provider and back: everything between a front end's sign-in page and the code it exchanges.

============================== =====================================================================================
`/auth/{provider}`             sends somebody there; `challenge` is the SHA-256 of the secret in their browser
`/auth/{provider}/callback`    the one address that the provider sends them back to
`/auth/{provider}/sign-out`    leads to where its own session is ended
============================== =====================================================================================

What binds the answer to the browser lies in a signed cookie for ten minutes and is good for nothing else. Nobody is led
anywhere but to two pages of this host, whatever the request says. A page there says in words how it turned out.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Protocol
from urllib.parse import urlencode, urlsplit

import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from hub.allowances.spending import Allowances
from hub.changes.change import Changes
from hub.errors import Refusal
from hub.identity.proving import prove
from hub.identity.rules import CHALLENGE
from hub.keys import Keyring
from hub.providers.known import Providers
from hub.providers.provider import IdentityProvider, NotProven, Outcome
from hub.settings import Settings
from hub.viewer import ANONYMOUS
from hub.web.refusing import languages_of
from hub.web.signing_out import SigningOut

log = structlog.get_logger("hub.web")

TEN_MINUTES = 600
PAGE, FINISH = "/entrar", "/entrar/regreso"
"""The pages of the front end that people come back to."""

UNSTORED = {"cache-control": "no-store", "referrer-policy": "no-referrer"}


class Behind(Protocol):
    """What of an open hub is needed here."""

    keys: Keyring
    changes: Changes
    providers: Providers
    allowances: Allowances


class SigningIn:
    """The application under `/auth`, in front of whichever hub is open."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._hub: Behind | None = None
        self._app: Starlette | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        hub = scope["app"].state.hub
        if self._app is None or self._hub is not hub:
            self._hub, self._app = hub, self._made(hub)
        await self._app(scope, receive, send)

    def _made(self, hub: Behind) -> Starlette:
        way, out = Way(hub, self._settings.base_url), SigningOut(hub.providers, hub.changes, hub.keys, hub.allowances)
        encrypted = self._settings.base_url.startswith("https:")
        session = Middleware(
            SessionMiddleware,
            secret_key=hub.keys.digest("way-to-a-provider", b"").hex(),
            # Without encryption, as on a developer's machine, no browser takes a cookie by that prefix.
            session_cookie="__Host-hub-oidc" if encrypted else "hub-oidc",
            https_only=encrypted,
            same_site="lax",
            max_age=TEN_MINUTES,
        )
        return Starlette(
            routes=[
                Route("/{provider}", way.begin),
                Route("/{provider}/callback", way.back),
                Route("/{provider}/sign-out", way.sign_out),
                Route("/{provider}/back-channel-logout", out.take, methods=["POST"]),
            ],
            middleware=[session],
        )


class Way:
    """The way there and back."""

    def __init__(self, hub: Behind, base_url: str) -> None:
        self._hub, self._base = hub, base_url.rstrip("/")
        self._prefix = urlsplit(self._base).path

    async def begin(self, request: Request) -> Response:
        """Send somebody to a provider."""
        provider, challenge = self._provider(request), request.query_params.get("challenge", "")
        if provider is None or _challenge(challenge) is None:
            return self._led(PAGE, {"outcome": Outcome.START_AGAIN.value})
        key = provider.settings.key
        try:
            response = await provider.lead(request, back_to=f"{self._base}/auth/{key}/callback")
        except NotProven as fault:
            return self._turned_out(provider, fault)
        request.session[f"challenge_{key}"] = challenge
        response.headers.update(UNSTORED)
        return response

    async def back(self, request: Request) -> Response:
        """Take what a provider says of who comes back, and give their browser a code for it."""
        provider = self._provider(request)
        if provider is None:
            return self._led(PAGE, {"outcome": Outcome.START_AGAIN.value})
        challenge = _challenge(request.session.get(f"challenge_{provider.settings.key}", ""))
        try:
            if challenge is None:
                raise NotProven(Outcome.START_AGAIN, "nothing was begun here")
            proof = await provider.proof(request)
            async with self._hub.changes.begin(ANONYMOUS) as change:
                code = await prove(change, proof, challenge=challenge, languages=languages_of(request))
        except NotProven as fault:
            return self._turned_out(provider, fault)
        except Refusal:
            return self._led(PAGE, {"outcome": Outcome.START_AGAIN.value})
        request.session.pop(f"challenge_{provider.settings.key}", None)
        return self._led(FINISH, {"code": code})

    async def sign_out(self, request: Request) -> Response:
        """Lead somebody to where the provider ends its own session with them."""
        provider = self._provider(request)
        try:
            there = None if provider is None else await provider.sign_out_address(back_to=f"{self._base}/")
        except NotProven:
            there = None
        return RedirectResponse(there, 303, UNSTORED) if there is not None else self._led("/", {})

    def _provider(self, request: Request) -> IdentityProvider | None:
        return self._hub.providers.by_key.get(request.path_params["provider"])

    def _turned_out(self, provider: IdentityProvider, fault: NotProven) -> Response:
        key = provider.settings.key
        log.info("not_proven", provider=key, outcome=fault.outcome.value, reason=fault.reason)
        return self._led(PAGE, {"outcome": fault.outcome.value, "provider": key})

    def _led(self, page: str, told: Mapping[str, str]) -> Response:
        query = f"?{urlencode(told)}" if told else ""
        return RedirectResponse(f"{self._prefix}{page}{query}", 303, UNSTORED)


def _challenge(given: str) -> bytes | None:
    """Return the bytes of a challenge; None where it is none."""
    try:
        raw = base64.urlsafe_b64decode(given.encode("ascii") + b"=")
    except (ValueError, binascii.Error):
        return None
    return raw if len(raw) == CHALLENGE else None
