"""Feeds: what everybody may read of a body or a session, at an address that a program can follow.

A feed asks by the same door as everybody, as nobody in particular. It is made at most once a minute for each of them,
and one after the other, so that a crowd of followers costs what one does.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphql_schema.execution import Executor
from hub import clock
from hub.changes.change import Changes
from hub.errors import NotFound
from hub.exporting.asking import Visitor
from hub.exporting.calendars import calendar_of, session_of
from hub.exporting.popolo import popolo_of
from hub.web.refusing import EVERYWHERE, refused

KEPT = 60.0
"""Seconds for which a feed is given out as it was made."""

MOST = 256
CALENDAR = "text/calendar; charset=utf-8"

Making = Callable[[Visitor, str, str], Awaitable[bytes | None]]
"""Makes a feed of a thing: who asks, its id, the address of the pages."""


@dataclass(frozen=True)
class Made:
    """A feed as it was made, or that there is none."""

    content: bytes | None
    etag: str
    at: float


class Feeds:
    """What gives out the feeds of bodies and of sessions."""

    def __init__(self, address: str | None) -> None:
        self._address = address
        self._visitor: Callable[[], Visitor] = _too_early
        self._made: OrderedDict[tuple[Making, str], Made] = OrderedDict()
        self._turn = asyncio.Lock()

    def open(self, executor: Executor, changes: Changes) -> None:
        """Let requests in."""
        self._visitor = lambda: Visitor(executor, changes, at=clock.now())

    @property
    def routes(self) -> list[Route]:
        """The addresses of the feeds."""
        return [
            Route("/feeds/bodies/{id}/sessions.ics", self.calendar),
            Route("/feeds/bodies/{id}/popolo.json", self.popolo),
            Route("/feeds/sessions/{id}.ics", self.session),
        ]

    async def calendar(self, request: Request) -> Response:
        """Give the calendar of a body's sessions."""
        return await self._give(request, "Body", _calendar, CALENDAR)

    async def session(self, request: Request) -> Response:
        """Give one session, to be taken into a calendar."""
        return await self._give(request, "Session", _session, CALENDAR)

    async def popolo(self, request: Request) -> Response:
        """Give who sits in a body and how they voted, as Popolo."""
        return await self._give(request, "Body", _popolo, "application/json")

    async def _give(self, request: Request, type_: str, making: Making, media_type: str) -> Response:
        try:
            id_ = f"{type_}_{UUID(request.path_params['id'].removeprefix(f'{type_}_'))}"
        except ValueError:
            return refused(request, NotFound("NOT_FOUND", type=type_))
        address = self._address or str(request.base_url).rstrip("/")
        made = await self._newest(id_, making, address)
        if made.content is None:
            return refused(request, NotFound("NOT_FOUND", type=type_))
        headers = {**EVERYWHERE, "etag": made.etag, "cache-control": f"public, max-age={KEPT:.0f}"}
        if made.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(made.content, headers=headers, media_type=media_type)

    async def _newest(self, id_: str, making: Making, address: str) -> Made:
        key = (making, id_)
        async with self._turn:
            made = self._made.get(key)
            if made is not None and time.monotonic() - made.at < KEPT:
                return made
            content = await making(self._visitor(), id_, address)
            digest = hashlib.sha256(content or b"").hexdigest()[:32]
            self._made[key] = made = Made(content, f'"{digest}"', time.monotonic())
            self._made.move_to_end(key)
            if len(self._made) > MOST:
                self._made.popitem(last=False)
            return made


def _too_early() -> Visitor:
    raise RuntimeError("Requests come only once the hub is open.")


async def _calendar(visitor: Visitor, body: str, address: str) -> bytes | None:
    return await calendar_of(visitor, body, address=address)


async def _session(visitor: Visitor, session: str, address: str) -> bytes | None:
    return await session_of(visitor, session, address=address)


async def _popolo(visitor: Visitor, body: str, _: str) -> bytes | None:
    return await popolo_of(visitor, body)
