"""National schemes like OAuth 2.0, such as Mexico's Llave MX: no discovery, no scopes and no ID token.

The token is asked for by JSON, with the client's name and secret as HTTP Basic, and the person's data by a header that
holds the token. The state binds the answer to the browser that began. The address of everything and the names of all
fields stand in the settings, since each scheme has its own.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

import httpx2
from authlib.integrations.starlette_client import StarletteIntegration
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hub.providers.asking import asking
from hub.providers.configured import OAuth2JsonSettings
from hub.providers.provider import NotProven, Outcome, Proof, short, subject_of
from hub.viewer import Assurance


class OAuth2Json:
    """A provider that speaks a scheme like OAuth 2.0, in JSON."""

    def __init__(self, settings: OAuth2JsonSettings) -> None:
        self.settings = settings
        self._sessions = StarletteIntegration(settings.key)

    async def check(self) -> None:
        """It has no description that could be looked at."""

    async def lead(self, request: Request, *, back_to: str) -> Response:
        """Send somebody there."""
        names, state = self.settings.fields, secrets.token_urlsafe(32)
        await self._sessions.set_state_data(request.session, state, {"redirect_uri": back_to})
        asked = {
            "response_type": "code",
            names.ask_client: self.settings.client_id,
            names.ask_redirect: back_to,
            names.ask_state: state,
        }
        joined = "&" if "?" in self.settings.authorize_url else "?"
        return RedirectResponse(f"{self.settings.authorize_url}{joined}{urlencode(asked)}", 302)

    async def proof(self, request: Request) -> Proof:
        """Return who came back."""
        given, names = request.query_params, self.settings.fields
        state = given.get(names.ask_state, "")
        begun = await self._sessions.get_state_data(request.session, state)
        if begun is None:
            raise NotProven(Outcome.START_AGAIN, "nothing was begun here, or something else since")
        await self._sessions.clear_state_data(request.session, state)
        if not given.get("code"):
            raise NotProven(Outcome.DENIED, "denied there")
        try:
            async with httpx2.AsyncClient(**asking()) as client:
                token = await self._token(client, given["code"], begun["redirect_uri"])
                said = _object(await client.get(self.settings.user_url, headers={names.token_header: token}))
        except httpx2.HTTPError as error:
            raise NotProven(Outcome.NO_ANSWER, f"no token or data ({type(error).__name__})") from None
        return self._proven(said)

    async def _token(self, client: httpx2.AsyncClient, code: str, back_to: str) -> str:
        settings, names = self.settings, self.settings.fields
        secret = settings.client_secret.get_secret_value()
        asked = {
            names.grant_type: "authorization_code",
            names.code: code,
            names.redirect: back_to,
            names.client_id: settings.client_id,
            names.client_secret: secret,
        }
        answer = _object(await client.post(settings.token_url, json=asked, auth=(settings.client_id, secret)))
        token = answer.get(names.token)
        # A header is one line of plain characters, and nothing else may be made of what came.
        if not isinstance(token, str) or not token.isascii() or not token.isprintable() or not token:
            raise NotProven(Outcome.NOT_BELIEVED, "no token")
        return token

    def _proven(self, said: dict[str, Any]) -> Proof:
        settings, names = self.settings, self.settings.fields
        curp = short(said.get(names.person)) if settings.trust is Assurance.VERIFIED_PERSON else None
        if settings.trust is Assurance.VERIFIED_PERSON and curp is None:
            raise NotProven(Outcome.NOT_BELIEVED, "no natural person")
        verified = settings.trusts_email and said.get(names.email_verified) is True
        return Proof(
            provider=settings.key,
            issuer=settings.issuer,
            subject=subject_of(said.get(names.subject)),
            assurance=settings.trust,
            email=short(said.get(names.email)) if verified else None,
            curp=curp,
            days=settings.verified_days,
        )

    async def sign_out_address(self, *, back_to: str) -> str | None:
        """Return where its own session is ended, where the installation knows that."""
        return self.settings.sign_out_url


def _object(response: httpx2.Response) -> dict[str, Any]:
    """Return the JSON object of an answer."""
    if response.status_code >= 500:
        raise NotProven(Outcome.NO_ANSWER, f"status {response.status_code}")
    try:
        said = response.json()
    except ValueError:
        said = None
    if response.status_code != 200 or not isinstance(said, dict):
        raise NotProven(Outcome.NOT_BELIEVED, f"no object (status {response.status_code})")
    return said
