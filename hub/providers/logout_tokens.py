"""Logout tokens: a provider says that a session there is over (OpenID Connect Back-Channel Logout 1.0).

Anybody may send one, so nothing is done for it that costs: a key that is not known is looked for at most once a minute.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import httpx2
from authlib.integrations.starlette_client import StarletteOAuth2App
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from hub import clock
from hub.providers.openid_connect import BROKEN, LEEWAY, OpenIDConnect
from hub.providers.provider import NotProven, Outcome, short

EVENT = "http://schemas.openid.net/event/backchannel-logout"
GOOD_SECONDS = 300
"""For how long after it was made a token is taken; for so long, and as much again, it is remembered."""

FETCH_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True)
class LogoutToken:
    """What a believed token says: which session, or whose sessions, are over."""

    issuer: str
    token: str
    """Its own name, by which it is taken once (`jti`)."""
    session: str | None
    subject: str | None


class LogoutTokens:
    """The reader of one provider's tokens."""

    def __init__(self, provider: OpenIDConnect) -> None:
        self._provider = provider
        self._looked_at = float("-inf")

    async def read(self, given: str) -> LogoutToken:
        """Return what a token says; NotProven, with the reason, where it is not believed."""
        app = await self._provider.app()
        try:
            claims = await self._claims(app, given)
        except httpx2.HTTPError:
            raise NotProven(Outcome.NO_ANSWER, "no keys") from None
        except BROKEN as error:
            raise NotProven(Outcome.NOT_BELIEVED, f"not believed ({type(error).__name__})") from None
        return self._believed(claims)

    async def _claims(self, app: StarletteOAuth2App, given: str) -> dict[str, Any]:
        registry = JWSRegistry(
            algorithms=app.server_metadata["id_token_signing_alg_values_supported"], strict_check_header=False
        )
        try:
            keys = KeySet.import_key_set(await app.fetch_jwk_set())
            return dict(jwt.decode(given, key=keys, registry=registry).claims)
        except InvalidKeyIdError:
            now = time.monotonic()
            if now - self._looked_at < FETCH_SECONDS:
                raise
            self._looked_at = now
            keys = KeySet.import_key_set(await app.fetch_jwk_set(force=True))
            return dict(jwt.decode(given, key=keys, registry=registry).claims)

    def _believed(self, claims: dict[str, Any]) -> LogoutToken:
        settings, now = self._provider.settings, clock.now().timestamp()
        audience, issued, expires = claims.get("aud"), claims.get("iat"), claims.get("exp")
        named, events = short(claims.get("jti")), claims.get("events")
        session, subject = short(claims.get("sid")), short(claims.get("sub"))
        wrong = {
            "iss": claims.get("iss") != settings.issuer,
            "aud": settings.client_id not in (audience if isinstance(audience, list) else [audience]),
            "iat": not _is_number(issued) or not -GOOD_SECONDS <= issued - now <= LEEWAY,  # type: ignore[operator]
            "exp": expires is not None and (not _is_number(expires) or expires + LEEWAY < now),
            "jti": named is None,
            "events": not isinstance(events, dict) or not isinstance(events.get(EVENT), dict),
            "nonce": "nonce" in claims,
            "sid": session is None and subject is None,
        }
        if any(wrong.values()) or named is None:
            names = ", ".join(name for name, is_wrong in wrong.items() if is_wrong)
            raise NotProven(Outcome.NOT_BELIEVED, f"wrong {names}")
        return LogoutToken(issuer=settings.issuer, token=named, session=session, subject=subject)


def _is_number(said: Any) -> bool:
    return isinstance(said, int | float) and not isinstance(said, bool)
