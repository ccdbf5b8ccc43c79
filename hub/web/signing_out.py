"""Back-channel logout: a provider tells that a session there is over, and the sign-ins that came of it end here too.

It answers as OpenID Connect Back-Channel Logout 1.0 says, section 2.8. Anybody may send something here, so each network
sends a bounded number, of a bounded size.
"""

from __future__ import annotations

from urllib.parse import parse_qs

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hub import clock
from hub.allowances.spending import Allowances, Spender, Terms
from hub.changes.change import Changes
from hub.consultations.networks import network_of
from hub.errors import RateLimited, Refusal
from hub.identity.ending import end_by_provider
from hub.keys import Keyring
from hub.providers.known import Providers
from hub.providers.provider import NotProven, Outcome
from hub.viewer import ANONYMOUS

log = structlog.get_logger("hub.web")

LARGEST = 16 * 1024
TERMS = Terms(points=60, restored=1.0)
"""How many one network may send at once, and how many more in each second."""

UNSTORED = {"cache-control": "no-store"}


class SigningOut:
    """What takes logout tokens."""

    def __init__(self, providers: Providers, changes: Changes, keys: Keyring, allowances: Allowances) -> None:
        self._providers, self._changes, self._keys, self._allowances = providers, changes, keys, allowances

    async def take(self, request: Request) -> Response:
        """End what a believed token says is over."""
        tokens = self._providers.logout.get(request.path_params["provider"])
        if tokens is None:
            return _refused("This provider is not known.", 404)
        network = (network_of(request.client.host) if request.client else None) or "unknown"
        principal = self._keys.digest("logout", network.encode())
        try:
            await self._allowances.spend(Spender(principal, TERMS), 1, clock.now())
        except RateLimited as refusal:
            later = {"retry-after": str(refusal.facts["retry_after"])}
            return _refused("Too many were sent.", 429, later)
        given = await _token(request)
        if given is None:
            return _refused("There has to be one logout_token, in a form.", 400)
        try:
            logout = await tokens.read(given)
            async with self._changes.begin(ANONYMOUS) as change:
                await end_by_provider(change, logout)
        except NotProven as fault:
            provider = request.path_params["provider"]
            log.info("logout_not_believed", provider=provider, reason=fault.reason)
            return _refused("The logout token is not believed.", 503 if fault.outcome is Outcome.NO_ANSWER else 400)
        except Refusal:
            return _refused("The logout token was taken already.", 400)
        return Response(status_code=200, headers=UNSTORED)


async def _token(request: Request) -> str | None:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return None
    try:
        given = parse_qs(body.decode("ascii"), max_num_fields=5).get("logout_token", [])
    except ValueError:
        return None
    return given[0] if len(given) == 1 else None


def _refused(description: str, status: int, headers: dict[str, str] | None = None) -> Response:
    answer = {"error": "invalid_request", "error_description": description}
    return JSONResponse(answer, status, {**UNSTORED, **(headers or {})})
