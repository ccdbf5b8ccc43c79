"""Callers of a running hub: many people at once over HTTP, each with a token, and what they were told.

A call has one of three outcomes, as for anybody on a network: it was carried out, it was refused in words, or there
is no telling (`NoTelling`): the connection broke, or the hub answered that something failed on its side.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.making.consultations import Asked
from tests.talking import Somebody

PAYLOAD = "response { id state } receipt { code state contentHash } errors { code path } event"
SUBMIT = f"mutation ($input: SubmitResponseInput!) {{ act: submitResponse(input: $input) {{ {PAYLOAD} }} }}"
CHANGE = f"mutation ($input: ChangeResponseInput!) {{ act: changeResponse(input: $input) {{ {PAYLOAD} }} }}"
WITHDRAW = f"mutation ($input: WithdrawResponseInput!) {{ act: withdrawResponse(input: $input) {{ {PAYLOAD} }} }}"


class NoTelling(Exception):
    """Whether it was done is not known: only a repetition with the same idempotency key tells."""


@dataclass(frozen=True)
class Told:
    """What the hub answered."""

    payload: Mapping[str, Any]

    @property
    def codes(self) -> list[str]:
        """Why nothing was done; empty where it was."""
        return [error["code"] for error in self.payload["errors"]]

    @property
    def receipt(self) -> str:
        """The code of the receipt."""
        code: str = self.payload["receipt"]["code"]
        return code

    @property
    def response(self) -> str:
        """The bare id of the response."""
        id_: str = self.payload["response"]["id"]
        return id_.removeprefix("Response_")


class Caller:
    """Calls one hub, or several in turn, over as many connections as there are calls under way."""

    def __init__(self, session: aiohttp.ClientSession, urls: tuple[str, ...]) -> None:
        self._session = session
        self._urls = urls
        self._calls = 0

    async def act(self, mutation: str, given: Mapping[str, Any], *, by: Somebody, at: int | None = None) -> Told:
        """Send a mutation, to the hub of this number or to the next one."""
        self._calls += 1
        url = self._urls[(self._calls if at is None else at) % len(self._urls)]
        body = {"query": mutation, "variables": {"input": given}}
        try:
            async with self._session.post(url, json=body, headers={"authorization": f"Bearer {by.token}"}) as response:
                answer = await response.json()
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise NoTelling(type(error).__name__) from error
        if "errors" in answer:
            raise NoTelling(answer["errors"][0]["extensions"]["code"])
        return Told(answer["data"]["act"])

    async def submit(
        self, asked: Asked, option: str = "si", *, by: Somebody, key: str | None = None, at: int | None = None
    ) -> Told:
        """Answer a consultation of the tests."""
        return await self.act(SUBMIT, sheet(asked, option, key=key), by=by, at=at)

    async def change(self, asked: Asked, option: str = "no", *, by: Somebody, at: int | None = None) -> Told:
        """Answer it otherwise."""
        return await self.act(CHANGE, sheet(asked, option), by=by, at=at)

    async def withdraw(self, asked: Asked, *, by: Somebody, at: int | None = None) -> Told:
        """Take the answer back."""
        return await self.act(WITHDRAW, {"consultationId": asked.node}, by=by, at=at)


@asynccontextmanager
async def calling(*urls: str) -> AsyncIterator[Caller]:
    """Open connections to the hubs at these addresses."""
    connector = aiohttp.TCPConnector(limit=0)
    timeout = aiohttp.ClientTimeout(total=30)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        yield Caller(session, urls)


def sheet(asked: Asked, option: str = "si", *, key: str | None = None) -> dict[str, Any]:
    """What somebody hands in over HTTP."""
    given = {
        "consultationId": asked.node,
        "revisionId": asked.revision,
        "consent": "WITHOUT_NAME",
        "noticeHash": asked.notice_hash,
        "answers": [
            {"question": "agua", "option": option},
            {"question": "servicios", "options": ["luz", "gas"]},
            {"question": "palabras", "text": f"Dicho con «{option}»."},
        ],
    }
    return {**given, "idempotencyKey": key} if key else given


async def together(*acts: Any) -> list[Told]:
    """Start all of these at the same moment and return what each was told; none may end without telling."""
    return list(await asyncio.gather(*acts))
