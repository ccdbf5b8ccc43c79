"""The providers of an installation, each by the adapter of what it speaks."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import structlog

from hub.logs import keep_libraries_quiet
from hub.providers.configured import OpenIDConnectSettings, configured
from hub.providers.logout_tokens import LogoutTokens
from hub.providers.oauth2_json import OAuth2Json
from hub.providers.openid_connect import OpenIDConnect
from hub.providers.provider import IdentityProvider, NotProven

log = structlog.get_logger(__name__)


class Providers:
    """Whom people can be sent to, by the name of each."""

    def __init__(self, file: Path | None, *others: IdentityProvider) -> None:
        keep_libraries_quiet()
        self.by_key: dict[str, IdentityProvider] = {other.settings.key: other for other in others}
        logout: dict[str, LogoutTokens] = {}
        for settings in configured(file):
            if isinstance(settings, OpenIDConnectSettings):
                provider = OpenIDConnect(settings)
                self.by_key[settings.key], logout[settings.key] = provider, LogoutTokens(provider)
            else:
                self.by_key[settings.key] = OAuth2Json(settings)
        self.logout: Mapping[str, LogoutTokens] = logout

    async def watch(self, *, every: float = 3_600.0) -> None:
        """Say in the log which provider is not what the settings say, at the start and then each hour."""
        while self.by_key:
            for key, provider in self.by_key.items():
                try:
                    await provider.check()
                except NotProven as fault:
                    log.warning("provider_unusable", provider=key, outcome=fault.outcome.value, reason=fault.reason)
            await asyncio.sleep(every)
