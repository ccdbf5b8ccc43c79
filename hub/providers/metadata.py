"""A provider's own description of itself (OpenID Connect Discovery 1.0), and what of it is believed.

The library takes whatever the document holds, also as options of its HTTP client, and keeps it for ever. So the hub
fetches it, holds it against what the installation says, and hands on the few things that are needed.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import httpx2

from hub.providers.asking import asking
from hub.providers.configured import OpenIDConnectSettings
from hub.providers.provider import NotProven, Outcome

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""How a token may be signed: by the provider's own key, which nobody else holds. None of them is symmetric."""

NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
OFFERED = ("userinfo_endpoint", "end_session_endpoint")


async def fetched(settings: OpenIDConnectSettings) -> dict[str, Any]:
    """Return what is believed of a provider's description; NotProven where it describes somebody else."""
    address = settings.issuer.rstrip("/") + "/.well-known/openid-configuration"
    async with httpx2.AsyncClient(**asking()) as client:
        response = await client.get(address)
    response.raise_for_status()
    try:
        said = response.json()
    except ValueError:
        raise NotProven(Outcome.NOT_BELIEVED, "metadata is no JSON") from None
    return believed(settings, said)


def believed(settings: OpenIDConnectSettings, said: Any) -> dict[str, Any]:
    """Return the part of a description that is used, checked."""
    if not isinstance(said, dict) or said.get("issuer") != settings.issuer:
        raise NotProven(Outcome.NOT_BELIEVED, "metadata of another issuer")
    named = [*NEEDED, *(name for name in OFFERED if said.get(name) is not None)]
    for name in named:
        if not isinstance(said.get(name), str) or not _permitted(settings, said[name]):
            raise NotProven(Outcome.NOT_BELIEVED, f"{name} of the metadata is missing, not encrypted or elsewhere")
    offered = said.get("id_token_signing_alg_values_supported", ["RS256"])
    algorithms = [name for name in ALGORITHMS if isinstance(offered, list) and name in offered]
    if not algorithms:
        raise NotProven(Outcome.NOT_BELIEVED, "no way of signing that is believed")
    return {
        "issuer": settings.issuer,
        **{name: said[name] for name in named},
        "id_token_signing_alg_values_supported": algorithms,
        "authorization_response_iss_parameter_supported": (
            said.get("authorization_response_iss_parameter_supported") is True
        ),
    }


def _permitted(settings: OpenIDConnectSettings, address: str) -> bool:
    """Whether an endpoint is encrypted and on a host that the installation knows as the provider's."""
    known = {urlsplit(settings.issuer).hostname, *settings.hosts}
    return settings.permits(address) and urlsplit(address).hostname in known
