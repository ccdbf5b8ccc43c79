"""OpenID Connect: the code flow with PKCE, state and nonce, by Authlib, and what it leaves to be checked.

The issuer is the one of the settings, whatever the provider's metadata say; the audience is the hub alone or named as
the authorised party; `iss` of the callback is compared where it is present (RFC 9207); and who the userinfo is about
has to be who the ID token is about (OpenID Connect Core 1.0, section 5.3.2). No token of a provider is kept.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response

from hub.providers.asking import asking
from hub.providers.configured import OpenIDConnectSettings
from hub.providers.metadata import fetched
from hub.providers.provider import NotProven, Outcome, Proof, short, subject_of
from hub.viewer import Assurance

BELIEVED_SECONDS = 3_600.0
"""For how long a provider's description and keys are kept."""

LEEWAY = 30
"""By how many seconds the clocks may differ."""

BROKEN = (AuthlibBaseError, JoseError, ValueError, LookupError, TypeError, AttributeError)
"""What is raised by an answer that is not as it must be: the library reads it without looking at its form first."""

REFUSED = frozenset({"access_denied", "consent_required", "interaction_required", "login_required"})
LATER = frozenset({"server_error", "temporarily_unavailable"})


class OpenIDConnect:
    """A provider that speaks OpenID Connect."""

    def __init__(self, settings: OpenIDConnectSettings) -> None:
        self.settings = settings
        self._app: StarletteOAuth2App | None = None
        self._read_at = 0.0
        self._reading = asyncio.Lock()

    async def check(self) -> None:
        """See whether its description is the one of the settings' issuer."""
        await self.app()

    async def app(self) -> StarletteOAuth2App:
        """Return the library's client of this provider, its description read within the last hour."""
        async with self._reading:
            if self._app is None or time.monotonic() - self._read_at > BELIEVED_SECONDS:
                self._app = None
                try:
                    known = await fetched(self.settings)
                except httpx2.HTTPError as error:
                    raise NotProven(Outcome.NO_ANSWER, f"no metadata ({type(error).__name__})") from None
                self._app, self._read_at = self._registered(known), time.monotonic()
            return self._app

    def _registered(self, known: dict[str, Any]) -> StarletteOAuth2App:
        kwargs = {"scope": " ".join(self.settings.scopes), "code_challenge_method": "S256", **asking()}
        app: StarletteOAuth2App = OAuth().register(
            self.settings.key,
            client_id=self.settings.client_id,
            client_secret=self.settings.client_secret.get_secret_value(),
            client_kwargs=kwargs,
            **known,
        )
        return app

    async def lead(self, request: Request, *, back_to: str) -> Response:
        """Send somebody there, with what binds the answer to this browser in the session."""
        app = await self.app()
        asked = {"acr_values": " ".join(self.settings.acr_values)} if self.settings.acr_values else {}
        response: Response = await app.authorize_redirect(request, back_to, **asked)
        return response

    async def proof(self, request: Request) -> Proof:
        """Return who came back."""
        app = await self.app()
        await self._require_answer(request, app)
        options = {
            "iss": {"essential": True, "value": self.settings.issuer},
            "aud": {"essential": True, "value": self.settings.client_id},
        }
        try:
            token = await app.authorize_access_token(request, leeway=LEEWAY, claims_options=options)
            claims = token["userinfo"]
            said = await self._said(app, token, claims)
        except httpx2.HTTPError as error:
            raise NotProven(Outcome.NO_ANSWER, f"no token or userinfo ({type(error).__name__})") from None
        except BROKEN as error:
            # Its own words may repeat what the provider sent.
            raise NotProven(Outcome.NOT_BELIEVED, f"not believed ({type(error).__name__})") from None
        return self._proven(claims, said)

    async def _require_answer(self, request: Request, app: StarletteOAuth2App) -> None:
        """Go on if the answer belongs to what this browser began, is of this issuer and is a yes."""
        given = request.query_params
        if await app.framework.get_state_data(request.session, given.get("state", "")) is None:
            raise NotProven(Outcome.START_AGAIN, "nothing was begun here, or something else since")
        issuers = given.getlist("iss")
        named = bool(issuers) or app.server_metadata["authorization_response_iss_parameter_supported"]
        error = given.get("error")
        if named and issuers != [self.settings.issuer]:
            outcome = NotProven(Outcome.NOT_BELIEVED, "an answer of another issuer")
        elif error in REFUSED:
            outcome = NotProven(Outcome.DENIED, "denied there")
        elif error is not None:
            late = error in LATER
            outcome = NotProven(Outcome.NO_ANSWER if late else Outcome.NOT_BELIEVED, "an error there")
        else:
            return
        await app.framework.clear_state_data(request.session, given.get("state", ""))
        raise outcome

    async def _said(self, app: StarletteOAuth2App, token: dict[str, Any], claims: dict[str, Any]) -> dict[str, Any]:
        """Return what the provider says of the person, in the ID token and where it is asked for more."""
        if "userinfo_endpoint" not in app.server_metadata:
            return claims
        info = await app.userinfo(token=token)
        if info["sub"] != claims["sub"]:
            raise NotProven(Outcome.NOT_BELIEVED, "userinfo about somebody else")
        return {**info, **claims}

    def _proven(self, claims: dict[str, Any], said: dict[str, Any]) -> Proof:
        settings = self.settings
        acr = short(claims.get("acr"))
        if settings.acr_values and acr not in settings.acr_values:
            raise NotProven(Outcome.NOT_BELIEVED, "not authenticated as was asked for")
        person = settings.person_claim
        curp = short(said.get(person)) if person is not None else None
        if settings.trust is Assurance.VERIFIED_PERSON and curp is None:
            raise NotProven(Outcome.NOT_BELIEVED, "no natural person")
        verified = settings.trusts_email and said.get("email_verified") is True
        return Proof(
            provider=settings.key,
            issuer=settings.issuer,
            subject=subject_of(claims.get("sub")),
            assurance=settings.trust,
            session=short(claims.get("sid")),
            acr=acr,
            email=short(said.get("email")) if verified else None,
            curp=curp,
            days=settings.verified_days,
        )

    async def sign_out_address(self, *, back_to: str) -> str | None:
        """Return where its own session is ended (OpenID Connect RP-Initiated Logout 1.0)."""
        app = await self.app()
        if "end_session_endpoint" not in app.server_metadata:
            return None
        # Without a kept ID token as a hint, the provider asks the person whether they mean it.
        made = await app.create_logout_url(post_logout_redirect_uri=back_to, client_id=self.settings.client_id)
        return str(made["url"])
