"""Asking the hub: one GraphQL document over HTTP, in this process or to an address."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx2
from starlette.types import ASGIApp

from frontend_stub.streaming import EVENTS, Told, events, over_http, within
from frontend_stub.visitors import InTheirPlace, forwarded

log = logging.getLogger("frontend_stub")

DOCUMENTS = Path(__file__).parent / "documents"
ACCEPTED = "application/graphql-response+json, application/json;q=0.9"
SECONDS = 15.0
SECONDS_FOR_A_FILE = 60.0
"""How long the hub may take for the next piece of a file, and to look at all of it at the end."""

UNTYPED = "application/octet-stream"
LATER = frozenset({429, 503})
"""How the hub, or what stands in front of it, answers whom it will answer later."""

SECONDS_TOLD = re.compile(r"[0-9]{1,6}")
WITHIN = "http://hub.internal/graphql"
"""What the endpoint is called when it is reached without a network."""


class NoAnswer(Exception):
    """The hub did not answer, or not in a way that a page could be made of."""

    def __init__(self, reason: str, incident: str | None = None) -> None:
        super().__init__(reason)
        self.incident = incident


class SignedOut(NoAnswer):
    """The hub knows nobody by this token, or not any more."""


class ComeBack(NoAnswer):
    """Too much was asked of the hub, by this visitor (429) or by everybody (503): it is worth asking again later."""

    def __init__(self, reason: str, *, status: int, seconds: int | None) -> None:
        super().__init__(reason)
        self.status, self.seconds = status, seconds


class NotUnderstood(Exception):
    """The hub refused what came from the page's address, such as a cursor that it never gave."""


@cache
def document(name: str) -> str:
    """Return the document of this name, as it lies in its folder or in one within it."""
    (found,) = DOCUMENTS.rglob(f"{name}.graphql")
    return found.read_text(encoding="utf-8")


class Hub:
    """The only door to the hub: an ASGI application that answers GraphQL, or the address of one."""

    def __init__(self, graphql: ASGIApp | str) -> None:
        if isinstance(graphql, str):
            self._address, self._client = graphql, httpx2.AsyncClient(timeout=SECONDS)
            self._within: ASGIApp | None = None
        else:
            self._within = InTheirPlace(graphql)
            transport = httpx2.ASGITransport(app=self._within, raise_app_exceptions=False)
            self._address, self._client = WITHIN, httpx2.AsyncClient(transport=transport)

    def _headers(self, language: str, token: str | None, **others: str) -> dict[str, str]:
        """Return what goes along: in which language, for whom, and over a network where the visitor is."""
        headers = {"accept-language": language, **others, **({} if self._within is not None else forwarded())}
        return headers if token is None else {**headers, "authorization": f"Bearer {token}"}

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def ask(
        self, name: str, variables: Mapping[str, Any] | None = None, *, language: str, token: str | None = None
    ) -> dict[str, Any]:
        """Return the data of the document of this name; NoAnswer or NotUnderstood where there is not all of it."""
        asked = {"query": document(name), "variables": dict(variables or {})}
        headers = self._headers(language, token, accept=ACCEPTED)
        try:
            response = await self._client.post(self._address, json=asked, headers=headers)
            if response.status_code in LATER:
                raise _later(name, response)
            answer = response.json()
        except (httpx2.HTTPError, ValueError) as error:
            raise NoAnswer(f"{name}: {error!r}") from error
        if not isinstance(answer, dict) or answer.get("errors") or not isinstance(answer.get("data"), dict):
            raise _refused(name, response, answer)
        data: dict[str, Any] = answer["data"]
        return data

    async def stream(
        self, name: str, variables: Mapping[str, Any], *, language: str, token: str | None = None
    ) -> AsyncGenerator[Told, None]:
        """Follow the subscription of this name: each state of it, and None while there is nothing new to tell."""
        asked = {"query": document(name), "variables": dict(variables)}
        headers = self._headers(language, token, accept=EVENTS, **{"content-type": "application/json"})
        if self._within is not None:
            chunks = within(self._within, asked, headers)
        else:
            chunks = over_http(self._client, self._address, asked, headers)
        following = events(chunks)
        try:
            async for told in following:
                yield told
        finally:
            await following.aclose()

    async def explore(
        self, query: str, variables: Mapping[str, Any], *, language: str, token: str | None, writing: bool
    ) -> httpx2.Response:
        """Return the hub's answer to a document that a visitor wrote, whatever it is, with what that cost.

        Unless they said that it may change something it goes by GET, by which the hub carries out no mutation.
        """
        headers = self._headers(language, token, accept=ACCEPTED, **{"graphql-cost": "1"})
        try:
            if writing:
                asked = {"query": query, "variables": dict(variables)}
                return await self._client.post(self._address, json=asked, headers=headers)
            parameters = {"query": query, "variables": json.dumps(variables)}
            return await self._client.get(self._address, params=parameters, headers=headers)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise NoAnswer(f"exploring: {error!r}") from error

    async def fetch(self, path: str, *, language: str, token: str) -> httpx2.Response:
        """Return what the hub gives by GET at a path that it told, as it stands; NoAnswer where it gives nothing."""
        headers = self._headers(language, token)
        try:
            response = await self._client.get(urljoin(self._address, path), headers=headers)
        except httpx2.HTTPError as error:
            raise NoAnswer(f"fetching: {error!r}") from error
        if response.status_code != 200:
            raise NoAnswer(f"fetching: {response.status_code}", response.headers.get("x-request-id"))
        return response

    async def hand_in(
        self, path: str, pieces: AsyncIterator[bytes], *, size: int, language: str
    ) -> tuple[bool, dict[str, Any]]:
        """Hand a file in at the path that a ticket tells: whether it was kept, and what the hub says of that."""
        headers = self._headers(language, None, **{"content-length": str(size), "content-type": UNTYPED})
        try:
            response = await self._client.put(
                urljoin(self._address, path), content=pieces, headers=headers, timeout=SECONDS_FOR_A_FILE
            )
            told = response.json()
        except (httpx2.HTTPError, ValueError) as error:
            raise NoAnswer(f"handing in: {error!r}") from error
        return response.status_code == 201, told


def _later(name: str, response: httpx2.Response) -> ComeBack:
    told = response.headers.get("retry-after", "")
    seconds = int(told) if SECONDS_TOLD.fullmatch(told) else None
    return ComeBack(f"{name}: {response.status_code}", status=response.status_code, seconds=seconds)


def _refused(name: str, response: httpx2.Response, answer: Any) -> NoAnswer | NotUnderstood:
    errors = answer.get("errors") if isinstance(answer, dict) else None
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    extensions = first.get("extensions")
    told = extensions if isinstance(extensions, dict) else {}
    if told.get("code") == "BAD_USER_INPUT":
        return NotUnderstood(f"{name}: {told.get('reason')}")
    if told.get("code") == "UNAUTHENTICATED":
        return SignedOut(f"{name}: {told.get('reason')}")
    incident = told.get("requestId") or response.headers.get("x-request-id")
    return NoAnswer(f"{name}: {response.status_code} {first.get('message', 'no data')}", incident and str(incident))
