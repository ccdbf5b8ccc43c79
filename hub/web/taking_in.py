"""Taking in: the bytes of a file, by a ticket, in pieces and never all at once in memory.

They go to the disk as they come, are hashed on the way, and get their name when all of them are there and are what
the name promises. Whatever breaks off before that leaves nothing behind.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from hub import clock
from hub.changes.change import Busy, Changes, OutcomeUnknown, retrying
from hub.errors import Invalid, Overloaded, Problem, Refusal, WrongState, require
from hub.files.keeping import keep
from hub.files.models import StoredFile
from hub.files.rules import may_begin, may_keep
from hub.files.sniffing import media_type_of
from hub.files.store import Incoming, Store
from hub.files.tickets import Ticket, read_ticket
from hub.viewer import Viewer
from hub.web.refusing import UNSTORED, allowing, refused

log = structlog.get_logger("hub.web")

BLOCK = 256 * 1024
"""Bytes that are gathered before they are written: what one upload holds in memory."""

AT_ONCE = 16
"""How many files come in at once in a process."""

SLOWEST_PIECE = 15.0
"""Seconds without a byte after which nobody waits any longer."""

LONGEST = 1_800.0
"""Seconds after which what is still coming in is broken off: half an hour for the largest file."""


class TakingIn:
    """What takes files in."""

    def __init__(self, changes: Changes, store: Store) -> None:
        self._changes, self._store = changes, store
        self._under_way = 0

    async def take(self, request: Request) -> Response:
        """Answer with what was kept; else with a code and a sentence, and nothing is left of it."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=allowing("PUT", "POST"))
        try:
            ticket = read_ticket(request.path_params["ticket"], self._changes.keys)
            require(may_begin(ticket, at=clock.now(), length=_length(request)))
            assert ticket is not None  # noqa: S101 - the rule looked
            with self._one_more():
                async with asyncio.timeout(LONGEST):
                    kept = await self._received(request, ticket)
        except Refusal as refusal:
            return refused(request, refusal)
        except TimeoutError:
            return refused(request, WrongState("UPLOAD_TOO_SLOW"))
        except ClientDisconnect:
            return Response(status_code=400)
        except (Busy, OutcomeUnknown, OSError) as error:
            # The same bytes by the same ticket once more are the same file, so nothing is lost by trying again.
            log.warning("not_kept", error=type(error).__name__)
            return refused(request, Overloaded("UPLOAD_AGAIN", retry_after=5))
        told = {"name": kept.name, "size": kept.size, "mediaType": kept.media_type, "sha256": kept.sha256.hex()}
        return JSONResponse(told, 201, UNSTORED)

    @contextlib.contextmanager
    def _one_more(self) -> Iterator[None]:
        if self._under_way >= AT_ONCE:
            raise Overloaded("UPLOAD_AGAIN", retry_after=5)
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1

    async def _received(self, request: Request, ticket: Ticket) -> StoredFile:
        incoming = await asyncio.to_thread(self._store.begin)
        try:
            async for block in _blocks(request, most=ticket.size):
                await asyncio.to_thread(incoming.write, block)
            media_type = await asyncio.to_thread(_looked_at, incoming, ticket)
            require(may_keep(ticket, size=incoming.size, media_type=media_type))
            return await retrying(lambda: self._kept(ticket, incoming, media_type))
        finally:
            await asyncio.to_thread(incoming.close)

    async def _kept(self, ticket: Ticket, incoming: Incoming, media_type: str | None) -> StoredFile:
        async with self._changes.begin(Viewer(account_id=ticket.account_id)) as change:
            return await keep(change, ticket, incoming, media_type=media_type, store=self._store)


def _looked_at(incoming: Incoming, ticket: Ticket) -> str | None:
    stream = incoming.finish()
    return media_type_of(stream, ticket.name)


async def _blocks(request: Request, *, most: int) -> AsyncIterator[bytes]:
    """Give what comes in pieces of a size that is worth a write, and stop where more comes than was said."""
    gathered, size = bytearray(), 0
    pieces = request.stream()
    while True:
        async with asyncio.timeout(SLOWEST_PIECE):
            piece = await anext(pieces, None)
        if piece is None:
            break
        size += len(piece)
        if size > most:
            raise Invalid([Problem("FILE_SIZE_DIFFERS", (), {"size": most})])
        gathered += piece
        if len(gathered) >= BLOCK:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)


def _length(request: Request) -> int | None:
    """Return how much is said to come; None where that is not said."""
    said = request.headers.get("content-length", "")
    return int(said[:20]) if said.isascii() and said.isdigit() else None
