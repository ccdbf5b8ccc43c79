"""Asking a provider: soon, not led elsewhere, and not without an end. Every request to one is made so."""

from __future__ import annotations

from typing import Any

import httpx2

from hub.providers.provider import NotProven, Outcome

SECONDS = 5.0
"""How long a provider is waited for at each step."""

LARGEST = 1_000_000
"""The most bytes that are read of anything a provider sends."""


def asking() -> dict[str, Any]:
    """Return the options of an HTTP client that asks a provider."""
    return {"timeout": SECONDS, "follow_redirects": False, "event_hooks": {"response": [_bounded]}}


async def _bounded(response: httpx2.Response) -> None:
    """Read an answer to its end, which may not be too far away."""
    length, parts = 0, []
    async for part in response.aiter_bytes():
        length += len(part)
        if length > LARGEST:
            await response.aclose()
            raise NotProven(Outcome.NOT_BELIEVED, "an endless answer")
        parts.append(part)
    response._content = b"".join(parts)  # noqa: SLF001 - what `aread` sets, which has no bound
