"""A provider that lies, of OpenID Connect and, under `/llave`, of a scheme like Llave MX: it says what a test wants."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

EVENT = "http://schemas.openid.net/event/backchannel-logout"


class Hostile:
    """What it claims; each test changes one thing."""

    def __init__(self, issuer: str) -> None:
        self.issuer, self.key = issuer, RSAKey.generate_key(2048, {"kid": "one"}, private=True)
        self.fetched = 0
        self.truthful()
        self.app = Starlette(
            routes=[
                Route("/{which}/.well-known/openid-configuration", self.describe),
                Route("/{which}/jwks", self.keys),
                Route("/{which}/authorize", self.authorize),
                Route("/{which}/token", self.token, methods=["POST"]),
                Route("/{which}/userinfo", self.userinfo),
                Route("/llave/oauth.xhtml", self.llave_page),
                Route("/llave/obtenerToken", self.llave_token, methods=["POST"]),
                Route("/llave/datosUsuario", self.llave_user),
            ]
        )

    def truthful(self) -> None:
        """Tell the truth from now on."""
        self.claims: dict[str, Any] = {}
        self.info: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}
        self.answer: dict[str, str] = {}
        self.signed = "RS256"
        self.nonce = ""
        self.person: dict[str, Any] = {}
        self.asked: list[Any] = []
        self.tokens: list[str] = []
        self.led: dict[str, str] = {}
        self.blanks: tuple[str, int] = ("", 0)
        """Which answer begins with so many blanks, after which it is what it always is."""

    def _at(self, request: Request) -> str:
        return f"{self.issuer}/{request.path_params['which']}"

    def _said(self, request: Request, said: Any) -> Response:
        path, blanks = self.blanks

        async def parts() -> AsyncIterator[bytes]:
            yield b" " * (blanks if request.url.path.endswith(path) else 0)
            yield json.dumps(said).encode()

        # Its length is not told beforehand.
        return StreamingResponse(parts(), media_type="application/json")

    async def describe(self, request: Request) -> Response:
        here = self._at(request)
        names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        told = {
            "issuer": here,
            "jwks_uri": f"{here}/jwks",
            **{f"{n}_endpoint": f"{here}/{p}" for n, p in names.items()},
        }
        signing = {"id_token_signing_alg_values_supported": ["RS256", "HS256", "none"]}
        return self._said(request, {**told, **signing, **self.metadata})

    async def keys(self, request: Request) -> Response:
        self.fetched += 1
        return self._said(request, {"keys": [{**self.key.as_dict(private=False), "kid": "one"}]})

    async def authorize(self, request: Request) -> Response:
        self.nonce, self.led = request.query_params["nonce"], dict(request.query_params)
        back = {"code": "a-code", "state": request.query_params["state"], **self.answer}
        return RedirectResponse(f"{request.query_params['redirect_uri']}?{urlencode(back)}")

    def sign(self, claims: dict[str, Any]) -> str:
        """Return a token with these claims, signed as the test says."""
        header = {"alg": self.signed, "kid": "one"}
        if self.signed == "RS256":
            token = jwt.encode(header, claims, self.key)
        else:
            # No library signs like this any more, so it is done by hand.
            content = ".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
            mac = hmac.digest(self.key.as_pem(private=False), content.encode(), "sha256")
            token = f"{content}.{_encoded(mac) if self.signed == 'HS256' else ''}"
        self.tokens.append(token)
        return token

    async def token(self, request: Request) -> Response:
        now = int(time.time())
        claims = {
            "iss": self._at(request),
            "aud": "hub",
            "sub": "mala",
            "iat": now,
            "exp": now + 60,
            "nonce": self.nonce,
        }
        id_token = self.sign({**claims, "sid": "session-1", **self.claims})
        token = {"access_token": "an-access-token", "token_type": "Bearer", "id_token": id_token}
        return self._said(request, token)

    async def userinfo(self, request: Request) -> Response:
        return self._said(request, {"sub": self.claims.get("sub", "mala"), **self.info})

    async def llave_page(self, request: Request) -> Response:
        back = {"code": "un-codigo", "state": request.query_params["state"]}
        return RedirectResponse(f"{request.query_params['redirect_url']}?{urlencode(back)}")

    async def llave_token(self, request: Request) -> Response:
        self.asked.append((await request.json(), request.headers["authorization"]))
        return self._said(request, {"accessToken": "un-token", "expiresIn": 900_000})

    async def llave_user(self, request: Request) -> Response:
        if request.headers.get("accessToken") != "un-token":
            return PlainTextResponse("no", 401)
        return self._said(request, self.person)


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


__all__ = ["EVENT", "Hostile"]
